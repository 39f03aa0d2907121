"""How well a restored text equals the clean one: characters, paragraphs, displaced lines, numerals, confidences."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.evaluation.alignment import Alignment, character_error_rate, edit_distance, fold, without_marks
from pipeline.evaluation.verdicts import Verdicts
from pipeline.restore.document import Restored
from pipeline.restore.traced import LOSSLESS, RawIndex

_PRIVATE = re.compile(r"[\ue000-\uf8ff]+")
_DIGITS = re.compile(r"[0-9\u0660-\u0669]+")
_NOT_LETTER = re.compile(r"[^\u0621-\u063a\u0641-\u064a\ufffda-zA-Z]")
_LETTER = re.compile(r"[\u0621-\u064a]")
_QUOTES = re.compile('["“”«»‹›]')
# Signs that became U+FFFD shift the clean letters found for a line by a few.
_SLIP = 4
ALL = "all"
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)


@dataclass(slots=True)
class RestorationScore:
    """Counts over one or more texts; characters, paragraphs, displaced lines and numerals by outcome."""

    errors: float = 0.0
    body_errors: float = 0.0
    characters: int = 0
    texts: int = 0
    exact: int = 0
    paragraphs: Counter[str] = field(default_factory=Counter)
    lines: Counter[str] = field(default_factory=Counter)
    numerals: Counter[str] = field(default_factory=Counter)
    bins: Counter[tuple[str, int, bool]] = field(default_factory=Counter)
    claimed: defaultdict[tuple[str, int], float] = field(default_factory=lambda: defaultdict(float))
    examples: list[str] = field(default_factory=list)

    def merge(self, other: RestorationScore) -> None:
        self.errors += other.errors
        self.body_errors += other.body_errors
        self.characters += other.characters
        self.texts += other.texts
        self.exact += other.exact
        for name in ("paragraphs", "lines", "numerals", "bins"):
            getattr(self, name).update(getattr(other, name))
        for place, confidence in other.claimed.items():
            self.claimed[place] += confidence
        self.examples += other.examples

    def judge(self, kind: str, confidence: float, *, right: bool) -> None:
        """Count a restoration among its kind and among all."""
        for name in (kind, ALL):
            self.bins[name, _bin(confidence), right] += 1
            self.claimed[name, _bin(confidence)] += confidence

    def as_dict(self) -> dict[str, object]:
        lines, numerals = sum(self.lines.values()), sum(self.numerals.values())
        return {
            "texts": self.texts,
            "exact_texts": self.exact,
            "cer": round(self.errors / max(self.characters, 1), 5),
            "cer_of_body": round(self.body_errors / max(self.characters, 1), 5),
            "whole_paragraphs": _share(self.paragraphs["whole"], sum(self.paragraphs.values())),
            "displaced_lines": lines,
            **{f"lines_{k}": _share(self.lines[k], lines) for k in ("exact", "wrong", "flagged", "missed")},
            "numerals": numerals,
            **{f"numerals_{k}": _share(self.numerals[k], numerals) for k in ("right", "wrong", "flagged")},
            "reliability": self.reliability(),
        }

    def reliability(self) -> list[dict[str, object]]:
        """Per kind and bin of confidence: the bin's bounds, how many, what they claimed on average and the share that was right."""
        rows = []
        for kind, b in sorted(self.claimed):
            right, wrong = self.bins[kind, b, True], self.bins[kind, b, False]
            bounds = {"kind": kind, "from": BINS[b], "to": min(BINS[b + 1], 1.0), "count": right + wrong}
            rows.append(bounds | {"claimed": round(self.claimed[kind, b] / (right + wrong), 4), "right": _share(right, right + wrong)})
        return rows


def score_restoration(restored: Restored, raw: str, clean: str, digit_map: Mapping[str, str] | None = None, head: str = "") -> RestorationScore:
    """Score one text. `digit_map` (private glyph to digit) and `head` (what runs over the pages) serve scoring only.

    `cer` counts running heads and page numbers as errors, found or not: nothing is dropped from a restored text. `cer_of_body`
    leaves out what was flagged as boilerplate, as a user does who reads sentences by kind; a head that was missed still counts,
    and so does text that was flagged wrongly, which is then missing.
    """
    score = RestorationScore(texts=1, characters=len(fold(clean)))
    score.errors = character_error_rate(restored.text, clean) * score.characters
    score.body_errors = character_error_rate(_body(restored), clean) * score.characters if restored.boilerplate else score.errors
    score.exact = int(fold(restored.text) == fold(clean))
    _paragraphs(score, restored.text, clean)
    _lines(score, restored, raw, clean)
    _numerals(score, restored, raw, clean, digit_map)
    verdicts = Verdicts(restored, raw, clean, head)
    for placed in restored.restorations:
        change = placed.finding
        right = None if change.kind in LOSSLESS else verdicts.right(placed)
        if right is not None:
            score.judge(change.kind, change.confidence, right=right)
    return score


def _body(restored: Restored) -> str:
    """The restored text without what was flagged as belonging to the page."""
    text = restored.text
    for start, end in sorted(restored.boilerplate, reverse=True):
        text = text[:start] + text[end:]
    return text


def strip_ascii_digits(text: str) -> str:
    """The clean text of a stripped variant."""
    return re.sub(r"[0-9]", "", text)


def _paragraphs(score: RestorationScore, text: str, clean: str) -> None:
    have = Counter(_plain(p) for p in re.split(r"\n\s*\n", text))
    for paragraph in re.split(r"\n\s*\n", clean):
        key = _plain(paragraph)
        if key:
            score.paragraphs["whole" if have[key] else "broken"] += 1
            have[key] -= 1


def _plain(text: str) -> str:
    return without_marks(fold(text))


def _lines(score: RestorationScore, restored: Restored, raw: str, clean: str) -> None:
    index = RawIndex(restored.traced)
    changed = [(p.finding.raw_start, p.finding.raw_end) for p in restored.restorations if p.finding.kind == "displaced_run"]
    doubted = [(d.finding.raw_start, d.finding.raw_end) for d in restored.doubts if d.finding.kind == "displaced_run_unresolved"]
    whole = f" {_comparable(clean)} "
    for start, end, truth in displaced_lines(raw, clean):
        left, right = index.span(start, end)
        found = _comparable(restored.text[left:right])
        if found == truth or (abs(len(found) - len(truth)) <= _SLIP and f" {found} " in whole):
            outcome = "exact"
        elif any(s < end and e > start for s, e in changed):
            outcome = "wrong"
        elif any(s < end and e > start for s, e in doubted):
            outcome = "flagged"
        else:
            outcome = "missed"
        score.lines[outcome] += 1
        if outcome != "exact":
            score.examples.append(f"line {outcome}: {raw[start:end]!r}\n   got  {found}\n   want {truth}")


def displaced_lines(raw: str, clean: str) -> list[tuple[int, int, str]]:
    """Raw spans of the physical lines whose letters are the reversed runs of the clean text, with the right line."""
    letters = [(c, i) for i, c in enumerate(clean) if not _NOT_LETTER.match(c)]
    sequence = "".join(c for c, _ in letters)
    found = []
    at = 0
    for match in re.finditer(r"[^\n]+", raw):
        mine = _NOT_LETTER.sub("", match.group())
        if not mine:
            continue
        begin = _locate(mine, sequence, at)
        at = begin + len(mine)
        region = sequence[begin:at]
        if _similar(mine, region) or len(region) < 2 or not _reversed_runs(mine, region):
            continue
        first, last = letters[begin][1], letters[min(at, len(letters)) - 1][1]
        found.append((match.start(), match.end(), _comparable(clean[first : last + 1])))
    return found


def _locate(mine: str, sequence: str, at: int) -> int:
    """Where the line begins in the clean letters: the near offset whose letters are most nearly the line's own."""
    bag = Counter(mine)
    best, where = -1, at
    for shift in sorted(range(-6, 7), key=abs):
        begin = at + shift
        if begin < 0:
            continue
        common = sum((bag & Counter(sequence[begin : begin + len(mine)])).values())
        if common > best:
            best, where = common, begin
    return where


def _similar(mine: str, region: str) -> bool:
    return mine == region or edit_distance(mine, region) <= max(2, len(mine) // 25)


def _reversed_runs(mine: str, region: str) -> bool:
    """Whether `mine` is `region` cut into at most eight runs that stand in reversed order (two letters may differ)."""
    rest, runs, loss = region, 0, 0
    while mine and rest:
        size = next((n for n in range(len(rest), 0, -1) if mine.endswith(rest[:n])), 0)
        if not size:
            mine, rest, loss = mine[:-1], rest[1:], loss + 1
        else:
            mine, rest, runs = mine[:-size], rest[size:], runs + 1
        if runs > 8 or loss > 3:
            return False
    return runs >= 2


def _comparable(text: str) -> str:
    """Letters and word boundaries; figures of any coding are one sign, so are quotation marks, which readers mirror."""
    text = _PRIVATE.sub("0", without_marks(fold(text)))
    text = _QUOTES.sub('"', _DIGITS.sub("0", text))
    text = re.sub(r"\s*([^\w\s])\s*", r" \1 ", text)
    return re.sub(r"\s+", " ", re.sub(r"^[\W0]+|[\W0]+$", "", text)).strip()


def _numerals(score: RestorationScore, restored: Restored, raw: str, clean: str, digit_map: Mapping[str, str] | None) -> None:
    index = RawIndex(restored.traced)
    truths = _truths_by_map(raw, digit_map) if digit_map else _truths_by_order(restored, raw, clean)
    for start, end, truth in truths:
        left, right = index.span(start, end)
        shown = restored.text[left:right].translate(_TO_ASCII)
        if shown == truth:
            outcome = "right"
        elif _PRIVATE.search(shown):
            outcome = "flagged"
        else:
            outcome = "wrong"
        score.numerals[outcome] += 1
        if outcome != "right":
            score.examples.append(f"numeral {outcome}: {raw[start:end]!r} is {truth}, shown {shown!r}")


_TO_ASCII = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def _truths_by_map(raw: str, digit_map: Mapping[str, str]) -> list[tuple[int, int, str]]:
    glyphs = "".join(re.escape(g) for g in digit_map)
    return [(m.start(), m.end(), "".join(digit_map[g] for g in m.group())) for m in re.finditer(f"[{glyphs}]+", raw)]


def _truths_by_order(restored: Restored, raw: str, clean: str) -> list[tuple[int, int, str]]:
    """Private runs in restored order beside the clean text's figures, when both are as many."""
    index = RawIndex(restored.traced)
    runs = sorted(_PRIVATE.finditer(raw), key=lambda m: index.span(m.start(), m.end()))
    # A private glyph that touches a letter stands for letters or marks, not for a figure.
    shown = [m for m in runs if not _LETTER.search(raw[max(m.start() - 1, 0) : m.start()] + raw[m.end() : m.end() + 1])]
    truths = [t.translate(_TO_ASCII) for t in _DIGITS.findall(clean)]
    if len(shown) > len(truths):
        return []
    alignment = Alignment(restored.text, clean)
    rows = []
    for match in shown:
        left, right = index.span(match.start(), match.end())
        near = alignment.to_truth((left + right) // 2)
        truth = min(_DIGITS.finditer(clean), key=lambda d: abs((d.start() + d.end()) // 2 - near))
        rows.append((match.start(), match.end(), truth.group().translate(_TO_ASCII)))
    return rows


def _bin(confidence: float) -> int:
    return max(i for i, low in enumerate(BINS[:-1]) if confidence >= low)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
