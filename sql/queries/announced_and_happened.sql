-- What was expected or proposed, and does any text tell that it happened afterwards? Same kind and place, or same kind and agent, within 90 days.
SELECT
    a.status,
    a.kind,
    a.agents,
    a.place,
    coalesce(a.date_start, o.published_at) AS announced_for,
    coalesce(a.source, o.publisher) AS announced_by,
    a.event_id AS announcement,
    list(h.cluster_id ORDER BY h.date_start, h.cluster_id) FILTER (h.cluster_id IS NOT NULL) AS happened,
    min(h.date_start) AS first_day
FROM events AS a
JOIN document_outlets AS o ON o.doc_id = a.doc_id
LEFT JOIN (
    SELECT c.*, list_distinct(flatten(list(e.agents))) AS agents
    FROM (SELECT *, unnest(event_ids) AS event_id FROM event_clusters) AS c
    JOIN events AS e ON e.event_id = c.event_id
    GROUP BY ALL
) AS h
    ON h.kind = a.kind
    AND h.status <> 'denied'
    AND h.date_start BETWEEN coalesce(a.date_start, o.published_at) - 1 AND coalesce(a.date_start, o.published_at) + 90
    AND (h.place_id = a.place_id OR list_has_any(h.agents, a.agents))
WHERE a.status IN ('expected', 'proposed') AND a.same_as IS NULL AND a.kind <> 'other'
GROUP BY ALL
ORDER BY announced_for NULLS LAST, announcement
