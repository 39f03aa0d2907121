-- One row per day, place, kind and status: how often such a happening was told, and by how many.
-- Purpose: time series and maps. A place stands with the containing governorate and country, so that sums go up the hierarchy.
-- Repeated tellings inside a document count once. An event of several days stands on its first; date_precision says how exact that is.
-- Counts are of tellings; event_clusters counts happenings.
-- Example: SELECT date_trunc('week', day) AS week, governorate, sum(events) FROM daily_events WHERE status = 'claimed' GROUP BY ALL;
-- joins: place_id = places.canonical_id, governorate_id = places.canonical_id, country_id = places.canonical_id, kind = event_kinds.kind
-- @day: First possible day of the events; NULL when no date is known.
-- @date_precision: day, week, month or year; NULL when no date is known.
-- @place_id: Key of places; NULL when no place was told.
-- @place: Short English name of the place.
-- @governorate_id: Key of places: the governorate that contains the place or is it; NULL when there is none or none is known.
-- @governorate: Short English name of the governorate.
-- @country_id: Key of places: the country; NULL when unknown.
-- @country: Short English name of the country.
-- @kind: Kind of event, a key of event_kinds.
-- @status: asserted, claimed, denied, expected, proposed or negated.
-- @events: Events told.
-- @documents: Documents that tell them.
-- @texts: Distinct texts that tell them; copies of one text are one.
-- @outlets: Outlets that carry those documents.
-- @sources: Claimants named, sorted.
SELECT
    e.date_start AS day,
    e.date_precision,
    e.place_id,
    e.place,
    h.governorate_id,
    h.governorate,
    h.country_id,
    h.country,
    e.kind,
    e.status,
    count(*) AS events,
    count(DISTINCT e.doc_id) AS documents,
    count(DISTINCT o.text_key) AS texts,
    len(list_distinct(flatten(list(o.publishers)))) AS outlets,
    coalesce(list_sort(list(DISTINCT e.source) FILTER (e.source IS NOT NULL)), []) AS sources
FROM events AS e
JOIN document_outlets AS o ON o.doc_id = e.doc_id
LEFT JOIN place_hierarchy AS h ON h.place_id = e.place_id
WHERE e.same_as IS NULL
GROUP BY
    e.date_start, e.date_precision, e.place_id, e.place, h.governorate_id, h.governorate, h.country_id, h.country, e.kind, e.status
ORDER BY day, place_id, place, e.kind, e.status
