"""Calendar expressions: where they stand and which day, week, month or year they name.

A sentence becomes a string with one letter per token (its calendar class, see _LETTERS); expressions are regular
expressions over that string and resolvers turn their groups into ISO values. Words stand in calendar_words.csv and
months.csv; spans and values follow shared/gold/GUIDE.md; nothing is guessed where the publication date is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, cast

from pipeline.extract import dates
from pipeline.extract.model import Document, Time
from pipeline.extract.morphology import analyse
from pipeline.extract.numerals import find_numerals, letters_outside, number_word, offset_after
from pipeline.extract.tokens import Form, Token, key, strip_marks, tokenize
from pipeline.extract.units import unit_behind
from pipeline.lexicon import reader

# classes of calendar_words.csv as letters of the class string
_LETTERS = {
    "weekday": "w", "month": "m", "month_part": "k", "hijri": "h", "hijri_part": "r", "hijri_end": "Z", "day_part": "p",
    "night": "N", "part": "q", "share": "Q", "first_day": "O", "day": "d", "days": "2", "today": "D", "yesterday": "l", "tomorrow": "v",
    "week": "e", "the_week": "E", "month_word": "f", "the_month": "F", "year_word": "g", "the_year": "G",
    "years_dual": "c", "season": "s", "shift": "a", "same": "=", "this": "H", "before": "b", "after": "B", "since": "u",
    "about": "~", "from": "i", "in": "I", "to": "L", "between": "X", "and": "A", "hijri_sign": "j",
    "christian_sign": "t", "unit": "U",
}  # fmt: skip
_MARKS = {"/": "/", "\\": "/", "(": "(", ")": ")", "-": "-", "–": "-", "—": "-", "،": ",", ",": ","}
_MADE_DEFINITE = {"f": "F", "g": "G", "e": "E", "s": "s", "N": "N"}
_TRIGGER = re.compile("[wmhkrlvDNyYKcsEFGe]|[bBu].|[no]a|g#|dn/")

_DAY = "(?:n|o[#o]?|O)"
_DAYS = rf"(?:(?P<from>{_DAY})(?:A|L|-))?(?P<day>{_DAY})"
_MON = "(?:[mh]|[kr]o|rZ)"
_MONTH = rf"{_MON}(?:M+|/{_MON}|\({_MON}\)|,{_MON}|-{_MON})?"
_TAIL = r"(?:i?[gG]?[yY][tj]?|i?G(?:ba|a|=)|i?HG|ba|a)"
_SIDE_BY_SIDE = re.compile("(?:m|ko)(?P<twin>m|ko)")
_PRE = "(?:(?:q?p|Bp)i?)"
_TODAY = "(?:oil|ol|lo|dl|l|Bv|dv|v|HD|D)"
_PART = "(?:(?:q|Qo)i?)"
# `حتى 11 تموز`, `قبل 5 مايو`: what is waited for is to come.
_UNTIL = ("L", "b")


class _Word(NamedTuple):
    """A form's calendar reading: letter, value from the table, where its span starts in it, its proclitics."""

    letter: str
    value: str
    skip: int
    front: str


@dataclass(slots=True)
class _Found:
    """An expression resolved: tokens[first:last]."""

    first: int
    last: int
    value: str | None
    precision: str | None
    anchor: str | None
    value_end: str | None = None
    confidence: float = 0.9


@dataclass(slots=True)
class _Context:
    """What an expression may lean on: the tokens and words around it, publication, the last value told."""

    tokens: Sequence[Token]
    letters: str
    published: date | None
    told: str | None

    def value(self, at: int) -> str:
        return _read(self.tokens[at].form).value

    def front(self, at: int) -> str:
        return _read(self.tokens[at].form).front

    def slice_value(self, first: int, last: int) -> list[float]:
        if last == first + 1 and self.letters[first] in "nO":
            return [float(self.value(first))]
        return [n.low for n in find_numerals(self.tokens[first:last])]


_Resolver = Callable[[_Context, "re.Match[str]"], "_Found | None"]


def find_times(document: Document, tokens: Sequence[Sequence[Token]] | None = None) -> list[Time]:
    """The calendar expressions of a document in text order.

    `tokens`: those of each sentence, parallel to document.sentences (made here when not given). anchor: absolute
    (the expression names its year), publication (resolved against published_at; value None when that is unknown),
    context (resolved against an earlier expression).
    """
    found: list[Time] = []
    told: str | None = None
    for number, sentence in enumerate(document.sentences):
        own = tokenize(sentence) if tokens is None else tokens[number]
        for time in _find(own, document.published_at, told):
            start = own[time.first].start + _read(own[time.first].form).skip
            end = own[time.last - 1].end
            if _lost_its_year(document, own, time):
                time.value = time.value_end = None
            found.append(
                Time(
                    sentence.sentence_no, start, end, document.text[start:end], time.value, time.precision,
                    time.anchor, time.value_end, time.confidence,
                )
            )  # fmt: skip
            told = time.value or told
    return found


def _lost_its_year(document: Document, tokens: Sequence[Token], time: _Found) -> bool:
    """Whether a figure is missing right behind a month or the word year: which one is meant is then unknown."""
    if time.anchor == "absolute" or _read(tokens[time.last - 1].form).letter not in "mhoZgcf":
        return False
    if time.last < len(tokens) and tokens[time.last].kind == "private":
        return True
    end = tokens[time.last - 1].end
    return any(0 <= gap.start - end <= 4 and not document.text[end : gap.start].strip(" .،,:()") for gap in document.gaps)


def names_month(form: Form) -> bool:
    """Whether a word is a month, or the first word of one."""
    return _read(form).letter in ("m", "h", "k")


def _find(tokens: Sequence[Token], published: date | None, told: str | None) -> Iterator[_Found]:
    letters = "".join([token.form.letter or _letter(token.form) for token in tokens])
    if not _TRIGGER.search(letters):
        return
    context = _Context(tokens, letters, published, told)
    _join_twins(context)
    end = 0
    for first, match, resolve in _candidates(context.letters):
        if first < end:
            continue
        found = resolve(context, match)
        if found is not None:
            yield found
            end = found.last
            context.told = found.value or context.told


def _join_twins(context: _Context) -> None:
    """`الثالث من أغسطس آب`, `أكتوبر تشرين الأول`: both names of a month side by side; the second becomes part of the first."""
    for match in _SIDE_BY_SIDE.finditer(context.letters):
        at = match.start("twin")
        if not context.front(at) and _month_at(context, match.start()) == _month_at(context, at):
            context.letters = context.letters[:at] + "M" * (match.end() - at) + context.letters[match.end() :]


def _candidates(letters: str) -> list[tuple[int, re.Match[str], _Resolver]]:
    """Matches of all expressions, by place, the longest first."""
    present = set(letters)
    matches = [
        (match.start(), -match.end(), order, match, resolve)
        for order, (needed, pattern, resolve) in enumerate(_EXPRESSIONS)
        if not present.isdisjoint(needed)
        for match in pattern.finditer(letters)
    ]
    matches.sort(key=lambda item: item[:3])
    return [(start, match, resolve) for start, _, _, match, resolve in matches]


# ---------------------------------------------------------------- words


def _letter(form: Form) -> str:
    letter = form.letter = _read(form).letter
    return letter


def _read(form: Form) -> _Word:
    if form.calendar is None:
        form.calendar = _read_number(form) if form.kind == "number" else _read_word(form)
    return cast("_Word", form.calendar)


def _read_number(form: Form) -> _Word:
    text = form.text.translate(_WESTERN)
    if text.isdigit():
        number = int(text)
        if len(text) <= 2 and 1 <= number <= 31:
            return _Word("n", str(number), 0, "")
        if len(text) == 4 and 1500 <= number <= 2099:
            return _Word("y", text, 0, "")
        if len(text) == 4 and 1340 <= number <= 1499:
            return _Word("Y", text, 0, "")
        return _Word("#", text, 0, "")
    if _NUMERIC_DATE.match(text):
        return _Word("K", text, 0, "")
    return _Word("#" if re.fullmatch(r"[\d.,٫٬،]+", text) else "x", text, 0, "")


def _read_word(form: Form) -> _Word:
    if form.kind != "word":
        return _Word(_MARKS.get(form.text, "x"), form.text, 0, "")
    known = _SURFACES.get(form.fold)
    if known is not None and (len(known.stem) > 2 or form.norm[len(known.front) :] in known.spellings):
        outside = letters_outside(known.front)
        return _Word(known.letter, known.value, offset_after(form.text, outside) if outside else 0, known.front[:outside])
    number = number_word(form)
    if number is None or number.sort in ("fraction", "vague", "scale_plural"):
        return _NOTHING
    definite = number.front.endswith(("ال", "لل"))
    ordinal = number.sort in ("ordinal", "ordinal_first") or (definite and number.sort in ("tens", "ten"))
    skip = offset_after(form.text, number.outside) if number.outside else 0
    return _Word("o" if ordinal else "#", "", skip, number.front[: number.outside])


# ---------------------------------------------------------------- days and months


def _resolve_date(context: _Context, match: re.Match[str]) -> _Found | None:
    """`السبت 14 أكتوبر/تشرين الأول 2017`, `الرابع من أبريل/نيسان الجاري`, `3 و7 مايو`."""
    days = context.slice_value(match.start("day"), match.end("day"))
    month, hijri = _month(context, match)
    if not days or month is None or not 1 <= days[-1] <= 31:
        return None
    day = int(days[-1])
    first = match.start()
    explicit = bool(match["tail"])
    if (not explicit and _is_blocked(context, first)) or context.letters[first - 1 : first] in ("E", "F"):
        return None
    weekday = int(context.value(match.start("weekday"))) if match["weekday"] else None
    value, anchor = _day_value(context, match, day, month, hijri, weekday)
    start = _range_start(context, match)
    iso = value.isoformat() if value else None
    if start and value and start < day and (opening := _with_day(value, start, hijri)):
        return _Found(first, match.end(), opening.isoformat(), "day", anchor, iso)
    return _Found(first, match.end(), iso, "day", anchor, None, 0.7 if hijri else 0.93)


def _range_start(context: _Context, match: re.Match[str]) -> int | None:
    if not match["from"]:
        days = context.slice_value(match.start("day"), match.end("day"))
        return int(days[0]) if len(days) > 1 else None
    days = context.slice_value(match.start("from"), match.end("from"))
    return int(days[0]) if days else None


def _with_day(value: date, day: int, hijri: bool) -> date | None:
    return None if hijri else dates.valid_day(value.year, value.month, day)


def _day_value(context: _Context, match: re.Match[str], day: int, month: int, hijri: bool, weekday: int | None) -> tuple[date | None, str]:
    if hijri:
        return _hijri_day(context, match, day, month)
    year, anchor = _year_of_tail(context, match, month)
    if year is not None:
        return dates.valid_day(year, month, day), anchor
    if context.published is None or anchor == "unknown":
        return None, "publication"
    return _day_near(context, match.start(), day, month, weekday), "publication"


def _day_near(context: _Context, first: int, day: int, month: int, weekday: int | None) -> date | None:
    """A day and month without a year: the year whose weekday fits, else the latest such day, or a near one to come."""
    published = context.published
    if published is None:
        return None
    options = [d for y in (-1, 0, 1) if (d := dates.valid_day(published.year + y, month, day))]
    if weekday is not None:
        fitting = [d for d in options if d.weekday() == weekday]
        if fitting:
            return min(fitting, key=lambda d: abs((d - published).days))
    past = [d for d in options if d <= published]
    coming = [d for d in options if 0 < (d - published).days <= 60]
    before = context.letters[first - 1 : first] if first else ""
    to_come = before in _UNTIL or _leads_ahead(context, first) or _speaks_of_future(context) or _is_scheduled(context)
    if coming and before != "u" and to_come:
        return coming[0]
    return past[-1] if past else None


def _resolve_day_of_month(context: _Context, match: re.Match[str]) -> _Found | None:
    """`الخامس من الشهر الجاري`, `14 الجاري`, `بين 15 و20 من الشهر المقبل`."""
    days = context.slice_value(match.start("day"), match.end("day"))
    if not days or not 1 <= days[0] <= 31:
        return None
    shift = _shift(context, match.start("rel"), match.end("rel"))
    if context.tokens[match.end() - 1].fold.endswith("يه"):
        return None  # `الساعات الـ24 الماضية`: no month is feminine
    if match["rel"].endswith("="):
        return _same_month(context, match, int(days[0]))
    if context.published is None or shift is None:
        return _Found(match.start(), match.end(), None, "day", "publication")
    year, month = dates.add_months(context.published.year, context.published.month, shift)
    value = dates.valid_day(year, month, int(days[0]))
    iso = value.isoformat() if value else None
    start = _range_start(context, match)
    if start and value and start < value.day:
        return _Found(match.start(), match.end(), value.replace(day=start).isoformat(), "day", "publication", iso)
    return _Found(match.start(), match.end(), iso, "day", "publication")


def _same_month(context: _Context, match: re.Match[str], day: int) -> _Found:
    """`24 من الشهر نفسه`: of the month told before."""
    told = context.told or ""
    value = dates.valid_day(int(told[:4]), int(told[5:7]), day) if len(told) >= len("2017-10") else None
    return _Found(match.start(), match.end(), value.isoformat() if value else None, "day", "context", None, 0.8)


def _resolve_month(context: _Context, match: re.Match[str]) -> _Found | None:
    """`مارس/آذار الماضي`, `مطلع سبتمبر/أيلول`, `أيار 2014`, `شهر رمضان`.

    A bare word needs a preposition: most months are also names or verbs (مارس, أغسطس, آب, ماي).
    """
    month, hijri = _month(context, match)
    if month is None:
        return None
    supported = bool(match["tail"] or match["part"] or match["word"]) or len(match["month"]) > 2
    first = match.start()
    if not match["tail"] and (_is_blocked(context, first) or context.letters[first - 1 : first] == "n"):
        return None
    if not supported and (hijri or not _has_preposition(context, first)):
        return None
    if hijri:
        return _hijri_month(context, match, month)
    year, anchor = _year_of_tail(context, match, month)
    if year is None and context.published is not None and anchor != "unknown":
        year, anchor = _year_of_bare_month(context, first, month), "publication"
    value = dates.iso_month(year, month) if year is not None else None
    return _Found(first, match.end(), value, "month", "publication" if anchor == "unknown" else anchor, None, 0.92)


def _resolve_month_range(context: _Context, match: re.Match[str]) -> _Found | None:
    """`من مارس إلى يونيو 2015`, `بين مارس/آذار ومايو/أيار 2014`."""
    joined = context.front(match.start("month")) == "و"
    before = context.letters[match.start() - 1 : match.start()]
    if (match["to"] == "" and not (joined and before == "X")) or (match["to"] == "L" and before != "i"):
        return None
    first, _ = _month_at(context, match.start("first"))
    month, hijri = _month(context, match)
    if month is None or first is None or hijri or first == month:
        return None
    year, anchor = _year_of_tail(context, match, month)
    if year is None and context.published is not None:
        year, anchor = _year_of_bare_month(context, match.start(), month), "publication"
    if year is None:
        return _Found(match.start(), match.end(), None, "month", "publication")
    start_year = year if first < month else year - 1
    start, end = dates.iso_month(start_year, first), dates.iso_month(year, month)
    return _Found(match.start(), match.end(), start, "month", anchor, end)


def _month(context: _Context, match: re.Match[str]) -> tuple[int | None, bool]:
    return _month_at(context, match.start("month"))


def _month_at(context: _Context, at: int) -> tuple[int | None, bool]:
    """Month number and whether it is Hijri; two-word months read their second word."""
    letter, value = context.letters[at], context.value(at)
    if letter == "m":
        return int(value), False
    if letter == "h":
        return int(value), True
    second = at + 1
    if letter == "r" and value == "dhu":
        return (int(context.value(second)), True) if context.letters[second] == "Z" else (None, True)
    ordinal = context.slice_value(second, second + 1) or [2.0 if context.tokens[second].fold.endswith("اخره") else 0.0]
    if context.tokens[second].fold in ("الاخر", "الاخره"):
        ordinal = [2.0]
    return _TWO_WORD_MONTHS.get((value, int(ordinal[0]))), letter == "r"


_TWO_WORD_MONTHS = {
    ("kanun", 1): 12, ("kanun", 2): 1, ("tishrin", 1): 10, ("tishrin", 2): 11,
    ("rabi", 1): 3, ("rabi", 2): 4, ("jumada", 1): 5, ("jumada", 2): 6,
}  # fmt: skip


def _year_of_tail(context: _Context, match: re.Match[str], month: int) -> tuple[int | None, str]:
    """Year that the words behind a month give; anchor `unknown` where they give one that cannot be computed."""
    tail = match["tail"] or ""
    if not tail:
        return None, ""
    if "y" in tail:
        return int(context.value(match.start("tail") + tail.index("y"))), "absolute"
    if "Y" in tail:
        return int(context.value(match.start("tail") + tail.index("Y"))), "absolute"
    if "=" in tail:
        return (int(context.told[:4]), "context") if context.told else (None, "unknown")
    shift = _shift(context, match.start("tail"), match.end("tail"))
    published = context.published
    if published is None or shift is None:
        return None, "unknown"
    if "G" in tail:
        return published.year + shift, "publication"
    if shift < 0:
        return dates.month_before(month, published)[0] + shift + 1, "publication"
    if shift > 0:
        return dates.month_after(month, published)[0], "publication"
    return _nearest_year(month, published), "publication"


def _nearest_year(month: int, published: date) -> int:
    """`الجاري` is publication's month; a text dated days later still means the month that just ended."""
    distance = (month - published.month + 6) % 12 - 6
    return dates.add_months(published.year, published.month, distance)[0]


def _year_of_bare_month(context: _Context, first: int, month: int) -> int | None:
    """A bare month: the year just told in the sentence's past, else the latest such month, or one soon to come."""
    published = context.published
    if published is None:
        return None
    ahead = (month - published.month) % 12
    before = context.letters[first - 1 : first] if first else ""
    planned = any(token.fold in _FUTURE for token in context.tokens[max(0, first - 2) : first])  # `الانتخابات المقررة في أغسطس`
    if ahead > 0 and before != "u" and (planned or (ahead <= 4 and (before == "b" or _speaks_of_future(context)))):
        return dates.month_after(month, published)[0]
    return published.year if month <= published.month else published.year - 1


def _hijri_day(context: _Context, match: re.Match[str], day: int, month: int) -> tuple[date | None, str]:
    tail = match["tail"] or ""
    if "Y" in tail:
        year = int(context.value(match.start("tail") + tail.index("Y")))
        return dates.hijri_to_date(year, month, day), "absolute"
    if context.published is None:
        return None, "publication"
    year, now = dates.hijri_of(context.published)
    value = dates.hijri_to_date(year if month <= now else year - 1, month, day)
    return value, "publication"


def _hijri_month(context: _Context, match: re.Match[str], month: int) -> _Found | None:
    """A Hijri month as the Gregorian months it begins and ends in."""
    tail = match["tail"] or ""
    anchor = "publication"
    if "Y" in tail:
        year: int | None = int(context.value(match.start("tail") + tail.index("Y")))
        anchor = "absolute"
    elif "y" in tail:
        year = dates.hijri_year_in(int(context.value(match.start("tail") + tail.index("y"))), month)
        anchor = "absolute"
    elif context.published is None:
        year = None
    else:
        current, now = dates.hijri_of(context.published)
        shift = _shift(context, match.start("tail"), match.end("tail")) if tail else None
        past = month < now or (month == now and shift != -1)
        year = current + 1 if shift == 1 and month <= now else current if past or shift == 1 else current - 1
    first = dates.hijri_to_date(year, month, 1) if year else None
    if year is None or first is None:
        return _Found(match.start(), match.end(), None, "month", anchor, None, 0.6)
    last = first + timedelta(days=28)
    end = dates.iso_month(last.year, last.month)
    value = dates.iso_month(first.year, first.month)
    return _Found(match.start(), match.end(), value, "month", anchor, end if end != value else None, 0.7)


# ---------------------------------------------------------------- weekdays and days around publication


def _resolve_weekday(context: _Context, match: re.Match[str]) -> _Found | None:
    """`يوم الخميس`, `ليل السبت الأحد`, `الخميس المقبل`, `يومي السبت والأحد`."""
    first, last = match.start(), match.end()
    second = match["second"]
    ranged = bool(match["days"]) or (context.letters[first - 1 : first] == "X" and bool(second))
    if _is_blocked(context, first) or (context.letters[first - 1 : first] in ("X", "H") and not ranged):
        return None
    one = int(context.value(match.start("weekday")))
    joined = second and context.front(match.start("second")) == "و"
    if second and not ranged and (joined or not (match["pre"] or match["dash"])):
        second, last = "", match.start("second")
    shift = _shift(context, match.start("tail"), match.end("tail")) if match["tail"] and last == match.end() else None
    if context.published is None:
        return _Found(first, last, None, "day", "publication")
    target = int(context.value(match.start("second"))) if second else one
    if shift is None and _begins(context, first) and _speaks_of_future(context):
        shift = 1
    value = _weekday_value(context, target, shift)
    if ranged and second:
        opening = dates.weekday_before(one, value)
        return _Found(first, last, opening.isoformat(), "day", "publication", value.isoformat())
    return _Found(first, last, value.isoformat(), "day", "publication")


def _weekday_value(context: _Context, weekday: int, shift: int | None) -> date:
    published = context.published or date.min
    if shift is not None and shift > 0:
        return dates.weekday_after(weekday, published)
    if shift is not None and shift < 0:
        return dates.weekday_before(weekday, published, strictly=True) + timedelta(weeks=shift + 1)
    return dates.weekday_before(weekday, published)


def _resolve_relative(context: _Context, match: re.Match[str]) -> _Found | None:
    """`أمس الأحد`, `أول من أمس`, `فجر اليوم الثلاثاء`, `بعد غد`, `الليلة الماضية`."""
    word = match["word"]
    if word.endswith("D") and not match["weekday"] and not _is_adverb(context, match):
        return None
    if word in ("Na", "Nba") and _shift(context, match.start("word") + 1, match.end("word")) not in (-1, -2):
        return None
    if context.published is None:
        return _Found(match.start(), match.end(), None, "day", "publication")
    if match["weekday"]:
        weekday = int(context.value(match.start("weekday") + match["weekday"].index("w")))
        shift = 1 if "v" in word else None
        return _Found(*_day(match, _weekday_value(context, weekday, shift)))
    offset = {"l": -1, "v": 1, "Bv": 2, "D": 0, "HD": 0, "HN": 0, "Na": -1, "Nba": -2}.get(word, -2)
    return _Found(*_day(match, context.published + timedelta(days=offset)))


def _day(match: re.Match[str], value: date) -> tuple[int, int, str, str, str]:
    return match.start(), match.end(), value.isoformat(), "day", "publication"


def _is_adverb(context: _Context, match: re.Match[str]) -> bool:
    """`أعلنت اليوم` is today; `في اليوم التالي`, `اليوم الأول`, `طوال اليوم`, `ذلك اليوم` are not."""
    at = match.end("word") - 1
    if match["word"] == "D" and context.letters[match.start() - 1 : match.start()] == "I":
        return False
    if context.front(at)[-1:] in ("ب", "ك", "ل") or match["word"] == "HD":
        return match["word"] == "HD"
    before = context.tokens[match.start() - 1].fold if match.start() else ""
    if before in ("ذلك", "طوال", "طيله", "نفس", "ذات", "مدار", "كامل") and not match["pre"]:
        return False
    ahead = context.tokens[match.end()].fold if match.end() < len(context.tokens) else ""
    return ahead not in _STOPS_AFTER_TODAY and context.letters[match.end() : match.end() + 1] not in ("o", "=", "a")


# ---------------------------------------------------------------- weeks, months and years around publication


def _resolve_period(context: _Context, match: re.Match[str]) -> _Found | None:
    """`الأسبوع المقبل`, `مطلع الشهر الجاري`, `نهاية العام`, `هذا الشهر`, `العام نفسه`."""
    period = match["period"]
    unit = next(letter for letter in period if letter in "EFG")
    if "=" in period:
        return _same_period(context, match, unit)
    shift = 0 if period in ("E", "F", "G") or "H" in period else _shift(context, match.start("period"), match.end())
    if unit == "G" and context.letters[match.end() : match.end() + 1] in ("y", "Y"):
        return None
    precision = {"E": "week", "F": "month", "G": "year"}[unit]
    if context.published is None or shift is None:
        return _Found(match.start(), match.end(), None, precision, "publication")
    value = _period_value(context.published, unit, shift)
    return _Found(match.start(), match.end(), value, precision, "publication")


def _same_period(context: _Context, match: re.Match[str], unit: str) -> _Found | None:
    if not context.told or unit == "E" or len(context.told) < (7 if unit == "F" else 4):
        return None
    value = context.told[: 7 if unit == "F" else 4]
    return _Found(match.start(), match.end(), value, "month" if unit == "F" else "year", "context", None, 0.7)


def _period_value(published: date, unit: str, shift: int) -> str:
    if unit == "E":
        return (dates.monday(published) + timedelta(weeks=shift)).isoformat()
    if unit == "F":
        return dates.iso_month(*dates.add_months(published.year, published.month, shift))
    return f"{published.year + shift:04d}"


def _resolve_ago(context: _Context, match: re.Match[str]) -> _Found | None:
    """`قبل ثلاثة أيام`, `منذ حوالى شهر`, `قبل أسبوعين`; a vague plural (`قبل أيام`) places nothing."""
    cue, at = match["cue"], match.start("unit")
    count = _count(context, match)
    unit = _unit_name(context, at)
    ahead = context.letters[match.end() : match.end() + 1]
    if count is None or unit is None or (not match["count"] and ahead in _NAMED.get(unit, "?")):
        return None
    first = match.start() + 1 if cue == "u" else match.start()
    precision = {"hour": "day", "decade": "year"}.get(unit, unit)
    if count > _LONGEST_AGO or ahead == "b":
        return None
    if unit == "hour" and match.end() < len(context.tokens) and context.tokens[match.end()].fold == "من":
        return None  # `قبل 48 ساعة من عبور المضيق`: counted from something else than publication
    if cue == "B":
        if ahead in ("i", "I") or (match.end() < len(context.tokens) and context.tokens[match.end()].fold == "علي"):
            return None
        if not _speaks_of_future(context):
            return None
        count = -count
    if context.published is None:
        return _Found(first, match.end(), None, precision, "publication")
    return _Found(first, match.end(), _ago(context.published, unit, count), precision, "publication", None, 0.85)


_LONGEST_AGO = 200  # `قبل 8000 سنة` is no date
_NAMED = {"day": "wlvDno", "month": "mhkr", "year": "yY#"}


def _count(context: _Context, match: re.Match[str]) -> float | None:
    if match["count"]:
        values = context.slice_value(match.start("count"), match.end("count"))
        return values[0] if len(values) == 1 else None
    fold = context.tokens[match.start("unit")].fold
    if fold in _PLURAL_UNITS:
        return None
    return 2 if fold.endswith("ين") else 1


_PLURAL_UNITS = frozenset({"ايام", "ليال", "ساعات", "اسابيع", "اشهر", "شهور", "اعوام", "سنوات", "سنين", "عقود"})


def _unit_name(context: _Context, at: int) -> str | None:
    return {"e": "week", "f": "month", "g": "year", "d": "day"}.get(context.letters[at]) or context.value(at) or None


def _ago(published: date, unit: str, count: float) -> str | None:
    """ISO value so long before publication, as coarse as the unit."""
    try:
        if unit in ("hour", "day", "week"):
            days = {"hour": count / 24, "day": count, "week": 7 * count}[unit]
            return (published - timedelta(days=int(days))).isoformat()
        if unit == "month":
            return dates.iso_month(*dates.add_months(published.year, published.month, -int(count)))
        year = published.year - int(count * (10 if unit == "decade" else 1))
    except OverflowError:
        return None
    return f"{year:04d}" if 0 < year <= 9999 else None


# ---------------------------------------------------------------- years, seasons, numeric dates


def _resolve_year(context: _Context, match: re.Match[str]) -> _Found | None:
    """`عام 2013`, `نهاية العام 2014`, `سنة 1435 هـ`, `عام ألفين وأحد عشر`."""
    first, at = match.start(), match.start("year")
    if match["year"][0] == "y":
        return _Found(first, match.end(), context.value(at), "year", "absolute", None, 0.96)
    if match["year"] == "Yt":
        return _Found(first, match.end(), context.value(at), "year", "absolute")
    if match["year"][0] == "Y":
        return _hijri_year(context, match, at)
    figure = context.value(at)
    if _TWO_DIGITS.match(figure):
        return _Found(first, at + 1, f"19{figure}", "year", "absolute", None, 0.8)
    if _OLD_YEAR.match(figure):
        signed = context.letters[at + 1 : at + 2]
        if signed == "j":
            return _hijri_year(context, match, at)
        return _Found(first, at + 1 + (signed == "t"), f"{int(figure):04d}", "year", "absolute", None, 0.8)
    values = [n for n in find_numerals(context.tokens[at : match.end()]) if n.first == 0]
    if not values or not 1900 <= values[0].low <= 2099:
        return None
    return _Found(first, at + values[0].last, str(int(values[0].low)), "year", "absolute")


def _hijri_year(context: _Context, match: re.Match[str], at: int) -> _Found | None:
    year = int(context.value(at))
    close = at + 1 + (context.letters[at + 1 : at + 2] == "j")
    start, end = dates.hijri_to_date(year, 1, 1), dates.hijri_to_date(year, 12, 29)
    if start is None or end is None:
        return None
    last = f"{end.year:04d}" if end.year != start.year else None
    return _Found(match.start(), close, f"{start.year:04d}", "year", "absolute", last, 0.7)


def _resolve_bare_year(context: _Context, match: re.Match[str]) -> _Found | None:
    """`منذ 2011`, `انتخابات 2014`: a year only where nothing is counted and the word before it leads to one."""
    at = match.start("year")
    lead = context.tokens[at - 1].fold if at else ""
    if _counts(context, at + 1) and lead not in _DATED and context.letters[at + 1 : at + 2] not in ("i", "t", "j"):
        return None
    if context.value(at) < "1900" or (at + 1 < len(context.tokens) and _touches(context, at)):
        return None
    before = context.letters[at - 1 : at] if at else ""
    glued = lead in ("ل", "ب", "و", "ال") and context.tokens[at - 1].end == context.tokens[at].start
    leads = before in ("I", "u", "b", "B", "q", "(", "s", "L", "i") and lead not in _EXACT_LEADS
    entry = at == 0 and match.end() < len(context.tokens) and context.tokens[match.end()].text == ":"  # `1946: ولد في`
    if entry or leads or lead in _DATED or glued or match["sign"]:
        if lead == "و" and not (at > 1 and context.letters[at - 2] == "y"):
            return None
        return _Found(at, match.end(), context.value(at), "year", "absolute", None, 0.85)
    return None


def _counts(context: _Context, behind: int) -> bool:
    """Whether what stands behind a number is counted by it."""
    counted = unit_behind(context.tokens, behind, None)
    return counted is not None and (counted.noun is not None or counted.kind == "percent")


def _touches(context: _Context, at: int) -> bool:
    """Part of a longer code (`2254/2015`, `2015-12`)."""
    ahead = context.tokens[at + 1]
    return ahead.start == context.tokens[at].end and ahead.text in "-/–_@"


_EXACT_LEADS = frozenset({"الي"})


def _resolve_year_range(context: _Context, match: re.Match[str]) -> _Found | None:
    """`بين عامي 2011 و2015`, `2011-2015`, `موسم 2013/2014`."""
    start, end = context.value(match.start("year")), context.value(match.start("last"))
    if start >= end or (not match["word"] and "L" in match["to"] and context.letters[match.start() - 1 : match.start()] != "i"):
        return None
    if match["to"] == "A" and not match["word"] and context.letters[match.start() - 1 : match.start()] not in ("X", "I"):
        return None
    if not match["word"] and _counts(context, match.end()):
        return None  # `ما بين 1600 و2000 جندي`
    return _Found(match.start(), match.end(), start, "year", "absolute", end)


def _resolve_season(context: _Context, match: re.Match[str]) -> _Found | None:
    """`صيف 2014`, `الشتاء المقبل`, `خريف العام الماضي`: the year the season falls in."""
    tail = match["tail"]
    at = match.start("tail")
    if "y" in tail:
        return _Found(match.start(), match.end(), context.value(at + tail.index("y")), "year", "absolute")
    if "Y" in tail:
        return None
    if "=" in tail:
        return _Found(match.start(), match.end(), context.told[:4], "year", "context") if context.told else None
    shift = _shift(context, at, match.end("tail"))
    if context.published is None or shift is None:
        return _Found(match.start(), match.end(), None, "year", "publication")
    year = context.published.year + shift
    if "G" not in tail and shift < 0 and context.published.month >= 10:
        year = context.published.year
    return _Found(match.start(), match.end(), f"{year:04d}", "year", "publication", None, 0.7)


def _resolve_day_and_month(context: _Context, match: re.Match[str]) -> _Found | None:
    """`يوم 30/9`: in figures and without a year only behind the word day."""
    day, month = int(context.value(match.start("day"))), int(context.value(match.start("month")))
    value = _day_near(context, match.start(), day, month, None) if month <= 12 else None
    return _Found(match.start(), match.end(), value.isoformat() if value else None, "day", "publication")


def _resolve_numeric(context: _Context, match: re.Match[str]) -> _Found | None:
    """`17/10/2017`, `2017-10-17`, `17.10.2017`: day before month, as the region writes."""
    text = "".join(token.text for token in context.tokens[match.start("date") : match.end("date")])
    parts = [int(part) for part in re.split(r"[/\\.\-–—]", text.translate(_WESTERN))]
    if parts[0] > 31:
        parts.reverse()
    value = dates.valid_day(parts[2], parts[1], parts[0]) or dates.valid_day(parts[2], parts[0], parts[1])
    return _Found(match.start(), match.end(), value.isoformat(), "day", "absolute") if value else None


# ---------------------------------------------------------------- what several resolvers need


def _shift(context: _Context, first: int, last: int) -> int | None:
    """-1 for الماضي, -2 for قبل الماضي, 0 for الجاري and هذا, 1 for المقبل; None where no such word stands."""
    letters = context.letters[first:last]
    if "H" in letters:
        return 0
    at = letters.find("a")
    if at < 0:
        return 0 if "F" in letters or "G" in letters else None
    return int(context.value(first + at)) - ("b" in letters)


def _is_blocked(context: _Context, first: int) -> bool:
    """`حركة 20 فبراير`, `سوق الأحد`, `جامعة تشرين`: the date is part of a name."""
    if not first or context.letters[first] not in "wnomhkr":
        return False
    before = analyse(context.tokens[first - 1].form)
    return any(a.stem in _BLOCKERS and not a.definite for a in before)


def _has_preposition(context: _Context, first: int) -> bool:
    return context.letters[first - 1 : first] in ("I", "u", "L", "b", "B", "i", "X") or bool(context.front(first))


def _begins(context: _Context, first: int) -> bool:
    """`ابتداء من الجمعة`: the time from which something holds."""
    return first > 1 and context.tokens[first - 1].fold == "من" and context.tokens[first - 2].fold in _BEGINNING


def _leads_ahead(context: _Context, first: int) -> bool:
    """`بحلول 25 أغسطس`, `اعتبارا من 1 مايو`: a day without a year that what is told runs up to or starts from."""
    return _begins(context, first) or (first > 0 and context.tokens[first - 1].fold in _DUE_BY)


def _speaks_of_future(context: _Context) -> bool:
    return any(_is_future(token.form) for token in context.tokens)


def _is_scheduled(context: _Context) -> bool:
    """`يعقد المجلس في 22 مايو`, `جلسته المقبلة في 22 مايو`: what is on the calendar is told in the present."""
    coming = any(letter == "a" and context.value(at) == "1" for at, letter in enumerate(context.letters))
    return coming or any(token.fold.removeprefix("و") in _SCHEDULED for token in context.tokens)


def _is_future(form: Form) -> bool:
    if form.kind != "word":
        return False
    if form.fold in _FUTURE:
        return True
    return len(form.fold) > 4 and form.fold.lstrip("وف")[:2] in ("سي", "ست") and form.fold.lstrip("وف")[:3] not in ("ستر", "سيا", "سيط", "ستة")


class _Known(NamedTuple):
    """A calendar word with its proclitics: letter, value, and how its stem may be spelled."""

    letter: str
    value: str
    front: str
    stem: str
    spellings: frozenset[str]


def _load() -> dict[str, _Known]:
    """Calendar words by fold, with every proclitic they take; some classes change with the article."""
    rows = [(r["word"], r["class"], r["value"]) for r in reader.rows("calendar_words")]
    rows += [(r["word"], "hijri" if r["calendar"] == "hijri" else "month", r["month"]) for r in reader.rows("months") if r["month"]]
    spellings: dict[str, set[str]] = {}
    for word, _, _ in rows:
        spellings.setdefault(key(word), set()).add(strip_marks(word))
    surfaces: dict[str, _Known] = {}
    for word, sort, value in rows:
        letter = _LETTERS.get(sort)
        if letter is None:
            continue
        needs_article = word.startswith("ال")
        stem = key(word)[2:] if needs_article else key(word)
        spelled = frozenset(spellings[key(word)])
        for front in _FRONTS:
            article = front.endswith(("ال", "لل"))
            made = _MADE_DEFINITE.get(letter, "")
            reading = letter if article == needs_article else made if article else ""
            if reading:
                surfaces.setdefault(front + stem, _Known(reading, value, front, stem, spelled))
    return surfaces


def _class(name: str) -> frozenset[str]:
    return frozenset(key(r["word"]) for r in reader.rows("calendar_words") if r["class"] == name)


_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_TWO_DIGITS = re.compile(r"[4-9]\d\Z")
_OLD_YEAR = re.compile(r"(?:[1-9]\d\d|1[0-3]\d\d)\Z")
_NUMERIC_DATE = re.compile(r"(?:\d{1,2}\.\d{1,2}\.(?:19|20)\d\d|(?:19|20)\d\d\.\d{1,2}\.\d{1,2})\Z")
_FRONTS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "ال", "وال", "بال", "لل", "فال", "كال", "وبال", "ولل")
_SURFACES = _load()
_NOTHING = _Word("x", "", 0, "")
_BLOCKERS, _FUTURE, _DATED = _class("blocker"), _class("future_sign"), _class("dated")
_SCHEDULED, _BEGINNING, _DUE_BY = _class("scheduled"), _class("beginning"), _class("due_by")
_STOPS_AFTER_TODAY = _class("stop_after_today")

# what may stand before day and month: `مساء اليوم الثلاثاء (`
_DAY_NAME = rf"{_PRE}?(?:{_TODAY},?)?(?:[d2]?(?P<weekday>w)a?,?(?P<open>\()?|d)?"
# the second of two weekdays that the expression above leaves out (`الأربعاء والخميس`)
_NO = "(?P<pre>(?!))?(?P<days>(?!))?(?P<dash>(?!))?(?P<second>(?!))?"

# letters of which one at least must occur, expression, resolver
_EXPRESSIONS: tuple[tuple[str, re.Pattern[str], _Resolver], ...] = tuple(
    (needed, re.compile(pattern), resolve)
    for needed, pattern, resolve in (
        ("mhkr", rf"{_DAY_NAME}{_DAYS}i?f?(?P<month>{_MONTH})(?P<tail>{_TAIL})?(?(open)\)?)", _resolve_date),
        ("aF", rf"{_PRE}?(?:d?w,?|d)?{_DAYS}(?P<rel>iHF|iF(?:ba|a|=)?|a)", _resolve_day_of_month),
        (
            "mhkr",
            rf"(?P<first>{_MONTH})(?P<to>L|-|)(?P<month>{_MONTH})(?P<tail>{_TAIL})?",
            _resolve_month_range,
        ),
        ("mhkr", rf"(?P<part>{_PART})?(?P<word>f)?(?P<month>{_MONTH})(?P<tail>{_TAIL})?", _resolve_month),
        (
            "w",
            rf"(?P<pre>{_PRE})?(?:(?P<days>2)|d)?(?P<weekday>w)(?:(?P<dash>[-/])?(?P<second>w))?(?P<tail>ba|a)?",
            _resolve_weekday,
        ),
        ("w", rf"{_NO}(?P<weekday>w)(?P<tail>ba|a)?", _resolve_weekday),
        ("lvDN", rf"(?P<pre>{_PRE})?d?(?P<word>oil|ol|lo|l|Bv|v|HD|D|Nba|Na|HN)(?P<weekday>,?w|\(w\))?", _resolve_relative),
        ("EFG", rf"{_PART}?(?P<period>H[EFG]|[EFG]ba|[EFG][a=])", _resolve_period),
        ("EFG", rf"{_PART}(?P<period>[EFG])", _resolve_period),
        ("gG", rf"{_PART}?[gG](?P<year>[yY][tj]?|#[#A]*)", _resolve_year),
        ("y", r"(?P<word>[cgG])?(?P<year>y)(?P<to>A|L|-|/|L[gG]|A[gG])(?P<last>y)", _resolve_year_range),
        ("y", r"(?P<year>y)(?P<sign>t)?", _resolve_bare_year),
        ("sr", rf"{_PART}?[sr](?P<tail>i?[gG]?y[t]?|i?G(?:ba|a|=)|i?HG|ba|a)", _resolve_season),
        ("bBu", r"(?P<cue>[bBu])(?:~i?)*(?P<count>[#noy](?:[#no]|A[#n])*)?(?P<unit>[Uefgd])", _resolve_ago),
        ("/", r"d(?P<day>n)/(?P<month>n)(?!/)", _resolve_day_and_month),
        ("K/-", r"(?:[dp]?w,?\(?|d)?(?P<date>n/n/y|y-n-n|n-n-y|y/n/n|K)", _resolve_numeric),
    )
)
