-- One row per happening across documents: events of one kind, place and first day, with the span of what was said of it.
-- Events without place or date are not clustered: nothing shows that two of them are the same.
-- @cluster_id: Hash of kind, place and day.
-- @kind: Kind of event.
-- @place_id: Key of places.
-- @place: Place.
-- @date_start: First possible day.
-- @date_end: Last possible day of any member.
-- @event_ids: Member events, sorted.
-- @events: Member events.
-- @documents: Documents that tell it.
-- @sources: Distinct claimants; the text's own voice counts as its publisher, where known.
-- @killed_low: Least number killed that any member gives; NULL when none does.
-- @killed_high: Greatest number killed that any member gives; NULL when none does.
-- @wounded_low: Least number wounded that any member gives.
-- @wounded_high: Greatest number wounded that any member gives.
-- @displaced_low: Least number displaced that any member gives.
-- @displaced_high: Greatest number displaced that any member gives.
-- @detained_low: Least number detained that any member gives.
-- @detained_high: Greatest number detained that any member gives.
-- @captured_low: Least number captured that any member gives.
-- @captured_high: Greatest number captured that any member gives.
-- @agreement: On the number killed: none told, single, agree (one figure) or differ.
SELECT
    substr(sha256(concat_ws('|', e.kind, e.place_id, e.date_start)), 1, 16) AS cluster_id,
    e.kind,
    e.place_id,
    min(e.place) AS place,
    e.date_start,
    max(e.date_end) AS date_end,
    list_sort(list(e.event_id)) AS event_ids,
    count(*) AS events,
    count(DISTINCT e.doc_id) AS documents,
    coalesce(list_sort(list(DISTINCT coalesce(e.source, d.publisher)) FILTER (coalesce(e.source, d.publisher) IS NOT NULL)), []) AS sources,
    min(e.killed_low) AS killed_low,
    max(coalesce(e.killed_high, e.killed_low)) AS killed_high,
    min(e.wounded_low) AS wounded_low,
    max(coalesce(e.wounded_high, e.wounded_low)) AS wounded_high,
    min(e.displaced_low) AS displaced_low,
    max(coalesce(e.displaced_high, e.displaced_low)) AS displaced_high,
    min(e.detained_low) AS detained_low,
    max(coalesce(e.detained_high, e.detained_low)) AS detained_high,
    min(e.captured_low) AS captured_low,
    max(coalesce(e.captured_high, e.captured_low)) AS captured_high,
    CASE
        WHEN count(e.killed_low) = 0 THEN 'none told'
        WHEN count(e.killed_low) = 1 THEN 'single'
        WHEN count(DISTINCT (e.killed_low, e.killed_high)) = 1 THEN 'agree'
        ELSE 'differ'
    END AS agreement
FROM events AS e
JOIN documents AS d ON d.doc_id = e.doc_id
WHERE
    e.same_as IS NULL
    AND e.place_id IS NOT NULL
    AND e.date_start IS NOT NULL
    AND e.status IN ('asserted', 'claimed')
GROUP BY e.kind, e.place_id, e.date_start
ORDER BY e.date_start, e.kind, e.place_id
