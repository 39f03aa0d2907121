-- One row per happening (event_clusters), with the columns of an ACLED export, for tools that load those.
-- Purpose: use ACLED's scripts on Tarmim's evidence. These are not ACLED's data: nobody but Tarmim coded them.
-- Left out: happenings without a date, without an ACLED type, and those that are only denied.
-- Mapping: event_type, sub_event_type from event_kinds. fatalities is the least number that anyone gives for those killed, as ACLED's
-- codebook asks for conservative figures, and NULL (not 0, as in ACLED) when nobody gives one; the span stands in tags.
-- actor1 is the first agent, assoc_actor_1 the others; actor2 the first patient, assoc_actor_2 the others. In a battle that names
-- two agents and no patient the second agent is actor2.
-- inter1 and inter2 are given only for armies, governments and civilians: who counts as rebel group or militia is ACLED's judgement.
-- time_precision: 1 day, 2 week, 3 month or year. geo_precision: 1 town or more exact, 2 district, 3 governorate, region or country.
-- iso, region, source_scale are NULL: Tarmim does not know them.
-- Example: tarmim export export_acled --format csv
-- key: event_id_cnty
-- @event_id_cnty: Country code and cluster_id.
-- @event_date: First possible day.
-- @year: Year of event_date.
-- @time_precision: 1 day, 2 week, 3 month or year.
-- @disorder_type: Political violence, Demonstrations or Strategic developments.
-- @event_type: ACLED event type.
-- @sub_event_type: ACLED sub-event type; NULL where the kind does not decide it.
-- @actor1: First agent; NULL when not told.
-- @assoc_actor_1: Other agents, '; ' between them.
-- @inter1: State forces or Civilians; NULL for others.
-- @actor2: First patient; NULL when not told.
-- @assoc_actor_2: Other patients.
-- @inter2: State forces or Civilians; NULL for others.
-- @interaction: inter1 and inter2 with a hyphen, when both are known.
-- @civilian_targeting: 'Civilian targeting' when civilians are among those acted upon by violence; NULL when that is not told.
-- @iso: Numeric country code; always NULL.
-- @region: ACLED region; always NULL.
-- @country: Country.
-- @admin1: Governorate; NULL where the gazetteer has none.
-- @admin2: District; NULL where the gazetteer has none.
-- @admin3: Subdistrict; NULL where the gazetteer has none.
-- @location: Most specific place told.
-- @latitude: Degrees north.
-- @longitude: Degrees east.
-- @geo_precision: 1, 2 or 3; NULL without coordinates.
-- @source: Named sources, else outlets, '; ' between them.
-- @source_scale: Always NULL.
-- @notes: Sentence of the most exact telling, in Arabic.
-- @fatalities: Least number killed that anyone gives; NULL when nobody does.
-- @tags: cluster, agreement on those killed, greatest number killed, outlets, status.
-- @timestamp: When the newest of its documents was taken in, in seconds since 1970.
WITH
told AS (
    SELECT m.cluster_id, max(d.ingested_at) AS ingested_at, list_has_any(flatten(list(e.patients)), ['Civilians']) AS civilians
    FROM (SELECT cluster_id, unnest(event_ids) AS event_id FROM event_clusters) AS m
    JOIN events AS e ON e.event_id = m.event_id
    JOIN documents AS d ON d.doc_id = e.doc_id
    GROUP BY m.cluster_id
),

coded AS (
    SELECT
        c.*,
        e.agents,
        e.patients,
        e.acled_event_type,
        e.acled_sub_event_type,
        e.date_precision,
        e.sentence_id,
        t.ingested_at,
        t.civilians,
        e.agents[1] AS first_agent,
        CASE
            WHEN len(e.patients) > 0 THEN e.patients[1]
            WHEN e.acled_event_type = 'Battles' THEN e.agents[2]
        END AS second_actor,
        len(e.patients) = 0 AND e.acled_event_type = 'Battles' AS both_agents
    FROM event_clusters AS c
    JOIN told AS t ON t.cluster_id = c.cluster_id
    JOIN events AS e ON e.event_id = c.exact_event_id
    WHERE c.status <> 'denied' AND c.date_start IS NOT NULL AND e.acled_event_type IS NOT NULL
),

state_forces AS (
    SELECT DISTINCT name_en FROM actors WHERE kind IN ('army', 'government', 'state')
),

sided AS (
    SELECT
        c.*,
        CASE WHEN c.first_agent = 'Civilians' THEN 'Civilians' WHEN a.name_en IS NOT NULL THEN 'State forces' END AS inter1,
        CASE WHEN c.second_actor = 'Civilians' THEN 'Civilians' WHEN b.name_en IS NOT NULL THEN 'State forces' END AS inter2
    FROM coded AS c
    LEFT JOIN state_forces AS a ON a.name_en = c.first_agent
    LEFT JOIN state_forces AS b ON b.name_en = c.second_actor
)

SELECT
    concat(coalesce(p.country, ''), upper(c.cluster_id)) AS event_id_cnty,
    c.date_start AS event_date,
    year(c.date_start)::INTEGER AS year,
    CASE c.date_precision WHEN 'day' THEN 1 WHEN 'week' THEN 2 ELSE 3 END::INTEGER AS time_precision,
    CASE c.acled_event_type
        WHEN 'Protests' THEN 'Demonstrations'
        WHEN 'Riots' THEN 'Demonstrations'
        WHEN 'Strategic developments' THEN 'Strategic developments'
        ELSE 'Political violence'
    END AS disorder_type,
    c.acled_event_type AS event_type,
    c.acled_sub_event_type AS sub_event_type,
    c.first_agent AS actor1,
    nullif(array_to_string(CASE WHEN c.both_agents THEN c.agents[3:] ELSE c.agents[2:] END, '; '), '') AS assoc_actor_1,
    c.inter1,
    c.second_actor AS actor2,
    nullif(array_to_string(c.patients[2:], '; '), '') AS assoc_actor_2,
    c.inter2,
    c.inter1 || '-' || c.inter2 AS interaction,
    CASE
        WHEN c.civilians AND c.acled_event_type IN ('Battles', 'Explosions/Remote violence', 'Violence against civilians')
            THEN 'Civilian targeting'
    END AS civilian_targeting,
    NULL::INTEGER AS iso,
    NULL::VARCHAR AS region,
    n.country,
    n.governorate AS admin1,
    n.district AS admin2,
    n.subdistrict AS admin3,
    c.place AS location,
    c.latitude,
    c.longitude,
    CASE
        WHEN c.latitude IS NULL THEN NULL
        WHEN p.kind = 'district' THEN 2
        WHEN p.kind IN ('governorate', 'region', 'country', 'continent', 'sea', 'river') THEN 3
        ELSE 1
    END::INTEGER AS geo_precision,
    nullif(array_to_string(CASE WHEN len(c.claimants) > 0 THEN c.claimants ELSE c.outlets END, '; '), '') AS source,
    NULL::VARCHAR AS source_scale,
    s.text AS notes,
    c.killed_low AS fatalities,
    concat_ws(
        '; ', 'cluster=' || c.cluster_id, 'killed_agreement=' || c.killed_agreement, 'killed_high=' || c.killed_high, 'outlets=' || c.outlet_count,
        'status=' || c.status
    ) AS tags,
    epoch(c.ingested_at)::BIGINT AS timestamp
FROM sided AS c
LEFT JOIN places AS p ON p.canonical_id = c.place_id
LEFT JOIN place_hierarchy AS n ON n.place_id = c.place_id
LEFT JOIN sentences AS s ON s.sentence_id = c.sentence_id
ORDER BY event_date, event_id_cnty
