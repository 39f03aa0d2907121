"""Lines cut at glyphs that stand off the line or have no code: `ات EEف المئ EEآلا` for `آلاف المئات`, the last part first.

LibreOffice draws such glyphs (strokes that justify a line, vowel marks, letters that a font lifts) by themselves, and
pypdf then prints what stands left of them first (measured). Figures stay where they are: each part of a line between
two figures is so turned by itself. Lines turned at their figures belong in turned_lines.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice, pairwise, product
from operator import gt, itemgetter
from statistics import median
from typing import NamedTuple

from pipeline.restore.characters import FATHATAN, LETTER, LETTERS, LETTERS_AND_MARKS, MARK, MARKS, SHADDA, VOWEL_MARKS
from pipeline.restore.document_words import TOKEN, document_words
from pipeline.restore.fluency import Fluency
from pipeline.restore.language_model import plain
from pipeline.restore.lifted_letters import BEARERS, has_lifted_letters
from pipeline.restore.lifted_signs import ARABIC, Cut, Finder, Signs, candidates, shows_none, variants
from pipeline.restore.moved_marks import words_by_mark
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, near_marks, read, rewrite, single_blanks
from pipeline.restore.seams import CUT_CLASSES
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.votes import Votes, probability
from pipeline.restore.word_scores import WordScores

_LEAD = re.compile(f"[^{ARABIC}]*")
_BEHIND_SIGN = f"[^\\w\\s\u060c\u061b\u061f{VOWEL_MARKS}]"
_SIGNS_BEHIND = re.compile(f" ?{_BEHIND_SIGN}(?:{_BEHIND_SIGN}| )*$")
# A stop and a blank before a quotation's end follow it in writing.
_OPENING_STOP = re.compile(" ?[.:!\u2026]+ +")
_BEFORE, _BEHIND = frozenset("«("), frozenset("».:!?)،؛؟…")
_LONE_MARK = re.compile(f"(?<![{LETTERS_AND_MARKS}]){MARK}")
_MARKED, _MARKED_WITHIN = re.compile(MARK), re.compile(f"{MARK}*([{LETTERS}]+{MARK}[{LETTERS_AND_MARKS}]+)")
# A vowel before a word may be its first letter's, tanwīn fatḥ with an alef the end of the word before.
_STRAY_MARK = re.compile(f"(?<![{LETTERS_AND_MARKS}])(?:[\u064c\u064d{SHADDA}]|{FATHATAN}(?!ا(?!{LETTER})))")
_OPENING = "".join(MARKS) + " "
_BEFORE_WORD = re.compile(f" ({MARK}+)(?={LETTER})")
# Tanwīn fatḥ on another letter than those that bear it, other marks on letters that bear none.
_ODD_MARK = re.compile(f"(?<=[{LETTERS}])(?<![اىةءؤئ]){FATHATAN}(?!ا)|[اىةء][\u064e-\u0652]")
# Cut behind a letter that does not join, a line's last word and its first are one, whatever else stands in it (displaced_runs.py).
_OUTER_WORDS = re.compile(f"([{LETTERS_AND_MARKS}]+)(.*) ([{LETTERS_AND_MARKS}]*[{''.join(CUT_CLASSES)}]{MARK}*)")
# Signs that stand in writing where lines may seem to be cut at them.
_WRITTEN = MARKS | frozenset("/-\u2013")
# What stands right of a line's last cut comes first in writing, so it does not open with a blank.
_BEFORE_BLANK = re.compile(f"(?m)^{MARK}+ ")
# The number of a list's item.
_LABEL, _NEAR_LINES = re.compile("(?m)^ *([0-9]{1,2}|[\u0660-\u0669]{1,2})(?=[.)-])"), 6
_FRAME, _FEW_BORNE, _BORNE, _QUOTED = 60, 2, 0.1, 5.0
_LONGEST, _FIRST = 300, 12  # two long rows that came as one line; longer ones are paragraphs
_MOST_UNSURE, _MOST_BLANKS = 6, 4
_FEWEST, _SURE, _TELLING, _MOSTLY, _CLEARLY, _MOST_LEAN, _KNOWN = 3, 2.5, 1.0, 0.7, 6, 3.0, 0.8
_STRAY_COST, _ODD_COST = 8.0, 3.0
# So large a share of a text's lines reads better in such a text; in others a few displaced lines may by accident.
_LEAST_SHARE = 0.15
# One part of a line that reads so much better tells it, too; so much better must two rows read than one, in so long a line.
_PLAIN, _ROW_GAIN, _LONGER = 15.0, 8.0, 1.4
_FEW_MARKS, _MANY = 4, 0.3
# Stands for a blank that may go; no line has one.
_DOUBTFUL = "\n"
_CHUNK = re.compile("[^ ]* |[^ ]+")


class Part(NamedTuple):
    """A part of a line between figures; `lead` is where signs end that were printed first because a figure stood before."""

    start: int
    end: int
    lead: int
    cuts: list[Cut]


class _Piece(NamedTuple):
    """What some places of a text show; a doubtful blank as _DOUBTFUL."""

    text: str
    places: Sequence[int]


class Reading(NamedTuple):
    """A part's places in reading order, what it then reads, and how much likelier its words are: than without a turn, than as printed."""

    part: Part
    order: list[int]
    text: str
    gain: float
    over_printed: float


def restore_lifted_glyphs(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the pieces of each part of a line in reading order, in a text whose words then are far likelier."""
    text = traced.text
    if shows_none(text):
        return Outcome(traced)
    told = [list(candidates(text)), [Signs(letters=True)]] if has_lifted_letters(text) else [list(candidates(text))]
    readings = max((_clearly_better(text, signs) for signs in told), key=_total)
    if not readings:
        return Outcome(traced)
    votes = Votes.of((r.gain for r in _telling(readings)), _SURE)
    lean = votes.lean(_MOST_LEAN)
    chosen = _with_opening_stops(text, [r for r in readings if _sureness(r, lean) > 0])
    edits = [Edit(r.part.start, r.part.end, r.text, [BLANK if i < 0 else traced.origin.item(i) for i in r.order]) for r in chosen]
    scores = [probability(_sureness(r, lean), 0.97) for r in chosen]
    return rewrite(
        traced, "displaced_run", edits, f"pieces cut at lifted glyphs, last one first; {votes.better} parts of lines read better so", scores
    )


def _sureness(reading: Reading, lean: float) -> float:
    """What speaks for a reading: its words, what the text's other lines tell, and guillemets, which cut lines all through such a text."""
    return reading.gain + lean + (_QUOTED if any(not cut.tells for cut in reading.part.cuts) else 0.0)


def _clearly_better(text: str, told: Sequence[Signs]) -> list[Reading]:
    """The readings with some of the signs, if lines read so much better by them as by no accident."""
    if not told or (told == [Signs()] and not _marks_are_odd(text)) or not _may_tell(text, told):
        return []
    readings = _likeliest(text, told)
    telling = _telling(readings)
    votes = Votes.of((r.gain for r in telling), _SURE)
    against = votes.worse + len(_BEFORE_BLANK.findall(text))
    # Lifted letters are looked for wherever words are none, so of these one part says too little.
    told_by_one = not told[0].letters and max((r.gain for r in telling), default=0.0) > _PLAIN
    if not told_by_one and votes.better < max(_FEWEST, _LEAST_SHARE * text.count("\n")):
        return []
    if votes.better < max(_MOSTLY * len(telling), _CLEARLY * against) or not _are_words(telling):
        return []
    return readings if (_are_lifted(readings) if told[0].letters else _marks_cut(readings)) else []


def _telling(readings: Sequence[Reading]) -> list[Reading]:
    return [r for r in readings if abs(r.gain) > _TELLING and any(cut.tells for cut in r.part.cuts)]


def _are_lifted(readings: Sequence[Reading]) -> bool:
    """Whether letters that cut lines often stand before those that lift them."""
    behind = [r.text[r.order.index(cut.kept[-1]) + 1 :][:1] for r in readings for cut in r.part.cuts if cut.tells]
    borne = sum(letter in BEARERS for letter in behind if letter)
    return borne >= max(_FEW_BORNE, _BORNE * len(behind))


def _marks_are_odd(text: str) -> bool:
    """Whether a mark stands outside words, or within what is none."""
    if _LONE_MARK.search(near_marks(text)):
        return True
    unknown = document_words(text).unknown
    return bool(unknown) and any(plain(m.group(1)) in unknown for m in words_by_mark(text, _MARKED, _MARKED_WITHIN))


def _may_tell(text: str, told: Sequence[Signs]) -> bool:
    """Whether enough of the first parts with telling cuts are likelier turned: a quick look before all are read."""
    for signs in told:
        finder = Finder(text, signs)
        first = islice((part for part in parts(text, finder) if any(cut.tells for cut in part.cuts)), _FIRST)
        gains = [best_reading(text, finder.shown, part).gain for part in first if not _reads_well(text, part)]
        if sum(gain > _SURE for gain in gains) >= _FEWEST or max(gains, default=0.0) > _PLAIN:
            return True
    return False


def _reads_well(text: str, part: Part) -> bool:
    """Whether all words of a part are known as it is printed, each mark in one of them."""
    words = TOKEN.findall(plain(text[part.start : part.end]))
    return document_words(text).unknown.isdisjoint(words) and not _LONE_MARK.search(text, part.start, part.end)


def _likeliest(text: str, told: Sequence[Signs]) -> list[Reading]:
    """The readings with the signs that make the likeliest words, one more sign at a time."""
    best: list[Reading] = []
    while told:
        tried = [(_total(readings := _readings(text, signs)), readings, signs) for signs in told]
        total, readings, signs = max(tried, key=lambda one: one[0])
        if total <= _total(best):
            break
        best, told = readings, list(variants(text, signs))
    return best


def _are_words(readings: Sequence[Reading]) -> bool:
    """Whether most words of what is read are known: lines in visual order gain by any change."""
    words = [word for r in readings for word in TOKEN.findall(plain(r.text))]
    return sum(map(WordScores.load().knows, words)) > _KNOWN * len(words)


def _marks_cut(readings: Sequence[Reading]) -> bool:
    """Whether marks cut lines, if there are any: to MuPDF only strokes do, which stroke_turns.py knows better."""
    marks = [(r.order, cut.kept[0]) for r in readings for cut in r.part.cuts if not cut.sure and cut.kept and cut.kept[0] in r.order]
    made = sum(order[order.index(place) - 1] != place - 1 for order, place in marks)
    return len(marks) < _FEW_MARKS or made > _MANY * len(marks)


def _total(readings: Sequence[Reading]) -> float:
    return sum(r.over_printed for r in readings)


def _readings(text: str, signs: Signs) -> list[Reading]:
    """The parts of lines that read otherwise than they are printed."""
    finder = Finder(text, signs)
    # A part without cuts or signs before it can only read as printed.
    laid = (part for part in parts(text, finder) if part.cuts or part.lead > part.start or finder.shown is not text)
    longest = _LONGER * median(map(len, text.split("\n")))
    found = (row for part in laid for row in _rows(text, finder.shown, best_reading(text, finder.shown, part), longest))
    if signs.quotes:
        found = (_quotes_set_off(finder.shown, r) for r in found)
    return [r for r in found if r.text != text[r.part.start : r.part.end]]


def _with_opening_stops(text: str, readings: list[Reading]) -> list[Reading]:
    """The readings, a stop behind a figure left there where that reads better: it may have been written there, or end the part."""
    doubtful = [r for r in readings if not r.part.cuts and not _opens_line(text, r.part) and _OPENING_STOP.fullmatch(text, r.part.start, r.part.lead)]
    fluency = Fluency()
    frames = [
        (text[max(0, r.part.start - _FRAME) : r.part.start], [text[r.part.start : r.part.end], r.text], text[r.part.end : r.part.end + _FRAME])
        for r in doubtful
    ]
    fluency.foresee(frames)
    stay = {r.part.start for r, frame in zip(doubtful, frames, strict=True) if gt(*fluency.framed(*frame))}
    return [r for r in readings if r.part.start not in stay]


def _quotes_set_off(shown: str, reading: Reading) -> Reading:
    """A reading with blanks outside its guillemets and none inside, where the first one opens."""
    if reading.text.find("«") < 0 or 0 <= reading.text.find("»") < reading.text.find("«"):
        return reading
    first, last = len(reading.text) - len(reading.text.lstrip(" ")), len(reading.text.rstrip(" "))
    spaced = ({"«": [BLANK, i], "»": [i, BLANK]}.get(shown[i], [i]) if i >= 0 else [i] for i in reading.order[first:last])
    core = single_blanks(shown, chain.from_iterable(spaced), never_before=_BEHIND, never_behind=_BEFORE)
    order = [*reading.order[:first], *core, *reading.order[last:]]
    return reading._replace(order=order, text=read(shown, order))


def _rows(text: str, shown: str, whole: Reading, longest: float) -> list[Reading]:
    """A part as it reads; as two where its line is too long to be a row and it reads far better so.

    A mark below its row keeps pypdf from seeing where the next one begins.
    """
    part = whole.part
    line_end = text.find("\n", part.end)
    if not part.cuts or (line_end if line_end >= 0 else len(text)) - text.rfind("\n", 0, part.start) < longest:
        return [whole]
    blanks = [i for i in range(part.cuts[0].end, part.end - 1) if text[i] == " "]
    divided = [pair for blank in blanks if (pair := _divided(text, shown, part, blank))]
    best = max(divided, key=_total, default=[])
    return best if best and _total(best) > whole.over_printed + _ROW_GAIN else [whole]


def _divided(text: str, shown: str, part: Part, blank: int) -> list[Reading]:
    """Two rows that a blank parts, as they read; none where it stands within a cut."""
    first, second = [c for c in part.cuts if c.end <= blank], [c for c in part.cuts if c.start > blank]
    if len(first) + len(second) < len(part.cuts):
        return []
    rows = part._replace(end=blank, cuts=first), Part(blank + 1, part.end, blank + 1, second)
    return [best_reading(text, shown, row) for row in rows]


def parts(text: str, finder: Finder) -> Iterator[Part]:
    """The parts of all lines. Signs behind a figure are printed first, although they end their part (measured)."""
    turned, labels = True, _labels(text)
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if len(line) <= _LONGEST:
            start = at
            cuts: list[Cut] = []
            for first, last, cut in finder.cuts(at, end):
                if cut:
                    cuts.append(cut)
                else:
                    yield _part(text, start, first, turned, cuts)
                    start, cuts, turned = last, [], last not in labels
            yield _part(text, start, end, turned, cuts)
            turned = turned and bool(_LEAD.fullmatch(text, start, end))
        at = end + 1


@lru_cache(maxsize=2)
def _labels(text: str) -> frozenset[int]:
    """Where the numbers of items end, each one more than one close before it or one less than one close behind: their stop is their own."""
    found = [(int(m[1]), text.count("\n", 0, m.start()), m.end()) for m in _LABEL.finditer(text)]
    pairs = [(one, other) for one, other in pairwise(found) if other[0] == one[0] + 1 and other[1] <= one[1] + _NEAR_LINES]
    return frozenset(end for pair in pairs for *_, end in pair)


def _part(text: str, start: int, end: int, turned: bool, cuts: list[Cut]) -> Part:
    lead = _LEAD.match(text, start, end) if turned else None
    return Part(start, end, lead.end() if lead else start, [c for c in cuts if not lead or c.start >= lead.end()])


def best_reading(text: str, shown: str, part: Part) -> Reading:
    """The likeliest reading, each doubtful cut made or not."""
    unturned = _unturned_score(text, shown, part)
    unsure = sorted((cut for cut in part.cuts if not cut.sure), key=lambda cut: not cut.kept)[:_MOST_UNSURE]
    kept = {cut: _kept(shown, cut) for cut in part.cuts}
    cost = 0.0
    best, likeliest = -math.inf, [_Piece(shown[part.start : part.end], range(part.start, part.end))]
    for made in product((True, False), repeat=len(unsure)):
        left_out = {cut for cut, is_made in zip(unsure, made, strict=True) if not is_made}
        cuts = [cut for cut in part.cuts if cut not in left_out]
        odd = _STRAY_COST if any(made) and _opens_blank(text, part, cuts) else 0.0
        for lead in _leads(text, part, cuts):
            pieces = _turned(text, shown, part, [(cut, kept[cut]) for cut in cuts], lead)
            score = sum([score for score, _ in _chunks(pieces)]) - odd
            if score > best:
                best, likeliest, cost = score, pieces, odd
    order = _settled(likeliest)
    found = read(shown, order)
    likely = _score(found) - cost
    return Reading(part, order, found, likely - unturned, likely - _score(text[part.start : part.end]))


def _opens_blank(text: str, part: Part, cuts: Sequence[Cut]) -> bool:
    """Whether a line would open with a blank, cut so at a mark: what stands right of the last cut comes first in writing."""
    last = cuts[-1]
    return not last.sure and text[last.start] in MARKS and _opens_line(text, part) and text.startswith(" ", last.end)


def _opens_line(text: str, part: Part) -> bool:
    return part.start == 0 or text[part.start - 1] == "\n"


def _unturned_score(text: str, shown: str, part: Part) -> float:
    """How likely a part is without a turn: as printed, with the blanks that its words ask for, or with marks of the words before them."""
    readings = [text[part.start : part.end]]
    if part.cuts:
        readings.append(read(shown, _settled(_unturned(shown, part))))
        readings.append(_BEFORE_WORD.sub(r"\1 ", readings[-1]))
        if all(text[cut.start] in _WRITTEN for cut in part.cuts if cut.tells) and (outer := _OUTER_WORDS.fullmatch(readings[0])):
            readings.append(f"{outer[2]} {outer[3]}{outer[1]}")
    return max(_score(reading.lstrip(_OPENING)) for reading in readings)


def _unturned(shown: str, part: Part) -> list[_Piece]:
    """A part's pieces as they are printed, without strokes and with doubtful blanks around what is kept of each cut."""
    starts, ends = [part.start, *(cut.end for cut in part.cuts)], [*(cut.start for cut in part.cuts), part.end]
    last = len(part.cuts)
    between = [_piece(shown, start, end, k > 0, k < last) for k, (start, end) in enumerate(zip(starts, ends, strict=True))]
    # A word that a blank would make two likelier ones tells nothing of a turn.
    blank = _Piece(_DOUBTFUL, [BLANK])
    cut_pieces = ([blank, _kept(shown, cut), blank, piece] for cut, piece in zip(part.cuts, between[1:], strict=True))
    return [between[0], *chain.from_iterable(cut_pieces)]


def _leads(text: str, part: Part, cuts: Sequence[Cut]) -> Sequence[int]:
    """Where the signs that belong behind the part may end, likeliest first: its own first word may have a blank and signs before it."""
    if cuts and not cuts[0].tells and _OPENING_STOP.fullmatch(text, part.start, part.lead):
        return [part.start]
    blank = text.rfind(" ", part.start, part.lead)
    if blank < 0:
        return [part.lead]
    return [part.lead] if _opens_line(text, part) else [part.lead, blank] if cuts else [blank]


def _turned(text: str, shown: str, part: Part, cuts: Sequence[tuple[Cut, _Piece]], lead: int) -> list[_Piece]:
    """A part's pieces in reading order, given its cuts with what is kept of them; a reader may have set the blanks behind pieces."""
    pieces: list[_Piece] = []
    behind: list[_Piece] = []
    end = part.end
    for cut, kept in reversed(cuts):
        if not pieces and not text[cut.start].isalpha() and (signs := _SIGNS_BEHIND.search(text, cut.end, end)):
            behind = [_piece(shown, *signs.span())]
            end = signs.start()
        pieces += (_piece(shown, cut.end, end, behind=True), kept)
        end = cut.start
    return [*pieces, _piece(shown, lead, end), *behind, _Piece(shown[part.start : lead][::-1], range(lead - 1, part.start - 1, -1))]


def _piece(shown: str, start: int, end: int, before: bool = False, behind: bool = False) -> _Piece:
    """A stretch of text, whose blanks before and behind it may be doubtful."""
    text = shown[start:end]
    if before and text[:1] == " ":
        text = _DOUBTFUL + text[1:]
    if behind and text[-1:] == " ":
        text = text[:-1] + _DOUBTFUL
    return _Piece(text, range(start, end))


def _kept(shown: str, cut: Cut) -> _Piece:
    return _Piece("".join([shown[i] if i >= 0 else _DOUBTFUL for i in cut.kept]), [i if i >= 0 else ~i for i in cut.kept])


def _chunks(pieces: Sequence[_Piece]) -> list[tuple[float, str]]:
    """The words of pieces, with what follows each up to the next blank, as they are likeliest, and how likely."""
    return list(map(_chunk, _CHUNK.findall("".join([piece.text for piece in pieces]))))


def _settled(pieces: Sequence[_Piece]) -> list[int]:
    """The places of pieces, without the doubtful blanks that make words less likely."""
    signs = "".join([shown for _, shown in _chunks(pieces)])
    return [place for place, sign in zip(chain.from_iterable(piece.places for piece in pieces), signs, strict=True) if sign != _DOUBTFUL]


@lru_cache(maxsize=50_000)
def _chunk(chunk: str) -> tuple[float, str]:
    """The score of a chunk as it is likeliest, and what it then shows: blanks for doubtful ones that are kept."""
    if _DOUBTFUL not in chunk:
        return _score(chunk), chunk
    doubtful = [k for k, sign in enumerate(chunk) if sign == _DOUBTFUL]
    best = (-math.inf, chunk)
    for kept in product((True, False), repeat=min(len(doubtful), _MOST_BLANKS)):
        signs = list(chunk)
        for k, is_kept in zip(doubtful, kept, strict=False):
            signs[k] = " " if is_kept else _DOUBTFUL
        shown = "".join(signs)
        best = max(best, (_score(shown.replace(_DOUBTFUL, "")), shown), key=itemgetter(0))
    return best


def _score(text: str) -> float:
    """Log probability of the words; marks without a letter are unlikely, and those that their letter hardly ever bears."""
    return WordScores.load().likelihood(text) - _STRAY_COST * len(_STRAY_MARK.findall(text)) - _ODD_COST * len(_ODD_MARK.findall(text))
