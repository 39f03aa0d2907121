"""Every table's contract, in the order in which the line makes them."""

from __future__ import annotations

import pyarrow as pa

from pipeline.schema.contract import Column, Table

STR, I32, I64, F64, BOOL, DAY = pa.string(), pa.int32(), pa.int64(), pa.float64(), pa.bool_(), pa.date32()
TIMESTAMP = pa.timestamp("us", tz="UTC")
STRINGS = pa.list_(pa.string())
SEGMENTS = pa.list_(pa.struct([("start", pa.int32()), ("raw_start", pa.int32()), ("length", pa.int32())]))

GROUPS = ("ingest", "normalize", "quality", "extract", "aggregate", "publish")
FIGURES = ("killed", "wounded", "displaced", "detained", "captured")
FLAG_KINDS = (
    "stripped_number", "encoded_number", "duplicated_word", "duplicated_phrase", "duplicated_line",
    "displaced_run_unresolved", "truncated_phrase", "count_mismatch", "conflicting_figures", "impossible_value",
    "redundant_connective", "unbalanced", "undecodable", "lost_letter", "boilerplate", "correction_dropped",
)  # fmt: skip


def _required(name: str, kind: pa.DataType, description: str) -> Column:
    return Column(name, kind, description, nullable=False)


DOC_ID = _required("doc_id", STR, "Document: 16 hex digits of the SHA-256 of its content.")
BATCH = _required("batch", STR, "Batch the document was taken in with.")
SENTENCE_ID = Column("sentence_id", STR, "Sentence the row was found in: doc_id, '-s', ordinal.")
SPAN = (
    _required("start", I32, "First character in restored_documents.text (Unicode code points, half-open)."),
    _required("end", I32, "End in restored_documents.text (exclusive)."),
)
RAW_SPAN = (
    _required("raw_start", I32, "First character in documents.text (Unicode code points, half-open)."),
    _required("raw_end", I32, "End in documents.text (exclusive)."),
)
TEXT = _required("text", STR, "The characters of the span.")
CONFIDENCE = Column("confidence", F64, "Calibrated probability that the row is right, 0 to 1.")
SOURCE_LICENCE = (
    _required("data_source", STR, "Where the facts of this row come from."),
    _required("licence", STR, "Licence of that source."),
)


def _figure(name: str) -> tuple[Column, ...]:
    return (
        Column(f"{name}_low", I64, f"Lower bound of the number {name}; NULL when not told, never 0 for unknown."),
        Column(f"{name}_high", I64, f"Upper bound of the number {name}; NULL when open or not told."),
        Column(f"{name}_qualifier", STR, f"How the number {name} is qualified (exactly, at_least, …)."),
    )


_FLAG_COLUMNS = (
    DOC_ID,
    _required("flag_id", STR, "doc_id, '-f' (of a doubt '-d', of a text flag '-x'), ordinal."),
    SENTENCE_ID,
    _required("kind", STR, "One of the flag kinds."),
    _required("severity", STR, "info, warning or error."),
    *SPAN,
    *RAW_SPAN,
    TEXT,
    CONFIDENCE,
    _required("explanation", STR, "Plain English that quotes the Arabic."),
    Column("low", F64, "Least value that grammar allows for a missing figure."),
    Column("high", F64, "Greatest value that grammar allows for a missing figure."),
    Column("readings", STRINGS, "What the span may read, likeliest first; for the analyst to choose from."),
)

_ALL = (
    Table(
        "documents", "one row per distinct content", "Every text taken in, as its bytes decode, unchanged.", "ingest",
        (
            DOC_ID, BATCH,
            _required("media_type", STR, "IANA media type of the input, e.g. text/plain, application/x-ndjson."),
            Column("encoding", STR, "Character encoding that was detected, e.g. utf-8, windows-1256."),
            _required("size_bytes", I64, "Size of the document's own bytes."),
            _required("raw_sha256", STR, "SHA-256 of the input file in raw/ that holds the document."),
            _required("record_no", I32, "Record within that file, from 0."),
            Column("title", STR, "Title from the metadata."),
            Column("publisher", STR, "Outlet that published the text."),
            Column("language", STR, "BCP 47 language tag."),
            Column("published_at", DAY, "Publication date; NULL when unknown."),
            _required("ingested_at", TIMESTAMP, "When the intake ledger first saw the content (UTC)."),
            _required("text", STR, "The raw text."),
        ), ("doc_id",),
    ),
    Table(
        "document_sources", "one row per place a document was seen at",
        "Where each text was seen and what its metadata said; a change is a new version.", "ingest",
        (
            DOC_ID,
            _required("source_uri", STR, "Path relative to the landing folder (or as given), '#' and record number for records."),
            Column("publisher", STR, "Outlet."), Column("title", STR, "Title."), Column("url", STR, "Web address."),
            Column("published_at", DAY, "Publication date."),
            _required("metadata_origin", STR, "Where the metadata came from: sidecar, manifest, record, none."),
            _required("first_seen_at", TIMESTAMP, "When this version was first seen (UTC)."),
            Column("supersedes", TIMESTAMP, "first_seen_at of the version that this one replaces."),
            _required("is_current", BOOL, "Whether this is the newest version for the source."),
        ), ("doc_id", "source_uri", "first_seen_at"), {"doc_id": "documents.doc_id"},
    ),
    Table(
        "rejected_files", "one row per input refused", "Every file or record that could not become a document, with reason and remedy.", "ingest",
        (
            BATCH,
            _required("source_uri", STR, "The input, '#' and record number for records."),
            Column("sha256", STR, "SHA-256 of the refused bytes."),
            Column("size_bytes", I64, "Size of the refused bytes."),
            _required(
                "reason", STR,
                "empty, binary, undecodable, no_arabic, too_large, malformed_record, missing_text, unsupported, encrypted, broken; "
                "malformed_metadata and missing_pages tell of a part whose text was taken in all the same.",
            ),
            _required("detail", STR, "What is wrong and what to do about it."),
            Column("quarantine_uri", STR, "Where the bytes are kept, relative to the home."),
            _required("rejected_at", TIMESTAMP, "When it was refused (UTC)."),
        ), ("source_uri", "sha256"),
    ),
    Table(
        "restored_documents", "one row per document", "The restored text, paragraphs separated by one blank line.", "normalize",
        (
            DOC_ID, BATCH, TEXT,
            _required("damage", STRINGS, "Damage classes found, in the order of the catalogue."),
            _required("restoration_count", I32, "Rows in restorations."),
            _required("confidence", F64, "Probability that every doubtful restoration in the text is right."),
            Column("profile_id", STR, "Producer profile used."),
            _required("segments", SEGMENTS, "Runs of restored characters that stand in one piece in the raw text; characters in none were inserted."),
        ), ("doc_id",), {"doc_id": "documents.doc_id"},
    ),
    Table(
        "restorations", "one row per change made to the text", "What was changed, where, on what evidence.", "normalize",
        (
            DOC_ID,
            _required("restoration_id", STR, "doc_id, '-r', ordinal."),
            _required("kind", STR, "Damage class, or human."),
            *RAW_SPAN, *SPAN,
            _required("before", STR, "Characters replaced, as they stood in the raw text."),
            _required("after", STR, "Characters they became."),
            _required("confidence", F64, "Calibrated probability that the change is right."),
            Column("evidence", STR, "Why: rule, margin over the alternatives, profile."),
        ), ("restoration_id",), {"doc_id": "documents.doc_id"},
    ),
    Table(
        "producer_profiles", "one row per producer and glyph set",
        "What a corpus knows of a producer: digit map, cut letters, recurring lines and names.", "normalize",
        (
            _required("profile_id", STR, "Hash of signature and content."),
            _required("signature", STR, "What ties the documents together: private glyphs used, publisher, damage."),
            Column("digit_map", STR, "JSON object: private glyph (U+XXXX) to digit."),
            Column("cut_letters", STR, "JSON object: letter before a cut to its share of cuts."),
            _required("documents", I32, "Documents the evidence comes from."),
            _required("confidence", F64, "Posterior of the digit map."),
            Column("evidence", STR, "JSON: what decided."),
        ), ("profile_id",),
    ),
    Table(
        "corrections",
        "one row per decision of an analyst",
        "What analysts decided about the text, from corrections.csv in the home; applied as restorations of kind human.",
        "normalize",
        (
            _required("raw_sha256", STR, "SHA-256 of the input file in raw/ that holds the document."),
            _required("record_no", I32, "Record within that file, from 0."),
            *RAW_SPAN,
            _required("before", STR, "Raw characters that the decision is about; it is dropped with a flag when they are others."),
            _required("after", STR, "What they are to read."),
            _required("who", STR, "Who decided."),
            _required("when", TIMESTAMP, "When (UTC)."),
            Column("why", STR, "Reason."),
        ),
        ("raw_sha256", "record_no", "raw_start", "raw_end", "when"),
    ),
    Table(
        "sentences", "one row per sentence", "Sentences of the restored text in reading order.", "normalize",
        (
            DOC_ID, _required("sentence_id", STR, "doc_id, '-s', ordinal."),
            _required("paragraph_no", I32, "Paragraph, from 0."), _required("sentence_no", I32, "Sentence in the document, from 0."),
            _required("kind", STR, "heading, body, quote, foreign, link or boilerplate."),
            Column("language", STR, "BCP 47 tag of the sentence."), *SPAN, TEXT,
        ), ("sentence_id",), {"doc_id": "documents.doc_id"},
    ),
    Table(
        "restoration_doubts", "one row per doubt of restoration", "What restoration saw and could not mend; part of quality_flags.", "normalize",
        _FLAG_COLUMNS, ("flag_id",), {"doc_id": "documents.doc_id"},
    ),
    Table(
        "text_flags", "one row per doubt about the text", "What the text detectors found, before facts are known; part of quality_flags.", "quality",
        _FLAG_COLUMNS, ("flag_id",), {"doc_id": "documents.doc_id"},
    ),
    Table(
        "quality_flags", "one row per doubt", "What is wrong or doubtful in the text or its facts, and was not silently mended.", "quality",
        _FLAG_COLUMNS, ("flag_id",), {"doc_id": "documents.doc_id", "sentence_id": "sentences.sentence_id"},
    ),
    Table(
        "document_quality", "one row per document", "Quality measures of a document: Tarmim's own, Gopher's and FineWeb-2's.", "quality",
        (
            DOC_ID,
            _required("sentences", I32, "Sentences."), _required("words", I32, "Words."),
            *(_required(f"{kind}_flags", I32, f"Flags of kind {kind}.") for kind in FLAG_KINDS),
            _required("share_restored", F64, "Share of restored characters that a non-lossless restoration touched."),
            Column("dup_line_frac", F64, "Gopher: share of lines that are repeats."),
            Column("dup_para_frac", F64, "Gopher: share of paragraphs that are repeats."),
            Column("dup_line_char_frac", F64, "Gopher: share of characters in repeated lines."),
            Column("dup_para_char_frac", F64, "Gopher: share of characters in repeated paragraphs."),
            Column("top_2_gram", F64, "Gopher: share of characters in the commonest 2-gram."),
            Column("top_3_gram", F64, "Gopher: share of characters in the commonest 3-gram."),
            Column("top_4_gram", F64, "Gopher: share of characters in the commonest 4-gram."),
            *(Column(f"dup_{n}_gram", F64, f"Gopher: share of characters in repeated {n}-grams.") for n in range(5, 11)),
            Column("mean_word_length", F64, "Gopher: mean word length in characters."),
            Column("symbol_word_ratio", F64, "Gopher: hashes and ellipses per word."),
            Column("alpha_word_share", F64, "Gopher: share of words with a letter."),
            Column("stop_words", I32, "Gopher: stop words of the FineWeb-2 Arabic list that occur."),
            Column("line_punct_share", F64, "FineWeb: share of lines that end in terminal punctuation."),
            Column("short_line_share", F64, "FineWeb: share of short lines."),
            Column("char_dup_ratio", F64, "FineWeb: share of characters in repeated lines."),
            Column("new_line_ratio", F64, "FineWeb: line breaks per word."),
            Column("gopher_quality", STR, "Gopher quality filter's verdict: NULL is kept, else the reason."),
            Column("gopher_repetition", STR, "Gopher repetition filter's verdict: NULL is kept, else the reason."),
            Column("fineweb_quality", STR, "FineWeb quality filter's verdict: NULL is kept, else the reason."),
            _required("score", F64, "0 (unusable) to 1 (clean); formula in pipeline/quality/document.py."),
        ), ("doc_id",), {"doc_id": "documents.doc_id"},
    ),
    Table(
        "mentions", "one row per named thing", "Names of places, actors, persons, media and weapons, linked where known.", "extract",
        (
            DOC_ID, SENTENCE_ID, _required("mention_id", STR, "doc_id, '-m', ordinal."), *SPAN, TEXT,
            _required("type", STR, "place, actor, person, media or weapon."),
            Column("canonical_id", STR, "Id in places, actors or media; NULL when unknown there."),
            Column("canonical_name", STR, "Short English name, or the Arabic name where no English one is known."),
            _required("nominal", BOOL, "A description that stands for a known actor, e.g. التنظيم."), CONFIDENCE,
            Column("candidates", STR, "JSON: other entities considered, best first."),
        ), ("mention_id",), {"doc_id": "documents.doc_id", "sentence_id": "sentences.sentence_id"},
    ),
    Table(
        "quantities", "one row per figure", "Numbers that count or measure, stated, spelled, decoded or stripped.", "extract",
        (
            DOC_ID, SENTENCE_ID, _required("quantity_id", STR, "doc_id, '-q', ordinal."), *SPAN, TEXT,
            _required("status", STR, "stated, spelled, decoded or stripped."),
            Column("low", F64, "Lower bound; NULL where open or stripped without bounds."),
            Column("high", F64, "Upper bound; NULL where open or stripped without bounds."),
            Column("qualifier", STR, "exactly, approximately, at_least, more_than, at_most, less_than or up_to."),
            Column("unit", STR, "Counted noun, as written, without clitics and tanwin."),
            Column("kind", STR, "killed, wounded, displaced, … percent, other."), CONFIDENCE,
        ), ("quantity_id",), {"doc_id": "documents.doc_id", "sentence_id": "sentences.sentence_id"},
    ),
    Table(
        "times", "one row per calendar expression", "Expressions that place something on the calendar.", "extract",
        (
            DOC_ID, SENTENCE_ID, _required("time_id", STR, "doc_id, '-t', ordinal."), *SPAN, TEXT,
            Column("value", STR, "ISO date, YYYY-MM or YYYY; NULL where it cannot be known."),
            Column("value_end", STR, "Last ISO value of a range; NULL for a single value."),
            Column("precision", STR, "day, week, month or year."),
            Column("anchor", STR, "What it was resolved against: publication, context, absolute."), CONFIDENCE,
        ), ("time_id",), {"doc_id": "documents.doc_id", "sentence_id": "sentences.sentence_id"},
    ),
    Table(
        "claims", "one row per attributed statement", "Who says what, through whom, with what stance.", "extract",
        (
            DOC_ID, SENTENCE_ID, _required("claim_id", STR, "doc_id, '-c', ordinal."), *SPAN, TEXT,
            Column("source", STR, "Original claimant, short English name where known."),
            Column("source_id", STR, "Claimant's id in actors or media."),
            Column("relay", STR, "Outlet that passed it on."), Column("relay_id", STR, "Outlet's id in media."),
            _required("stance", STR, "asserts, denies, accuses, expects, threatens, acknowledges, demands or proposes."),
            _required("quote", BOOL, "The claim stands in quotation marks."), Column("cue", STR, "Word that attributes it."), CONFIDENCE,
        ), ("claim_id",), {"doc_id": "documents.doc_id", "sentence_id": "sentences.sentence_id"},
    ),
    Table(
        "events", "one row per happening told", "Who did what to whom, where, when, how many, according to whom.", "extract",
        (
            DOC_ID, SENTENCE_ID, _required("event_id", STR, "doc_id, '-e', ordinal."), *SPAN,
            _required("trigger", STR, "Word that names the happening."), _required("kind", STR, "Key of event_kinds."),
            Column("plover_type", STR, "PLOVER event type."), Column("plover_mode", STR, "PLOVER mode."),
            Column("acled_event_type", STR, "ACLED event type."), Column("acled_sub_event_type", STR, "ACLED sub-event type."),
            _required("agent_ids", STRINGS, "Ids of the agents."), _required("agents", STRINGS, "Names of the agents; empty when not told."),
            _required("patient_ids", STRINGS, "Ids of the patients."), _required("patients", STRINGS, "Names of the patients."),
            Column("place_id", STR, "Key of places."), Column("place", STR, "Most specific place told."),
            Column("places", STRINGS, "All places told for the event, most specific first."),
            Column("latitude", F64, "Degrees north."), Column("longitude", F64, "Degrees east."),
            Column("geo_precision", STR, "exact, town, district, governorate, country or NULL."),
            Column("date_start", DAY, "First possible day."), Column("date_end", DAY, "Last possible day."),
            Column("date_precision", STR, "day, week, month or year."),
            _required("status", STR, "asserted, claimed, denied, expected, proposed or negated."),
            Column("source", STR, "Claimant, where one is named."),
            *(c for name in FIGURES for c in _figure(name)),
            CONFIDENCE, Column("same_as", STR, "event_id of the first telling in this document."),
        ), ("event_id",), {"doc_id": "documents.doc_id", "sentence_id": "sentences.sentence_id", "place_id": "places.canonical_id"},
    ),
    Table(
        "extraction_log", "one row per sentence and extractor that failed", "Failures that left the other rows intact.", "extract",
        (
            DOC_ID, SENTENCE_ID, _required("extractor", STR, "quantities, times, mentions, claims or events."),
            _required("error", STR, "Class and message of the failure."),
        ), (), {"doc_id": "documents.doc_id"},
    ),
    Table(
        "places", "one row per known place", "Gazetteer.", "publish",
        (
            _required("canonical_id", STR, "Id."), _required("name_en", STR, "Short English name."), Column("name_ar", STR, "Arabic name."),
            Column("aliases", STRINGS, "Other names, both languages."),
            Column("kind", STR, "country, governorate, city, town, neighbourhood, airport, …"),
            Column("pcode", STR, "OCHA P-code."), Column("geonames_id", I64, "GeoNames id."), Column("country", STR, "ISO 3166-1 alpha-2."),
            Column("admin_level", I32, "0 country, 1 governorate, 2 district, 3 subdistrict, 4 community."),
            Column("parent", STR, "canonical_id of the containing place."),
            Column("latitude", F64, "Degrees north."),
            Column("longitude", F64, "Degrees east."),
            Column("population", I64, "Inhabitants, where the source gives them."),
            *SOURCE_LICENCE,
        ), ("canonical_id",),
    ),
    Table(
        "actors", "one row per known actor", "Armies, groups, parties, states, organisations, persons in office.", "publish",
        (
            _required("canonical_id", STR, "Id."), _required("name_en", STR, "Short English name."), Column("name_ar", STR, "Arabic name."),
            Column("aliases", STRINGS, "Other names, both languages."),
            Column("kind", STR, "army, armed_group, government, state, party, coalition, organisation, un_body, ngo, person."),
            Column("country", STR, "ISO 3166-1 alpha-2."), Column("parent", STR, "canonical_id of the actor it belongs to."), *SOURCE_LICENCE,
        ), ("canonical_id",),
    ),
    Table(
        "media", "one row per known outlet", "News agencies, outlets and monitors that report.", "publish",
        (
            _required("canonical_id", STR, "Id."), _required("name_en", STR, "Short English name."), Column("name_ar", STR, "Arabic name."),
            Column("aliases", STRINGS, "Other names, both languages."), Column("kind", STR, "agency, broadcaster, newspaper, website, monitor."),
            Column("country", STR, "ISO 3166-1 alpha-2."), Column("parent", STR, "Actor whose outlet it is, if any."), *SOURCE_LICENCE,
        ), ("canonical_id",),
    ),
    Table(
        "event_kinds", "one row per kind of event", "Tarmim's kinds with their PLOVER and ACLED codes.", "publish",
        (
            _required("kind", STR, "Kind."), _required("description", STR, "What it covers."),
            Column("plover_type", STR, "PLOVER event type; NULL where PLOVER has none."), Column("plover_mode", STR, "PLOVER mode."),
            Column("acled_event_type", STR, "ACLED event type."), Column("acled_sub_event_type", STR, "ACLED sub-event type."), *SOURCE_LICENCE,
        ), ("kind",),
    ),
)  # fmt: skip

TABLES: dict[str, Table] = {table.name: table for table in _ALL}
