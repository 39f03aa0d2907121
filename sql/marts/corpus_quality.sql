-- One row per outlet: how much text there is and in what state.
-- Purpose: know which outlet's texts to distrust. A text that several outlets carry counts for each of them.
-- Example: SELECT publisher, documents, stripped_numbers, mean_score FROM corpus_quality ORDER BY mean_score;
-- key: publisher
-- @publisher: Outlet; NULL when unknown.
-- @documents: Documents.
-- @words: Words.
-- @restorations: Changes made to the text.
-- @flags: Doubts flagged.
-- @stripped_numbers: Figures that are missing from the text.
-- @stripped_per_1000_sentences: The same, per thousand sentences.
-- @duplicated_words: Words and phrases that are wrongly told twice.
-- @other_doubts: Flags of all other kinds.
-- @mean_share_restored: Mean share of characters touched by restorations that were not lossless.
-- @mean_score: Mean document score, 0 (unusable) to 1 (clean).
-- @worst_score: Lowest document score.
-- @filtered_by_gopher: Documents that Gopher's quality or repetition rules (Arabic limits of FineWeb-2) would drop.
-- @filtered_by_fineweb: Documents that FineWeb-2's quality rules for Arabic would drop.
WITH changes AS (
    SELECT doc_id, count(*) AS restorations FROM restorations GROUP BY doc_id
),

doubts AS (
    SELECT
        doc_id,
        count(*) AS flags,
        count(*) FILTER (kind = 'stripped_number') AS stripped_numbers,
        count(*) FILTER (kind IN ('duplicated_word', 'duplicated_phrase')) AS duplicated_words
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
    1000.0 * coalesce(sum(f.stripped_numbers), 0) / nullif(sum(q.sentences), 0) AS stripped_per_1000_sentences,
    coalesce(sum(f.duplicated_words), 0)::BIGINT AS duplicated_words,
    coalesce(sum(f.flags - f.stripped_numbers - f.duplicated_words), 0)::BIGINT AS other_doubts,
    avg(q.share_restored) AS mean_share_restored,
    avg(q.score) AS mean_score,
    min(q.score) AS worst_score,
    count(*) FILTER (q.gopher_quality IS NOT NULL OR q.gopher_repetition IS NOT NULL) AS filtered_by_gopher,
    count(*) FILTER (q.fineweb_quality IS NOT NULL) AS filtered_by_fineweb
FROM (SELECT doc_id, unnest(CASE WHEN outlets > 0 THEN publishers ELSE [NULL] END) AS publisher FROM document_outlets) AS d
LEFT JOIN document_quality AS q ON q.doc_id = d.doc_id
LEFT JOIN changes AS c ON c.doc_id = d.doc_id
LEFT JOIN doubts AS f ON f.doc_id = d.doc_id
GROUP BY d.publisher
ORDER BY documents DESC, d.publisher
