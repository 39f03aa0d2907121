-- One row per place where a figure is missing or unreadable, with the bounds that grammar allows and the sentence around it.
-- @doc_id: Document.
-- @flag_id: Key of quality_flags.
-- @sentence_id: Sentence.
-- @kind: stripped_number (the digits are gone) or encoded_number (they are glyphs that could not be decoded).
-- @start: First character in restored_documents.text.
-- @end: End in restored_documents.text (exclusive).
-- @low: Least value that grammar allows; NULL when open.
-- @high: Greatest value that grammar allows; NULL when open.
-- @confidence: Probability that a figure is missing here.
-- @explanation: Why it is held to be missing.
-- @sentence: Text of the sentence.
-- @publisher: Outlet that published the document.
-- @published_at: Publication date.
-- @title: Title of the document.
SELECT
    f.doc_id,
    f.flag_id,
    f.sentence_id,
    f.kind,
    f.start,
    f."end",
    f.low,
    f.high,
    f.confidence,
    f.explanation,
    s.text AS sentence,
    d.publisher,
    d.published_at,
    d.title
FROM quality_flags AS f
JOIN documents AS d ON d.doc_id = f.doc_id
LEFT JOIN sentences AS s ON s.sentence_id = f.sentence_id
WHERE f.kind IN ('stripped_number', 'encoded_number')
ORDER BY f.doc_id, f.start, f.flag_id
