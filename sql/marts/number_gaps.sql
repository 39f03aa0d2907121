-- One row per place where a figure is missing or unreadable: the bounds that grammar allows, what it counted, and the figures that
-- other documents state for the same kind of event, place and days. Candidates are reading aids; they are copied into no fact.
-- @doc_id: Document.
-- @flag_id: Key of quality_flags.
-- @sentence_id: Sentence.
-- @kind: stripped_number (the digits are gone) or encoded_number (they are glyphs that could not be decoded).
-- @start: First character in restored_documents.text.
-- @end: End in restored_documents.text (exclusive).
-- @low: Least value that grammar allows for the numeral; NULL when open.
-- @high: Greatest value that grammar allows for the numeral; NULL when open.
-- @confidence: Probability that a figure is missing here.
-- @explanation: Why it is held to be missing.
-- @unit: Counted noun, where quantities knows it.
-- @role: Kind of quantity (killed, wounded, …), where quantities knows it.
-- @sentence: Text of the sentence.
-- @publisher: Outlet that published the document.
-- @published_at: Publication date.
-- @title: Title of the document.
-- @candidate_count: Figures that other documents state.
-- @candidates: Those figures with document, sentence, text, bounds, qualifier, claimant and publisher, nearest day first.
WITH gaps AS (
    SELECT
        f.*,
        q.unit,
        q.kind AS role
    FROM quality_flags AS f
    LEFT JOIN quantities AS q
        ON q.sentence_id = f.sentence_id AND q.status = 'stripped' AND q.start <= f."end" AND q."end" >= f.start
    WHERE f.kind IN ('stripped_number', 'encoded_number')
    QUALIFY row_number() OVER (PARTITION BY f.flag_id ORDER BY abs(q.start - f.start), q.quantity_id) = 1
),

stated AS (
    SELECT
        q.doc_id,
        q.sentence_id,
        q.quantity_id,
        q.text,
        q.low,
        q.high,
        q.qualifier,
        q.unit,
        q.kind AS role,
        e.kind AS event_kind,
        e.place_id,
        e.date_start,
        e.source
    FROM quantities AS q
    JOIN events AS e ON e.sentence_id = q.sentence_id
    WHERE q.status <> 'stripped' AND e.place_id IS NOT NULL AND e.date_start IS NOT NULL
),

matches AS (
    SELECT
        g.flag_id,
        s.doc_id,
        s.sentence_id,
        s.quantity_id,
        s.text,
        s.low,
        s.high,
        s.qualifier,
        s.source,
        min(abs(date_diff('day', e.date_start, s.date_start))) AS days_apart
    FROM gaps AS g
    JOIN events AS e ON e.sentence_id = g.sentence_id
    JOIN stated AS s
        ON s.doc_id <> g.doc_id
        AND s.event_kind = e.kind
        AND s.place_id = e.place_id
        AND abs(date_diff('day', e.date_start, s.date_start)) <= 3
        AND ((s.role = g.role AND s.role <> 'other') OR s.unit = g.unit)
    GROUP BY ALL
),

candidates AS (
    SELECT
        m.flag_id,
        count(*) AS candidate_count,
        list({
            'doc_id': m.doc_id,
            'sentence_id': m.sentence_id,
            'text': m.text,
            'low': m.low,
            'high': m.high,
            'qualifier': m.qualifier,
            'source': m.source,
            'publisher': d.publisher,
            'days_apart': m.days_apart
        } ORDER BY m.days_apart, m.quantity_id) AS candidates
    FROM matches AS m
    JOIN documents AS d ON d.doc_id = m.doc_id
    GROUP BY m.flag_id
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
    g.unit,
    g.role,
    s.text AS sentence,
    d.publisher,
    d.published_at,
    d.title,
    coalesce(c.candidate_count, 0) AS candidate_count,
    c.candidates
FROM gaps AS g
JOIN documents AS d ON d.doc_id = g.doc_id
LEFT JOIN sentences AS s ON s.sentence_id = g.sentence_id
LEFT JOIN candidates AS c ON c.flag_id = g.flag_id
ORDER BY g.doc_id, g.start, g.flag_id
