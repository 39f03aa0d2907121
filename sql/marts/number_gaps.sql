-- One row per place where a figure is missing or unreadable: the bounds that grammar allows, what it counted, and what other texts state.
-- Purpose: find the figure on the page or in another text. Candidates are reading aids with their source; they are copied into no fact.
-- A candidate is a figure of another text that counts the same (kind or counted noun), either for the same happening (via: cluster) or where
-- sentence or headline name the same place (no country) and the days lie within three (via: noun). A sentence that dates no event has its
-- document's publication date. Copies of the damaged text itself and figures outside the gap's bounds are no candidates.
-- Example: SELECT sentence, unit, low, high, candidates FROM number_gaps WHERE candidate_count > 0;
-- key: flag_id
-- joins: flag_id = quality_flags.flag_id, doc_id = documents.doc_id, sentence_id = sentences.sentence_id
-- @doc_id: Document.
-- @flag_id: Key of quality_flags.
-- @sentence_id: Sentence.
-- @kind: stripped_number (the digits are gone) or encoded_number (they are glyphs that could not be decoded).
-- @start: First character in restored_documents.text.
-- @end: End in restored_documents.text (exclusive).
-- @low: Least value that grammar allows for the numeral; NULL when open. No claim.
-- @high: Greatest value that grammar allows for the numeral; NULL when open. No claim.
-- @confidence: Probability that a figure is missing here.
-- @explanation: Why it is held to be missing.
-- @readings: What an unreadable figure may be, likeliest first.
-- @unit: Counted noun, where quantities knows it.
-- @role: Kind of quantity (killed, wounded, …), where quantities knows it.
-- @sentence: Text of the sentence.
-- @publisher: Outlet that published the document.
-- @published_at: Publication date.
-- @title: Title of the document.
-- @candidate_count: Figures that other texts state.
-- @candidates: Those figures with via, document, sentence, text, bounds, qualifier, claimant and outlets; same happening and nearest day first.
WITH gaps AS (
    SELECT f.*, q.unit, q.kind AS role
    FROM quality_flags AS f
    LEFT JOIN quantities AS q
        ON q.doc_id = f.doc_id AND q.status = 'stripped' AND q.start <= f."end" AND q."end" >= f.start
    WHERE f.kind IN ('stripped_number', 'encoded_number')
    QUALIFY row_number() OVER (PARTITION BY f.flag_id ORDER BY abs(q.start - f.start), q.quantity_id) = 1
),

clusters AS (
    SELECT cluster_id, unnest(event_ids) AS event_id FROM event_clusters
),

happenings AS (
    SELECT e.sentence_id, c.cluster_id
    FROM events AS e
    JOIN clusters AS c ON c.event_id = coalesce(e.same_as, e.event_id)
),

names AS (
    SELECT fold_arabic(text) AS name, min(canonical_id) AS place_id
    FROM mentions
    WHERE type = 'place' AND canonical_id IS NOT NULL
    GROUP BY name
    HAVING count(DISTINCT canonical_id) = 1
),

-- Places as mentioned; a market or bridge that no gazetteer knows stands in the place it is named after (سوق معرة النعمان).
named AS (
    SELECT m.doc_id, m.sentence_id, coalesce(m.canonical_id, n.place_id) AS place_id
    FROM mentions AS m
    LEFT JOIN names AS n ON m.canonical_id IS NULL AND n.name = regexp_replace(fold_arabic(m.text), '^\S+ ', '')
    WHERE m.type = 'place'
),

-- Where and when a sentence speaks of: places it or the headline names, days of its events.
spots AS (
    SELECT sentence_id, place_id FROM named
    UNION
    SELECT sentence_id, place_id FROM events
    UNION
    SELECT s.sentence_id, m.place_id
    FROM named AS m
    JOIN sentences AS h ON h.sentence_id = m.sentence_id AND h.kind = 'heading'
    JOIN sentences AS s ON s.doc_id = h.doc_id
),

days AS (
    SELECT s.sentence_id, coalesce(min(e.date_start), any_value(o.published_at)) AS day
    FROM sentences AS s
    JOIN document_outlets AS o ON o.doc_id = s.doc_id
    LEFT JOIN events AS e ON e.sentence_id = s.sentence_id
    GROUP BY s.sentence_id
),

claimed AS (
    SELECT sentence_id, min(source) AS source
    FROM (SELECT sentence_id, source FROM claims UNION ALL SELECT sentence_id, source FROM events)
    GROUP BY sentence_id
    HAVING count(DISTINCT source) = 1
),

stated AS (
    SELECT
        q.quantity_id,
        q.sentence_id,
        q.text,
        q.low,
        q.high,
        q.qualifier,
        q.unit,
        q.kind AS role,
        d.day,
        coalesce(c.source, o.publisher) AS claimant,
        o.doc_id,
        o.text_key,
        o.publishers
    FROM quantities AS q
    JOIN days AS d ON d.sentence_id = q.sentence_id
    JOIN document_outlets AS o ON o.doc_id = q.doc_id
    LEFT JOIN claimed AS c ON c.sentence_id = q.sentence_id
    WHERE q.status <> 'stripped'
),

wanted AS (
    SELECT g.flag_id, g.sentence_id, g.unit, g.role, g.low AS least, g.high AS most, d.day, o.text_key
    FROM gaps AS g
    JOIN days AS d ON d.sentence_id = g.sentence_id
    JOIN document_outlets AS o ON o.doc_id = g.doc_id
    WHERE g.unit IS NOT NULL OR g.role <> 'other'
),

found AS (
    SELECT w.flag_id, w.least, w.most, 'cluster' AS via, abs(w.day - s.day) AS days_apart, s.*
    FROM wanted AS w
    JOIN happenings AS h ON h.sentence_id = w.sentence_id
    JOIN happenings AS o ON o.cluster_id = h.cluster_id AND o.sentence_id <> h.sentence_id
    JOIN stated AS s ON s.sentence_id = o.sentence_id
    WHERE s.text_key <> w.text_key AND ((s.role = w.role AND s.role <> 'other') OR fold_arabic(s.unit) = fold_arabic(w.unit))
    UNION ALL
    SELECT w.flag_id, w.least, w.most, 'noun', abs(w.day - s.day), s.*
    FROM wanted AS w
    JOIN spots AS a ON a.sentence_id = w.sentence_id
    JOIN places AS p ON p.canonical_id = a.place_id AND p.kind NOT IN ('country', 'continent', 'sea', 'river')
    JOIN spots AS b ON b.place_id = a.place_id
    JOIN stated AS s ON s.sentence_id = b.sentence_id
    WHERE
        s.text_key <> w.text_key
        AND abs(w.day - s.day) <= 3
        AND ((s.role = w.role AND s.role <> 'other') OR fold_arabic(s.unit) = fold_arabic(w.unit))
),

candidates AS (
    SELECT
        flag_id,
        count(*) AS candidate_count,
        list(
            struct_pack(
                via := via, doc_id := doc_id, sentence_id := sentence_id, text := text, low := low, high := high,
                qualifier := qualifier, unit := unit, claimant := claimant,
                outlets := publishers, days_apart := days_apart
            )
            ORDER BY via, days_apart, quantity_id
        ) AS candidates
    FROM (
        SELECT *
        FROM found
        -- What grammar rules out is no candidate: «ثلاثة أطفال» does not fill the gap before «مدنيا».
        WHERE coalesce(high >= least, true) AND coalesce(low <= most, true)
        QUALIFY row_number() OVER (PARTITION BY flag_id, quantity_id ORDER BY via, days_apart) = 1
    )
    GROUP BY flag_id
)

SELECT
    g.doc_id,
    g.flag_id,
    g.sentence_id,
    g.kind,
    g.start,
    g."end",
    g.low,
    g.high,
    g.confidence,
    g.explanation,
    coalesce(g.readings, []) AS readings,
    g.unit,
    g.role,
    s.text AS sentence,
    o.publisher,
    o.published_at,
    o.title,
    coalesce(c.candidate_count, 0) AS candidate_count,
    coalesce(c.candidates, []) AS candidates
FROM gaps AS g
JOIN document_outlets AS o ON o.doc_id = g.doc_id
LEFT JOIN sentences AS s ON s.sentence_id = g.sentence_id
LEFT JOIN candidates AS c ON c.flag_id = g.flag_id
ORDER BY g.doc_id, g.start, g.flag_id
