-- Which airstrikes does nobody attribute to an air force, and who tells them?
SELECT h.place, h.date_start AS day, h.claimants, h.outlets, h.killed_low, h.killed_high, h.killed_agreement, h.denied_by, h.cluster_id
FROM event_clusters AS h
WHERE
    h.kind IN ('airstrike', 'drone_strike')
    AND h.status <> 'denied'
    AND NOT EXISTS (
        SELECT 1
        FROM events AS e
        WHERE list_contains(h.event_ids, e.event_id) AND e.status <> 'denied' AND len(e.agents) > 0 AND e.agents <> ['Civilians']
    )
ORDER BY day NULLS LAST, h.place NULLS LAST, h.cluster_id
