-- One row per actor, month, kind of event and status: how often the actor acts and is acted upon.
-- Purpose: what an actor is said to do, over time. Repeated tellings inside a document count once; copies of one text count once.
-- Example: SELECT month, kind, as_agent FROM actor_activity WHERE actor = 'Syrian Army' AND status IN ('asserted', 'claimed') ORDER BY month;
-- joins: actor_id = actors.canonical_id, kind = event_kinds.kind
-- @actor: Short English name, or the Arabic one where no English name is known.
-- @actor_id: Key of actors; NULL when unknown there.
-- @month: First day of the month of the events; NULL when no date is known.
-- @kind: Kind of event.
-- @status: asserted, claimed, denied, expected, proposed or negated.
-- @as_agent: Events in which the actor acts.
-- @as_patient: Events in which it is acted upon.
-- @documents: Documents that tell them.
-- @claimants: Sources named for them, sorted.
-- @first_day: Earliest day among them; NULL when no date is known.
-- @last_day: Latest day among them.
WITH told AS (
    SELECT e.*, o.text_key
    FROM events AS e
    JOIN document_outlets AS o ON o.doc_id = e.doc_id
    WHERE e.same_as IS NULL AND o.text_key = e.doc_id
),

-- Ids are listed for known actors only, so a name takes the id of the actor that bears it.
roles AS (
    SELECT event_id, doc_id, kind, status, source, date_start, date_end, unnest(agents) AS actor, agent_ids AS ids, 'agent' AS role FROM told
    UNION ALL
    SELECT event_id, doc_id, kind, status, source, date_start, date_end, unnest(patients), patient_ids, 'patient' FROM told
),

known AS (
    SELECT r.*, a.canonical_id AS actor_id
    FROM roles AS r
    LEFT JOIN actors AS a ON a.name_en = r.actor AND list_contains(r.ids, a.canonical_id)
)

SELECT
    actor,
    actor_id,
    date_trunc('month', date_start)::DATE AS month,
    kind,
    status,
    count(DISTINCT event_id) FILTER (role = 'agent') AS as_agent,
    count(DISTINCT event_id) FILTER (role = 'patient') AS as_patient,
    count(DISTINCT doc_id) AS documents,
    coalesce(list_sort(list(DISTINCT source) FILTER (source IS NOT NULL)), []) AS claimants,
    min(date_start) AS first_day,
    max(coalesce(date_end, date_start)) AS last_day
FROM known
WHERE actor IS NOT NULL
GROUP BY ALL
ORDER BY actor, actor_id, month, kind, status
