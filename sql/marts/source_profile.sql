-- One row per claimant: what it says, how, through whom we know it, and how often others contradict it.
-- Purpose: weigh a source. Contradiction is counted over happenings (event_clusters): a figure that no number reconciles with
-- another voice's, and a happening it tells that another source denies. Copies of one text count once.
-- Example: SELECT source, asserts, denies, figures_told, figures_contradicted FROM source_profile ORDER BY figures_contradicted DESC;
-- key: source
-- @source: Claimant, short English name where known.
-- @source_id: Key of actors or media; NULL when unknown there.
-- @claims: Statements attributed to it.
-- @documents: Documents that carry them.
-- @outlets: Outlets that carry them.
-- @quoted: Statements in quotation marks.
-- @relayed: Statements that reached the text through another outlet.
-- @relays: Those outlets, sorted.
-- @asserts: Statements that assert.
-- @denies: Statements that deny.
-- @accuses: Statements that accuse.
-- @expects: Statements that expect.
-- @threatens: Statements that threaten.
-- @acknowledges: Statements that acknowledge.
-- @demands: Statements that demand.
-- @proposes: Statements that propose.
-- @happenings: Happenings it tells (event_clusters).
-- @happenings_denied: Of those, happenings that another source denies.
-- @denials: Happenings it denies that others tell.
-- @figures_told: Casualty figures it gives.
-- @figures_contradicted: Of those, figures that no number reconciles with another voice's for the same happening.
WITH statements AS (
    SELECT
        c.source,
        min(c.source_id) AS source_id,
        count(*) AS claims,
        count(DISTINCT c.doc_id) AS documents,
        len(list_distinct(flatten(list(o.publishers)))) AS outlets,
        count(*) FILTER (c.quote) AS quoted,
        count(c.relay) AS relayed,
        coalesce(list_sort(list(DISTINCT c.relay) FILTER (c.relay IS NOT NULL)), []) AS relays,
        count(*) FILTER (c.stance = 'asserts') AS asserts,
        count(*) FILTER (c.stance = 'denies') AS denies,
        count(*) FILTER (c.stance = 'accuses') AS accuses,
        count(*) FILTER (c.stance = 'expects') AS expects,
        count(*) FILTER (c.stance = 'threatens') AS threatens,
        count(*) FILTER (c.stance = 'acknowledges') AS acknowledges,
        count(*) FILTER (c.stance = 'demands') AS demands,
        count(*) FILTER (c.stance = 'proposes') AS proposes
    FROM claims AS c
    JOIN document_outlets AS o ON o.doc_id = c.doc_id
    WHERE c.source IS NOT NULL AND o.text_key = c.doc_id
    GROUP BY c.source
),

told AS (
    SELECT cluster_id, denied_by, unnest(claimants) AS source FROM event_clusters
),

happenings AS (
    SELECT source, count(*) AS happenings, count(*) FILTER (len(list_filter(denied_by, lambda d: d <> source)) > 0) AS happenings_denied
    FROM told
    GROUP BY source
),

denials AS (
    SELECT source, count(*) AS denials
    FROM (SELECT unnest(denied_by) AS source FROM event_clusters WHERE status = 'disputed')
    GROUP BY source
),

figures AS (
    SELECT
        e.cluster_id,
        c.figure,
        c.source,
        coalesce(c.source, o.text_key) AS voice,
        CASE WHEN c.qualifier = 'approximately' THEN 0.9 ELSE 1 END * coalesce(c.low, 0) AS least,
        CASE WHEN c.qualifier = 'approximately' THEN 1.1 ELSE 1 END * coalesce(c.high, 1e18) AS most,
        c.event_id
    FROM (SELECT cluster_id, unnest(event_ids) AS event_id FROM event_clusters) AS e
    JOIN casualty_claims AS c ON c.first_event_id = e.event_id
    JOIN document_outlets AS o ON o.doc_id = c.doc_id
    WHERE c.told AND c.status IN ('asserted', 'claimed') AND o.text_key = c.doc_id
),

disputes AS (
    SELECT
        a.source,
        count(*) AS figures_told,
        count(*) FILTER (EXISTS (
            SELECT 1
            FROM figures AS b
            WHERE
                b.cluster_id = a.cluster_id
                AND b.figure = a.figure
                AND b.voice <> a.voice
                AND (b.least > a.most OR a.least > b.most)
        )) AS figures_contradicted
    FROM figures AS a
    WHERE a.source IS NOT NULL
    GROUP BY a.source
)

SELECT
    s.source,
    s.source_id,
    s.claims,
    s.documents,
    s.outlets,
    s.quoted,
    s.relayed,
    s.relays,
    s.asserts,
    s.denies,
    s.accuses,
    s.expects,
    s.threatens,
    s.acknowledges,
    s.demands,
    s.proposes,
    coalesce(h.happenings, 0) AS happenings,
    coalesce(h.happenings_denied, 0) AS happenings_denied,
    coalesce(n.denials, 0) AS denials,
    coalesce(d.figures_told, 0) AS figures_told,
    coalesce(d.figures_contradicted, 0) AS figures_contradicted
FROM statements AS s
LEFT JOIN happenings AS h ON h.source = s.source
LEFT JOIN denials AS n ON n.source = s.source
LEFT JOIN disputes AS d ON d.source = s.source
ORDER BY s.claims DESC, s.source
