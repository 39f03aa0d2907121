-- Which sources are contradicted by others, in figures or by denials?
SELECT source, happenings, happenings_denied, denials, figures_told, figures_contradicted
FROM source_profile
WHERE happenings_denied > 0 OR figures_contradicted > 0 OR denials > 0
ORDER BY figures_contradicted DESC, happenings_denied DESC, source
