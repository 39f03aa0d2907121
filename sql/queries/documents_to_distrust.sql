-- Which documents need a look at the page before they are quoted, and why?
SELECT
    o.title,
    o.publisher,
    round(q.score, 2) AS score,
    q.stripped_number_flags AS figures_missing,
    q.encoded_number_flags AS figures_unreadable,
    q.displaced_run_unresolved_flags AS lines_in_doubt,
    q.duplicated_word_flags + q.duplicated_phrase_flags AS told_twice,
    q.count_mismatch_flags + q.conflicting_figures_flags + q.impossible_value_flags AS figures_in_conflict,
    round(q.share_restored, 3) AS share_restored,
    round(r.confidence, 2) AS restoration_confidence,
    q.doc_id
FROM document_quality AS q
JOIN restored_documents AS r ON r.doc_id = q.doc_id
JOIN document_outlets AS o ON o.doc_id = q.doc_id
WHERE q.score < 0.9 OR r.confidence < 0.9
ORDER BY q.score, r.confidence, q.doc_id
