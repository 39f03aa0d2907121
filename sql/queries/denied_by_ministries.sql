-- What did a ministry deny, and what do others say about the same happening?
SELECT
    c.source AS ministry,
    c.text AS denied,
    e.kind,
    h.place,
    h.date_start AS day,
    h.claimants AS told_by,
    h.killed_low,
    h.killed_high,
    c.doc_id,
    c.claim_id
FROM claims AS c
LEFT JOIN events AS e ON e.sentence_id = c.sentence_id AND e.status = 'denied' AND e.start >= c.start AND e."end" <= c."end"
LEFT JOIN event_clusters AS h ON list_contains(h.event_ids, coalesce(e.same_as, e.event_id))
WHERE c.stance = 'denies' AND c.source ILIKE '%ministry%'
ORDER BY ministry, c.claim_id, e.event_id
