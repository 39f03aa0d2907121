-- A regular expression that finds a word or phrase in restored text with what Arabic writes before it: و ف أ, ب ك ل, ال, لل, س.
-- Letters match all their spellings (alef, hamza, ya, ta marbuta), vowel marks and tatweel may stand between them. Group 1 is the word found.
-- It asks for a character that is no letter before the word, so match it against ' ' || text. Example: see find_text.
-- A phrase that is written with ال is found with it (or لل) only; ألمانيا has no article, its hamza shows.
-- @phrase: Word or phrase, with or without ال.
CREATE MACRO clitic_pattern(phrase) AS
    '(?s).*?[^\p{L}\p{M}\p{N}ـ]('
    || CASE
        WHEN trim(phrase) LIKE 'ال_%' THEN '[وفأ]?ـ*(?:[بكل]?ـ*[اأإآٱ][ً-ْ]*ل|لل)[ً-ْـ]*'
        ELSE '[وفأ]?ـ*(?:س|لل|[بكل]?(?:ا[ً-ْ]*ل)?)[ً-ْـ]*'
    END
    || array_to_string(
        list_transform(
            string_split(bare_phrase(phrase), ''),
            lambda c: CASE c
                WHEN 'ا' THEN '[اأإآٱ]'
                WHEN 'ي' THEN '[يىئی]'
                WHEN 'و' THEN '[وؤ]'
                WHEN 'ه' THEN '[هةھ]'
                WHEN 'ك' THEN '[كک]'
                WHEN ' ' THEN '\s+'
                ELSE regexp_escape(c)
            END
        ),
        '[\p{M}ـ]*'
    )
    || '[\p{M}ـ]*)'
