-- One row per publisher: how much text there is and in what state.
-- @publisher: Outlet; NULL when unknown.
-- @documents: Documents.
-- @words: Words.
-- @restorations: Changes made to the text.
-- @flags: Doubts flagged.
-- @stripped_numbers: Figures that are missing from the text.
-- @duplicated_words: Words that stand twice in a row.
-- @mean_share_restored: Mean share of characters touched by restorations that were not lossless.
-- @mean_score: Mean document score, 0 (unusable) to 1 (clean).
-- @worst_score: Lowest document score.
WITH changes AS (
    SELECT doc_id, count(*) AS restorations FROM restorations GROUP BY doc_id
),

doubts AS (
    SELECT
        doc_id,
        count(*) AS flags,
        count(*) FILTER (kind = 'stripped_number') AS stripped_numbers,
        count(*) FILTER (kind = 'duplicated_word') AS duplicated_words
    FROM quality_flags
    GROUP BY doc_id
)

SELECT
    d.publisher,
    count(*) AS documents,
    sum(q.words)::BIGINT AS words,
    coalesce(sum(c.restorations), 0)::BIGINT AS restorations,
    coalesce(sum(f.flags), 0)::BIGINT AS flags,
    coalesce(sum(f.stripped_numbers), 0)::BIGINT AS stripped_numbers,
    coalesce(sum(f.duplicated_words), 0)::BIGINT AS duplicated_words,
    avg(q.share_restored) AS mean_share_restored,
    avg(q.score) AS mean_score,
    min(q.score) AS worst_score
FROM documents AS d
LEFT JOIN document_quality AS q ON q.doc_id = d.doc_id
LEFT JOIN changes AS c ON c.doc_id = d.doc_id
LEFT JOIN doubts AS f ON f.doc_id = d.doc_id
GROUP BY d.publisher
ORDER BY documents DESC, d.publisher
