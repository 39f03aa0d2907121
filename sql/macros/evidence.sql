-- What an event rests on: its sentence as restored and as it stands in the raw text, the document, its outlets and where it was seen.
-- One row per place the document was seen at. Example: FROM evidence('fca0c81b93a3f456-e0');
-- @event: event_id; a cluster_id gives the evidence of all its tellings.
CREATE MACRO evidence(event) AS TABLE
WITH told AS (
    SELECT e.*, s.text AS sentence, s.start AS sentence_start, s."end" AS sentence_end, raw_span(r.segments, s.start, s."end") AS span
    FROM events AS e
    JOIN sentences AS s ON s.sentence_id = e.sentence_id
    JOIN restored_documents AS r ON r.doc_id = e.doc_id
    WHERE e.event_id = event OR e.event_id IN (SELECT unnest(c.event_ids) FROM event_clusters AS c WHERE c.cluster_id = event)
)

SELECT
    e.event_id,
    e.kind,
    e.trigger,
    e.status,
    coalesce(e.source, o.publisher) AS claimant,
    e.sentence,
    substring(d.text, e.span.raw_start + 1, e.span.raw_end - e.span.raw_start) AS raw_text,
    e.span.raw_start AS raw_start,
    e.span.raw_end AS raw_end,
    (
        SELECT count(*) FROM restorations AS c WHERE c.doc_id = e.doc_id AND c.start < e.sentence_end AND c."end" > e.sentence_start
    ) AS restorations,
    (SELECT list(f.kind || ': ' || f.explanation ORDER BY f.start) FROM quality_flags AS f WHERE f.sentence_id = e.sentence_id) AS doubts,
    e.doc_id,
    u.title,
    u.publisher,
    u.published_at,
    u.url,
    u.source_uri
FROM told AS e
JOIN documents AS d ON d.doc_id = e.doc_id
JOIN document_outlets AS o ON o.doc_id = e.doc_id
LEFT JOIN document_sources AS u ON u.doc_id = e.doc_id AND u.is_current
ORDER BY u.published_at, e.event_id, u.source_uri
