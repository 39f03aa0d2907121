-- Every id stands once in its table.
WITH ids AS (
    SELECT 'documents' AS in_table, doc_id AS id FROM documents
    UNION ALL SELECT 'restored_documents', doc_id FROM restored_documents
    UNION ALL SELECT 'document_quality', doc_id FROM document_quality
    UNION ALL SELECT 'restorations', restoration_id FROM restorations
    UNION ALL SELECT 'sentences', sentence_id FROM sentences
    UNION ALL SELECT 'quality_flags', flag_id FROM quality_flags
    UNION ALL SELECT 'mentions', mention_id FROM mentions
    UNION ALL SELECT 'quantities', quantity_id FROM quantities
    UNION ALL SELECT 'times', time_id FROM times
    UNION ALL SELECT 'claims', claim_id FROM claims
    UNION ALL SELECT 'events', event_id FROM events
    UNION ALL SELECT 'places', canonical_id FROM places
    UNION ALL SELECT 'actors', canonical_id FROM actors
    UNION ALL SELECT 'media', canonical_id FROM media
    UNION ALL SELECT 'event_kinds', kind FROM event_kinds
)

SELECT in_table, id, count(*) AS times FROM ids GROUP BY in_table, id HAVING count(*) > 1
