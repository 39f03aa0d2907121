-- How many violent events are told per week and governorate (or country, where the gazetteer has no governorate)?
SELECT
    date_trunc('week', day)::DATE AS week,
    coalesce(governorate, country, place, 'no place told') AS area,
    kind,
    sum(events)::BIGINT AS events,
    sum(documents)::BIGINT AS tellings_by_document
FROM daily_events
JOIN event_kinds USING (kind)
WHERE
    day IS NOT NULL
    AND date_precision IN ('day', 'week')
    AND status IN ('asserted', 'claimed')
    AND acled_event_type IN ('Battles', 'Explosions/Remote violence', 'Violence against civilians')
GROUP BY ALL
ORDER BY week, area, kind
