-- One row per day, place and kind of event: how often it was told, by how many documents, and with what status.
-- Events that are repeated inside a document count once; an event of several days stands on its first.
-- @day: First possible day of the events; NULL when no date is known.
-- @place_id: Key of places; NULL when no place was told.
-- @place: Short English name of the place.
-- @kind: Kind of event, a key of event_kinds.
-- @events: Events told.
-- @documents: Documents that tell them.
-- @asserted: Events the text states as facts.
-- @claimed: Events attributed to a named source.
-- @unrealised: Events denied, negated, expected or proposed.
-- @sources: Claimants named, sorted.
SELECT
    date_start AS day,
    place_id,
    place,
    kind,
    count(*) AS events,
    count(DISTINCT doc_id) AS documents,
    count(*) FILTER (status = 'asserted') AS asserted,
    count(*) FILTER (status = 'claimed') AS claimed,
    count(*) FILTER (status IN ('denied', 'negated', 'expected', 'proposed')) AS unrealised,
    coalesce(list_sort(list(DISTINCT source) FILTER (source IS NOT NULL)), []) AS sources
FROM events
WHERE same_as IS NULL
GROUP BY ALL
ORDER BY day, place_id, place, kind
