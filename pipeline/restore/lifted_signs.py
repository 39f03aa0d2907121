"""How a text prints glyphs that its writer drew by themselves: as stray signs, as marks that bring a letter along.

A glyph without a code comes out as its number in the font's table, any sign; a mark or a hamza over a letter as the first
letter it was seen with, and the mark (`ننُقلوا` for `نُقلوا`, `اأ مس` for `أمس`; pypdf, measured). What the lines cut at such
glyphs read is lifted_glyphs.py's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from pipeline.restore.characters import FATHATAN, HAMZAS, LATIN, LETTER, LETTERS_AND_MARKS, MARK, MARKS
from pipeline.restore.doubled_alefs import TRACES as DOUBLED_ALEFS
from pipeline.restore.doubled_alefs import alefs_meet
from pipeline.restore.language_model import Lexicon, plain
from pipeline.restore.lifted_letters import TRACES as LIFTED_LETTERS
from pipeline.restore.lifted_letters import has_lifted_letters, lifted_letters
from pipeline.restore.odd_marks import UNKNOWN
from pipeline.restore.rewriting import near_marks, unusual
from pipeline.restore.stroke_signs import TRACES as STROKES
from pipeline.restore.stroke_signs import signs_inside
from pipeline.restore.traces import Question, Trace

ARABIC = f"{LETTERS_AND_MARKS}\u060c\u061b\u061f"
_PRIVATE = "\ue000-\uf8ff"
# One Latin letter beside an Arabic one is a glyph's number.
_ALONE = f"(?<![{LETTERS_AND_MARKS}])[{LATIN}](?![{LETTERS_AND_MARKS}])"
FIGURE = f"[0-9{_PRIVATE}]+(?:[.,:/-][0-9{_PRIVATE}]+)*[%\u066a]?|[{LATIN}][^\u0600-\u06ff\n]*[{LATIN}0-9]|{_ALONE}"
_QUOTE = "[«»][^0-9A-Za-z\u0600-\u06ff\n«»]*"
_SIGN = f"[^ \\n\\t\\f\u00a00-9{ARABIC}{_PRIVATE}]"
_IS_SIGN = re.compile(_SIGN)
_STROKE = re.compile(f"({_SIGN})(?<={LETTER}.)\\1{{0,3}}(?={LETTER})")
_HAMZA = f"[{HAMZAS}]"
_GLYPH = f"[^ \\n\\t\\f\u00a00-9{ARABIC}{_PRIVATE}()«»“”\"'‘’\\[\\]/]"
# What else may be a glyph's number where it hardly ever stands elsewhere.
_OFTEN_MEANT = "()\"'\t"
# A blank is a hamza's only behind another one.
_SECOND_BLANK = "(?<= ) "
_LIFTED_ALEFS = ("اأ", "اإ", "اآ")
# A digit by itself may be a glyph's number, too.
_DIGIT_ALONE = "(?<![0-9])[0-9]"
_LIFTED = re.compile(f"({_GLYPH}|{_DIGIT_ALONE})(?={_HAMZA} )")
_LIFTING = re.compile(f"({_GLYPH}|{_DIGIT_ALONE}|[{_OFTEN_MEANT}]|{_SECOND_BLANK})(?=ا|ل[اأ])")
_MARKED = re.compile(f"({MARK})(?<=({LETTER}).)")
_TWICE = re.compile(f"({MARK})\\1")
# A tanwīn before its alef is spelling.
_FOLLOWED = re.compile(f"({MARK})(?:(?<=ا\u064b)|(?<=[\u064c-\u0652]))({LETTER})")
_STROKE_OF_BLANKS, _BESIDE_BLANKS = "(?<! )  ", re.compile(f"({LETTER}+)  (?=[{LETTERS_AND_MARKS} ])")
_WORD = re.compile(f"{LETTER}+")
# A stroke coded as a full stop is one at a line's end and before another cut; before a blank it may be one.
_NO_STOP = f"(?!(?<=[.])(?:$|ا{_HAMZA}))"
_STOP = re.compile(f'(?<=[{LETTERS_AND_MARKS}])\\.(?=[ ”»"])')
_MARKED_BEFORE, _MARKED_BEHIND = re.compile(f"[{LETTERS_AND_MARKS}]*\\Z"), re.compile(f"[{LETTERS_AND_MARKS}]+")
_LONGEST_WORD = 20
_FEWEST, _FEWEST_ALEFS, _MOSTLY, _MOST_SIGNS, _BROKEN, _WHOLE, _OWN = 4, 2, 0.8, 3, 0.2, 0.6, 0.7
_FEW_BLANKS, _A_LINE, _DOUBLED = 10, 0.5, 0.5
TRACES: tuple[Trace | Question, ...] = (*STROKES, *DOUBLED_ALEFS, UNKNOWN, *LIFTED_LETTERS, (LETTER, " ", " "))


class Cut(NamedTuple):
    """A glyph that cut its line, and the places of what is kept of it in reading order; ~place is a blank that may go.

    A sure one always cuts; a mark may also stand in its word, a stroke like a stop be one. One that stands between words tells nothing by
    the words it makes.
    """

    start: int
    end: int
    kept: tuple[int, ...]
    sure: bool
    tells: bool = True


class Signs(NamedTuple):
    """What stray signs of a text stand for: strokes, alefs, hamzas over and under the alef behind; letters that marks bring along.

    `quotes` tells that guillemets cut their line, too: pypdf has them run from left to right; `letters` that lifted letters do, and of the marks
    only those that are lifted likewise; `blanks` that a stroke is a blank, behind the one that pypdf sets.
    """

    strokes: str = ""
    alefs: str = ""
    hamzas: Mapping[str, str] = {}
    brought: Mapping[str, str] = {}
    quotes: bool = True
    letters: bool = False
    blanks: bool = False


def candidates(text: str) -> Iterator[Signs]:
    """What the stray signs of a text may stand for, the plainest first; the words must tell which it is."""
    marked = not MARKS.isdisjoint(unusual(text))
    if marked and _is_followed(text):
        return
    strokes = _strokes(text)
    if strokes and _fills(text, strokes[0]):
        return
    brought = _brought_along(text) if marked else {}
    if strokes or marked:
        yield Signs("".join(strokes))
    if len(strokes) > 1:
        yield from map(Signs, strokes)
    if _blanks_cut(text):
        yield Signs(blanks=True)
    doubled = sum(map(text.count, _LIFTED_ALEFS)) if alefs_meet(text) else 0
    if brought or doubled >= _FEWEST:
        alefs = _often(_LIFTED, text, _FEWEST_ALEFS)
        yield Signs("".join(s for s in strokes if s not in alefs), "ا" + "".join(alefs), {}, brought)


def shows_none(text: str) -> bool:
    """Whether a text has no signs that tell, at a glance: neither strokes nor alefs that meet nor odd marks nor lifted letters nor blanks."""
    return not (UNKNOWN.shows(text) or alefs_meet(text) or _strokes(text) or has_lifted_letters(text) or _blanks_cut(text))


def _brought_along(text: str) -> dict[str, str]:
    """Letters that marks bring along, without those of the words themselves: tanwin's alef in most words that have it, others in all."""
    return {mark: letter for mark, letter in brought_letters(text).items() if not _is_own(text, letter + mark, _OWN if mark == FATHATAN else 1.0)}


def variants(text: str, signs: Signs) -> Iterator[Signs]:
    """The same signs with a stray sign that often stands before an alef read as its hamza, above or below; without quotes."""
    for sign in _lifting(text):
        if sign not in signs.hamzas:
            for letter in "أإ":
                yield signs._replace(strokes=signs.strokes.replace(sign, ""), hamzas={**signs.hamzas, sign: letter})
    if signs.quotes:
        yield signs._replace(quotes=False)


def _lifting(text: str) -> list[str]:
    """The signs that often stand before alefs."""
    found = Counter(m.group(1) for m in _LIFTING.finditer(text))
    # Brackets and quotation marks stand before other letters as often, where they are meant.
    among = {**{sign: _MOSTLY * text.count(sign) for sign in _OFTEN_MEANT}, " ": _DOUBLED * text.count("  ")}
    odd = [sign for sign, times in found.most_common() if times >= max(_FEWEST, among.get(sign, 0))]
    return odd[:_MOST_SIGNS]


def _often(pattern: re.Pattern[str], text: str, least: int) -> list[str]:
    tally = Counter(m.group(1) for m in pattern.finditer(text))
    return [sign for sign, times in tally.most_common(_MOST_SIGNS) if times >= least]


@lru_cache(maxsize=2)
def _strokes(text: str) -> tuple[str, ...]:
    """Signs that often stand between letters, words broken on their sides; remembered, since they are asked for in turn."""
    often = {sign for sign, times in signs_inside(text).items() if 2 * times > _FEWEST and _IS_SIGN.match(sign)}
    sides: dict[str, list[str]] = {}
    for match in _STROKE.finditer(text) if often else ():
        if match.group(1) not in often:
            continue
        # A word before is found from its end.
        before = _WORD.match(text[max(0, match.start() - _LONGEST_WORD) : match.start()][::-1])
        behind = _WORD.match(text, match.end())
        sides.setdefault(match.group(1), []).extend([before.group()[::-1], behind.group()] if before and behind else [])
    usual = Lexicon.load().usual
    broken = {sign: sum(word not in usual for word in words) for sign, words in sides.items()}
    found = sorted((-len(words), sign) for sign, words in sides.items() if len(words) > _FEWEST and broken[sign] >= _BROKEN * len(words))
    return tuple(sign for _, sign in found[:_MOST_SIGNS])


def _blanks_cut(text: str) -> bool:
    """Whether two blanks often stand within lines, beside what is no word."""
    if text.count("  ") < _FEW_BLANKS:
        return False
    sides = _BESIDE_BLANKS.findall(text)
    usual = Lexicon.load().usual
    return len(sides) >= max(_FEW_BLANKS, _A_LINE * text.count("\n")) and sum(plain(side) not in usual for side in sides) > _BROKEN * len(sides)


def _fills(text: str, sign: str) -> bool:
    """Whether the words that a sign stands in are mostly words without it: then it stretches them where they stand."""
    among = " ".join([part for part in text.split(" ") if sign in part])
    stretched = re.findall(f"{LETTER}+(?:{re.escape(sign)}+{LETTER}+)+", among)
    usual = Lexicon.load().usual
    return sum(word.replace(sign, "") in usual for word in stretched) > _WHOLE * len(stretched)


def _is_followed(text: str) -> bool:
    """Whether marks bring a letter behind them, or come twice: the damage of other readers, who put pieces in order."""
    near = near_marks(text)
    if len(_TWICE.findall(near)) >= _FEWEST_ALEFS:
        return True
    followed = _FOLLOWED.findall(near)
    if len(followed) < _FEWEST:
        return False
    behind: dict[str, Counter[str]] = {}
    for mark, letter in followed:
        behind.setdefault(mark, Counter())[letter] += 1
    return any(max(letters.values()) >= max(_FEWEST, _MOSTLY * letters.total()) for letters in behind.values())


def brought_letters(text: str) -> dict[str, str]:
    """Marks that nearly always stand behind one and the same letter, and that letter."""
    pairs = Counter(_MARKED.findall(near_marks(text)))
    total: Counter[str] = Counter()
    for (mark, _), times in pairs.items():
        total[mark] += times
    return {mark: letter for (mark, letter), times in pairs.items() if times > 1 and times >= _MOSTLY * total[mark]}


def _is_own(text: str, pair: str, least: float) -> bool:
    """Whether so many of the words with a letter and its mark are known: then the letter is their own, as in `شكراً`."""
    words = [_word_around(text, match.start()) for match in re.finditer(pair, text)]
    return sum(map(Lexicon.load().knows, words)) >= least * len(words)


def _word_around(text: str, at: int) -> str:
    """The plain word in which a place stands."""
    sides = _MARKED_BEFORE.search(text, max(0, at - _LONGEST_WORD), at), _MARKED_BEHIND.match(text, at)
    return plain("".join(side.group() for side in sides if side))


def _lifting_form(sign: str) -> str:
    return _SECOND_BLANK if sign == " " else re.escape(sign)


class Finder:
    """Finds the cuts and figures of lines of a text with these signs; `shown` is the text, same places, with signs read."""

    def __init__(self, text: str, signs: Signs) -> None:
        kinds = {
            "stroke": f"[{re.escape(signs.strokes)}]+{_NO_STOP}" if signs.strokes else _STROKE_OF_BLANKS if signs.blanks else "",
            "lifted": f"[{re.escape(signs.alefs)}]{_HAMZA} ?" if signs.alefs else "",
            "lifting": f"(?:{'|'.join(map(_lifting_form, signs.hamzas))})(?:ا|ل[اأ])" if signs.hamzas else "",
            "alef": f"[{re.escape(signs.alefs.strip('ا'))}](?={LETTER})" if len(signs.alefs) > 1 else "",
            "brought": "|".join(f".{letter}{mark}+ ?" for mark, letter in signs.brought.items()),
            "mark": "" if signs.letters else f"{MARK}+",
            "quote": _QUOTE if signs.quotes else "",
            "figure": FIGURE,
        }
        self._pattern = re.compile("|".join(f"(?P<{name}>{form})" for name, form in kinds.items() if form), re.MULTILINE)
        self._text, self._hamzas, self._letters = text, signs.hamzas, signs.letters
        self.shown = text
        if signs.hamzas or len(signs.alefs) > 1:
            self.shown = self._pattern.sub(self._read, text)

    def _read(self, match: re.Match[str]) -> str:
        if match.lastgroup == "lifting":
            return match.group()[:-1] + self._hamzas[match.group()[0]]
        return "ا" if match.lastgroup == "alef" else match.group()

    def cuts(self, start: int, end: int) -> Iterator[tuple[int, int, Cut | None]]:
        """Spans of figures and of glyphs that cut a line, in order; no cut means a figure."""
        at = start
        for match in self._pattern.finditer(self._text, start, end):
            yield from self._lifted(at, match.start())
            yield *match.span(), None if match.lastgroup == "figure" else self._cut(match)
            at = match.end()
        yield from self._lifted(at, end)

    def _lifted(self, start: int, end: int) -> Iterator[tuple[int, int, Cut]]:
        """Lifted letters and marks that cut a stretch without other cuts."""
        if self._letters and start < end:
            for a, b, first, last in lifted_letters(self._text, start, end):
                yield a, b, Cut(a, b, tuple(range(first, last)), sure=True)

    def _cut(self, match: re.Match[str]) -> Cut:
        start, end = match.span()
        places = [~i if self._text[i] == " " else i for i in range(start, end)]
        match match.lastgroup:
            case "stroke":
                return Cut(start, end, (), sure=not _STOP.match(self._text, start))
            case "lifted" | "lifting":
                return Cut(start, end, tuple(places[1:]), sure=True)
            case "brought":
                return Cut(start, end, (places[0], *places[2:]), sure=False)
            case "quote":
                return Cut(start, end, tuple(reversed(range(start, end))), sure=True, tells=False)
            case _:
                return Cut(start, end, tuple(places), match.lastgroup == "alef")
