-- Every place a text was seen at has exactly one current version.
SELECT source_uri, count(*) FILTER (is_current) AS current_versions
FROM document_sources
GROUP BY source_uri
HAVING count(*) FILTER (is_current) > 1
