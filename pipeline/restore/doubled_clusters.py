"""Letters printed twice, since the glyph of their mark or hamza has the code of letter and mark: `مسّيّيرة` for `مسيّرة`, `أأمس`, `أامس`.

Typst gives both glyphs the text of the whole cluster, WeasyPrint the second one; poppler turns each for itself (measured; of
fonts that build hamza from two glyphs, Lateef and Scheherazade). Marks that drag another word's letter along are cluster_marks.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.restore.characters import LETTER, MARK
from pipeline.restore.doubled_alefs import TRACES as DOUBLED_ALEFS
from pipeline.restore.doubled_alefs import alefs_meet
from pipeline.restore.odd_marks import CLUSTERED
from pipeline.restore.proclitics import CLITIC
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain, near_marks, reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Question, Trace
from pipeline.restore.word_frequency import FLOOR, frequency

_MARKED = re.compile(f"(?P<marks>{MARK}{{1,2}})(?P<letter>{LETTER}) ?(?P=marks)(?P=letter)|(?P<whole>{LETTER}{MARK}) ?(?P=whole)")
# Every doubled letter with its mark has this; the rare sign comes first, which is much faster.
_MARKED_TWICE = re.compile(f"({MARK}){MARK}?(?:{LETTER} ?| {LETTER})\\1")
# No word has a mark between two equal hamzas: the mark's glyph has the code of both, which then spoils other words, too.
_CODED_HAMZA = re.compile(f"([أإآ])({MARK})\\1")
# No word has these: alef behind a hamza on alef, the same lam-alef twice; but `أأنتم` is a question.
# In visual order `الأمس` ends in `لأا`.
_IMPOSSIBLE = re.compile("([أإآ])(?:(?<!ل.)ا|ل\\1ل|(?<=[إآ])[إآ])")
_HAMZA = re.compile("([أإآ]ل)\\1|(?<!ل)([أإآ])(?:ا|\\2)")
_MARK_TWICE, _HAMZA_TWICE = re.compile(f"({MARK})\\1"), re.compile("([أإآ])\\1")
# Which no word has, nor a question inside; behind an article that stands apart it is no question either.
_HAMZA_INSIDE = re.compile(f"([إآ])\\1|(?:(?![وف]){LETTER}|(?<!{LETTER})ال )أأ")
# A word that opens with the hamza of a later alef, and one whose article stands apart.
_OPENING = re.compile(f"(?<!{LETTER})(?:ا )?[أإآ]{LETTER}{{2,}}")
_ARTICLE = re.compile("^(?:ا ([أإآ])ل|([أإآ])ا?ل)")
_HAMZAS = re.compile("[أإآ]")
_FEWEST, _SHARE, _LIKELIER = 3, 0.4, 20
_FATHATAN_ALEF = "\u064bا"
# A letter whose mark follows one with a mark, maybe behind a blank; two marks, two alefs.
TRACES: tuple[Trace | Question, ...] = (CLUSTERED, *DOUBLED_ALEFS)


def drop_doubled_clusters(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Leave one of two printed letters, the mark behind it, in a text where several are so doubled; of marks or hamzas alone likewise."""
    clusters = rewrite(traced, "overprint", list(_single_marked(traced)), "letter and mark were printed twice", 0.95)
    marks = _single(clusters.traced, _MARK_TWICE, len(_MARK_TWICE.findall(near_marks(clusters.traced.text))), "a mark was printed twice")
    coded = _without_coded_hamzas(marks.traced)
    marked = chain(clusters, marks, coded)
    text = marked.traced.text
    if not alefs_meet(text):
        return marked
    doubles = len(_IMPOSSIBLE.findall(text))
    if doubles < _FEWEST or doubles < _SHARE * len(_HAMZAS.findall(text)) / 2:
        told = len(_HAMZA_INSIDE.findall(text)) if len(_HAMZA_TWICE.findall(text)) >= _FEWEST else 0
        return chain(marked, _single(marked.traced, _HAMZA_TWICE, told, "an alef with hamza was printed twice"))
    edits = [Edit(*m.span(), m.group(1) or m.group(2), _kept(marked.traced, m)) for m in _HAMZA.finditer(text)]
    single = rewrite(marked.traced, "overprint", edits, "a letter with hamza was printed twice", 0.95)
    moved = [Edit(*m.span(), word) for m in _OPENING.finditer(single.traced.text) if (word := _with_hamza_behind(m.group()))]
    return chain(marked, single, rewrite(single.traced, "detached_mark", moved, "a word's hamza was printed before it", 0.9))


def _without_coded_hamzas(traced: Traced) -> Outcome:
    """Take the hamzas out that marks bring along, `أُأخلي` and so `يُأرتقب`; behind a particle the mark may have come early: `وُأخلي`."""
    pairs = {m.group(2) + m.group(1) for m in _CODED_HAMZA.finditer(near_marks(traced.text))}
    if not pairs:
        return Outcome(traced)
    brought = re.compile(f"(?<={LETTER})(?<!(?<!{LETTER}){CLITIC})(?:{'|'.join(sorted(pairs))})")
    edits = [Edit(m.end() - 1, m.end(), "") for m in brought.finditer(traced.text)]
    return rewrite(traced, "overprint", edits, "the mark has the hamza behind it all through the text", 0.95)


def _single(traced: Traced, double: re.Pattern[str], told: int, evidence: str) -> Outcome:
    """Leave one of two equal signs, if enough of them tell that they were doubled."""
    edits = [Edit(m.start(), m.end() - 1, "") for m in double.finditer(traced.text)] if told >= _FEWEST else []
    return rewrite(traced, "overprint", edits, evidence, 0.95)


def _with_hamza_behind(word: str) -> str | None:
    """The known word whose later alef bears the hamza that opens a word; None where the word as it stands may be right."""
    hamza, rest = word.removeprefix("ا ")[0], word.removeprefix("ا ")[1:]
    found = {_ARTICLE.sub(f"ال{hamza}", word)}
    if "ا " not in word:
        found |= (
            {rest, rest.removeprefix("ل")} if hamza in rest else {f"{rest[:i]}{hamza}{rest[i + 1 :]}" for i in range(1, len(rest)) if rest[i] == "ا"}
        )
    best = max(found, key=frequency)
    return best if best != word and frequency(best) > max(_LIKELIER * frequency(word), FLOOR) else None


def _kept(traced: Traced, match: re.Match[str]) -> list[int]:
    start, length = match.start(), len(match.group(1) or match.group(2))
    return [int(place) for place in traced.origin[start : start + length]]


def _single_marked(traced: Traced) -> Iterator[Edit]:
    found = list(_MARKED.finditer(traced.text)) if _MARKED_TWICE.search(near_marks(traced.text)) else []
    for match in found if len(found) >= _FEWEST else ():
        if match["whole"]:
            places = [match.start(), match.start() + 1]
        elif match["marks"] + match["letter"] == _FATHATAN_ALEF:
            places = [*range(*match.span("marks")), match.start("letter")]
        else:
            places = [match.start("letter"), *range(*match.span("marks"))]
        yield reordered(traced, *match.span(), places)
