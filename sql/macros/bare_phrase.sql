-- A word or phrase as search_text holds it, without the article it begins with: what every form of it has in common.
-- Example: SELECT bare_phrase('النظام') is 'نظام'; bare_phrase('ألمانيا') is 'المانيا'.
-- @phrase: Word or phrase.
CREATE MACRO bare_phrase(phrase) AS
    CASE WHEN trim(phrase) LIKE 'ال_%' THEN substring(fold_arabic(trim(phrase)), 3) ELSE fold_arabic(trim(phrase)) END
