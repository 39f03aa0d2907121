"""Numbers in figures and in words, as values with bounds; what they count is for `quantities` and `times`.

Grammar of the number words: W. Wright, A Grammar of the Arabic Language (3rd ed.), vol. I, §§ 318-337.
The words stand in number_words.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from pipeline.extract.tokens import Form, Token, key
from pipeline.lexicon import reader

_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_SEPARATED = re.compile(r"\d{1,3}(?:([.,٬،])\d{3})(?:\1\d{3})*(?:[.٫]\d+)?\Z")
_PLAIN = re.compile(r"\d+\Z")
_DECIMAL = re.compile(r"\d+[.,٫،ر]\d+\Z")
_PREFIXES = frozenset({"", "و", "ف", "ب", "ل", "وب", "ول", "فب", "فل", "ال", "وال", "بال", "لل", "فال", "وبال", "ولل"})
_LONGEST_COUNT = 8
_OF_HUNDRED = frozenset({"الميه", "المايه"})
_BY_HUNDRED = frozenset({"بالميه", "بالمايه"})


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number found: tokens[first:last], half-open document span without proclitics but for the article.

    `sort`: figure, words, ordinal, fraction (a bare half or third), one, two (which follow their noun), vague.
    `front`: its proclitics as fold. `other`: second reading of a figure such as `1.500`. `scale`: the
    thousand or million that multiplies it, 1 for none.
    """

    first: int
    last: int
    start: int
    end: int
    low: float
    high: float
    sort: str
    front: str = ""
    other: float | None = None
    scale: float = 1

    @property
    def definite(self) -> bool:
        return self.front.endswith(("ال", "لل"))

    @property
    def spelled(self) -> bool:
        return self.sort != "figure"


class _Word(NamedTuple):
    """What a form says as a number: class, value (bounds for vague ones), proclitics and how many letters of them
    stay outside the span, a figure's second reading."""

    sort: str
    low: float
    high: float
    front: str
    outside: int = 0
    other: float | None = None


class _Item(NamedTuple):
    """A number word or figure at token `at`; `joined` by و; `start` its offset without proclitics."""

    at: int
    start: int
    word: _Word
    joined: bool
    other: float | None


def find_numerals(tokens: Sequence[Token]) -> list[Numeral]:
    """Every number among the tokens of a sentence, longest reading first, left to right, not overlapping."""
    items = list(_items(tokens))
    found: list[Numeral] = []
    at = 0
    while at < len(items):
        numeral, at = _parse(tokens, items, at)
        if numeral is not None:
            found.append(numeral)
    return found


def parse_figure(text: str) -> tuple[float, float | None] | None:
    """Value of a figure in either script, with a second reading where a lone separator before three digits is unsure.

    Separators as in CLDR and in the press: `،` `,` `٬` group thousands, `.` `٫` cut decimals; `3.200` may be both.
    None for clock times, dates and telephone numbers. Tatweel and marks must be gone.
    """
    figure = text.translate(_WESTERN)
    if _PLAIN.match(figure):
        if len(figure) > _LONGEST_COUNT or (len(figure) > 2 and figure[0] == "0"):
            return None
        return float(figure), None
    grouped = _SEPARATED.match(figure)
    if grouped and figure[0] != "0":
        mark = grouped[1]
        whole = float(figure.replace(mark, "").replace("٫", "."))
        if mark == "." and figure.count(".") == 1:
            return whole, float(figure)
        return whole, None
    if _DECIMAL.match(figure):
        return float(re.sub("[,٫،ر]", ".", figure)), None
    return None


def offset_after(text: str, letters: int) -> int:
    """Offset in a marked word behind its first `letters` letters and their marks."""
    seen = 0
    for offset, character in enumerate(text):
        mark = "\u064b" <= character <= "\u065f" or character in "\u0640\u0670"
        if not mark:
            if seen == letters:
                return offset
            seen += 1
    return len(text)


def number_word(form: Form) -> _Word | None:
    """The number word or figure behind a spelling, cached."""
    if form.numeral is None:
        form.numeral = (_word(form) if form.kind == "word" else _figure(form)) or False
    return form.numeral or None


def _word(form: Form) -> _Word | None:
    """The number word of a spelling: `ميتا`, a name, folds like مئتا and `وأحد` like واحد; hamza tells them apart."""
    word = _SURFACES.get(form.fold)
    if word is not None and word.sort == "one" and any(seat in form.norm for seat in "أإآ"):
        return None
    if word is not None and form.fold.startswith("مي", len(word.front)) and "ئ" not in form.norm:
        return None
    return word


def _figure(form: Form) -> _Word | None:
    value = parse_figure(form.text) if form.kind == "number" else None
    return _Word("figure", value[0], value[0], "", 0, value[1]) if value else None


def _load() -> dict[str, _Word]:
    """Number words with every proclitic that they take."""
    surfaces: dict[str, _Word] = {}
    for row in reader.rows("number_words"):
        low, _, high = row["value"].partition("-")
        bounds = float(Fraction(low)), float(Fraction(high or low))
        stem = key(row["word"])
        for front in _PREFIXES:
            surfaces.setdefault(front + stem, _Word(row["class"], *bounds, front, letters_outside(front)))
    return surfaces


def letters_outside(front: str) -> int:
    """Letters of proclitics that stay outside a span: all but the article (`وال` 1, `لل` 1)."""
    return len(front) - 2 if front.endswith("ال") else len(front) - 1 if front.endswith("لل") else len(front)


def _items(tokens: Sequence[Token]) -> Iterator[_Item]:
    for at in [n for n, token in enumerate(tokens) if token.form.numeral is not False]:
        token = tokens[at]
        word = number_word(token.form)
        if word is None:
            continue
        if word.sort == "figure":
            front = _glued_front(tokens, at)
            if front is not None:
                yield _Item(at, token.start, word._replace(front=front), front[:1] == "و", word.other)
        elif not _is_percent(tokens, at):
            start = token.start + (offset_after(token.text, word.outside) if word.outside else 0)
            yield _Item(at, start, word, word.front[:1] == "و", None)


def _is_percent(tokens: Sequence[Token], at: int) -> bool:
    """The hundred of `في المئة` and `بالمئة` is a unit."""
    fold = tokens[at].fold
    return fold in _BY_HUNDRED or (fold in _OF_HUNDRED and at > 0 and tokens[at - 1].fold == "في")


def _glued_front(tokens: Sequence[Token], at: int) -> str | None:
    """Proclitics that end where a figure begins (`و40`, `الـ48`); None where the figure is part of a name (`تي72`).

    A و with a blank behind it (`18 و 22`) still joins; a longer word glued to a figure only lost its blank.
    """
    before = tokens[at - 1] if at else None
    if before is None or (before.end != tokens[at].start and before.fold != "و"):
        return ""
    if before.kind == "word":
        return before.fold if before.fold in _PREFIXES else None if len(before.fold) < 4 else ""
    if before.kind == "latin" or before.text in "+#@_":
        return None
    if before.text in "-–" and at > 1 and before.start == tokens[at - 2].end and tokens[at - 2].kind != "number":
        return None
    return ""


class _Reading:
    """A number being read: sum of what scales closed, the open group below a thousand, and how far it may grow."""

    def __init__(self, item: _Item) -> None:
        word = item.word
        self.total_low = self.total_high = 0.0
        self.group: tuple[float, float] | None = (word.low, word.high)
        self.limit = float("inf")
        self.scale = 1.0
        self.sort = word.sort
        self.last = word.sort
        self.closed = False
        if word.sort in _SCALES:
            high = word.high * 10 - 1 if word.sort == "scale_plural" else word.high
            low = word.low * 2 if word.sort == "scale_plural" else word.low
            self._close(low, high, word.low if word.sort != "scale_dual" else word.low / 2)
            self.sort = "vague" if word.sort == "scale_plural" else "words"

    @property
    def bounds(self) -> tuple[float, float]:
        group = self.group or (0.0, 0.0)
        return self.total_low + group[0], self.total_high + group[1]

    def take(self, item: _Item) -> bool:
        """Add the next word if the grammar lets it; False where the number ends before it."""
        if self.closed:
            return False
        taken = self._joined(item.word) if item.joined else self._juxtaposed(item.word)
        if taken:
            self.last = item.word.sort
        return taken

    def _close(self, low: float, high: float, scale: float) -> None:
        self.total_low += low
        self.total_high += high
        self.group = None
        self.limit = self.scale = scale

    def _juxtaposed(self, word: _Word) -> bool:
        sort = word.sort
        if sort == "ten" and self.group is not None:
            return self._teen()
        if sort == "hundred" and word.low == 100 and self.last == "unit" and self.group is not None:
            self.group = (self.group[0] * 100, self.group[1] * 100)
            return True
        if sort == "vague" and self.last == "several" and self.group is not None:
            step = 10.0 if word.low < 100 else 100.0
            self.group = (self.group[0] * step, (self.group[1] + 1) * step - 1)
            self.sort = "vague"
            return True
        if sort in _SCALES:
            return self._multiply(word)
        return False

    def _teen(self) -> bool:
        if self.group is None or self.last not in ("unit", "first", "two", "one", "several", "ordinal", "ordinal_first"):
            return False
        self.group = (self.group[0] + 10, self.group[1] + 10)
        self.sort = {"ordinal_first": "ordinal", "ordinal": "ordinal", "several": "vague"}.get(self.sort, "words")
        return True

    def _multiply(self, word: _Word) -> bool:
        scale = word.low / 2 if word.sort == "scale_dual" else word.low
        if word.sort == "scale_dual" and self.last not in ("ten", "tens", "figure"):
            return False
        if self.group is None:
            return self._multiply_closed(word, scale)
        if scale >= self.limit or self.last in ("ordinal", "one", "two", "first", "ordinal_first"):
            return False
        low, high = self.group
        if low != high:
            self._close(low * scale, (high + 1) * scale - 1, scale)
            self.sort = "vague"
        else:
            self._close(low * scale, high * scale, scale)
            self.sort = "figure" if self.sort == "figure" else "words"
        return True

    def _multiply_closed(self, word: _Word, scale: float) -> bool:
        """`ألف مليون`; `مليون ونصف المليون` repeats its scale, which says nothing new."""
        if self.last == "fraction" and scale == self.scale:
            self.closed = True
            return True
        if word.sort == "scale" and self.total_low == self.limit < scale:
            self.total_low *= scale
            self.total_high *= scale
            self.limit = self.scale = scale
            return True
        return False

    def _joined(self, word: _Word) -> bool:
        sort = word.sort
        if sort == "fraction":
            return self._add_fraction(word.low)
        if self.group is None:
            return self._after_scale(word)
        if self.sort in ("figure", "vague") or word.front not in ("و", "وال"):
            return False
        low, high = self.group
        fits = (
            (sort == "tens" and self.last in ("unit", "one", "two", "first", "ordinal", "ordinal_first", "several"))
            or (low % 100 == 0 and self.last in ("hundred", "scale") and word.low < 100 and sort in _SMALL)
        )  # fmt: skip
        if not fits:
            return False
        self.group = (low + word.low, high + word.high)
        self.sort = {"ordinal_first": "ordinal", "ordinal": "ordinal"}.get(self.sort, "words")
        return True

    def _add_fraction(self, part: float) -> bool:
        if self.sort == "vague" or self.last in ("ordinal", "fraction"):
            return False
        self.total_low += part * self.scale
        self.total_high += part * self.scale
        return True

    def _after_scale(self, word: _Word) -> bool:
        if self.sort == "vague" or word.low >= self.limit or word.sort not in _ADDABLE:
            return False
        if word.sort in ("scale", "scale_dual"):
            self._close(word.low, word.high, word.low if word.sort == "scale" else word.low / 2)
        else:
            self.group = (word.low, word.high)
        return True


_SURFACES = _load()
_SMALL = frozenset({"unit", "one", "two", "first", "ten", "tens"})
_ADDABLE = _SMALL | {"figure", "hundred", "scale", "scale_dual"}
_SCALES = frozenset({"scale", "scale_plural", "scale_dual"})
_WORDS = frozenset({"unit", "ten", "tens", "hundred", "scale"})
_ALONE = frozenset({"one", "two", "first", "fraction"})
_STARTERS_THAT_NEED_MORE = frozenset({"first", "ordinal_first"})


def _parse(tokens: Sequence[Token], items: Sequence[_Item], at: int) -> tuple[Numeral | None, int]:
    """The number that starts at items[at], and the index of the first item behind it."""
    first = items[at]
    reading = _Reading(first)
    last = first
    following = at + 1
    settled: tuple[_Item, tuple[float, float], int] | None = None
    while following < len(items):
        item = items[following]
        opens = item.joined and reading.group is None
        before = (last, reading.bounds, following)
        if not _adjacent(tokens, last, item):
            break
        if not reading.take(item):
            # `10 آلاف و15 ألف`: what seemed to go on with the first number opened a second one
            if settled and item.word.sort in _SCALES and not item.joined:
                return _numeral(tokens, first, settled[0], reading, settled[1]), settled[2]
            break
        settled = before if opens else settled
        last = item
        following += 1
    return _numeral(tokens, first, last, reading, reading.bounds), following


def _numeral(tokens: Sequence[Token], first: _Item, last: _Item, reading: _Reading, bounds: tuple[float, float]) -> Numeral | None:
    """What was read from first to last as a number; None for a word that is only the start of one (`أحد`)."""
    low, high = bounds
    if last is first and first.word.sort in _STARTERS_THAT_NEED_MORE:
        return None
    sort = reading.sort
    if last is first and _is_dual_scale(tokens, first):
        low, high, sort = 2 * low, 2 * high, "words"
    if last is first and sort == "several":
        sort = "vague"
    if sort in _WORDS or (last is not first and sort in _ALONE):
        sort = "words"
    return Numeral(
        first=first.at,
        last=last.at + 1,
        start=first.start,
        end=tokens[last.at].end,
        low=_round(low),
        high=_round(high),
        sort=sort,
        front=first.word.front,
        other=first.other if last is first else None,
        scale=reading.scale,
    )


def _is_dual_scale(tokens: Sequence[Token], item: _Item) -> bool:
    """`ألفا شخص` is two thousand in construct, `ألفًا` and `ألفا` at a stop one thousand in the accusative."""
    token = tokens[item.at]
    if item.word.sort != "scale" or not token.fold.endswith("ا") or "\u064b" in token.text:
        return False
    ahead = tokens[item.at + 1] if item.at + 1 < len(tokens) else None
    return ahead is not None and ahead.kind == "word" and not ahead.fold.startswith("و") and len(ahead.fold) > 2


def _adjacent(tokens: Sequence[Token], last: _Item, item: _Item) -> bool:
    """Next token, or the token behind a lone و; other prepositions begin a new number."""
    if item.word.front not in ("", "و", "ال", "وال"):
        return False
    if item.at == last.at + 1:
        return True
    return item.at == last.at + 2 and item.joined and tokens[item.at - 1].fold == "و"


def _round(value: float) -> float:
    """Without the noise of thirds of a million."""
    return round(value, 6)
