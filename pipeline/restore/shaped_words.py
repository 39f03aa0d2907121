"""Blanks that a reader dropped and the shapes of letters still show: `ﻗﻮﺍﺕﺍﻟﺪﻋﻢﺍﻟﺴﺮﻳﻊ` for `ﻗﻮﺍﺕ ﺍﻟﺪﻋﻢ ﺍﻟﺴﺮﻳﻊ`.

TCPDF sets the words of a justified line one by one and moves on between them; PyMuPDF and pypdf print no blank there
(measured). A letter that joins both ways ends its word where it has its final or isolated form; behind one that joins
on one side only a word may end, and which words are meant is told by how common they are. Words glued in texts without
shapes belong in glued_words.py.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import accumulate, pairwise

from pipeline.restore.characters import VOWEL_MARKS
from pipeline.restore.language_model import PER, plain
from pipeline.restore.presentation_forms import FORMS, letters
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, chain, reordered, rewrite
from pipeline.restore.traced import Outcome, Traced
from pipeline.restore.word_pairs import WordPairs, codes
from pipeline.restore.word_scores import WordScores

_LINE = re.compile("[^\n]+")
_MARKS = f"[{VOWEL_MARKS}\ufe70-\ufe7f]*"
_STOPS = "[،؛:.!؟]"
_PAIRS = ("«»", "“”", "()")
# Some programs shape no letter: there the isolated form ends nothing. Letters from the left show their forms from the left.
_MOST_ISOLATED, _CLEARLY, _MOSTLY, _FEWEST = 0.3, 10, 2, 3
_SHORTEST, _LONGEST = 2, 20
_CERTAIN, _LIKELY = 0.97, 0.9
_TAGS = ("<initial>", "<medial>", "<final>", "<isolated>")
_CLOSING = (["0629"], ["0649"])  # ta marbuta, alef maqsura


def part_shaped_words(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Set the missing blanks between words, in a text whose letters are shaped and in order and whose words touch."""
    text = traced.text
    joint, reverse, boundary, ends, isolated, token = _patterns()
    certain = [m.end() for m in boundary.finditer(text)]
    if len(certain) < _FEWEST or len(isolated.findall(text)) > _MOST_ISOLATED * len(ends.findall(text)):
        return Outcome(traced)
    if len(joint.findall(text)) < _CLEARLY * len(reverse.findall(text)):
        return Outcome(traced)
    beside = {at for pattern in _beside_signs(text) for at in (m.end() for m in pattern.finditer(text))}
    ends_of_words = {*certain, *beside}
    edits, scores = [], []
    for line in _LINE.finditer(text):
        ends_here = {at for at in ends_of_words if line.start() < at < line.end()}
        likely = {at for run in token.finditer(text, *line.span()) for at in _cuts(run, ends_here)} if ends_here else set()
        for at in sorted(ends_here | likely):
            edits.append(reordered(traced, at - 1, at, [at - 1, BLANK]))
            scores.append(_CERTAIN if at in ends_here else _LIKELY)
    evidence = f"the shape of the letter ends a word, as at {len(certain)} places here"
    parted = rewrite(traced, "glued_word", edits, evidence, scores)
    moved = [reordered(parted.traced, *m.span(), [*range(*m.span("marks")), m.start()]) for m in _marks_apart().finditer(parted.traced.text)]
    return chain(parted, rewrite(parted.traced, "detached_mark", moved, "the blank behind a word was printed before its last mark", _CERTAIN))


def _beside_signs(text: str) -> Iterator[re.Pattern[str]]:
    """What ends where a blank is missing: words before signs that open, and signs that close and dashes before words.

    A text shows by the stops behind it which sign of a pair closes; it may be either one, since some readers mirror them.
    """
    word = f"(?<={_any(FORMS)}[{VOWEL_MARKS}{''.join(sorted(FORMS))}])"
    yield re.compile(f"(?<= )[–—](?={_any(FORMS)})")
    for pair in _PAIRS:
        before_stops = [len(re.findall(f"{re.escape(sign)}(?=[،؛:.!؟\n]|\\Z)", text)) for sign in pair]
        if max(before_stops) > _MOSTLY * min(before_stops):
            opening, closing = map(re.escape, pair if before_stops[1] > before_stops[0] else pair[::-1])
            yield re.compile(f"{word}(?={opening}{_any(FORMS)})")
            yield re.compile(f"{word}{closing}{_STOPS}?(?={_any(FORMS)})")


def runs_from_left(text: str) -> bool:
    """Whether the shaped letters of a text run from left to right: its medial forms stand before initial ones, not behind them."""
    reverse, onward = _patterns()[1], _begun_on()
    turned = len(reverse.findall(text))
    return turned >= _FEWEST and turned >= _CLEARLY * len(onward.findall(text))


@cache
def _marks_apart() -> re.Pattern[str]:
    """A blank and marks that stand between the letters of two words."""
    return re.compile(f"(?<={_any(FORMS)}) (?P<marks>[{VOWEL_MARKS}]+)(?={_any(FORMS)})")


@cache
def _begun_on() -> re.Pattern[str]:
    """An initial form and the medial one behind it."""
    initial, medial = (_any(form for form, (tag, _) in _shapes().items() if tag == wanted) for wanted in _TAGS[:2])
    return re.compile(f"{initial}{_MARKS}{medial}")


def _cuts(run: re.Match[str], certain: Iterable[int]) -> Iterator[int]:
    """The likeliest ends of words inside a run of letters, the certain ones aside."""
    start, end = run.span()
    edges = [start, *sorted(at for at in certain if start < at < end), end]
    for first, last in pairwise(edges):
        yield from list(accumulate(_words(run.string[first:last]), initial=first))[1:-1]


def _words(run: str) -> list[int]:
    """The lengths of the likeliest words that a run of letters is made of, cut behind letters that do not join the next one."""
    plain = [_plain(letter) for letter in run]
    ends = [m.end() for m in _open_ends().finditer(run, 0, len(run) - 1)]
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for end in (*ends, len(run)):
        options = [
            (told + joint_score("".join(plain[at - words[-1] if words else 0 : at]), word), [*words, end - at])
            for at, (told, words) in best.items()
            if _SHORTEST <= len(word := "".join(plain[at:end])) <= _LONGEST
        ]
        if options:
            best[end] = max(options)
    return best.get(len(run), (0.0, [len(run)]))[1]


@lru_cache(maxsize=20_000)
def joint_score(before: str, word: str) -> float:
    """Log probability of a word, by itself or behind the word before it where the two are often seen together."""
    alone = WordScores.load().log_probability(word)
    if not before or not (WordScores.load().knows(before) and WordScores.load().knows(word)):
        return alone
    names = codes([before, word])
    together = float(WordPairs.load().log_counts(names[:1], names[1:])[0])
    return max(alone, together - math.log(PER) - WordScores.load().log_probability(before)) if together > 0 else alone


def _plain(run: str) -> str:
    return plain("".join(map(letters, run)))


@cache
def _shapes() -> dict[str, tuple[str, list[str]]]:
    """The kind of each presentation form of a letter, and the code points of its letters."""
    found = {form: unicodedata.decomposition(form).split() for form in sorted(FORMS)}
    return {form: (parts[0], parts[1:]) for form, parts in found.items() if len(parts) > 1 and parts[0] in _TAGS}


@cache
def _joining_both_ways() -> set[tuple[str, ...]]:
    return {tuple(base) for tag, base in _shapes().values() if tag == "<initial>"}


@cache
def _open_forms() -> frozenset[str]:
    """Forms of letters that do not join the next one."""
    return frozenset(form for form, (tag, base) in _shapes().items() if tag in _TAGS[2:] and tuple(base) not in _joining_both_ways())


@cache
def _open_ends() -> re.Pattern[str]:
    """A letter that does not join the next one, and its marks."""
    return re.compile(f"{_any(_open_forms())}{_MARKS}(?!{_MARKS[:-1]})")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """A letter joined to the next one; one that only seems so from the other side; the end of one word and the beginning of another;
    letters that join both ways; those of them that stand isolated; runs of shaped letters.
    """
    shaped, both = _shapes(), _joining_both_ways()
    of = {tag: [form for form, (its, _) in shaped.items() if its == tag] for tag in _TAGS}
    closed = [form for form, (tag, base) in shaped.items() if tag in _TAGS[2:] and (tuple(base) in both or base in _CLOSING)]
    alone = [form for form in of["<isolated>"] if tuple(shaped[form][1]) in both]
    joined, begun = _any([*of["<medial>"], *of["<final>"]]), _any([*of["<initial>"], *of["<isolated>"]])
    first, medial = _any(of["<initial>"]), _any(of["<medial>"])
    return (
        re.compile(f"{first}{_MARKS}{joined}"),
        re.compile(f"{medial}{_MARKS}{first}"),
        re.compile(f"(?:{_any(closed)}{_MARKS}|(?<={_any(FORMS)}){_STOPS})(?={begun})"),
        re.compile(_any([*of["<initial>"], *of["<medial>"], *closed])),
        re.compile(_any(alone)),
        re.compile(f"{_any([*shaped, *map(chr, range(0x64B, 0x653)), *map(chr, range(0xFE70, 0xFE80))])}+"),
    )


def _any(signs: Iterable[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(signs)))}]"
