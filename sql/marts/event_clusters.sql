-- One row per happening, gathered from all documents that tell it.
-- Purpose: count happenings instead of tellings, and see who agrees. Claimants and outlets are counted apart: ten outlets that print one
-- agency's sentence are ten outlets and one claimant.
-- Two tellings are of one happening when their kinds are compatible, one place lies in the other (below the level of countries), their dates
-- touch within a day, and their actors do not contradict each other (an army and its state agree). Happenings are gathered around the most
-- exact telling, so that a week of raids is no chain. A telling without place or date joins the one happening of its own document that
-- it fits, else it stands alone. Tellings of more than a week cross no document. Expected, proposed and negated events are no happenings and are left out.
-- Example: SELECT place, date_start, killed_low, killed_high, claims FROM event_clusters WHERE killed_agreement = 'differ';
-- key: cluster_id
-- joins: place_id = places.canonical_id, kind = event_kinds.kind, exact_event_id = events.event_id, event_ids = events.event_id (unnest), doc_ids = documents.doc_id (unnest)
-- @cluster_id: Hash of the event_id of the most exact telling.
-- @exact_event_id: Key of events: the most exact telling.
-- @kind: Kind of event, of the most exact telling.
-- @place_id: Key of places; NULL when no place is told.
-- @place: Most specific place told.
-- @latitude: Degrees north of that place.
-- @longitude: Degrees east.
-- @date_start: First possible day, of the most exact telling; NULL when no date is told.
-- @date_end: Last possible day, of the most exact telling.
-- @status: told, disputed (told and denied) or denied.
-- @event_ids: Member events (first telling in each document), sorted; joins events.event_id.
-- @events: Member events.
-- @doc_ids: Documents that tell it, sorted.
-- @documents: Documents that tell it.
-- @voices: Distinct original voices: named sources, and each text that speaks for itself; copies of a text are one.
-- @claimants: Named sources that tell it, sorted; outlets that speak for themselves are not among them.
-- @claimant_count: Named sources that tell it.
-- @denied_by: Named sources that deny it, sorted.
-- @outlets: Outlets that carry it, sorted.
-- @outlet_count: Outlets that carry it.
-- @first_reported: Earliest publication date.
-- @killed_low: Least number killed that anyone who tells it gives; NULL when none does; numbers lost from the text are no claims.
-- @killed_high: Greatest number killed that anyone gives; NULL when none does.
-- @killed_agreement: none told, single (one voice), agree (one number fits all claims, their bounds honoured; approximate ones by a tenth) or differ.
-- @wounded_low: Least number wounded that anyone gives.
-- @wounded_high: Greatest number wounded that anyone gives.
-- @wounded_agreement: As killed_agreement.
-- @displaced_low: Least number displaced that anyone gives.
-- @displaced_high: Greatest number displaced that anyone gives.
-- @displaced_agreement: As killed_agreement.
-- @detained_low: Least number detained that anyone gives.
-- @detained_high: Greatest number detained that anyone gives.
-- @detained_agreement: As killed_agreement.
-- @captured_low: Least number captured that anyone gives.
-- @captured_high: Greatest number captured that anyone gives.
-- @captured_agreement: As killed_agreement.
-- @agreement: Over all figures: differ if any differs, else agree, else single, else none told.
-- @claims: Who says which figure: list of figure, low, high, qualifier, told, claimant, outlets, status, event_id.
WITH RECURSIVE
families(kind, family) AS (
    VALUES
    ('airstrike', 'bombardment'), ('shelling', 'bombardment'), ('drone_strike', 'bombardment'), ('chemical_attack', 'bombardment'),
    ('bombing', 'explosion'), ('suicide_bombing', 'explosion'),
    ('attack', 'bombardment'), ('attack', 'explosion'), ('attack', 'fighting'), ('clash', 'fighting'),
    ('territory_captured', 'ground'), ('advance', 'ground'),
    ('killing', 'casualties'), ('injury', 'casualties'),
    ('abduction', 'custody'), ('detention', 'custody'),
    ('ceasefire', 'accord'), ('agreement', 'accord')
),

kin(kind, family) AS (
    SELECT kind, family FROM families
    UNION
    SELECT kind, kind FROM events
),

-- Every place with itself and all that contains it.
above(place_id, container) AS (
    SELECT place_id, unnest(containers) FROM place_hierarchy
),

-- Every actor with itself, what it belongs to and, for what acts for a state, that state.
sides(actor_id, side) AS (
    SELECT canonical_id, canonical_id FROM actors
    UNION
    SELECT s.actor_id, a.parent FROM sides AS s JOIN actors AS a ON a.canonical_id = s.side WHERE a.parent IS NOT NULL
),

allegiances(actor_id, side) AS (
    SELECT actor_id, side FROM sides
    UNION
    SELECT s.actor_id, 'state:' || a.country
    FROM sides AS s
    JOIN actors AS a ON a.canonical_id = s.side
    WHERE a.kind IN ('army', 'government', 'state') AND a.country IS NOT NULL
),

roles AS (
    SELECT event_id, 'agent' AS role, unnest(agent_ids) AS actor_id FROM events
    UNION ALL
    SELECT event_id, 'patient', unnest(patient_ids) FROM events
),

parties AS (
    SELECT
        r.event_id,
        coalesce(list(DISTINCT coalesce(a.side, r.actor_id)) FILTER (r.role = 'agent'), []) AS agents,
        coalesce(list(DISTINCT coalesce(a.side, r.actor_id)) FILTER (r.role = 'patient'), []) AS patients
    FROM roles AS r
    LEFT JOIN allegiances AS a ON a.actor_id = r.actor_id
    WHERE r.actor_id <> ''
    GROUP BY r.event_id
),

tellings AS (
    SELECT
        row_number() OVER (
            ORDER BY
                e.status = 'denied', e.kind = 'attack', coalesce(e.date_end, e.date_start) - e.date_start, d.depth DESC NULLS LAST,
                o.published_at NULLS LAST, e.event_id
        ) AS node,
        e.event_id,
        e.doc_id,
        e.kind,
        e.place_id,
        e.place,
        e.date_start,
        coalesce(e.date_end, e.date_start) AS date_end,
        e.status,
        e.source,
        o.text_key,
        coalesce(y.agents, []) AS agents,
        coalesce(y.patients, []) AS patients,
        coalesce(d.depth, 0) AS depth,
        -- Neither a country nor a kind that says little shows that two texts mean the same: a common agent must.
        p.canonical_id IS NULL OR p.country IS NULL OR p.kind IN ('country', 'continent', 'sea', 'river') AS wide,
        e.kind IN ('other', 'appeal', 'accusation', 'denial', 'threat', 'proposal', 'deployment') AS vague,
        e.place_id IS NOT NULL AND e.date_start IS NOT NULL AND coalesce(e.date_end, e.date_start) - e.date_start <= 7 AS fixed
    FROM events AS e
    JOIN document_outlets AS o ON o.doc_id = e.doc_id
    LEFT JOIN places AS p ON p.canonical_id = e.place_id
    LEFT JOIN place_hierarchy AS d ON d.place_id = e.place_id
    LEFT JOIN parties AS y ON y.event_id = e.event_id
    WHERE e.same_as IS NULL AND e.status IN ('asserted', 'claimed', 'denied')
),

claims AS (
    SELECT
        c.*,
        coalesce(c.source, t.text_key) AS voice,
        CASE WHEN c.qualifier = 'approximately' THEN 0.9 ELSE 1 END * coalesce(c.low, 0) AS least,
        CASE WHEN c.qualifier = 'approximately' THEN 1.1 ELSE 1 END * coalesce(c.high, 1e18) AS most
    FROM casualty_claims AS c
    JOIN tellings AS t ON t.event_id = c.first_event_id
    WHERE c.status IN ('asserted', 'claimed', 'denied')
),

-- Happenings of one document that are told apart by their figures.
apart AS (
    SELECT DISTINCT a.first_event_id AS one, b.first_event_id AS other
    FROM claims AS a
    JOIN claims AS b ON b.doc_id = a.doc_id AND b.figure = a.figure AND b.first_event_id <> a.first_event_id
    WHERE a.told AND b.told AND (a.least > b.most OR b.least > a.most)
),

reach AS (
    SELECT t.node, k.family, coalesce(a.container, t.place_id) AS container, unnest(range(t.date_start - 1, t.date_end + 2, INTERVAL 1 DAY))::DATE AS day
    FROM tellings AS t
    JOIN kin AS k ON k.kind = t.kind
    LEFT JOIN above AS a ON a.place_id = t.place_id
    WHERE t.fixed
),

stand AS (
    SELECT t.node, k.family, t.place_id, unnest(range(t.date_start, t.date_end + 1, INTERVAL 1 DAY))::DATE AS day
    FROM tellings AS t
    JOIN kin AS k ON k.kind = t.kind
    WHERE t.fixed
),

near AS (
    SELECT DISTINCT greatest(r.node, s.node) AS node, least(r.node, s.node) AS earlier
    FROM reach AS r
    JOIN stand AS s ON s.place_id = r.container AND s.family = r.family AND s.day = r.day AND s.node <> r.node
),

pairs AS (
    SELECT
        n.node,
        n.earlier,
        (a.kind <> b.kind, a.place_id <> b.place_id, abs(a.date_start - b.date_start), n.earlier) AS distance
    FROM near AS n
    JOIN tellings AS a ON a.node = n.node
    JOIN tellings AS b ON b.node = n.earlier
    WHERE
        (len(a.agents) = 0 OR len(b.agents) = 0 OR list_has_any(a.agents, b.agents))
        AND (len(a.patients) = 0 OR len(b.patients) = 0 OR list_has_any(a.patients, b.patients))
        AND (NOT (a.wide OR b.wide OR a.vague OR b.vague) OR list_has_any(a.agents, b.agents))
        AND (
            a.doc_id <> b.doc_id
            OR (a.kind = b.kind AND a.place_id = b.place_id AND a.date_start = b.date_start AND a.date_end = b.date_end)
            OR (a.status = 'denied') <> (b.status = 'denied')
        )
        AND NOT EXISTS (SELECT 1 FROM apart AS x WHERE x.one = a.event_id AND x.other = b.event_id)
),

-- Who gathers others: in the order of nodes, each telling that is near no gatherer before it.
sweep(node, gathers) AS (
    SELECT node, NULL::BOOLEAN FROM tellings WHERE fixed
    UNION ALL
    (
        WITH undecided AS (SELECT node FROM sweep WHERE gathers IS NULL),

        first AS (
            SELECT u.node
            FROM undecided AS u
            WHERE NOT EXISTS (SELECT 1 FROM pairs AS p JOIN undecided AS v ON v.node = p.earlier WHERE p.node = u.node)
        ),

        gathered AS (
            SELECT DISTINCT p.node FROM pairs AS p JOIN first AS f ON f.node = p.earlier
        )

        SELECT u.node, CASE WHEN f.node IS NOT NULL THEN true WHEN g.node IS NOT NULL THEN false END
        FROM undecided AS u
        LEFT JOIN first AS f ON f.node = u.node
        LEFT JOIN gathered AS g ON g.node = u.node
    )
),

gathered AS (
    SELECT s.node, coalesce(arg_min(p.earlier, p.distance), s.node) AS leader
    FROM (SELECT node FROM sweep WHERE NOT gathers) AS s
    LEFT JOIN (SELECT p.* FROM pairs AS p JOIN sweep AS l ON l.node = p.earlier AND l.gathers) AS p ON p.node = s.node
    GROUP BY s.node
    UNION ALL
    SELECT node, node FROM sweep WHERE gathers
),

-- Tellings without place or date: the only happening of their document that they can be.
fits AS (
    SELECT t.node, min(g.leader) AS leader
    FROM tellings AS t
    JOIN kin AS k ON k.kind = t.kind
    JOIN tellings AS f ON f.doc_id = t.doc_id AND f.fixed
    JOIN kin AS j ON j.kind = f.kind AND j.family = k.family
    JOIN gathered AS g ON g.node = f.node
    WHERE
        NOT t.fixed
        AND NOT t.vague
        AND coalesce(t.date_end - t.date_start, 0) <= 7
        AND (t.date_start IS NULL OR (t.date_start <= f.date_end AND t.date_end >= f.date_start))
        AND (
            t.place IS NULL
            OR EXISTS (SELECT 1 FROM above AS a WHERE a.place_id = f.place_id AND a.container = t.place_id)
            OR EXISTS (SELECT 1 FROM above AS a WHERE a.place_id = t.place_id AND a.container = f.place_id)
        )
        AND (len(t.agents) = 0 OR len(f.agents) = 0 OR list_has_any(t.agents, f.agents))
        AND (len(t.patients) = 0 OR len(f.patients) = 0 OR list_has_any(t.patients, f.patients))
        AND NOT EXISTS (SELECT 1 FROM apart AS x WHERE x.one = t.event_id AND x.other = f.event_id)
    GROUP BY t.node
    HAVING count(DISTINCT g.leader) = 1
),

members AS (
    SELECT t.*, coalesce(g.leader, f.leader, t.node) AS leader
    FROM tellings AS t
    LEFT JOIN gathered AS g ON g.node = t.node
    LEFT JOIN fits AS f ON f.node = t.node
),

figures AS (
    SELECT
        m.leader,
        c.figure,
        min(c.low) AS low,
        max(coalesce(c.high, c.low)) AS high,
        CASE
            WHEN max(c.least) > min(c.most) THEN 'differ'
            WHEN count(DISTINCT c.voice) = 1 THEN 'single'
            ELSE 'agree'
        END AS agreement
    FROM claims AS c
    JOIN members AS m ON m.event_id = c.first_event_id
    WHERE c.told AND c.status <> 'denied'
    GROUP BY m.leader, c.figure
),

wide_figures AS (
    SELECT
        leader,
        any_value(low) FILTER (figure = 'killed') AS killed_low,
        any_value(high) FILTER (figure = 'killed') AS killed_high,
        coalesce(any_value(agreement) FILTER (figure = 'killed'), 'none told') AS killed_agreement,
        any_value(low) FILTER (figure = 'wounded') AS wounded_low,
        any_value(high) FILTER (figure = 'wounded') AS wounded_high,
        coalesce(any_value(agreement) FILTER (figure = 'wounded'), 'none told') AS wounded_agreement,
        any_value(low) FILTER (figure = 'displaced') AS displaced_low,
        any_value(high) FILTER (figure = 'displaced') AS displaced_high,
        coalesce(any_value(agreement) FILTER (figure = 'displaced'), 'none told') AS displaced_agreement,
        any_value(low) FILTER (figure = 'detained') AS detained_low,
        any_value(high) FILTER (figure = 'detained') AS detained_high,
        coalesce(any_value(agreement) FILTER (figure = 'detained'), 'none told') AS detained_agreement,
        any_value(low) FILTER (figure = 'captured') AS captured_low,
        any_value(high) FILTER (figure = 'captured') AS captured_high,
        coalesce(any_value(agreement) FILTER (figure = 'captured'), 'none told') AS captured_agreement,
        CASE
            WHEN bool_or(agreement = 'differ') THEN 'differ'
            WHEN bool_or(agreement = 'agree') THEN 'agree'
            ELSE 'single'
        END AS agreement
    FROM figures
    GROUP BY leader
),

said AS (
    SELECT
        m.leader,
        list(
            struct_pack(
                figure := c.figure, low := c.low, high := c.high, qualifier := c.qualifier, told := c.told, claimant := c.claimant,
                outlets := c.publishers, status := c.status, event_id := c.event_id
            )
            ORDER BY c.figure, c.claimant, c.event_id
        ) AS claims
    FROM claims AS c
    JOIN members AS m ON m.event_id = c.first_event_id
    GROUP BY m.leader
),

happenings AS (
    SELECT
        m.leader,
        arg_min(m.event_id, (m.depth = 0, -m.depth, m.node)) AS best_placed,
        bool_or(m.status <> 'denied') AS is_told,
        bool_or(m.status = 'denied') AS is_denied,
        list_sort(list(m.event_id)) AS event_ids,
        count(*) AS events,
        list_sort(list(DISTINCT m.doc_id)) AS doc_ids,
        count(DISTINCT m.doc_id) AS documents,
        count(DISTINCT coalesce(m.source, m.text_key)) FILTER (m.status <> 'denied') AS voices,
        coalesce(list_sort(list(DISTINCT m.source) FILTER (m.source IS NOT NULL AND m.status <> 'denied')), []) AS claimants,
        coalesce(list_sort(list(DISTINCT m.source) FILTER (m.source IS NOT NULL AND m.status = 'denied')), []) AS denied_by,
        coalesce(list_sort(list_distinct(flatten(list(o.publishers)))), []) AS outlets,
        min(o.published_at) AS first_reported
    FROM members AS m
    JOIN document_outlets AS o ON o.doc_id = m.doc_id
    GROUP BY m.leader
)

SELECT
    substr(sha256(l.event_id), 1, 16) AS cluster_id,
    l.event_id AS exact_event_id,
    l.kind,
    p.place_id,
    p.place,
    p.latitude,
    p.longitude,
    l.date_start,
    l.date_end,
    CASE WHEN h.is_told AND h.is_denied THEN 'disputed' WHEN h.is_denied THEN 'denied' ELSE 'told' END AS status,
    h.event_ids,
    h.events,
    h.doc_ids,
    h.documents,
    h.voices,
    h.claimants,
    len(h.claimants) AS claimant_count,
    h.denied_by,
    h.outlets,
    len(h.outlets) AS outlet_count,
    h.first_reported,
    f.killed_low,
    f.killed_high,
    coalesce(f.killed_agreement, 'none told') AS killed_agreement,
    f.wounded_low,
    f.wounded_high,
    coalesce(f.wounded_agreement, 'none told') AS wounded_agreement,
    f.displaced_low,
    f.displaced_high,
    coalesce(f.displaced_agreement, 'none told') AS displaced_agreement,
    f.detained_low,
    f.detained_high,
    coalesce(f.detained_agreement, 'none told') AS detained_agreement,
    f.captured_low,
    f.captured_high,
    coalesce(f.captured_agreement, 'none told') AS captured_agreement,
    coalesce(f.agreement, 'none told') AS agreement,
    coalesce(c.claims, []) AS claims
FROM happenings AS h
JOIN members AS l ON l.node = h.leader
JOIN events AS p ON p.event_id = h.best_placed
LEFT JOIN wide_figures AS f ON f.leader = h.leader
LEFT JOIN said AS c ON c.leader = h.leader
ORDER BY l.date_start NULLS LAST, l.kind, cluster_id
