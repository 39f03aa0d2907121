-- Which figures are missing from the texts, what does grammar allow, and what do other texts say?
SELECT
    title,
    sentence,
    unit AS counted,
    low AS grammar_low,
    high AS grammar_high,
    readings,
    list_transform(candidates, lambda c: concat_ws(' ', c.text, c.unit, 'by', c.claimant, 'in', array_to_string(c.outlets, ', '))) AS others_say,
    flag_id
FROM number_gaps
ORDER BY candidate_count DESC, doc_id, start
