-- Which sentences mention a town (here Mosul) in any form, with clitics, and where does each stand in the raw text?
SELECT found, sentence, publisher, published_at, doc_id, raw_start, raw_end
FROM find_text('الموصل')
ORDER BY published_at, doc_id, raw_start
