-- Every restoration names the raw characters it replaced and the restored ones it made.
-- Texts over 200,000 characters are checked for their bounds only: finding a character by its number in UTF-8 takes a walk from the start.
WITH raw_texts AS MATERIALIZED (
    SELECT doc_id, length(text) AS size, CASE WHEN length(text) <= 200000 THEN text END AS text FROM documents
),

sizes AS MATERIALIZED (
    SELECT doc_id, length(text) AS size FROM restored_documents
)

SELECT c.restoration_id, c.kind, c.raw_start, c.raw_end, c.before
FROM restorations AS c
JOIN raw_texts AS d ON d.doc_id = c.doc_id
JOIN sizes AS r ON r.doc_id = c.doc_id
WHERE c.raw_start < 0 OR c.raw_end < c.raw_start OR c.raw_end > d.size
    OR c.start < 0 OR c."end" < c.start OR c."end" > r.size
    OR c.before <> substring(d.text, c.raw_start + 1, c.raw_end - c.raw_start)
