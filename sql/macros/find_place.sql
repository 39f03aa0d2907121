-- Places by name, in English or Arabic, alias or id; spelling of hamza, ya and ta marbuta does not matter, nor does the article.
-- A governorate and its town often share the Arabic name and not the English one (Idleb, Idlib): either finds both.
-- Example: SELECT place_id, place, kind FROM find_place('إدلب'); FROM daily_events WHERE governorate_id IN (SELECT place_id FROM find_place('Idlib'));
-- @name: Name, alias or canonical_id.
CREATE MACRO find_place(name) AS TABLE
WITH named AS (
    SELECT bare_phrase(name_ar) AS arabic
    FROM places
    WHERE
        bare_phrase(name_en) = bare_phrase(name)
        OR bare_phrase(name_ar) = bare_phrase(name)
        OR list_contains(list_transform(aliases, lambda a: bare_phrase(a)), bare_phrase(name))
)

SELECT p.canonical_id AS place_id, p.name_en AS place, p.name_ar, p.kind, h.governorate, h.country, p.latitude, p.longitude
FROM places AS p
LEFT JOIN place_hierarchy AS h ON h.place_id = p.canonical_id
WHERE p.canonical_id = name OR bare_phrase(p.name_en) = bare_phrase(name) OR bare_phrase(p.name_ar) IN (SELECT arabic FROM named)
ORDER BY p.kind <> 'governorate', p.kind <> 'city', p.canonical_id
