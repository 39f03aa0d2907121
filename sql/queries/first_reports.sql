-- Which outlet reported each happening first? Among those of the earliest publication date all are named.
SELECT h.cluster_id, h.kind, h.place, h.date_start AS day, h.first_reported, list_sort(list(DISTINCT s.publisher)) AS first_outlets, h.outlet_count
FROM event_clusters AS h
JOIN document_sources AS s ON list_contains(h.doc_ids, s.doc_id) AND s.is_current AND s.published_at = h.first_reported
WHERE h.date_start IS NOT NULL AND h.place IS NOT NULL AND h.status <> 'denied' AND s.publisher IS NOT NULL
GROUP BY h.cluster_id, h.kind, h.place, h.date_start, h.first_reported, h.outlet_count
ORDER BY day, h.kind, h.cluster_id
