"""Signs inside Arabic words: a stretching glyph that the font's table calls `ѧ`, `E`, `,`, `4` or a control code.

`وقѧѧد` and `وقEEد` are `وقــد`, `الب,الغ` is `البـالغ` (LibreOffice's justified text through PDFBox, pdfium and MuPDF, measured). Strokes
coded as Arabic letters are filler_letters.py's.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from pipeline.restore.characters import IN_WORDS, JOINING, LETTER, LETTERS_AND_MARKS, MARK
from pipeline.restore.language_model import PER, Lexicon, plain
from pipeline.restore.proclitics import ARTICLE, PARTICLES
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.word_frequency import FLOOR, frequency

# A stroke stands between a letter that joins to the next one and another letter.
_JOINING = f"[{JOINING}]{MARK}*"
_WORD = f"[{LETTERS_AND_MARKS}]"
_INSIDE = re.compile(f"{_JOINING}([^ \\n\\t\\r\\f\\v\u00a0\u0600-\u06ff\ufffd\\w]|[0-9A-Za-z_\u00c0-\u058f\ue000-\uf8ff])\\1*(?={LETTER})")
# Any sign between letters or marks, the sign first: found much faster.
_SIGN = re.compile(f"([^ \\n\\t\\f\u00a0{LETTERS_AND_MARKS}])(?<=[{IN_WORDS}].)\\1*(?={_WORD})")
# Poppler sets blanks beside strokes that are drawn one by one: `حيثي - --ات`.
_APART = f"{_JOINING}( ?(?:{{0}}+ )+{{0}}+ ?| {{0}}{{{{2,}}}} ?|{{0}}{{{{2,}}}} )(?={LETTER})"
_ARABIC_BLOCK = re.compile("[\u0600-\u06ff\ufffd]")
# So many words must show the habit, and so many of a sign's words be known without it.
_FEWEST, _FEWEST_FOREIGN, _SHARE, _SHARE_OF_WORDS = 5, 2, 0.5, 0.003
_FEWEST_PROVEN, _NEARLY_ALL = 12, 0.75
_FEWEST_DISTINCT = 3  # `ق.م` again and again is one word
# `و"الأفلام` is no broken word: a quotation mark or bracket opens behind a proclitic.
_JOINERS = frozenset("-\u2013\u2014/.:'\u2019")
_OPENING = frozenset("\"'\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb([{-\u2013\u2014")
_PROCLITICS = re.compile(f"{ARTICLE}|{PARTICLES}|")
# A sign alone between letters, and runs of one sign: there are few that stand beside one of another kind.
_BEFORE, _SIGNS = f"[{IN_WORDS}]", f"[^ \\n\\t\\f\u00a0{LETTERS_AND_MARKS}{{0}}]"
_KINDS = "[.]", '["“”«»]', _SIGNS.format('."“”«»')
TRACES: tuple[Trace, ...] = ((_BEFORE, _SIGNS.format(""), _WORD), *((_BEFORE, kind, kind) for kind in _KINDS))


def remove_stroke_signs(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Delete a sign that stands between the letters of many words, which then are known and else are none."""
    if sum(times for sign, times in signs_inside(traced.text).items() if not _ARABIC_BLOCK.match(sign)) < _FEWEST_FOREIGN:
        return Outcome(traced)
    found = Counter(_INSIDE.findall(traced.text))
    edits: list[Edit] = []
    habit = max(_FEWEST, _SHARE_OF_WORDS * traced.text.count(" ")) if found else 0
    for sign, times in found.items():
        if times >= (_FEWEST_FOREIGN if _is_foreign(sign) else habit):
            edits += _strokes(traced.text, sign)
    edits.sort()
    return rewrite(traced, "filler_letter", edits, "a stroke between letters, coded as another sign", 0.97)


@lru_cache(maxsize=2)
def signs_inside(text: str) -> Mapping[str, int]:
    """How often each sign that is no blank stands, once or in a run, between letters or marks; remembered, since passes ask in turn."""
    found = _SIGN.findall(text)
    return {sign: found.count(sign) for sign in set(found)}


def _is_foreign(sign: str) -> bool:
    """A letter of Latin, Greek, Cyrillic and what lies between them and Hebrew."""
    return (sign.isascii() and sign.isalpha()) or "\u00c0" <= sign <= "\u058f"


def _strokes(text: str, sign: str) -> list[Edit]:
    mark = re.escape(sign)
    found = list(re.finditer(f"{_WORD}+(?:{mark}+{_WORD}+)+", text))
    tokens = [m for m in found if not _opens_behind_proclitic(m.group(), sign)]
    words = {m.group() for m in tokens}
    # Lines in visual order are turned later, when the strokes no longer stand in the way.
    broken = max(({word for word in words if _is_broken(word[::way], sign)} for way in (1, -1)), key=len)
    fewest = _FEWEST_FOREIGN if _is_foreign(sign) else _FEWEST
    if not _is_foreign(sign) and len(broken) < _FEWEST_DISTINCT:
        return []
    if len(broken) < min(fewest, len(words)) or len(broken) < _SHARE * len(words):
        return []
    if _is_foreign(sign) and sum(text[m.start() : m.end()].count(sign) for m in tokens) < 0.8 * text.count(sign):
        return []
    if len(broken) >= _FEWEST_PROVEN and len(broken) > _NEARLY_ALL * len(words):
        return _all_strokes(text, sign, found)
    return [edit for m in tokens if m.group() in broken or _no_words(m.group(), sign) for edit in _deletions(m, mark)]


def _all_strokes(text: str, sign: str, tokens: Sequence[re.Match[str]]) -> list[Edit]:
    """Strokes of a text where nearly each of these signs is one, also where lines were cut behind them, and behind the article."""
    count = Lexicon.load().plain_count
    inside = [m for m in tokens if sign not in _JOINERS or count(plain(m.group().replace(sign, ""))) or _no_words(m.group(), sign)]
    at_edges = [] if sign.isdigit() else [Edit(*m.span(1), "") for m in re.finditer(f"{_JOINING}({re.escape(sign)}+)(?= |$)", text, re.MULTILINE)]
    apart = [] if sign.isdigit() else [Edit(*m.span(1), "") for m in re.finditer(_APART.format(re.escape(sign)), text)]
    at_edges = [edit for edit in at_edges if not any(a.start <= edit.start < a.end for a in apart)]
    return [edit for m in inside for edit in _deletions(m, re.escape(sign))] + at_edges + apart


def _is_broken(token: str, sign: str) -> bool:
    """Whether a token is a known word without the sign, and likelier so than as the words beside it."""
    whole = plain(token.replace(sign, ""))
    parts = _parts(token, sign)
    if not Lexicon.load().plain_count(whole):
        return False
    return math.log(frequency(whole)) > sum(math.log(frequency(part) / PER) for part in parts) + math.log(PER)


def _opens_behind_proclitic(token: str, sign: str) -> bool:
    return sign in _OPENING and _PROCLITICS.fullmatch(plain(token.partition(sign)[0])) is not None


def _no_words(token: str, sign: str) -> bool:
    """Whether the sign cannot stand between two words: a control code, one that is doubled, or beside letters that are none."""
    return sign < " " or sign * 2 in token or any(frequency(part) <= FLOOR or len(part) == 1 for part in _parts(token, sign))


def _parts(token: str, sign: str) -> list[str]:
    return [part for part in plain(token).split(sign) if part]


def _deletions(token: re.Match[str], mark: str) -> Iterator[Edit]:
    for match in re.finditer(f"{mark}+", token.group()):
        yield Edit(token.start() + match.start(), token.start() + match.end(), "")
