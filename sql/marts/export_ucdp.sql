-- One row per violent happening (event_clusters), with the columns of UCDP's Georeferenced Event Dataset, for tools that load those.
-- Purpose: use UCDP's scripts on Tarmim's evidence. These are not UCDP's data: nobody but Tarmim coded them.
-- Left out: happenings without a date, those that are only denied, and kinds that are no use of force against people.
-- Mapping: low and high span what anyone gives for those killed. best is the number on which all who give one agree (or the single
-- exact one), NULL where they differ or give only bounds: UCDP's coders judge there, Tarmim does not. Unknown stays NULL, never 0.
-- deaths_civilians is best where those acted upon are civilians only, else deaths_unknown is; deaths_a and deaths_b are NULL.
-- type_of_violence: 1 (state-based) where an army, government or state acts against an armed group or the reverse or two states fight,
-- 2 (non-state) between armed groups, 3 (one-sided) where an actor named acts against civilians only in a killing, abduction or injury;
-- NULL otherwise. Ids of conflicts, dyads, sides, countries and grid cells are UCDP's and NULL here.
-- where_prec: 1 exact or town, 3 district, 4 governorate or region, 6 country. date_prec: 1 day, 2 up to 6 days, 3 week, 4 month, 5 year.
-- event_clarity: 1 where the most exact telling gives a day, else 2.
-- Example: tarmim export export_ucdp --format csv
-- key: relid
-- joins: relid = event_clusters.cluster_id
-- @id: First 15 hex digits of the cluster_id as a number.
-- @relid: cluster_id.
-- @year: Year of date_start.
-- @active_year: UCDP's judgement; always NULL.
-- @code_status: Always 'Tarmim, not reviewed'.
-- @type_of_violence: 1, 2, 3 or NULL.
-- @conflict_dset_id: Always NULL.
-- @conflict_new_id: Always NULL.
-- @conflict_name: side_a and side_b, when both are known.
-- @dyad_dset_id: Always NULL.
-- @dyad_new_id: Always NULL.
-- @dyad_name: side_a and side_b, when both are known.
-- @side_a_dset_id: Always NULL.
-- @side_a_new_id: Always NULL.
-- @side_a: First agent; NULL when not told.
-- @side_b_dset_id: Always NULL.
-- @side_b_new_id: Always NULL.
-- @side_b: First patient, or second agent of a clash; NULL when not told.
-- @number_of_sources: Distinct original voices; copies of a text are one.
-- @source_article: Titles of the documents, '; ' between them.
-- @source_office: Outlets, '; ' between them.
-- @source_date: Earliest publication date.
-- @source_headline: Title of the document with the most exact telling.
-- @source_original: Named sources, '; ' between them; NULL when the outlets speak for themselves.
-- @where_prec: 1, 3, 4 or 6; NULL without a place.
-- @where_coordinates: Most specific place told.
-- @where_description: All places told, in the most exact telling.
-- @adm_1: Governorate.
-- @adm_2: District.
-- @latitude: Degrees north.
-- @longitude: Degrees east.
-- @geom_wkt: POINT (longitude latitude).
-- @priogrid_gid: Always NULL.
-- @country: Country.
-- @country_id: Gleditsch and Ward number; always NULL.
-- @region: Always NULL.
-- @event_clarity: 1 or 2.
-- @date_prec: 1 to 5.
-- @date_start: First possible day.
-- @date_end: Last possible day.
-- @deaths_a: Always NULL.
-- @deaths_b: Always NULL.
-- @deaths_civilians: best, where only civilians are acted upon.
-- @deaths_unknown: best, otherwise.
-- @best: Number on which all agree; NULL otherwise.
-- @high: Greatest number killed that anyone gives; NULL when nobody does.
-- @low: Least number killed that anyone gives; NULL when nobody does.
-- @gwnoa: Always NULL.
-- @gwnob: Always NULL.
WITH
told AS (
    SELECT
        m.cluster_id,
        array_to_string(list_sort(list(DISTINCT o.title) FILTER (o.title IS NOT NULL)), '; ') AS titles,
        list_distinct(flatten(list(e.patients))) AS patients
    FROM (SELECT cluster_id, unnest(event_ids) AS event_id FROM event_clusters) AS m
    JOIN events AS e ON e.event_id = m.event_id
    JOIN document_outlets AS o ON o.doc_id = e.doc_id
    GROUP BY m.cluster_id
),

coded AS (
    SELECT
        c.*,
        e.places,
        e.date_precision,
        o.title AS headline,
        t.titles,
        t.patients,
        e.agents[1] AS side_a,
        CASE WHEN len(e.patients) > 0 THEN e.patients[1] WHEN c.kind = 'clash' THEN e.agents[2] END AS side_b,
        -- A number that fits all claims is a number only where some claim is exact.
        CASE WHEN c.killed_agreement IN ('single', 'agree') AND c.killed_low = c.killed_high AND EXISTS (
            SELECT 1 FROM (SELECT unnest(c.claims) AS claim) AS u WHERE u.claim.figure = 'killed' AND u.claim.told AND u.claim.low = u.claim.high
        ) THEN c.killed_low END AS best
    FROM event_clusters AS c
    JOIN told AS t ON t.cluster_id = c.cluster_id
    JOIN events AS e ON e.event_id = c.exact_event_id
    JOIN document_outlets AS o ON o.doc_id = e.doc_id
    WHERE
        c.status <> 'denied'
        AND c.date_start IS NOT NULL
        AND c.kind IN (
            'attack', 'clash', 'airstrike', 'shelling', 'bombing', 'suicide_bombing', 'drone_strike', 'chemical_attack', 'killing',
            'territory_captured', 'advance'
        )
),

sorts AS (
    SELECT
        name_en,
        bool_or(kind IN ('army', 'government', 'state')) AS is_state,
        bool_or(kind = 'armed_group') AS is_group
    FROM actors
    GROUP BY name_en
),

sided AS (
    SELECT
        c.*,
        CASE
            WHEN (a.is_state AND b.is_group) OR (a.is_group AND b.is_state) OR (a.is_state AND b.is_state) THEN 1
            WHEN a.is_group AND b.is_group THEN 2
            WHEN c.side_a IS NOT NULL AND c.patients = ['Civilians'] AND c.kind = 'killing' THEN 3
        END AS type_of_violence
    FROM coded AS c
    LEFT JOIN sorts AS a ON a.name_en = c.side_a
    LEFT JOIN sorts AS b ON b.name_en = c.side_b
)

SELECT
    ('0x' || substr(c.cluster_id, 1, 15))::BIGINT AS id,
    c.cluster_id AS relid,
    year(c.date_start)::INTEGER AS year,
    NULL::INTEGER AS active_year,
    'Tarmim, not reviewed' AS code_status,
    c.type_of_violence::INTEGER AS type_of_violence,
    NULL::INTEGER AS conflict_dset_id,
    NULL::INTEGER AS conflict_new_id,
    c.side_a || ' - ' || c.side_b AS conflict_name,
    NULL::INTEGER AS dyad_dset_id,
    NULL::INTEGER AS dyad_new_id,
    c.side_a || ' - ' || c.side_b AS dyad_name,
    NULL::INTEGER AS side_a_dset_id,
    NULL::INTEGER AS side_a_new_id,
    c.side_a,
    NULL::INTEGER AS side_b_dset_id,
    NULL::INTEGER AS side_b_new_id,
    c.side_b,
    c.voices AS number_of_sources,
    nullif(c.titles, '') AS source_article,
    nullif(array_to_string(c.outlets, '; '), '') AS source_office,
    c.first_reported AS source_date,
    c.headline AS source_headline,
    nullif(array_to_string(c.claimants, '; '), '') AS source_original,
    CASE
        WHEN c.place_id IS NULL THEN NULL
        WHEN p.kind = 'district' THEN 3
        WHEN p.kind IN ('governorate', 'region', 'sea', 'river') THEN 4
        WHEN p.kind IN ('country', 'continent') THEN 6
        ELSE 1
    END::INTEGER AS where_prec,
    c.place AS where_coordinates,
    nullif(array_to_string(c.places, '; '), '') AS where_description,
    n.governorate AS adm_1,
    n.district AS adm_2,
    c.latitude,
    c.longitude,
    'POINT (' || c.longitude || ' ' || c.latitude || ')' AS geom_wkt,
    NULL::INTEGER AS priogrid_gid,
    n.country,
    NULL::INTEGER AS country_id,
    NULL::VARCHAR AS region,
    CASE WHEN c.date_precision = 'day' THEN 1 ELSE 2 END::INTEGER AS event_clarity,
    CASE
        WHEN c.date_start = c.date_end THEN 1
        WHEN c.date_end - c.date_start < 6 THEN 2
        WHEN c.date_end - c.date_start < 8 THEN 3
        WHEN c.date_end - c.date_start < 32 THEN 4
        ELSE 5
    END::INTEGER AS date_prec,
    c.date_start,
    c.date_end,
    NULL::BIGINT AS deaths_a,
    NULL::BIGINT AS deaths_b,
    CASE WHEN c.patients = ['Civilians'] THEN c.best END AS deaths_civilians,
    CASE WHEN c.patients IS DISTINCT FROM ['Civilians'] THEN c.best END AS deaths_unknown,
    c.best,
    c.killed_high AS high,
    c.killed_low AS low,
    NULL::INTEGER AS gwnoa,
    NULL::INTEGER AS gwnob
FROM sided AS c
LEFT JOIN places AS p ON p.canonical_id = c.place_id
LEFT JOIN place_hierarchy AS n ON n.place_id = c.place_id
ORDER BY c.date_start, relid
