-- Every restoration names the raw characters it replaced and the restored ones it made.
SELECT c.restoration_id, c.kind, c.raw_start, c.raw_end, c.before
FROM restorations AS c
JOIN documents AS d ON d.doc_id = c.doc_id
JOIN restored_documents AS r ON r.doc_id = c.doc_id
WHERE c.raw_start < 0 OR c.raw_end < c.raw_start OR c.raw_end > length(d.text)
    OR c.start < 0 OR c."end" < c.start OR c."end" > length(r.text)
    OR c.before <> substring(d.text, c.raw_start + 1, c.raw_end - c.raw_start)
