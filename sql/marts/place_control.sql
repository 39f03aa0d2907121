-- One row per place, holder and claimant: since when a claimant says that an actor holds a place, and whether others say otherwise.
-- Purpose: who is said to hold what, never a verdict. Taking a place (territory_captured) begins a holding for its agents; leaving
-- it (withdrawal) or losing it ends the holding in the words of the same claimant. Repeated claims extend last_claimed.
-- Holdings of one place by different holders that overlap in time are contested; so is one that somebody denies.
-- Example: SELECT place, holder, claimant, since, contested_by FROM place_control WHERE contested ORDER BY place, since;
-- joins: place_id = places.canonical_id, event_ids = events.event_id (unnest)
-- @place_id: Key of places; NULL for a place the gazetteer does not know.
-- @place: Place.
-- @holder: Actor said to hold it; NULL when the text does not say who took it.
-- @claimant: Who says so: the source that the text names, else the outlet that speaks in its own voice.
-- @since: First day from which the claimant says so; the publication date where no date is told.
-- @since_is_told: Whether the text tells the date; false where since is the publication date.
-- @last_claimed: Newest day for which the claimant repeats it.
-- @ended: Day from which the same claimant says that the holder left or lost it; NULL while nothing ends it.
-- @taken_from: Actors it is said to have been taken from, sorted.
-- @contested: Whether somebody else is said to hold it in that time, or somebody denies it.
-- @contested_by: Other holders claimed for that time, sorted.
-- @denied_by: Claimants that deny it, sorted.
-- @event_ids: Events that say so, sorted; joins events.event_id.
-- @documents: Documents that say so.
WITH told AS (
    SELECT
        e.event_id,
        e.doc_id,
        e.kind,
        e.status,
        coalesce(e.place_id, 'name:' || e.place) AS place_key,
        e.place_id,
        e.place,
        coalesce(e.source, o.publisher) AS claimant,
        coalesce(e.date_start, o.published_at) AS day,
        e.date_start IS NOT NULL AS is_told,
        e.agents,
        e.patients
    FROM events AS e
    JOIN document_outlets AS o ON o.doc_id = e.doc_id
    WHERE
        e.kind IN ('territory_captured', 'withdrawal')
        AND e.status IN ('asserted', 'claimed', 'denied')
        AND e.place IS NOT NULL
),

takings AS (
    SELECT *, unnest(CASE WHEN len(agents) > 0 THEN agents ELSE [NULL] END) AS holder
    FROM told
    WHERE kind = 'territory_captured' AND status <> 'denied'
),

leavings AS (
    SELECT place_key, claimant, day, unnest(agents) AS holder FROM told WHERE kind = 'withdrawal' AND status <> 'denied'
    UNION ALL
    SELECT place_key, claimant, day, unnest(patients) FROM told WHERE kind = 'territory_captured' AND status <> 'denied'
    UNION ALL
    SELECT t.place_key, t.claimant, l.day, t.holder
    FROM takings AS t
    JOIN takings AS l ON l.place_key = t.place_key AND l.claimant IS NOT DISTINCT FROM t.claimant AND l.holder <> t.holder AND l.day > t.day
    -- A joint taking by allies ends neither's holding.
    WHERE NOT list_contains(l.agents, t.holder)
),

spans AS (
    SELECT
        t.*,
        (
            SELECT min(l.day)
            FROM leavings AS l
            WHERE l.place_key = t.place_key AND l.claimant IS NOT DISTINCT FROM t.claimant AND l.holder = t.holder AND l.day > t.day
        ) AS ended
    FROM takings AS t
),

holdings AS (
    SELECT
        s.place_key,
        any_value(s.place_id) AS place_id,
        min(s.place) AS place,
        s.holder,
        s.claimant,
        min(s.day) AS since,
        arg_min(s.is_told, (s.day, NOT s.is_told)) AS since_is_told,
        max(s.day) AS last_claimed,
        s.ended,
        list_sort(list_distinct(flatten(list(s.patients)))) AS taken_from,
        list_sort(list(DISTINCT s.event_id)) AS event_ids,
        count(DISTINCT s.doc_id) AS documents
    FROM spans AS s
    GROUP BY s.place_key, s.holder, s.claimant, s.ended
),

rivals AS (
    SELECT h.place_key, h.holder, h.claimant, h.ended, list_sort(list(DISTINCT r.holder)) AS contested_by
    FROM holdings AS h
    JOIN holdings AS r
        ON r.place_key = h.place_key
        AND r.holder <> h.holder
        AND (h.ended IS NULL OR r.since < h.ended)
        AND (r.ended IS NULL OR h.since < r.ended)
        AND NOT list_has_any(r.event_ids, h.event_ids)
    GROUP BY h.place_key, h.holder, h.claimant, h.ended
),

denials AS (
    SELECT h.place_key, h.holder, h.claimant, h.ended, list_sort(list(DISTINCT d.claimant)) AS denied_by
    FROM holdings AS h
    JOIN told AS d
        ON d.place_key = h.place_key
        AND d.kind = 'territory_captured'
        AND d.status = 'denied'
        AND (len(d.agents) = 0 OR h.holder IS NULL OR list_contains(d.agents, h.holder))
        AND (d.day IS NULL OR h.since IS NULL OR d.day >= h.since - 1)
        AND (d.day IS NULL OR h.ended IS NULL OR d.day < h.ended)
        AND d.claimant IS NOT NULL
    GROUP BY h.place_key, h.holder, h.claimant, h.ended
)

SELECT
    h.place_id,
    h.place,
    h.holder,
    h.claimant,
    h.since,
    h.since_is_told,
    h.last_claimed,
    h.ended,
    h.taken_from,
    r.contested_by IS NOT NULL OR d.denied_by IS NOT NULL AS contested,
    coalesce(r.contested_by, []) AS contested_by,
    coalesce(d.denied_by, []) AS denied_by,
    h.event_ids,
    h.documents
FROM holdings AS h
LEFT JOIN rivals AS r
    ON r.place_key = h.place_key
    AND r.holder IS NOT DISTINCT FROM h.holder
    AND r.claimant IS NOT DISTINCT FROM h.claimant
    AND r.ended IS NOT DISTINCT FROM h.ended
LEFT JOIN denials AS d
    ON d.place_key = h.place_key
    AND d.holder IS NOT DISTINCT FROM h.holder
    AND d.claimant IS NOT DISTINCT FROM h.claimant
    AND d.ended IS NOT DISTINCT FROM h.ended
ORDER BY h.place, h.since NULLS LAST, h.holder, h.claimant, h.ended
