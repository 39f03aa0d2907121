"""Numerals of any coding: how many of the clean text's stand in the restored text, in their place, turned, moved or lost."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

from pipeline.evaluation.alignment import without_marks
from pipeline.evaluation.folders import Case, cases
from pipeline.restore.document import restore

_DIGIT = "0-9\u0660-\u0669"
_TOKEN = re.compile(f"[{_DIGIT}]+(?:[.,\u066b\u066c/:-][{_DIGIT}]+)*[%\u066a]?|[^\\W\\d_]+|[^\\w\\s]")
_NUMERAL = re.compile(f"[{_DIGIT}]")
_TO_ASCII = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬٪", "0123456789.,%")
_OUTCOMES = ("right", "turned", "moved", "lost")
Rows = list[dict[str, object]]


def numerals(shared: Path) -> Rows:
    """A row per writer and reader, or variant: numerals of the clean texts by outcome, and numerals that no clean text has.

    A numeral with its separators and percent sign is right between the words it belongs to, turned when its digits or
    groups stand there or elsewhere in another order, moved when it stands elsewhere, lost otherwise (also when private
    glyphs were left). Reads `pairs` below the folder, or the folder itself.
    """
    counts: dict[str, Counter[str]] = {}
    for case in cases(shared / "pairs" if (shared / "pairs").is_dir() else shared):
        if case.variant.split("-")[0] not in ("clean", "stripped"):
            for group in (_group(case), "all"):
                counts.setdefault(group, Counter()).update(outcomes(restore(case.raw).text, case.clean))
    return [_row(name, counts[name]) for name in sorted(counts, key=lambda n: (n == "all", n))]


def outcomes(found: str, truth: str) -> Counter[str]:
    """The clean text's numerals by outcome; `foreign` are those of the restored text that the clean text lacks."""
    have, want = _tokens(found), _tokens(truth)
    blocks = SequenceMatcher(None, have, want, autojunk=False).get_matching_blocks()
    placed = {block.b + i for block in blocks for i in range(block.size)}
    used = {block.a + i for block in blocks for i in range(block.size)}
    spare = Counter(t for i, t in enumerate(have) if i not in used and _NUMERAL.match(t))
    counts: Counter[str] = Counter()
    for i, token in enumerate(want):
        if _NUMERAL.match(token):
            counts[_outcome(token, spare) if i not in placed else "right"] += 1
    counts["foreign"] = spare.total()
    return counts


def _outcome(token: str, spare: Counter[str]) -> str:
    for outcome, forms in (("moved", [token]), ("turned", [token[::-1], "".join(re.split(r"(\D)", token)[::-1])])):
        for form in forms:
            if spare[form]:
                spare[form] -= 1
                return outcome
    return "lost"


def _tokens(text: str) -> list[str]:
    return [t.translate(_TO_ASCII) for t in _TOKEN.findall(without_marks(text))]


def _group(case: Case) -> str:
    parts = case.variant.split("-")
    return f"{parts[0]} {parts[-1]}" if len(parts) > 2 else case.variant


def _row(name: str, counts: Counter[str]) -> dict[str, object]:
    total = sum(counts[o] for o in _OUTCOMES)
    return {"texts": name, "numerals": total, **{o: round(counts[o] / max(total, 1), 4) for o in _OUTCOMES}, "foreign": counts["foreign"]}
