-- Where a span of restored text stands in the raw text: the least stretch of documents.text that holds all of its characters.
-- NULL bounds when every character of the span was inserted. Example: SELECT raw_span(segments, 10, 15).raw_start FROM restored_documents;
-- A macro's arguments are pasted into it: no table may be called piece where this is used.
-- @segments: restored_documents.segments.
-- @first: First character in restored_documents.text.
-- @last: End in restored_documents.text (exclusive).
CREATE MACRO raw_span(segments, first, last) AS
    struct_pack(
        raw_start := list_min(list_transform(
            list_filter(segments, lambda piece: piece.start < last AND piece.start + piece.length > first),
            lambda piece: piece.raw_start + greatest(first - piece.start, 0)
        )),
        raw_end := list_max(list_transform(
            list_filter(segments, lambda piece: piece.start < last AND piece.start + piece.length > first),
            lambda piece: piece.raw_start + least(last - piece.start, piece.length)
        ))
    )
