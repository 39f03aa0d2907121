-- Which outlets printed one and the same text?
SELECT
    o.text_key,
    any_value(o.title) AS title,
    list_sort(list(DISTINCT s.publisher) FILTER (s.publisher IS NOT NULL)) AS outlets,
    list_sort(list(DISTINCT s.source_uri)) AS seen_at
FROM document_outlets AS o
JOIN document_sources AS s ON s.doc_id = o.doc_id AND s.is_current
GROUP BY o.text_key
HAVING count(*) > 1
ORDER BY o.text_key
