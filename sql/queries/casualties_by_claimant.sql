-- Who says how many were killed, where and when? One row per figure and claimant; what nobody told is NULL, never 0.
SELECT
    place,
    date_start AS day,
    low AS killed_low,
    high AS killed_high,
    qualifier,
    CASE WHEN source IS NULL THEN publisher || ' (itself)' ELSE source END AS according_to,
    status,
    told AS number_stands_in_text
FROM casualty_claims
WHERE figure = 'killed'
ORDER BY day NULLS LAST, place NULLS LAST, according_to, event_id
