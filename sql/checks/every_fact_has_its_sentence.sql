-- Every event, claim, mention, quantity and time lies inside the sentence it names.
WITH facts AS (
    SELECT 'events' AS in_table, event_id AS id, doc_id, sentence_id, start, "end" FROM events
    UNION ALL SELECT 'mentions', mention_id, doc_id, sentence_id, start, "end" FROM mentions
    UNION ALL SELECT 'quantities', quantity_id, doc_id, sentence_id, start, "end" FROM quantities
    UNION ALL SELECT 'times', time_id, doc_id, sentence_id, start, "end" FROM times
    UNION ALL SELECT 'claims', claim_id, doc_id, sentence_id, start, start + 1 FROM claims
)

SELECT f.in_table, f.id, f.sentence_id, f.start, f."end"
FROM facts AS f
LEFT JOIN sentences AS s ON s.sentence_id = f.sentence_id AND s.doc_id = f.doc_id
WHERE s.sentence_id IS NULL OR f.start < s.start OR f."end" > s."end"
