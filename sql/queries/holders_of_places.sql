-- Who is said to hold what, since when, and according to whom? since_is_told is false where only the publication date is known.
SELECT place, holder, claimant, since, since_is_told, ended, taken_from
FROM place_control
WHERE holder IS NOT NULL
ORDER BY place, since, holder, claimant
