-- One row per actor, month and kind of event: how often the actor acted and how often it was acted upon.
-- @actor: Short English name, or the Arabic one where no English name is known.
-- @actor_id: Key of actors; NULL when unknown there.
-- @month: First day of the month of the events; NULL when no date is known.
-- @kind: Kind of event.
-- @as_agent: Events in which the actor acts.
-- @as_patient: Events in which it is acted upon.
-- @documents: Documents that tell them.
WITH roles AS (
    SELECT doc_id, kind, date_start, unnest(agents) AS actor, unnest(agent_ids) AS actor_id, 'agent' AS role FROM events WHERE same_as IS NULL
    UNION ALL
    SELECT doc_id, kind, date_start, unnest(patients), unnest(patient_ids), 'patient' FROM events WHERE same_as IS NULL
)

SELECT
    actor,
    nullif(actor_id, '') AS actor_id,
    date_trunc('month', date_start)::DATE AS month,
    kind,
    count(*) FILTER (role = 'agent') AS as_agent,
    count(*) FILTER (role = 'patient') AS as_patient,
    count(DISTINCT doc_id) AS documents
FROM roles
WHERE actor IS NOT NULL
GROUP BY ALL
ORDER BY actor, actor_id, month, kind
