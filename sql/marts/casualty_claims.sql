-- One row per event and figure told of it (killed, wounded, displaced, detained, captured): who says how many, where and when.
-- A bound that was not told is NULL, never 0.
-- @event_id: Key of events.
-- @doc_id: Document.
-- @sentence_id: Sentence that tells it.
-- @figure: killed, wounded, displaced, detained or captured.
-- @low: Lower bound; NULL when open or not told.
-- @high: Upper bound; NULL when open or not told.
-- @qualifier: exactly, at_least, up_to, …
-- @kind: Kind of event.
-- @status: Status of the event: asserted, claimed, denied, expected, proposed or negated.
-- @source: Claimant; NULL when the text itself speaks.
-- @publisher: Outlet that published the document.
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
)

SELECT
    e.event_id,
    e.doc_id,
    e.sentence_id,
    f.figure,
    f.low,
    f.high,
    f.qualifier,
    e.kind,
    e.status,
    e.source,
    d.publisher,
    e.place_id,
    e.place,
    e.date_start,
    e.date_end,
    s.text AS sentence
FROM figures AS f
JOIN events AS e ON e.event_id = f.event_id
JOIN documents AS d ON d.doc_id = e.doc_id
LEFT JOIN sentences AS s ON s.sentence_id = e.sentence_id
WHERE f.low IS NOT NULL OR f.high IS NOT NULL OR f.qualifier IS NOT NULL
ORDER BY e.event_id, f.figure
