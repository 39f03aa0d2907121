-- Every span lies inside its text and holds the characters it names.
-- Texts over 200,000 characters are checked for their bounds only: finding a character by its number in UTF-8 takes a walk from the start.
WITH spans AS (
    SELECT 'sentences' AS in_table, sentence_id AS id, doc_id, start, "end", text FROM sentences
    UNION ALL SELECT 'mentions', mention_id, doc_id, start, "end", text FROM mentions
    UNION ALL SELECT 'quantities', quantity_id, doc_id, start, "end", text FROM quantities
    UNION ALL SELECT 'times', time_id, doc_id, start, "end", text FROM times
    UNION ALL SELECT 'claims', claim_id, doc_id, start, "end", text FROM claims
    UNION ALL SELECT 'events', event_id, doc_id, start, "end", trigger FROM events
    UNION ALL SELECT 'quality_flags', flag_id, doc_id, start, "end", text FROM quality_flags
),

texts AS MATERIALIZED (
    SELECT doc_id, length(text) AS size, CASE WHEN length(text) <= 200000 THEN text END AS text FROM restored_documents
)

SELECT s.in_table, s.id, s.start, s."end", s.text
FROM spans AS s
JOIN texts AS r ON r.doc_id = s.doc_id
WHERE s.start < 0 OR s."end" < s.start OR s."end" > r.size
    OR s.text <> substring(r.text, s.start + 1, s."end" - s.start)
