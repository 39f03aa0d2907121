"""How far a claimed clause reaches, and whether it is a quotation.

Forward from where the cue lets it begin, or backward from `بحسب …` behind it. Ends are marks, connectors and the next
speech; the conventions (no إن/أن, no quotation marks, no final stop) are those of the annotation guide.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extract.clauses import CLOSERS, COMMAS, OPENERS, STRAIGHT, Reading, according_here, connects
from pipeline.extract.status import future

_STOPS = frozenset(".؛؟?!;")
_QUOTES = (OPENERS | CLOSERS | STRAIGHT) - frozenset("()")
_QUOTE_OPENERS, _QUOTE_CLOSERS = OPENERS - frozenset("("), CLOSERS - frozenset(")")
DASHES = frozenset("-–—")
_DATELINE = 12
_QUOTED = 3
_THUS = frozenset(("هكذا", "كما", "بهذه", "الكلمات"))
_WORDS_FOLLOW = STRAIGHT | frozenset(":“«")
_SETTING = 8
_SOURCED = 9
_NEAR = 6
_WAS = frozenset(("وكان", "وكانت", "وكانوا", "وظل", "وظلت", "وبات", "وباتت"))
_APART = frozenset(("because", "then", "also", "that", "relative"))
_LEADING = frozenset(("because", "that", "also"))
_PARTICLES = frozenset(("لن", "لم", "لا", "قد", "سوف", "لقد", "انه", "انها", "نحن", "انا"))


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens first to last (inclusive) of a clause; quote: it stands within quotation marks."""

    first: int
    last: int
    quote: bool


def claim_span(reading: Reading, start: int, nominal: bool = False) -> tuple[Span | None, int]:
    """The clause that begins at a token, and the token where reading should go on (`وأن` opens the next claim).

    nominal: what is said is a verbal noun (`تعهد بملاحقة القتلة، وأقال القائد`): a verb behind a comma goes on telling.
    """
    texts = reading.texts
    if start >= len(texts):
        return None, start
    if texts[start] in _QUOTES and reading.depth[start] == 0:
        close = _closing(reading, start)
        if _covers(reading, start, close):
            return _trimmed(reading, start + 1, close - 1, True), close + 1
    end = start
    told = False  # a verb of a relative clause, with which others may be joined
    while end < len(texts) and not _ends(reading, start, end) and not (nominal and _goes_on(reading, end, told)):
        told = told or (end > start and reading.words[end].finite and end not in reading.mention_at)
        end += 1
    return _with_quote(reading, start, end - 1), end


def scoped_span(reading: Reading, cue: int, behind: int = 0) -> Span | None:
    """The clause before a post-posed `بحسب X`: back to the last connector, strong mark or the sentence's beginning.

    behind: the token behind the words that name the source.
    """
    first, apart = 0, reading.tokens[cue - 1].form.text in COMMAS
    for at in range(cue - 1, 0, -1):
        if _told_apart(reading, at, apart):
            first = at
            break
        if reading.tokens[at].form.text in _STOPS or (reading.tokens[at].form.text == ":" and reading.depth[at] == 0):
            first = at + 1
            break
        if reading.depth[at] == 0 and connects(reading, at):
            first = at + 1
            break
    if first and reading.has(first, "connector_fi"):
        first += 1
    first = _behind_topic(reading, _behind_setting(reading, _behind_dateline(reading, first, cue), cue), cue)
    while first < cue - 1 and (not _LEADING.isdisjoint(reading.words[first].roles) or reading.fold(first) in ("و", "ف")):
        first += 1
    last = _behind_aside(reading, cue, behind)
    return _trimmed(reading, first, last, False) if last + 1 - first > 2 else None


def _behind_aside(reading: Reading, cue: int, behind: int) -> int:
    """`وبلغت الخسائر، وفق الوزارة، مليون دولار`: last token of a clause in which the phrase stands between commas.

    The clause goes on behind the second comma where no verb and no connector begins another.
    """
    texts = reading.texts
    if texts[cue - 1] not in COMMAS or behind + 1 >= len(texts) or texts[behind] not in COMMAS:
        return cue - 1
    word = reading.words[behind + 1]
    if reading.fold(behind + 1)[:1] in "وف" or word.finite or connects(reading, behind + 1) or not word.roles.isdisjoint(_APART):
        return cue - 1
    end = behind + 1
    while end < len(texts) and not _ends(reading, behind + 1, end):
        end += 1
    return end - 1


def _behind_topic(reading: Reading, first: int, limit: int) -> int:
    """`أما النازحون …، فقد آوتهم المدارس`: the clause begins behind its topic, with the word after فقد."""
    if reading.fold(first) not in ("اما", "واما"):
        return first
    return next((at + 1 for at in range(first + 1, limit - 2) if reading.fold(at) == "فقد"), first)


def _told_apart(reading: Reading, at: int, apart: bool) -> bool:
    """`…، فقُتل سبعة وفق الحكومة`: without a comma before it the source vouches for the nearest clause only; and never
    for more than what follows another source (`…، وفق المنظمة، ونزح … بحسب الوكالة`)."""
    if reading.tokens[at - 1].form.text not in COMMAS or not reading.words[at].joined or reading.depth[at]:
        return False
    return not apart or any(according_here(reading, k) for k in range(max(0, at - _SOURCED), at - 1))


def _behind_dateline(reading: Reading, first: int, limit: int) -> int:
    """`كييف (أ ف ب) - قُتل`: where a text begins by place and agency, the clause begins behind their dash."""
    if first or not reading.tokens or 0 not in reading.mention_at:
        return first
    for at in range(1, min(limit - 2, _DATELINE)):
        if reading.tokens[at].form.text in DASHES:
            return at + 1
        if reading.words[at].finite and reading.depth[at] == 0:
            return first
    return first


def _behind_setting(reading: Reading, first: int, limit: int) -> int:
    """`وفي مأرب، أسفر`, `إنسانيا، أوقعت`: where and under which head something happened stands before the clause."""
    comma = next((at for at in range(first, min(limit, first + _SETTING)) if reading.tokens[at].form.text in COMMAS), None)
    if comma is None or not reading.words[comma + 1].finite or any(reading.words[at].finite for at in range(first, comma)):
        return first
    opening = reading.words[first].roles
    return comma + 1 if "preposition" in opening or comma == first + 1 else first


def _goes_on(reading: Reading, at: int, told: bool) -> bool:
    """Whether the main clause goes on behind a verbal noun: at a verb joined by و, which no noun can be joined with."""
    if "then" in reading.words[at].roles and at + 1 < len(reading.words) and reading.words[at + 1].finite:
        return True
    named = at in reading.mention_at or reading.words[at].nationality is not None
    if not told and reading.words[at].joined and not named and all(m.pos == "verb" for m in reading.words[at].triggers):
        return True
    return reading.tokens[at - 1].form.text in COMMAS and (reading.words[at].joined or reading.fold(at) in _WAS)


def _closing(reading: Reading, opener: int) -> int:
    """Token of the mark that closes a quotation; the last token when it stays open."""
    level = reading.depth[opener]
    for at in range(opener + 1, len(reading.tokens)):
        text = reading.tokens[at].form.text
        if reading.depth[at] <= level and (text in CLOSERS or text in STRAIGHT):
            return at
    return len(reading.tokens)


def _covers(reading: Reading, opener: int, close: int) -> bool:
    """Whether a quotation that begins the clause is the clause, not just its first words."""
    rest = close + 1
    while rest < len(reading.tokens) and reading.tokens[rest].form.text in _QUOTES:
        rest += 1
    if close - opener > 5:
        return True
    return rest >= len(reading.tokens) or reading.tokens[rest].form.text in _STOPS | COMMAS


def _ends(reading: Reading, start: int, at: int) -> bool:
    form, word = reading.tokens[at].form, reading.words[at]
    text, after_comma = form.text, at > start and reading.tokens[at - 1].form.text in COMMAS
    if form.fold == "بعدما" and reading.depth[at] == reading.depth[start]:
        return True  # what came first is told by the article itself
    if form.kind == "word" and not word.may_start and not after_comma and reading.depth[at] == reading.depth[start]:
        return False
    if reading.depth[at] > reading.depth[start] or (reading.depth[at] == reading.depth[start] and text in CLOSERS and reading.depth[start]):
        return reading.depth[at] == reading.depth[start]
    if reading.depth[at] < reading.depth[start] or text in _STOPS:
        return not (text == "." and at + 1 < len(reading.tokens) and not _last_mark(reading, at))
    if at == start:
        return False
    if text == ":" and reading.depth[at] == 0 and at + 1 < len(reading.texts) and reading.texts[at + 1] in _QUOTES and at - start >= _QUOTED:
        return True  # what follows is said in his own words
    if connects(reading, at) or _next_that(reading, at) or (after_comma and _commented(reading, at)):
        return True
    if word.cue is not None and at not in reading.mention_at and _new_speech(reading, at):
        return True
    return after_comma and (_no_comment(reading, at) or _left_untold(reading, at))


def _left_untold(reading: Reading, at: int) -> bool:
    """`، من دون أن يحدد مكانها`, `دون تقديم أدلة`: the narrator on what a speaker left out."""
    at += reading.fold(at) == "من"
    if reading.fold(at) not in ("دون", "بدون"):
        return False
    behind = at + 2 if reading.has(at + 1, "that") else at + 1
    return reading.has(behind, "telling") or (behind < len(reading.words) and reading.words[behind].cue is not None)


def _commented(reading: Reading, at: int) -> bool:
    """`، وهو ما لم تؤكده الوزارة`, `، وهو اتهام ينفيه المتمردون`: the narrator on what was said."""
    if reading.fold(at) not in ("وهو", "وهي", "وهذا") or at + 2 >= len(reading.tokens):
        return False
    cue = reading.words[at + 1].cue
    return (reading.fold(at + 1) == "ما" and reading.fold(at + 2) in ("لم", "لا", "لن")) or (cue is not None and cue.entry.how == "noun")


def _last_mark(reading: Reading, at: int) -> bool:
    return all(t.kind == "mark" for t in reading.tokens[at + 1 :])


def _next_that(reading: Reading, at: int) -> bool:
    """`وأن`, `وإنه`: the next thing said."""
    return reading.has(at, "that") and reading.fold(at).startswith("و")


def _new_speech(reading: Reading, at: int) -> bool:
    cue = reading.words[at].cue
    assert cue is not None
    comma = reading.tokens[at - 1].form.text in COMMAS
    if cue.entry.how == "according":
        return according_here(reading, at)
    if cue.entry.how == "participle":
        return comma or _opens_words(reading, at)
    if cue.pos != "verb" or cue.person not in (3, None):
        return False
    if cue.analysis.proclitics[-1:] == "ل":
        return False  # `ليضافوا إلى`: what for, not who says
    return cue.analysis.proclitics[:1] in ("و", "ف") or (comma and reading.depth[at] == 0)


def _opens_words(reading: Reading, at: int) -> bool:
    """`قائلا:`, `مؤكدا أن`, `مشيرا إلى أن`: a circumstantial participle speaks without a comma too where words follow it."""
    if not reading.fold(at).endswith(("ا", "ين")):
        return False
    following = range(at + 1, min(at + 3, len(reading.tokens)))
    return any(reading.tokens[k].form.text in _WORDS_FOLLOW or reading.has(k, "that") for k in following)


def _no_comment(reading: Reading, at: int) -> bool:
    """`، ولم يصدر تعليق`: the narrator speaks again."""
    return reading.fold(at) in ("ولم", "لم", "ولا", "فلم") and reading.has(at + 1, "no_comment")


def _with_quote(reading: Reading, first: int, last: int) -> Span | None:
    """A quotation that holds the predicate and runs to the clause's end is the span: `إن بلاده “تعمل …”`."""
    if reading.has(first - 1, "that") and _imperfect(reading.fold(first)):
        return _trimmed(reading, first, last, reading.depth[first] > 0)  # `أن يكون الجناة “مرتزقة أجانب”`: the predicate stands outside
    for at in range(first, last):
        if at >= first + _NEAR and (reading.words[at].finite or future(reading, at)) and at not in reading.mention_at:
            break
        if reading.tokens[at].form.text not in _QUOTES or reading.depth[at] > reading.depth[first]:
            continue
        close = _closing(reading, at)
        if close >= last and close - at > 3 and _predicate(reading, at + 1):
            return _trimmed(reading, at + 1, close - 1, True)
        break
    return _trimmed(reading, first, last, reading.depth[first] > 0)


def _predicate(reading: Reading, at: int) -> bool:
    fold = reading.fold(at)
    return fold in _PARTICLES or reading.words[at].finite or future(reading, at) or _imperfect(fold)


def _imperfect(fold: str) -> bool:
    return fold[:1] in "يتن" and len(fold) >= 4


def _trimmed(reading: Reading, first: int, last: int, quote: bool) -> Span | None:
    """Without marks at the edges; a closing mark whose opening mark is inside stays."""
    while first <= last and reading.tokens[first].kind == "mark":
        first += 1
    while last >= first and reading.tokens[last].kind == "mark":
        text = reading.tokens[last].form.text
        if text in CLOSERS and reading.depth[last] >= reading.depth[first] and _opened_inside(reading, first, last):
            break
        last -= 1
    return Span(first, last, quote) if first <= last else None


def _opened_inside(reading: Reading, first: int, last: int) -> bool:
    return any(reading.tokens[i].form.text in OPENERS and reading.depth[i] == reading.depth[last] for i in range(first, last))


def quoted_before(reading: Reading, verb: int) -> Span | None:
    """The quotation that ends right before a verb, a comma or `هكذا` between: `«لن نرحل»، قال الرجل`."""
    close = verb - 1
    while close > 0 and (reading.tokens[close].form.text in COMMAS or reading.fold(close) in _THUS):
        close -= 1
    text = reading.tokens[close].form.text if close > 0 else ""
    if text not in _QUOTE_CLOSERS and text not in STRAIGHT:
        return None
    level = reading.depth[close]
    first = next((at for at in range(close - 1, -1, -1) if reading.depth[at] <= level and reading.tokens[at].form.text in _QUOTES), None)
    return _trimmed(reading, first + 1, close - 1, True) if first is not None and close - first > _QUOTED else None


def inserted(reading: Reading, verb: int, end: int) -> Span | None:
    """`ستون ألفا غادروا قراهم، تقول المنظمة، و…`: the clause before a verb that stands between commas with its subject."""
    cue = reading.words[verb].cue
    if cue is None or cue.tense != "present" or cue.analysis.proclitics or verb == 0 or reading.texts[verb - 1] not in COMMAS or end == verb + 1:
        return None
    closed = end >= len(reading.texts) or reading.texts[end] in COMMAS or reading.texts[end] in _STOPS
    return scoped_span(reading, verb, end) if closed else None


def left_open(reading: Reading, carried: bool) -> bool:
    """Whether a quotation of the sentence goes on in the next one; carried: the sentence begins inside another."""
    texts = reading.texts
    first = next((at + 1 for at, text in enumerate(texts) if text in _QUOTE_CLOSERS or text in STRAIGHT), 0) if carried else 0
    texts = texts[first:]
    straight = sum(text in STRAIGHT for text in texts)
    return sum(text in _QUOTE_OPENERS for text in texts) > sum(text in _QUOTE_CLOSERS for text in texts) or straight % 2 == 1


def carried_span(reading: Reading) -> tuple[Span | None, bool]:
    """What a sentence adds to a quotation left open by the one before, and whether the quotation goes on behind it."""
    close = len(reading.tokens)
    cue = reading.words[0].cue if reading.words else None
    if cue is not None and cue.pos == "verb" and cue.person == 3 and cue.analysis.proclitics:
        return None, False  # `وأضاف …`: the narrator is back, the mark that should close was lost
    for at, text in enumerate(reading.texts):
        if text in _QUOTE_OPENERS:
            return None, False
        if text in _QUOTE_CLOSERS or text in STRAIGHT:
            close = at
            break
    first, last = 0, close - 1
    while last > first and reading.tokens[last].kind == "mark":
        last -= 1
    return (Span(first, last, True) if last > first + 1 else None), close == len(reading.tokens)
