"""Each check of a batch passes, warns and fails where its limits say so."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.quality.checks import batch_checks, describe
from pipeline.quality.thresholds import ThresholdsError, load_thresholds
from pipeline.schema import TABLES

SENTENCES = 100


def batch(kind: str = "stripped_number", flagged: int = 0, unsure: int = 0, documents: int = 10) -> dict[str, pa.Table]:
    """A batch of a hundred sentences, `flagged` of them with a flag, and documents of which `unsure` were restored doubtfully."""
    flags = [
        {
            "doc_id": f"{i % 3:016x}", "flag_id": f"f{i}", "sentence_id": f"s{i}", "kind": kind, "severity": "warning", "start": i, "end": i + 1,
            "raw_start": i, "raw_end": i + 1, "text": "ا|\ue001", "confidence": 0.9, "explanation": "why",
        }
        for i in range(flagged)
    ]  # fmt: skip
    restored = [
        {
            "doc_id": f"{i:016x}", "batch": "b", "text": "", "damage": ["tatweel"], "restoration_count": 1,
            "confidence": 0.1 if i < unsure else 0.99, "segments": [],
        }
        for i in range(documents)
    ]  # fmt: skip
    sentences = [
        {
            "doc_id": "0" * 16, "sentence_id": f"s{i}", "paragraph_no": 0, "sentence_no": i, "kind": "body", "language": "ar", "start": i,
            "end": i + 1, "text": "ا",
        }
        for i in range(SENTENCES)
    ]  # fmt: skip
    rows = {"quality_flags": flags, "restored_documents": restored, "sentences": sentences}
    return {name: TABLES[name].from_rows(r) for name, r in rows.items()}


SHARES = [(name, limit) for name, limit in load_thresholds().checks.items()]


@pytest.mark.parametrize(("name", "limit"), SHARES, ids=[name for name, _ in SHARES])
def test_a_check_passes_warns_and_fails(name, limit):
    check = batch_checks()[name]
    kind = limit.kinds[-1]
    clean, some, many = (check(batch(kind, n)) for n in (0, int(limit.warn * SENTENCES) + 1, int(limit.error * SENTENCES) + 1))
    assert (clean.passed, clean.affected, clean.sample) == (True, 0, "")
    assert (some.passed, some.severity) == (False, "WARN")
    assert (many.passed, many.severity) == (False, "ERROR")
    assert many.counts == {kind: many.affected}


def test_restoration_confidence_passes_warns_and_fails():
    check = batch_checks()["restoration_confidence"]
    assert check(batch()).passed
    assert (check(batch(unsure=1)).passed, check(batch(unsure=1)).severity) == (False, "WARN")
    assert (check(batch(unsure=5)).passed, check(batch(unsure=5)).severity) == (False, "ERROR")
    assert check(batch(unsure=2, documents=2)).passed, "too few documents to judge"


def test_flags_of_other_kinds_do_not_count():
    assert batch_checks()["stripped_numbers"](batch("duplicated_word", 90)).passed


def test_a_small_batch_is_not_judged():
    tables = batch("stripped_number", 5)
    tables["sentences"] = tables["sentences"].slice(0, 10)
    assert batch_checks()["stripped_numbers"](tables).passed


def test_an_empty_batch_passes():
    tables = {name: TABLES[name].empty() for name in ("quality_flags", "sentences", "restored_documents")}
    assert all(check(tables).passed for check in batch_checks().values())


def test_the_worst_documents_and_a_sample_are_shown():
    result = batch_checks()["stripped_numbers"](batch("stripped_number", 10))
    assert result.worst[0] == (f"{0:016x}", 4)
    assert result.share == 0.1
    assert "| ا¦‹U+E001› |" in result.sample
    assert "10 of 100 sentences" in result.summary


def test_every_check_says_what_it_looks_at():
    assert all("warns above" in describe(name) for name in batch_checks())


@pytest.mark.parametrize(
    ("wrong", "said"),
    [("stripped_number]", "unknown flag kinds"), ("warn: 0.9", "warn <= error")],
)
def test_senseless_thresholds_are_refused(tmp_path: Path, wrong, said):
    from pipeline.quality.thresholds import DEFAULT

    text = DEFAULT.read_text(encoding="utf-8")
    text = text.replace("[stripped_number]", "[stripped_numbers]") if wrong.endswith("]") else text.replace("warn: 0.02", wrong, 1)
    path = tmp_path / "thresholds.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ThresholdsError, match=said):
        load_thresholds(path)
