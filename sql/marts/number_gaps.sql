-- One row per place where a figure is missing or unreadable: the bounds that grammar allows, what it counted, and what other texts state.
-- Purpose: find the figure on the page or in another text. Candidates are reading aids with their source; they are copied into no fact.
-- A candidate is a figure of another text that counts the same (kind or counted noun), either for the same happening (via: cluster) or for an
-- event of that kind at the same place within three days (via: noun). Copies of the damaged text itself are no candidates.
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
    SELECT
        e.event_id,
        e.sentence_id,
        e.kind,
        e.place_id,
        coalesce(e.date_start, o.published_at) AS day,
        e.source,
        c.cluster_id,
        o.doc_id,
        o.text_key,
        o.publisher,
        o.publishers
    FROM events AS e
    JOIN document_outlets AS o ON o.doc_id = e.doc_id
    LEFT JOIN clusters AS c ON c.event_id = coalesce(e.same_as, e.event_id)
),

stated AS (
    SELECT q.quantity_id, q.text, q.low, q.high, q.qualifier, q.unit, q.kind AS role, h.*
    FROM quantities AS q
    JOIN happenings AS h ON h.sentence_id = q.sentence_id
    WHERE q.status <> 'stripped'
),

wanted AS (
    SELECT g.flag_id, g.unit, g.role, h.*
    FROM gaps AS g
    JOIN happenings AS h ON h.sentence_id = g.sentence_id
),

found AS (
    SELECT w.flag_id, 'cluster' AS via, abs(w.day - s.day) AS days_apart, s.*
    FROM wanted AS w
    JOIN stated AS s ON s.cluster_id = w.cluster_id
    WHERE s.text_key <> w.text_key AND ((s.role = w.role AND s.role <> 'other') OR fold_arabic(s.unit) = fold_arabic(w.unit))
    UNION ALL
    SELECT w.flag_id, 'noun', abs(w.day - s.day), s.*
    FROM wanted AS w
    JOIN stated AS s ON s.place_id = w.place_id AND s.kind = w.kind
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
                qualifier := qualifier, unit := unit, claimant := coalesce(source, publisher),
                outlets := publishers, days_apart := days_apart
            )
            ORDER BY via, days_apart, quantity_id
        ) AS candidates
    FROM (
        SELECT *
        FROM found
        QUALIFY row_number() OVER (PARTITION BY flag_id, quantity_id ORDER BY via, days_apart, event_id) = 1
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
