-- Events that may have happened between two days (both included), with sentence, claimant and document. Repeated tellings in a document are left out.
-- Events without a date are not here. Example: SELECT date_start, kind, place, claimant, sentence FROM told_between('2019-12-01', '2019-12-31');
-- @since: First day.
-- @until: Last day.
CREATE MACRO told_between(since, until) AS TABLE
SELECT
    e.date_start,
    e.date_end,
    e.date_precision,
    e.kind,
    e.status,
    e.agents,
    e.patients,
    e.place,
    coalesce(e.source, o.publisher) AS claimant,
    s.text AS sentence,
    o.title,
    o.publisher,
    o.published_at,
    e.event_id,
    e.doc_id
FROM events AS e
JOIN document_outlets AS o ON o.doc_id = e.doc_id
LEFT JOIN sentences AS s ON s.sentence_id = e.sentence_id
WHERE e.same_as IS NULL AND e.date_start <= until::DATE AND coalesce(e.date_end, e.date_start) >= since::DATE
ORDER BY e.date_start, e.event_id
