-- How many people were displaced, from where, according to whom?
SELECT place, date_start, date_end, low, high, qualifier, claimant, publishers, told AS number_stands_in_text, sentence
FROM casualty_claims
WHERE figure = 'displaced'
ORDER BY date_start NULLS LAST, place NULLS LAST, claimant, event_id
