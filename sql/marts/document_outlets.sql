-- One row per document: the outlets that carry its text now, with the newest metadata of each place it was seen at.
-- Purpose: count outlets and voices rightly. Copies of one text are one voice, however many outlets print it.
-- Example: SELECT title, publishers FROM document_outlets WHERE outlets > 1;
-- key: doc_id
-- joins: doc_id = documents.doc_id, text_key = documents.doc_id
-- @doc_id: Key of documents.
-- @title: Title, of the place where the text was first seen.
-- @publisher: Outlet, of the place where the text was first seen; NULL when unknown.
-- @published_at: Earliest publication date that current metadata give; NULL when unknown.
-- @url: Web address, of the first place that has one.
-- @publishers: All outlets that carry the text now, sorted.
-- @outlets: How many outlets those are.
-- @places_seen: Places (files, records) at which the text stands now.
-- @text_key: Least doc_id among documents whose words are the same (spelling folded, marks and line breaks aside); one text_key is one voice.
WITH newest AS (
    SELECT
        doc_id,
        arg_min(title, (first_seen_at, source_uri)) FILTER (title IS NOT NULL) AS title,
        arg_min(publisher, (first_seen_at, source_uri)) FILTER (publisher IS NOT NULL) AS publisher,
        arg_min(url, (first_seen_at, source_uri)) FILTER (url IS NOT NULL) AS url,
        min(published_at) AS published_at,
        coalesce(list_sort(list(DISTINCT publisher) FILTER (publisher IS NOT NULL)), []) AS publishers,
        count(DISTINCT source_uri) AS places_seen
    FROM document_sources
    WHERE is_current
    GROUP BY doc_id
),

words AS (
    SELECT doc_id, md5(regexp_replace(fold_arabic(text), '[^\p{L}\p{N}]+', ' ', 'g')) AS hash FROM restored_documents
)

SELECT
    d.doc_id,
    n.title,
    n.publisher,
    n.published_at,
    n.url,
    coalesce(n.publishers, []) AS publishers,
    len(coalesce(n.publishers, [])) AS outlets,
    coalesce(n.places_seen, 0) AS places_seen,
    min(d.doc_id) OVER (PARTITION BY coalesce(w.hash, d.doc_id)) AS text_key
FROM documents AS d
LEFT JOIN newest AS n ON n.doc_id = d.doc_id
LEFT JOIN words AS w ON w.doc_id = d.doc_id
ORDER BY d.doc_id
