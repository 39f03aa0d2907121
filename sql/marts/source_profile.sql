-- One row per claimant: what it says, how, and through whom we know it.
-- @source: Claimant, short English name where known.
-- @source_id: Key of actors or media; NULL when unknown there.
-- @claims: Statements attributed to it.
-- @documents: Documents that carry them.
-- @publishers: Outlets that carry them.
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
SELECT
    c.source,
    c.source_id,
    count(*) AS claims,
    count(DISTINCT c.doc_id) AS documents,
    count(DISTINCT d.publisher) AS publishers,
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
JOIN documents AS d ON d.doc_id = c.doc_id
WHERE c.source IS NOT NULL
GROUP BY c.source, c.source_id
ORDER BY claims DESC, c.source, c.source_id
