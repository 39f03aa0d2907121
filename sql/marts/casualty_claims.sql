-- One row per happening of a document, figure (killed, wounded, displaced, detained, captured) and claimant: who says how many, where and when.
-- Purpose: compare what is claimed. Rows are claims, not casualties: claims about one happening overlap, so never sum them.
-- A bound that was not told is NULL, never 0. Where the number itself is missing from the text, told is false and both bounds are NULL: the
-- bounds that grammar allows stand in number_gaps and are nobody's claim.
-- A figure told twice in a document by one claimant counts once.
-- Example: SELECT place, claimant, low, high FROM casualty_claims WHERE figure = 'killed' AND told ORDER BY place;
-- key: event_id, figure
-- joins: event_id = events.event_id, first_event_id = events.event_id, doc_id = documents.doc_id, sentence_id = sentences.sentence_id, gap_flag_id = number_gaps.flag_id, place_id = places.canonical_id
-- @event_id: Key of events: the telling that gives the figure.
-- @first_event_id: event_id of the happening's first telling in the document; joins event_clusters.event_ids.
-- @doc_id: Document.
-- @sentence_id: Sentence that tells it.
-- @figure: killed, wounded, displaced, detained or captured.
-- @low: Lower bound; NULL when open or not told.
-- @high: Upper bound; NULL when open or not told.
-- @qualifier: exactly, at_least, up_to, …
-- @told: Whether the number stands in the text; false where it was lost.
-- @gap_flag_id: Key of number_gaps where the number was lost.
-- @kind: Kind of event.
-- @status: Status of the event: asserted, claimed, denied, expected, proposed or negated.
-- @claimant: Who says so: the source that the text names, else the outlet that speaks in its own voice.
-- @source: Source that the text names; NULL when the text itself speaks.
-- @publisher: Outlet where the text was first seen.
-- @publishers: All outlets that carry the text.
-- @published_at: Publication date.
-- @place_id: Key of places.
-- @place: Place.
-- @date_start: First possible day.
-- @date_end: Last possible day.
-- @sentence: Text of the sentence.
WITH figures AS (
    SELECT event_id, 'killed' AS figure, killed_low AS low, killed_high AS high, killed_qualifier AS qualifier FROM events
    UNION ALL
    SELECT event_id, 'wounded', wounded_low, wounded_high, wounded_qualifier FROM events
    UNION ALL
    SELECT event_id, 'displaced', displaced_low, displaced_high, displaced_qualifier FROM events
    UNION ALL
    SELECT event_id, 'detained', detained_low, detained_high, detained_qualifier FROM events
    UNION ALL
    SELECT event_id, 'captured', captured_low, captured_high, captured_qualifier FROM events
),

given AS (
    SELECT e.event_id, coalesce(e.same_as, e.event_id) AS first_event_id, e.doc_id, e.sentence_id, f.figure, f.low, f.high, f.qualifier
    FROM figures AS f
    JOIN events AS e ON e.event_id = f.event_id
    WHERE f.low IS NOT NULL OR f.high IS NOT NULL OR f.qualifier IS NOT NULL
),

-- The quantity behind each figure: the nearest in the document that has its bounds.
behind AS (
    SELECT
        g.event_id,
        g.figure,
        arg_min(
            struct_pack(lost := q.status = 'stripped', doc_id := q.doc_id, first := q.start, last := q."end"),
            (q.sentence_id <> g.sentence_id, coalesce(q.kind, '') <> g.figure, q.status <> 'stripped', q.quantity_id)
        ) AS quantity
    FROM given AS g
    JOIN quantities AS q
        ON q.doc_id = g.doc_id
        AND round(q.low)::BIGINT IS NOT DISTINCT FROM g.low
        AND round(q.high)::BIGINT IS NOT DISTINCT FROM g.high
        AND q.qualifier IS NOT DISTINCT FROM g.qualifier
    GROUP BY g.event_id, g.figure
),

lost AS (
    SELECT b.event_id, b.figure, min(f.flag_id) AS flag_id
    FROM behind AS b
    LEFT JOIN quality_flags AS f
        ON f.doc_id = b.quantity.doc_id
        AND f.kind IN ('stripped_number', 'encoded_number')
        AND f.start <= b.quantity.last
        AND f."end" >= b.quantity.first
    WHERE b.quantity.lost
    GROUP BY b.event_id, b.figure
)

SELECT
    g.event_id,
    g.first_event_id,
    g.doc_id,
    g.sentence_id,
    g.figure,
    CASE WHEN l.event_id IS NULL THEN g.low END AS low,
    CASE WHEN l.event_id IS NULL THEN g.high END AS high,
    g.qualifier,
    l.event_id IS NULL AND (g.low IS NOT NULL OR g.high IS NOT NULL) AS told,
    l.flag_id AS gap_flag_id,
    e.kind,
    e.status,
    coalesce(e.source, o.publisher) AS claimant,
    e.source,
    o.publisher,
    o.publishers,
    o.published_at,
    e.place_id,
    e.place,
    e.date_start,
    e.date_end,
    s.text AS sentence
FROM given AS g
JOIN events AS e ON e.event_id = g.event_id
JOIN document_outlets AS o ON o.doc_id = g.doc_id
LEFT JOIN lost AS l ON l.event_id = g.event_id AND l.figure = g.figure
LEFT JOIN sentences AS s ON s.sentence_id = g.sentence_id
QUALIFY
    row_number() OVER (
        PARTITION BY g.first_event_id, g.figure, coalesce(e.source, o.publisher), e.status, g.low, g.high, g.qualifier
        ORDER BY e.start, g.event_id
    ) = 1
ORDER BY g.event_id, g.figure
