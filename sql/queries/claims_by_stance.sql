-- What do sources do with their words: assert, deny, accuse, threaten, demand, …?
SELECT source, asserts, denies, accuses, expects, threatens, acknowledges, demands, proposes, documents, outlets
FROM source_profile
ORDER BY claims DESC, source
