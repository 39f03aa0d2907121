"""Figures: every number that counts or measures something, with bounds, qualifier, unit and kind.

Numbers are read by `numerals`, what they count by `units`, what befell it by `figure_kinds`; here they are put
together by the rules of shared/gold/GUIDE.md, and numbers that count nothing (models, resolutions, clock times,
ordinals, scores) are left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.figure_kinds import INCLUSIONS, REACH, CueAt, find_cues, kind_of_people
from pipeline.extract.model import Document, Gap, Quantity, Sentence, Time
from pipeline.extract.morphology import analyse
from pipeline.extract.numerals import Numeral, find_numerals, number_word
from pipeline.extract.times import names_month
from pipeline.extract.tokens import PRIVATE, Token, key
from pipeline.extract.units import PERCENT_SIGNS, Unit, agrees, is_plural, is_stop_word, noun_at, unit_behind, unit_from
from pipeline.lexicon import reader

_DASHES = frozenset("-–—−")
_LONGEST_PHRASE = 5
_AFTER_REACH = 7
_REACH_OF_UNKNOWN = 3  # an unknown noun may be no people at all
_OTHERS = frozenset({"آخر", "أخرى"})
_FAR_COUNT = 12  # words from `تجاوزت كلفة …` to its figure
_MEMORY = 8  # figures back that `بينهم` may lean on
_YEARS = range(1900, 2036)


@dataclass(slots=True)
class _Figure:
    """A number with its bounds after ranges were joined: tokens[first:last], document span."""

    first: int
    last: int
    start: int
    end: int
    low: float
    high: float
    numeral: Numeral
    dashed: bool = False


def find_quantities(document: Document, sentence: Sentence, tokens: Sequence[Token], times: Sequence[Time] = ()) -> list[Quantity]:
    """The figures of a sentence in text order.

    `tokens`: the sentence's, from tokens.tokenize. `times`: the document's or sentence's calendar expressions, whose
    numbers are no quantities. document.decoded and document.gaps give the decoded and stripped ones.
    """
    numerals = find_numerals(tokens)
    gaps = [gap for gap in document.gaps if sentence.start <= gap.start and gap.end <= sentence.end] if document.gaps else []
    if PRIVATE.search(sentence.text):
        gaps += [Gap(t.start, t.end, None, None, "not decoded") for t in tokens if t.form.kind == "private"]
    if not numerals and not gaps:
        return []
    taken = sorted((time.start, time.end) for time in times if time.start < sentence.end and time.end > sentence.start)
    rows = _Rows(document, sentence, tokens, taken)
    multiplied = {gap.start: scale for gap in gaps if (scale := _scale_of_gap(tokens, numerals, gap))}
    spoken = [numeral for numeral in numerals if numeral not in multiplied.values()]
    for item in _in_order(tokens, spoken, gaps, taken):
        if isinstance(item, Gap):
            rows.add_gap(item, multiplied.get(item.start))
        else:
            rows.add_figure(item)
    return rows.found


class _Rows:
    """Collects the quantities of one sentence; elliptical numbers look back at those before them."""

    def __init__(
        self, document: Document, sentence: Sentence, tokens: Sequence[Token],
        times: Sequence[tuple[int, int]],
    ) -> None:  # fmt: skip
        self.found: list[Quantity] = []
        self._document = document
        self._sentence = sentence
        self._tokens = tokens
        self._times = times
        self._last_unit: Unit | None = None
        self._opened: list[int] = []
        self._found_cues: list[CueAt] | None = None
        self._cued_tokens: frozenset[int] | None = None

    @property
    def _cues(self) -> list[CueAt]:
        """Only figures of people need them."""
        if self._found_cues is None:
            self._found_cues = find_cues(self._tokens)
        return self._found_cues

    @property
    def _cued(self) -> frozenset[int]:
        if self._cued_tokens is None:
            self._cued_tokens = frozenset([cue.at for cue in self._cues])
        return self._cued_tokens

    def add_figure(self, figure: _Figure) -> None:
        tokens, numeral = self._tokens, figure.numeral
        postposed = numeral.sort in ("one", "two") or numeral.definite
        unit = (_noun_in_front(tokens, figure) if postposed else None) or unit_behind(tokens, figure.last, numeral)
        qualifier, from_token = _qualifier_before(tokens, figure.first)
        if _is_uncounted(tokens, figure, unit or _unit_of_whole(tokens, figure), qualifier):
            return
        last = unit.last if unit else figure.last
        own = unit
        if unit is None:
            unit = self._told_unit(figure.first, figure)
            if unit is None and _is_bare(tokens, figure, qualifier, self._cued) and not self._goes_on_in_brackets(figure):
                return
            unit = unit or self._repeated_unit(figure.first)
        low, high = _second_reading(figure, unit)
        qualifier = qualifier or _qualifier_after(tokens, last) or "exactly"
        bounds = _bounds(low, high, qualifier)
        kind = self._kind(min(from_token, figure.first), last, unit, own is None, numeral.sort == "vague")
        if numeral.sort == "one" and unit is not None and unit.kind == "households":
            kind = "civilians"  # `ثلاثة من أسرة واحدة`: the three were killed
        status, confidence = self._status(figure)
        self._add(figure.start, figure.end, status, bounds, qualifier, unit, kind, confidence)
        self._opened.append(figure.first)
        self._last_unit = own or self._last_unit

    def add_gap(self, gap: Gap, numeral: Numeral | None) -> None:
        """A missing figure; `numeral` is the thousand or million that it multiplied (`بنحو  ألف شخص`)."""
        tokens = self._tokens
        at = _token_of_gap(tokens, gap)
        unit = unit_behind(tokens, numeral.last if numeral else at, None)
        if unit is not None and unit.noun is None and unit.kind == "other" and (gap.low is None or unit.last > at + 2):
            unit = None
        first = _before_left_overs(tokens, at)
        if _counts_nothing(tokens, first, at, unit, self._times, gap):
            return
        qualifier, from_token = _qualifier_before(tokens, first)
        last = unit.last if unit else numeral.last if numeral else at
        qualifier = qualifier or _qualifier_after(tokens, last) or "exactly"
        own = unit
        unit = unit or self._told_unit(at) or self._repeated_unit(at)
        kind = self._kind(min(from_token, at), last, unit, own is None)
        scale = numeral.scale if numeral else 1
        low, high = (None if bound is None else bound * scale for bound in (gap.low, gap.high))
        self._add(gap.start, gap.end, "stripped", _bounds(low, high, qualifier), qualifier, unit, kind, 0.7)
        self._last_unit = own or self._last_unit

    def _add(
        self, start: int, end: int, status: str, bounds: tuple[float | None, float | None], qualifier: str,
        unit: Unit | None, kind: str | None, confidence: float,
    ) -> None:  # fmt: skip
        text = self._document.text[start:end]
        self.found.append(
            Quantity(
                self._sentence.sentence_no, start, end, text, status, bounds[0], bounds[1], qualifier,
                unit.text if unit else None, kind or "other", confidence,
                unit.start if unit else None, unit.end if unit else None,
            )
        )  # fmt: skip

    def _kind(self, first: int, last: int, unit: Unit | None, elliptical: bool, vague: bool = False) -> str | None:
        inherited = next((q.kind for q in reversed(self.found[-_MEMORY:]) if q.kind not in _THINGS), None)
        noun_kind = unit.kind if unit and (unit.noun or unit.kind in _THINGS - {"other"}) else None
        if elliptical and unit and unit is self._last_unit:
            if noun_kind in _THINGS - {"other"} and first and self._tokens[first - 1].fold in _WHOLES:
                return noun_kind
            told = kind_of_people(self._tokens, self._cues, first, last, None, inherited)
            return told or (inherited if noun_kind not in _THINGS else noun_kind)
        if elliptical and unit and noun_kind in _STANDING:
            return _STANDING[noun_kind]
        others = unit is not None and unit.noun is not None and unit.noun.singular in _OTHERS
        if others and self._last_unit and self._last_unit.kind in _THINGS and first - 1 not in self._cued:
            return self._last_unit.kind
        if noun_kind in _THINGS - {"sources"}:
            return noun_kind
        unknown = unit is not None and noun_kind is None
        reach = _REACH_OF_UNKNOWN if unknown else REACH
        kind = kind_of_people(self._tokens, self._cues, first, last, noun_kind, inherited, reach)
        return kind or ("civilians" if vague and unit is None else None)

    def _told_unit(self, first: int, figure: _Figure | None = None) -> Unit | None:
        """The noun that a bare number follows, or the one behind `عدد`."""
        if figure is not None and (noun := _noun_in_front(self._tokens, figure)):
            return noun
        if figure is not None and (noun := _unit_of_whole(self._tokens, figure)):
            return noun
        return _noun_of_count(self._tokens, first)

    def _repeated_unit(self, first: int) -> Unit | None:
        """What the number before it counted; None where a cue governs the number itself (`نزوح عشرات الآلاف`)."""
        return None if first - 1 in self._cued else self._last_unit

    def _goes_on_in_brackets(self, figure: _Figure) -> bool:
        """`حاجز المليحة (42 حالة)، وحاجز القطيفة (31)`: a number alone in brackets counts what the one in brackets before it did."""
        tokens = self._tokens
        alone = figure.first > 0 and figure.last < len(tokens) and (tokens[figure.first - 1].text, tokens[figure.last].text) == ("(", ")")
        return alone and self._last_unit is not None and any(tokens[at - 1].text == "(" for at in self._opened if at)

    def _status(self, figure: _Figure) -> tuple[str, float]:
        for start, end, confidence in self._document.decoded:
            if start < figure.end and end > figure.start:
                return "decoded", confidence
        return ("spelled", 0.95) if figure.numeral.spelled else ("stated", 0.97)


# What people counted by `عددهم` are, whatever befell others in the sentence.
_STANDING = {"people": "civilians", "fighters": "fighters"}
_WHOLES = frozenset({"اصل", "مجموع", "اجمالي"})
_THINGS = frozenset(
    {"weapons", "vehicles", "aircraft", "strikes", "places", "states", "sources", "duration", "distance", "area"}
    | {"weight", "money", "percent", "other"}
)


def _in_order(tokens: Sequence[Token], numerals: Sequence[Numeral], gaps: Sequence[Gap], taken: Sequence[tuple[int, int]]) -> Iterator[_Figure | Gap]:
    figures = [f for f in _ranges(tokens, numerals) if not _overlaps(f.start, f.end, taken)]
    missing = [g for g in gaps if not _overlaps(g.start, max(g.end, g.start + 1), taken)]
    items: list[_Figure | Gap] = [*figures, *missing]
    yield from sorted(items, key=lambda item: item.start)


def _token_of_gap(tokens: Sequence[Token], gap: Gap) -> int:
    """Index of the first token at or behind a gap that is no glyph, bracket or left-over separator in it."""
    at = next((i for i, t in enumerate(tokens) if t.end > gap.start), len(tokens))
    while at < len(tokens) and tokens[at].end <= gap.end and (tokens[at].kind == "private" or tokens[at].text in "()[],.،٬٫:/-"):
        at += 1
    return at


def _scale_of_gap(tokens: Sequence[Token], numerals: Sequence[Numeral], gap: Gap) -> Numeral | None:
    """The bare thousand or million behind a gap: left alone it would read as a number of its own."""
    at = _token_of_gap(tokens, gap)
    for numeral in numerals:
        if numeral.first == at and numeral.scale > 1 and numeral.low in (numeral.scale, 2 * numeral.scale):
            return numeral
    return None


def _before_left_overs(tokens: Sequence[Token], at: int) -> int:
    """Index of the first separator that the digits left behind (`لا تتجاوز . كيلومتر`, `الساعة : صباحا`), or `at`."""
    while at > 0 and (tokens[at - 1].kind == "private" or tokens[at - 1].text in ".,٫٬،:/-"):
        at -= 1
    return at


def _counts_nothing(tokens: Sequence[Token], first: int, at: int, unit: Unit | None, times: Sequence[tuple[int, int]], gap: Gap) -> bool:
    """Whether the missing figure was part of a name or a date (`القرار  الصادر`, `تشرين الأول ، `, `ومنذ عام  قُتل`)."""
    if at < len(tokens) and (names_month(tokens[at].form) or _opens_missing_range(tokens, first, at)):
        return True
    before = tokens[first - 1] if first else None
    counted = unit is not None and (unit.noun is not None or unit.kind == "percent")
    if before is None:
        return not counted
    if _is_label(before) == "model" or (not counted and _is_label(before)):
        return True
    if counted:
        return False
    dated = names_month(before.form) or _overlaps(gap.start - 3, gap.start, times)
    return dated or before.fold.lstrip("ولب") in ("عام", "سنه", "العام", "السنه") or _is_definite_singular(before)


def _opens_missing_range(tokens: Sequence[Token], first: int, at: int) -> bool:
    """The first figure of `تتراوح بين  و% `: the row stands for the second, both bounds are unknown."""
    return tokens[at].norm == "و" and first > 0 and tokens[first - 1].fold == "بين"


def _overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a span touches one of many that are in order and apart."""
    at = bisect_left(spans, (end, -1)) - 1
    return at >= 0 and spans[at][1] > start


def _ranges(tokens: Sequence[Token], numerals: Sequence[Numeral]) -> Iterator[_Figure]:
    """Numbers, two that bound a range as one (`بين 30 و40`, `5 إلى 7`, `30-40 ألفا`)."""
    at = 0
    while at < len(numerals):
        one = numerals[at]
        two = numerals[at + 1] if at + 1 < len(numerals) else None
        if two is not None and (dashed := _is_range(tokens, one, two)) is not None:
            low = one.low * (two.scale if one.scale == 1 and one.low * two.scale <= two.low else 1)
            yield _Figure(one.first, two.last, one.start, two.end, low, two.high, two, dashed)
            at += 2
            continue
        yield _Figure(one.first, one.last, one.start, one.end, one.low, one.high, one)
        at += 1


def _is_range(tokens: Sequence[Token], one: Numeral, two: Numeral) -> bool | None:
    """True or False (a dash joins them or not) for a range, None for two numbers."""
    if "ordinal" in (one.sort, two.sort) or "fraction" in (one.sort, two.sort):
        return None
    if one.low * max(1, two.scale if one.scale == 1 else 1) > two.high:
        return None
    between = tokens[one.last : two.first]
    words = [t.fold for t in between if t.text not in PERCENT_SIGNS]
    front = [t.fold for t in tokens[max(0, one.first - 3) : one.first]]
    if words in (["-"], ["–"], ["—"]) and one.low < two.high:
        return True
    if words in (["الي"], ["حتي"], ["او"]) or (words == [] and two.front == "او"):
        changed = front[-1:] == ["من"] and any(t.fold in _CHANGES for t in tokens[max(0, one.first - 9) : one.first])
        return None if changed else False
    joined = two.front == "و" and (words in ([], ["و"]) or _same_noun(tokens, one, two))
    return False if joined and any(w.removeprefix("و") in ("بين", "مابين") for w in front[-2:]) else None


def _same_noun(tokens: Sequence[Token], one: Numeral, two: Numeral) -> bool:
    """`بين 30 قتيلا و40 قتيلا`, `بين 10 في المئة و15 في المئة`."""
    first, second = unit_behind(tokens, one.last, one), unit_behind(tokens, two.last, two)
    glued = bool(first) and first is not None and first.last in (two.first, two.first - 1)
    return glued and first is not None and second is not None and first.kind == second.kind


def _second_reading(figure: _Figure, unit: Unit | None) -> tuple[float, float]:
    """`3.200 أسرة` is three thousand, `1.500 كيلومتر` one and a half: only measures have decimals of three digits."""
    other = figure.numeral.other
    measured = unit is not None and unit.kind in ("distance", "area", "weight", "percent", "money")
    if other is not None and (measured or figure.numeral.scale > 1) and figure.low == figure.high:
        return other, other
    return figure.low, figure.high


def _bounds(low: float | None, high: float | None, qualifier: str) -> tuple[float | None, float | None]:
    if qualifier in ("at_least", "more_than"):
        return low, None
    if qualifier in ("at_most", "less_than", "up_to"):
        return None, high
    return low, high


def _qualifier_before(tokens: Sequence[Token], first: int) -> tuple[str | None, int]:
    """The qualifier whose phrase ends right before tokens[first], and where the phrase begins."""
    if first and tokens[first - 1].fold in ("ب", "ال", "بال", "ل") and tokens[first - 1].kind == "word":
        first -= 1
    if first and not any(stem in _LAST_OF_BEFORE for stem in _stems(tokens[first - 1])):
        return _qualifier_of_count(tokens, first), first
    joined = first < len(tokens) and tokens[first].fold.startswith("و")  # `20 على الأقل ومئات`
    for length in range(min(_LONGEST_PHRASE, first), 0, -1):
        phrase = tokens[first - length : first]
        rest = tuple(token.fold for token in phrase[1:])
        for stem in _stems(phrase[0]):
            known = _BEFORE.get((stem, *rest))
            if known and not (joined and (stem, *rest) in _AFTER):
                return known, first - length
    return _qualifier_of_count(tokens, first), first


def _qualifier_of_count(tokens: Sequence[Token], first: int) -> str | None:
    """The verb before the noun whose number it bounds: `تجاوز عدد القتلى 500`, `لا يزيد عدد سكانها على مليون`."""
    preposition = tokens[first - 1].fold if first else ""
    for at in range(first - 2, max(-1, first - _FAR_COUNT), -1):
        if tokens[at].kind in ("mark", "number"):
            return None
        if tokens[at + 1].fold in _COUNTS:
            negation = tokens[at - 1].fold.removeprefix("و") if at else ""
            verbs = _stems(tokens[at])
            phrases = [(negation, tokens[at].fold), *((verb,) for verb in verbs)]
            known = [(*phrase, preposition) for phrase in phrases] + phrases
            return next((_BEFORE[phrase] for phrase in known if phrase in _BEFORE), None)
    return None


def _qualifier_after(tokens: Sequence[Token], last: int) -> str | None:
    """The qualifier that follows number and noun (`34 مدنيا على الأقل`), before the next number or full stop."""
    for at in range(last, min(len(tokens), last + _AFTER_REACH)):
        token = tokens[at]
        if token.text in ".؛:" or token.fold in INCLUSIONS or number_word(token.form):
            return None
        for length in range(4, 0, -1) if token.fold in _FIRST_OF_AFTER else ():
            known = _AFTER.get(tuple(t.fold for t in tokens[at : at + length]))
            if known:
                return known
    return None


def _stems(token: Token) -> list[str]:
    """A phrase's first word with and without proclitics (`بنحو`, `وأكثر`)."""
    return [token.fold, *(a.stem for a in analyse(token.form)[1:] if not a.enclitic and a.proclitics[-1:] in "وفبل")]


def _is_uncounted(tokens: Sequence[Token], figure: _Figure, unit: Unit | None, qualifier: str | None) -> bool:
    """Whether the number only names, dates or orders something."""
    numeral = figure.numeral
    if numeral.sort in ("ordinal", "fraction"):
        return True
    if figure.dashed and unit is None:
        return True
    if numeral.sort == "one":
        return not _follows_noun(tokens, figure)
    if numeral.sort == "two":
        return numeral.definite
    if qualifier is not None:
        return False
    if _is_list_number(tokens, figure) or _is_in_date(tokens, figure) or _is_year(tokens, figure, unit):
        return True
    return _is_name(tokens, figure, unit)


def _is_list_number(tokens: Sequence[Token], figure: _Figure) -> bool:
    ahead = tokens[figure.last].text if figure.last < len(tokens) else ""
    short = figure.numeral.sort == "figure" and figure.numeral.scale == 1 and figure.low < 100
    return short and figure.first == 0 and ahead in (".", "-", ")", "–")


def _is_year(tokens: Sequence[Token], figure: _Figure, unit: Unit | None) -> bool:
    """`مواليد 1989 أصيل المنطقة`: four digits like a year's that no known noun follows."""
    plain = figure.numeral.sort == "figure" and figure.numeral.scale == 1 and figure.low == figure.high
    year = plain and figure.low in _YEARS and len(tokens[figure.first].text) == 4
    return year and (unit is None or (unit.noun is None and unit.kind == "other"))


def _is_in_date(tokens: Sequence[Token], figure: _Figure) -> bool:
    """`ملعب 15 أكتوبر`, `يوم 24 منه`: a day whose date is a name or stands elsewhere."""
    if figure.numeral.sort != "figure" or not 1 <= figure.low <= 31:
        return False
    if figure.last < len(tokens) and names_month(tokens[figure.last].form):
        return True
    return figure.first > 0 and tokens[figure.first - 1].fold in ("يوم", "يومي", "ليله") and figure.numeral.sort == "figure"


def _is_name(tokens: Sequence[Token], figure: _Figure, unit: Unit | None) -> bool:
    """`ميغ 23`, `القرار 2254`, `الفرقة 16`, `حي الأربعين`: the number is part of a name."""
    if not figure.first:
        return False
    numeral = figure.numeral
    before = tokens[figure.first - 1]
    if before.fold in ("عيار", "العيار", "بعيار"):
        return True  # `رشاشات من عيار 12,7 ملم`
    if before.fold in ("ال", "رقم") and figure.first > 1:
        before = tokens[figure.first - 2] if before.fold == "ال" else before
    counted = bool(unit and unit.kind == "percent")
    match = noun_at(tokens[figure.last]) if figure.last < len(tokens) else None
    if match is not None and match.analysis.proclitics == "":
        counted = counted or agrees(numeral, match)
    elif unit is not None and unit.noun is None and unit.kind != "percent":
        # 11 to 99 take an accusative (`16 مشتبها فيه`); behind other numbers only a written tanwin tells one.
        accusative = tokens[figure.last].norm.endswith("ا")
        counted = accusative and ("\u064b" in tokens[figure.last].text or (numeral.sort == "figure" and 11 <= numeral.low % 100 <= 99))
    if counted:
        return False
    if before.kind == "latin":
        return unit is None
    label = _is_label(before)
    if label and (numeral.sort == "figure" or numeral.definite):
        return True
    if numeral.sort == "words" and numeral.definite and numeral.scale == 1:
        return unit is None and _noun_in_front(tokens, figure) is None
    return numeral.sort == "figure" and unit is None and _is_definite_singular(before)


def _is_label(token: Token) -> str | None:
    """Which sort of name a word opens: model (`ميغ`) or label (`القرار`); None for others."""
    if token.kind != "word":
        return None
    if token.fold in _MODELS:
        return "model"
    for analysis in analyse(token.form):
        if analysis.stem in _MODELS and analysis.proclitics in ("و", "ب", "ل", "وب", "ال"):
            return "model"
        if analysis.stem in _LABELS and not analysis.enclitic:
            return "label"
    return None


def _is_definite_singular(token: Token) -> bool:
    if token.kind != "word" or not token.norm.removeprefix("و").startswith(("ال", "بال", "لل")):
        return False
    match = noun_at(token)
    return match is None or match.number == "singular"


def _is_bare(tokens: Sequence[Token], figure: _Figure, qualifier: str | None, cued: Container[int]) -> bool:
    """A figure without noun, qualifier or a word that leads to a count: more likely a name than a number."""
    if qualifier is not None or figure.numeral.sort == "vague" or figure.numeral.scale > 1:
        return False
    ahead = [token.norm for token in tokens[figure.last : figure.last + 2] if token.text != ")"][:1]
    if ahead and ahead[0] in _COUNTED_BEFORE:
        return False
    if not figure.first:
        return True
    before = tokens[figure.first - 1]
    if figure.first - 1 in cued:
        return False
    if ahead and ahead[0] in _DASHES:
        return True
    return not (before.kind == "word" and any(stem in _LEADS for stem in _stems(before)))


def _follows_noun(tokens: Sequence[Token], figure: _Figure) -> bool:
    """`يوم واحد`, `مدنيا واحدا`; not `كل واحد`, `واحد من`, `في آن واحد`."""
    if not figure.first or figure.numeral.definite or figure.numeral.front:
        return False
    before = tokens[figure.first - 1]
    ahead = tokens[figure.last].norm if figure.last < len(tokens) else ""
    if before.kind != "word" or ahead in ("من", "منهم", "منها", "تلو", "واحدا", "واحدة", "واحد") or is_stop_word(before):
        return False
    if before.fold in _IDIOMS_OF_ONE or number_word(before.form):
        return False
    match = noun_at(before)
    return match.number == "singular" if match else len(before.norm) > 2 and not before.norm.startswith("ال")


def _noun_in_front(tokens: Sequence[Token], figure: _Figure) -> Unit | None:
    """The noun that a number follows as its adjective: `يوم واحد`, `مسلحين اثنين`, `الدول الخمس`."""
    if not figure.first:
        return None
    at = figure.first - 1
    if tokens[at].fold in ("ال", "الـ") and at:
        at -= 1
    before, numeral = tokens[at], figure.numeral
    if before.kind != "word" or is_stop_word(before) or number_word(before.form):
        return None
    match = noun_at(before)
    if numeral.sort == "one":
        return unit_from(before, figure.last)
    if numeral.sort == "two":
        fits = match.number in ("dual", "plural") if match else before.norm.endswith(("ين", "ان"))
        return unit_from(before, figure.last) if fits else None
    definite = numeral.definite or tokens[figure.first - 1].fold == "ال"
    if definite and match and match.number == "plural" and match.analysis.definite:
        return unit_from(before, figure.last)
    return None


def _unit_of_whole(tokens: Sequence[Token], figure: _Figure) -> Unit | None:
    """`15 من أصل 20 منشأة`: both numbers count the same."""
    if [t.fold for t in tokens[figure.last : figure.last + 2]] != ["من", "اصل"]:
        return None
    wholes = [n for n in find_numerals(tokens[figure.last + 2 : figure.last + 9]) if n.first == 0]
    return unit_behind(tokens, figure.last + 2 + wholes[0].last, wholes[0]) if wholes else None


def _noun_of_count(tokens: Sequence[Token], first: int) -> Unit | None:
    """`عدد القتلى إلى 189`, `السكان البالغ عددهم ثلاثة ملايين`: the noun whose number is told."""
    for at in range(first - 1, max(-1, first - 16), -1):
        token = tokens[at]
        if token.kind == "mark" and token.text in ".؛":
            return None
        stem = token.fold.removeprefix("و").removeprefix("ب").removeprefix("ال")
        if stem in _COUNTED_NOUN and at + 1 < first:
            return unit_from(tokens[at + 1], first) if is_plural(tokens[at + 1]) else None
        if stem in ("عددهم", "عددها", "عدده", "عددهن", "تعدادهم"):
            return _antecedent(tokens, at)
    return None


def _antecedent(tokens: Sequence[Token], at: int) -> Unit | None:
    """The nearest counted people before `عددهم`."""
    for back in range(at - 1, max(-1, at - 10), -1):
        match = noun_at(tokens[back])
        if match and (match.number == "plural" or match.entry.kind in ("people", "fighters")):
            return unit_from(tokens[back], at)
    return None


def _phrases(position: str) -> dict[tuple[str, ...], str]:
    return {tuple(key(row["phrase"]).split()): row["qualifier"] for row in reader.rows("qualifiers") if row["position"] == position}


def _words(position: str) -> frozenset[str]:
    return frozenset(key(row["word"]) for row in reader.rows("number_labels") if row["position"] == position)


_BEFORE, _AFTER = _phrases("before"), _phrases("after")
_LAST_OF_BEFORE = frozenset(phrase[-1] for phrase in _BEFORE)
_FIRST_OF_AFTER = frozenset(phrase[0] for phrase in _AFTER)
_MODELS = _words("model")
_MODELS |= {key(row["word"]) for row in reader.rows("weapon_models")}
_LABELS = frozenset(key(row["word"]).removeprefix("ال") for row in reader.rows("number_labels") if row["position"] == "label")
_LEADS = _words("lead")
_CHANGES = _words("change")
_COUNTS = _words("count")
_COUNTED_BEFORE = _words("behind")
_COUNTED_NOUN = frozenset({"عدد", "حصيله", "اعداد"})
_IDIOMS_OF_ONE = _words("idiom of one")
