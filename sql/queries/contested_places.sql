-- Which places are claimed by more than one side, or is their capture denied?
SELECT place, holder, claimant, since, ended, contested_by, denied_by, event_ids
FROM place_control
WHERE contested
ORDER BY place, since, holder, claimant
