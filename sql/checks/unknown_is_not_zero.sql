-- No casualty figure is 0 where nothing was told, and no lower bound lies above its upper bound.
WITH figures AS (
    SELECT event_id, 'killed' AS figure, killed_low AS low, killed_high AS high, killed_qualifier AS qualifier FROM events
    UNION ALL SELECT event_id, 'wounded', wounded_low, wounded_high, wounded_qualifier FROM events
    UNION ALL SELECT event_id, 'displaced', displaced_low, displaced_high, displaced_qualifier FROM events
    UNION ALL SELECT event_id, 'detained', detained_low, detained_high, detained_qualifier FROM events
    UNION ALL SELECT event_id, 'captured', captured_low, captured_high, captured_qualifier FROM events
    UNION ALL SELECT quantity_id, kind, low, high, qualifier FROM quantities
)

SELECT event_id AS id, figure, low, high, qualifier
FROM figures
WHERE low > high OR (low = 0 AND high = 0 AND qualifier IS NULL)
UNION ALL
SELECT quantity_id, kind, low, high, status FROM quantities WHERE status = 'stripped' AND low = 0
