"""Measures that curators know, computed as published: Gopher's repetition and quality rules and the FineWeb-2 Arabic set.

Sources: Rae et al. 2021 (arXiv 2112.11446, table A1) as in datatrove's GopherRepetitionFilter, GopherQualityFilter and
FineWebQualityFilter (0.10); FineWeb-2's pipeline (`fineweb-2-pipeline.py`) with `configs/arb_Arab.yml`, whose values stand
in ARABIC. Words are cut as spaCy's blank Arabic tokenizer does: at blanks, with marks cut off.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.extract.tokens import DIGITS, LETTERS, MARKS

Measures = dict[str, float | int | str | None]

_WORD = re.compile(rf"[{DIGITS}][{DIGITS}.,:/٫٬-]*[{DIGITS}%]|[{DIGITS}]|[{LETTERS}{MARKS}{DIGITS}]+|[^\W{LETTERS}{MARKS}]+(?:['’-]\w+)*|\.{{2,}}|\S")
_TERMINAL = tuple(".!?؟۔…⁇⁈！？。")
_ELLIPSIS = ("...", "…")
_BULLETS = ("•", "-")
_MARK = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Limits:
    """Thresholds of one edition of the filters; NULL-able rules are switched off with None."""

    dup_line_frac: float = 0.304
    top_n_grams: tuple[tuple[int, float], ...] = ((2, 0.197), (3, 0.172), (4, 0.146))
    dup_n_grams: tuple[tuple[int, float], ...] = ((5, 0.165), (6, 0.153), (7, 0.142), (8, 0.131), (9, 0.12), (10, 0.109))
    line_punct: float = 0.143
    char_dup_ratio: float = 0.1
    new_line_ratio: float = 0.189
    words: tuple[int, int] = (50, 100_000)
    word_length: tuple[float, float] = (2, 9)
    symbol_word_ratio: float = 0.1
    bullet_lines: float = 0.9
    ellipsis_lines: float = 0.3
    alpha_words: float = 0.787
    min_stop_words: int = 2
    stop_words: frozenset[str] = field(
        default=frozenset(
            ["،", "في", "من", "على", "إلى", "عام", "أن", "مع", "أو", "هو", "عن", "التي", "كان", "بين", "ما", "كانت", "هي", "المتحدة", "بعد"]
        )
    )


ARABIC = Limits()
"""FineWeb-2, configs/arb_Arab.yml; paragraph, line-character and short-line rules are off there."""


def published_measures(text: str, limits: Limits = ARABIC) -> Measures:
    """The Gopher and FineWeb columns of document_quality for one text (paragraphs separated by blank lines)."""
    found = _WORD.findall(text)
    measures: Measures = {**_repetition(text, found, limits), **_lines(text, found), **_words(text, found, limits)}
    measures["gopher_repetition"] = _repetition_verdict(measures, limits)
    measures["fineweb_quality"] = _fineweb_verdict(measures, limits)
    measures["gopher_quality"] = _quality_verdict(text, found, measures, limits)
    return measures


def _repetition(text: str, found: list[str], limits: Limits) -> Measures:
    size = max(len(text), 1)
    paragraphs = re.split(r"\n{2,}", text.strip())
    lines = re.split(r"\n+", text)
    para_count, para_chars = _repeated(paragraphs)
    line_count, line_chars = _repeated(lines)
    return {
        "dup_para_frac": para_count / len(paragraphs),
        "dup_para_char_frac": para_chars / size,
        "dup_line_frac": line_count / len(lines),
        "dup_line_char_frac": line_chars / size,
        **{f"top_{n}_gram": _top_gram(found, n) / size for n, _ in limits.top_n_grams},
        **{f"dup_{n}_gram": _repeated_grams(found, n) / size for n, _ in limits.dup_n_grams},
    }


def _repeated(parts: Sequence[str]) -> tuple[int, int]:
    """How many parts were told before, and their characters."""
    again = [part for part, count in Counter(parts).items() for _ in range(count - 1)]
    return len(again), sum(map(len, again))


def _top_gram(found: list[str], n: int) -> int:
    """Characters of the commonest n-gram, times its occurrences; ties go to the one that came first."""
    grams = Counter(zip(*(found[i:] for i in range(n)), strict=False))
    if not grams:
        return 0
    gram, count = grams.most_common(1)[0]
    return (sum(map(len, gram)) + n - 1) * count


def _repeated_grams(found: list[str], n: int) -> int:
    """Characters in n-grams that came before; a repeated one is stepped over whole."""
    if len(found) <= n or len(set(zip(*(found[i:] for i in range(n)), strict=False))) == len(found) - n + 1:
        return 0
    seen: set[str] = set()
    characters, at = 0, 0
    while at <= len(found) - n:
        gram = "".join(found[at : at + n])
        if gram in seen:
            characters += len(gram)
            at += n
        else:
            seen.add(gram)
            at += 1
    return characters


def _lines(text: str, found: list[str]) -> Measures:
    lines = [line for line in text.split("\n") if line.strip()]
    count = max(len(lines), 1)
    return {
        "line_punct_share": sum(line.endswith(_TERMINAL) for line in lines) / count,
        "short_line_share": sum(len(line) <= 30 for line in lines) / count,
        "char_dup_ratio": _repeated(lines)[1] / max(len(text.replace("\n", "")), 1),
        "new_line_ratio": text.count("\n") / max(len(found), 1),
    }


def _words(text: str, found: list[str], limits: Limits) -> Measures:
    spoken = [w for w in found if not _MARK.fullmatch(w)]
    total = max(len(found), 1)
    return {
        "mean_word_length": sum(map(len, spoken)) / max(len(spoken), 1),
        "symbol_word_ratio": max(text.count("#"), sum(text.count(e) for e in _ELLIPSIS)) / total,
        "alpha_word_share": sum(any(c.isalpha() for c in w) for w in found) / total,
        "stop_words": sum(w in limits.stop_words for w in found),
    }


def _repetition_verdict(measures: Measures, limits: Limits) -> str | None:
    rules = [("dup_line_frac", limits.dup_line_frac)]
    rules += [(f"top_{n}_gram", share) for n, share in limits.top_n_grams]
    rules += [(f"dup_{n}_gram", share) for n, share in limits.dup_n_grams]
    return next((name for name, limit in rules if _number(measures[name]) > limit), None)


def _fineweb_verdict(measures: Measures, limits: Limits) -> str | None:
    if _number(measures["line_punct_share"]) < limits.line_punct:
        return "line_punct_ratio"
    if _number(measures["char_dup_ratio"]) > limits.char_dup_ratio:
        return "char_dup_ratio"
    return "list_ratio" if _number(measures["new_line_ratio"]) > limits.new_line_ratio else None


def _quality_verdict(text: str, found: list[str], measures: Measures, limits: Limits) -> str | None:
    spoken = sum(not _MARK.fullmatch(w) for w in found)
    length = _number(measures["mean_word_length"])
    lines = text.splitlines() or [""]
    rules = (
        ("gopher_short_doc", spoken < limits.words[0]),
        ("gopher_long_doc", spoken > limits.words[1]),
        ("gopher_below_avg_threshold", length < limits.word_length[0]),
        ("gopher_above_avg_threshold", length > limits.word_length[1]),
        ("gopher_too_many_hashes", text.count("#") / max(len(found), 1) > limits.symbol_word_ratio),
        ("gopher_too_many_ellipsis", _number(measures["symbol_word_ratio"]) > limits.symbol_word_ratio),
        ("gopher_too_many_bullets", _share(lines, lambda s: s.lstrip().startswith(_BULLETS)) > limits.bullet_lines),
        ("gopher_too_many_end_ellipsis", _share(lines, lambda s: s.rstrip().endswith(_ELLIPSIS)) > limits.ellipsis_lines),
        ("gopher_below_alpha_threshold", _number(measures["alpha_word_share"]) < limits.alpha_words),
        ("gopher_enough_stop_words", _number(measures["stop_words"]) < limits.min_stop_words),
    )
    return next((name for name, fails in rules if fails), None)


def _share(lines: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, lines)) / len(lines)


def _number(value: float | int | str | None) -> float:
    assert isinstance(value, (int, float))
    return float(value)
