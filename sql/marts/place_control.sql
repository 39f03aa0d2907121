-- One row per telling that a place changed hands or that a force left it: the evidence for who held what, not a verdict.
-- @place_id: Key of places.
-- @place: Place.
-- @day: First possible day; NULL when no date is known.
-- @kind: territory_captured, advance, withdrawal or siege.
-- @agents: Who acts.
-- @patients: Who is acted upon.
-- @status: asserted or claimed.
-- @source: Claimant, where one is named.
-- @event_id: Key of events.
-- @doc_id: Document.
-- @published_at: Publication date of the document.
-- @sentence: Text of the sentence.
SELECT
    e.place_id,
    e.place,
    e.date_start AS day,
    e.kind,
    e.agents,
    e.patients,
    e.status,
    e.source,
    e.event_id,
    e.doc_id,
    d.published_at,
    s.text AS sentence
FROM events AS e
JOIN documents AS d ON d.doc_id = e.doc_id
LEFT JOIN sentences AS s ON s.sentence_id = e.sentence_id
WHERE
    e.kind IN ('territory_captured', 'advance', 'withdrawal', 'siege')
    AND e.status IN ('asserted', 'claimed')
    AND e.place IS NOT NULL
    AND e.same_as IS NULL
ORDER BY e.place, day, e.event_id
