-- For which happenings do claimants give figures that no number reconciles, and who gives which?
SELECT
    h.kind,
    h.place,
    h.date_start AS day,
    c.claim.figure AS figure,
    c.claim.low AS low,
    c.claim.high AS high,
    c.claim.qualifier AS qualifier,
    c.claim.claimant AS claimant,
    c.claim.outlets AS outlets,
    h.cluster_id
FROM event_clusters AS h, unnest(h.claims) AS c(claim)
WHERE h.agreement = 'differ' AND c.claim.told AND c.claim.status <> 'denied'
ORDER BY day NULLS LAST, h.cluster_id, figure, low, claimant
