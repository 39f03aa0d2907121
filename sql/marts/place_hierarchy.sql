-- One row per place: what contains it, up to the country.
-- Purpose: gather what happened in a governorate or country, whatever town or street is named.
-- Example: SELECT e.place, e.kind FROM events AS e JOIN place_hierarchy AS h ON h.place_id = e.place_id WHERE h.governorate = 'Idleb';
-- key: place_id
-- joins: place_id = places.canonical_id, containers = places.canonical_id (unnest), governorate_id = places.canonical_id, country_id = places.canonical_id
-- @place_id: Key of places.
-- @place: Short English name of the place.
-- @containers: Ids of the place itself and of all places that contain it, sorted.
-- @depth: How many those are; a place inside another has more.
-- @subdistrict: Subdistrict; NULL where the gazetteer has none.
-- @district: District; NULL where the gazetteer has none.
-- @governorate_id: Key of places: the governorate that contains the place or is it; NULL when there is none or none is known.
-- @governorate: Short English name of the governorate.
-- @country_id: Key of places: the country; NULL when unknown.
-- @country: Short English name of the country.
WITH RECURSIVE
above(place_id, container) AS (
    SELECT canonical_id, canonical_id FROM places
    UNION
    SELECT a.place_id, p.parent FROM above AS a JOIN places AS p ON p.canonical_id = a.container WHERE p.parent IS NOT NULL
),

containing AS (
    SELECT
        a.place_id,
        list_sort(list(a.container)) AS containers,
        min(p.name_en) FILTER (p.kind = 'subdistrict') AS subdistrict,
        min(p.name_en) FILTER (p.kind = 'district') AS district,
        min(p.canonical_id) FILTER (p.kind = 'governorate') AS governorate_id,
        min(p.canonical_id) FILTER (p.kind = 'country') AS country_id
    FROM above AS a
    LEFT JOIN places AS p ON p.canonical_id = a.container
    GROUP BY a.place_id
)

SELECT
    c.place_id,
    p.name_en AS place,
    c.containers,
    len(c.containers)::INTEGER AS depth,
    c.subdistrict,
    c.district,
    c.governorate_id,
    g.name_en AS governorate,
    c.country_id,
    n.name_en AS country
FROM containing AS c
JOIN places AS p ON p.canonical_id = c.place_id
LEFT JOIN places AS g ON g.canonical_id = c.governorate_id
LEFT JOIN places AS n ON n.canonical_id = c.country_id
ORDER BY c.place_id
