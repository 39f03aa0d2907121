-- Every row that speaks of a document finds it, and every document has its restored text and a source.
WITH needed AS (
    SELECT 'restored_documents' AS in_table, doc_id FROM restored_documents
    UNION ALL SELECT 'restorations', doc_id FROM restorations
    UNION ALL SELECT 'sentences', doc_id FROM sentences
    UNION ALL SELECT 'quality_flags', doc_id FROM quality_flags
    UNION ALL SELECT 'document_quality', doc_id FROM document_quality
    UNION ALL SELECT 'document_sources', doc_id FROM document_sources
    UNION ALL SELECT 'mentions', doc_id FROM mentions
    UNION ALL SELECT 'quantities', doc_id FROM quantities
    UNION ALL SELECT 'times', doc_id FROM times
    UNION ALL SELECT 'claims', doc_id FROM claims
    UNION ALL SELECT 'events', doc_id FROM events
)

SELECT in_table, doc_id, 'no such document' AS fault FROM needed ANTI JOIN documents USING (doc_id)
UNION ALL
SELECT 'documents', doc_id, 'not restored' FROM documents ANTI JOIN restored_documents USING (doc_id)
UNION ALL
SELECT 'documents', doc_id, 'no source' FROM documents ANTI JOIN document_sources USING (doc_id)
