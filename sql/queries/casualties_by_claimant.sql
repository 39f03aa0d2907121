-- Who says how many were killed, where and when? One row per figure and claimant; figures that a PDF lost stay NULL.
SELECT place, coalesce(claimant, 'told by ' || publisher) AS according_to, low, high, qualifier, status, published_at
FROM casualty_claims
WHERE harm = 'killed'
ORDER BY place NULLS LAST, published_at, according_to
