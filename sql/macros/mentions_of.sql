-- Mentions of a place, actor, person, outlet or weapon, by its English or Arabic name, an alias, or its id.
-- Descriptions that stand for it (nominal) are among them. Example: SELECT text, sentence, publisher FROM mentions_of('Aleppo');
-- @name: Name in English or Arabic, or canonical_id; case and Arabic spelling do not matter.
CREATE MACRO mentions_of(name) AS TABLE
WITH known AS (
    SELECT canonical_id, name_en, name_ar, aliases FROM places
    UNION ALL
    SELECT canonical_id, name_en, name_ar, aliases FROM actors
    UNION ALL
    SELECT canonical_id, name_en, name_ar, aliases FROM media
),

meant AS (
    SELECT canonical_id
    FROM known
    WHERE
        canonical_id = name
        OR fold_arabic(name_en) = fold_arabic(name)
        OR fold_arabic(name_ar) = fold_arabic(name)
        OR list_contains(list_transform(aliases, lambda a: fold_arabic(a)), fold_arabic(name))
)

SELECT
    m.text,
    m.type,
    m.canonical_name,
    m.canonical_id,
    m.nominal,
    m.confidence,
    s.text AS sentence,
    m.sentence_id,
    m.mention_id,
    m.doc_id,
    o.title,
    o.publisher,
    o.published_at
FROM mentions AS m
JOIN document_outlets AS o ON o.doc_id = m.doc_id
LEFT JOIN sentences AS s ON s.sentence_id = m.sentence_id
WHERE m.canonical_id IN (SELECT canonical_id FROM meant) OR fold_arabic(m.canonical_name) = fold_arabic(name)
ORDER BY o.published_at, m.doc_id, m.start
