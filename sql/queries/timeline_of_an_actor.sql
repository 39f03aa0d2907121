-- What is an actor (here the Syrian Army) said to have done and suffered, in order? Undated events stand at their publication date.
SELECT
    coalesce(e.date_start, o.published_at) AS day,
    e.date_start IS NOT NULL AS day_is_told,
    e.kind,
    CASE WHEN list_contains(e.agents, 'Syrian Army') THEN 'acts' ELSE 'is acted upon' END AS role,
    e.agents,
    e.patients,
    e.place,
    e.status,
    coalesce(e.source, o.publisher) AS claimant,
    e.event_id
FROM events AS e
JOIN document_outlets AS o ON o.doc_id = e.doc_id
WHERE e.same_as IS NULL AND (list_contains(e.agents, 'Syrian Army') OR list_contains(e.patients, 'Syrian Army'))
ORDER BY day NULLS LAST, e.event_id
