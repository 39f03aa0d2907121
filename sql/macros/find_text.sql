-- Sentences that hold a word or phrase, alone or with clitics before it: find_text('حلب') finds وحلب, بحلب, لحلب; find_text('النظام') finds للنظام.
-- Spelling of alef, hamza, ya, ta marbuta, vowel marks and tatweel do not matter; a longer word (حلبجة) is another word.
-- One row per place found: the form found, its span in the restored and in the raw text, sentence, document, outlet, date.
-- Example: SELECT found, sentence, publisher, raw_start, raw_end FROM find_text('معرة النعمان');
-- @phrase: Word or phrase.
CREATE MACRO find_text(phrase) AS TABLE
WITH candidates AS (
    SELECT
        s.*,
        regexp_extract_all(' ' || s.text, clitic_pattern(phrase), 0) AS stretches,
        regexp_extract_all(' ' || s.text, clitic_pattern(phrase), 1) AS forms
    FROM sentences AS s
    WHERE trim(phrase) <> '' AND contains(s.search_text, bare_phrase(phrase))
),

places_found AS (
    SELECT
        c.*,
        n,
        c.forms[n] AS found,
        -- Each stretch ends with the form found; the blank put before the text counts for one.
        list_sum(list_transform(c.stretches[:n], lambda x: length(x)))::INTEGER - 1 AS found_end
    FROM candidates AS c, unnest(range(1, len(c.forms) + 1)) AS numbers(n)
)

SELECT
    f.found,
    f.text AS sentence,
    f.sentence_id,
    f.doc_id,
    o.title,
    o.publisher,
    o.publishers,
    o.published_at,
    f.start + f.found_end - length(f.found) AS start,
    f.start + f.found_end AS "end",
    raw_span(r.segments, f.start + f.found_end - length(f.found), f.start + f.found_end).raw_start AS raw_start,
    raw_span(r.segments, f.start + f.found_end - length(f.found), f.start + f.found_end).raw_end AS raw_end
FROM places_found AS f
JOIN document_outlets AS o ON o.doc_id = f.doc_id
JOIN restored_documents AS r ON r.doc_id = f.doc_id
WHERE NOT regexp_matches(substring(f.text, f.found_end + 1, 1), '[\p{L}\p{M}\p{N}]')
ORDER BY o.published_at, f.doc_id, start
