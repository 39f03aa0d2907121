"""Figures that are runs of private glyphs, one glyph a digit: decoded where the evidence leaves no doubt, else flagged.

The map is solved per font of the document (digit_maps.py) or taken from the producer's profile. A wrong digit is the
worst error there is, so each figure stands or falls by the probability of its own digits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

import numpy as np

from pipeline.restore.digit_maps import Numeral, Solution, Way, as_read, solve
from pipeline.restore.document_words import document_words
from pipeline.restore.figure_model import EVIDENCE, FigureModel
from pipeline.restore.private_figures import Figure, figures_of, number_keys
from pipeline.restore.private_fonts import HAS_PRIVATE, PRIVATE, private_glyphs
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import reordered
from pipeline.restore.traced import Change, Doubt, Edit, Outcome, Traced

SURE = 0.99
_SHOWN, _CONSIDERED = 4, 40
_LIKELY = 0.005
_TELLING = 0.5  # natural log units
_JOINT = re.compile(r"[.,٫٬/:\-–،]")
_RUN = re.compile(f"[{PRIVATE}]+(?:{_JOINT.pattern}[{PRIVATE}]+)*")
_ASCII_DIGIT, _ARABIC_DIGIT = re.compile("[0-9]"), re.compile("[٠-٩]")
_TO_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def private_digits(traced: Traced, profile: Profile | None) -> Outcome:
    """Decode figures written in private glyphs.

    Decoded are figures whose digits are all sure (posterior at least 0.99, measured on corpus articles with digits
    hidden behind random maps); the others stay as they are, with a doubt that gives the candidate readings.
    """
    traced = _in_raw_order(traced)
    edits: list[Edit] = []
    outcome = Outcome(traced)
    arabic = len(_ARABIC_DIGIT.findall(traced.text)) > len(_ASCII_DIGIT.findall(traced.text))
    for glyphs in private_glyphs(traced.text).fonts:
        figures = figures_of(traced.text, glyphs)
        if len(figures) > len(document_words(traced.text).in_order):
            continue  # a cipher without Arabic words, which is what figures are told by
        solution = _solve(glyphs, figures, profile)
        basis = _basis(glyphs, figures, solution, profile)
        likely = solution.likely()
        for numeral in _numerals(traced.text, figures):
            _judge(traced, numeral, likely, basis, arabic, edits, outcome)
    outcome.traced = traced.edit(sorted(edits))
    return outcome


def _in_raw_order(traced: Traced) -> Traced:
    """Runs that a pass turned with their line stand as the reader printed them again: no reader turns them alone (measured)."""
    spans = [m.span() for m in _RUN.finditer(traced.text) if m.end() - m.start() > 1]
    turned = [(start, end) for start, end in spans if bool((np.diff(traced.origin[start:end]) < 0).all())]
    return traced.edit(reordered(traced, start, end, range(end - 1, start - 1, -1)) for start, end in turned) if turned else traced


def _solve(glyphs: Sequence[str], figures: Sequence[Figure], profile: Profile | None) -> Solution:
    solution = solve([ord(g) for g in glyphs], figures, FigureModel.load())
    return solution if profile is None else informed(solution, glyphs, profile.digit_map, profile.confidence)


def informed(solution: Solution, glyphs: Sequence[str], known: Mapping[str, str], confidence: float) -> Solution:
    """The solution when another source holds digits of these glyphs for right with this confidence.

    The source's word takes the place of the prior; where it is wrong the prior stands, so a document that speaks
    clearly against a profile is not forced into it.
    """
    columns = [(i, int(known[g])) for i, g in enumerate(glyphs) if g in known]
    agrees = np.all([solution.maps[:, i] == digit for i, digit in columns], axis=0) if columns else np.zeros(1)
    if not agrees.any():
        return solution
    told = solution.prior * agrees / (solution.prior * agrees).sum()
    prior = confidence * told + (1 - confidence) * solution.prior
    weight = solution.posterior / solution.prior * prior
    return Solution(solution.maps, prior, weight / weight.sum(), solution.told)


def _numerals(text: str, figures: Sequence[Figure]) -> list[Numeral]:
    found: list[Numeral] = []
    for figure in figures:
        last = found[-1] if found else None
        if last and figure.start - last.end == 1 and _JOINT.match(text[last.end]):
            found[-1] = Numeral(last.start, figure.end, (*last.groups, figure.glyphs), (*last.joints, text[last.end]))
        else:
            found.append(Numeral(figure.start, figure.end, (figure.glyphs,), ()))
    return found


def _judge(
    traced: Traced, numeral: Numeral, solution: Solution, basis: str, arabic: bool,
    edits: list[Edit], outcome: Outcome,
) -> None:  # fmt: skip
    before = traced.text[numeral.start : numeral.end]
    raw_start, raw_end = traced.raw_span(numeral.start, numeral.end)
    reading, probability = solution.likeliest_map(numeral)
    if probability < SURE:  # many maps may still agree on these glyphs
        reading, probability = solution.readings(numeral, 1)[0]
    if probability < SURE:
        outcome.doubts.append(_encoded(before, numeral, solution, raw_start, raw_end))
        return
    after = reading.translate(_TO_ARABIC) if arabic else reading
    places = [int(traced.origin[i]) for i in numeral.places(solution.best[0])]
    edits.append(Edit(numeral.start, numeral.end, after, places))
    outcome.changes.append(Change("private_digit", raw_start, raw_end, before, after, round(probability, 4), basis))


def _encoded(before: str, numeral: Numeral, solution: Solution, raw_start: int, raw_end: int) -> Doubt:
    considered = solution.readings(numeral, _CONSIDERED)
    readings = [(reading, p) for reading, p in considered if p >= min(_LIKELY, considered[0][1])]
    numbers = [number for reading, _ in readings if (number := _number(reading)) is not None]
    shown = ", ".join(f"{reading} ({p:.0%})" for reading, p in readings[:_SHOWN])
    return Doubt(
        "encoded_number", raw_start, raw_end,
        f"The figure is written in private glyphs ({_named(before)}) that could not be decoded with certainty: {shown}.",
        0.99, "warning", min(numbers, default=None), max(numbers, default=None), tuple(reading for reading, _ in readings),
    )  # fmt: skip


def _number(reading: str) -> float | None:
    plain = re.sub(r"[,٬](?=\d{3}(?:\D|$))", "", reading).replace("٫", ".")
    return float(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else None


def _named(glyphs: str) -> str:
    return " ".join(f"U+{ord(c):04X}" if HAS_PRIVATE.match(c) else c for c in glyphs)


def _basis(glyphs: Sequence[str], figures: Sequence[Figure], solution: Solution, profile: Profile | None) -> str:
    """What a font's figures share, as JSON: the likeliest map, its posterior, and the figures that decided."""
    way, row = solution.best
    basis: dict[str, object] = {
        "map": {f"U+{ord(g):04X}": str(d) for g, d in zip(glyphs, solution.maps[row].tolist(), strict=True)},
        "posterior": round(float(solution.posterior[:, row].sum()), 4),
        "decided_by": _deciding(figures, solution),
    }
    if way is not Way.PRINTED:
        basis["numerals"] = way.name.lower()
    if profile is not None and any(g in profile.digit_map for g in glyphs):
        basis["profile"] = profile.profile_id
    return json.dumps(basis, ensure_ascii=False)


def _deciding(figures: Sequence[Figure], solution: Solution) -> list[str]:
    """The two figures that speak most for the best map against the next one, with the word before and after each."""
    way, _ = solution.best
    rivals = np.argsort(-solution.posterior[way], kind="stable")[:2]
    if len(rivals) < 2:
        return []
    weights = np.array(FigureModel.load().weights[-EVIDENCE:])
    gains = []
    for figure in as_read(figures, way):
        keys = number_keys(solution.maps[rivals], figure.glyphs).tolist()
        if keys[0] != keys[1]:
            scores = solution.told[figure.glyphs, figure.context][rivals] @ weights
            reading = f"{figure.context.before} {str(keys[0])[1:]} {figure.context.after}"
            gains.append((float(scores[0] - scores[1]), reading.strip()))
    return [where for gain, where in sorted(gains, reverse=True)[:2] if gain > _TELLING]
