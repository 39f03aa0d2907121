-- Kinds, statuses, stances and severities are those of the contract.
SELECT 'quality_flags.severity' AS in_column, severity AS found FROM quality_flags WHERE severity NOT IN ('info', 'warning', 'error')
UNION ALL
SELECT 'events.kind', kind FROM events WHERE kind NOT IN (SELECT kind FROM event_kinds)
UNION ALL
SELECT 'events.status', status FROM events WHERE status NOT IN ('asserted', 'claimed', 'denied', 'expected', 'proposed', 'negated')
UNION ALL
SELECT 'quantities.status', status FROM quantities WHERE status NOT IN ('stated', 'spelled', 'decoded', 'stripped')
UNION ALL
SELECT 'claims.stance', stance
FROM claims
WHERE stance NOT IN ('asserts', 'denies', 'accuses', 'expects', 'threatens', 'acknowledges', 'demands', 'proposes')
UNION ALL
SELECT 'mentions.type', type FROM mentions WHERE type NOT IN ('place', 'actor', 'person', 'media', 'weapon')
