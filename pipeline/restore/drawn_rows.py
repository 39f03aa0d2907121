"""Rows printed as they were drawn: `الأول في ال  جلسته  مجلس ` for `مجلس جلسته في الأول`, and worse where figures are.

PDFBox parts what is drawn wherever a gap is wide, be it a blank of a justified line, a kern or a glyph that bears a mark, and
prints the pieces from left to right, a blank between them (measured). A blank that ends a piece so becomes two; one alone
says that a word goes on elsewhere. Typst and LibreOffice draw the text before a figure, the figure, and the text behind it
one after the other: the last piece of the one and the first of the other then stand as one piece, turned. Rows without such
gaps are turned_lines.py's, rows cut at kerns alone displaced_runs.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from pipeline.restore.characters import HAMZAS, LETTER, LETTERS_AND_MARKS, MARK
from pipeline.restore.document_words import document_words
from pipeline.restore.fluency import Fluency
from pipeline.restore.habits import has_figures
from pipeline.restore.language_model import Lexicon, plain
from pipeline.restore.numerals import NUMERAL
from pipeline.restore.proclitics import ARTICLE, CLITIC, CLITICS
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, read, reordered, rewrite, single_blanks, unusual
from pipeline.restore.seams import CUT_CLASSES, seam, token
from pipeline.restore.table_rows import table_rows
from pipeline.restore.touching_figures import TOUCHING
from pipeline.restore.traced import Outcome, Traced
from pipeline.restore.traces import Question, Trace
from pipeline.restore.turned_lines import BREAKS, needs_blank, pieces_of
from pipeline.restore.votes import probability
from pipeline.restore.word_scores import WordScores

_LINE = re.compile(f"(?m)^[^\n]*{LETTER}[^\n]*$")
# What only such rows have: two blanks between words, a word that begins with a mark.
_GAP, _LEADING_MARK = "  (?<=[^ \n]  ) *(?=[^ \n])", f"{MARK}(?<![^ \n].)"
# And where every hamza ends a piece, alefs that stand alone.
_LONE = f"[أإآ](?![{LETTERS_AND_MARKS}])(?:(?<![^ \n].)|(?<=[ \n]{CLITIC}.))"
# Or every hamza opens one, articles and letters that end lines.
_UNFINISHED = f"(?:(?<=[ «“(]){ARTICLE}|(?<= )[بتثجحخدذرزسشصضطظعغفقكلمنهي])(?= *$)"
_TRACE, _TRACE_AT_END = re.compile(f"{_GAP}|{_LEADING_MARK}|{_LONE}"), re.compile(f"{_GAP}|{_LEADING_MARK}|{_LONE}|{_UNFINISHED}")
_ENDS_UNFINISHED, _LONGEST_END = re.compile(_UNFINISHED), 6
_GAPS = re.compile(_GAP)
_LONE_ALEF, _ALEFS_A_LINE = re.compile(_LONE), 0.4
# An alef with hamza that may end a piece, its word going on in another one.
_ENDS_IN_ALEF = re.compile(f"{LETTER}*[أإآ]{MARK}*$")
_ALEF_WORDS = frozenset(letter + alef for letter in ("", *CLITICS) for alef in "أإآ")
# With one of these behind it, an alef is no word to document_words.
_IN_WORDS = frozenset(map(chr, (0x640, *range(0x653, 0x660), 0x670, 0xFFFD)))
# MuPDF's rows: the figure touches the word before it, and a blank or two stand behind it.
_GLUED = re.compile(f"{LETTER}{{2}}[.،]?{NUMERAL}[%٪]? +{LETTER}")
_TOKEN = re.compile("[^ \u00a0\t]+")
_LONGEST, _LONGEST_CUT, _FEWEST, _SHARE, _FIRST = 220, 400, 3, 0.08, 12
_MOST = 300
# Log odds: a cut at a single blank, a double blank or leading mark left as it stands, and what half a word's gain counts.
_CUT, _ODD_BLANK, _ODD_MARK, _GAIN = 8.0, 3.0, 4.0, 0.8
_ANYWHERE = 2.0  # the last piece of a row without a blank behind it may be any of the first words
_UNKNOWN_WORD = 4.0  # what it costs that an alef, and the piece behind it, are no known word
_SWEEPS, _FEW_GLUED = 2, 3
_SURE, _CLEAR, _TOTAL, _CLEARLY = 6.0, 3.0, 20.0, 3
_NEARLY_ALL, _BY_FAR, _CLEARLY_BY_FAR = 0.7, 12.0, 1.5
_HUNG, _JOINING, _MOST_RUNS = 0.25, 0.3, 4
# A figure that was deleted leaves a gap, too: so many in a row are none's.
_LEAST_STRIPPED, _CLEAR_STRIPPED = 3, 20.0
TRACES: tuple[Trace | Question, ...] = (
    ("[^ \n]", " ", " "), ("[ \nوفبك]", "[أإآ]", f"[^{LETTERS_AND_MARKS}]"),
    ("[ \t]", "\n"), ("ا", "ل", "\n"), (" ", LETTER, "\n"),
)  # fmt: skip


class _Piece(NamedTuple):
    """Places of a piece's characters in reading order, its text, and whether a word ends with it (None: it may)."""

    order: Sequence[int]
    text: str
    ends: bool | None


_SET_IN = _Piece((BLANK,), " ", True)


class _Cutting(NamedTuple):
    """How a text's rows were cut: whether pieces end at each hamza on alef, or begin there; what only cut rows have.

    `hung`: the blank that ends a row is printed before its last piece, where two blanks then say nothing of the piece before;
    `stripped`: the text has no figures and no letters that show how rows were drawn; `least_gaps`: fewer gaps in a row may then
    be where figures were deleted.
    """

    ending: bool
    opening: bool
    trace: re.Pattern[str]
    hung: bool
    stripped: bool
    least_gaps: int


class _Way(NamedTuple):
    """How a text's rows were printed: pieces with figures turned or not, the last piece of a row with a blank behind it or bare."""

    turned: bool
    bare: bool


# What is drawn before a figure ends in a blank.
_WAYS = _Way(False, False), _Way(False, True), _Way(True, False)


class _Reading(NamedTuple):
    pieces: list[_Piece]
    text: str
    prior: float


def restore_drawn_rows(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the pieces of rows in reading order, in a text of whose rows with gaps most read far better so."""
    text = traced.text
    height = text.count("\n") - text.count("\n\n") + 1
    gaps = len(_GAPS.findall(text))
    unfinished = _unfinished(text) >= max(_FEWEST, _SHARE * height)
    # Words that begin with marks show it beside gaps only: by themselves they show rows cut inside words, displaced_runs.py's.
    shown = unfinished or gaps >= max(_FEWEST, _SHARE * height) or _has_lone_alefs(text, _ALEFS_A_LINE * height)
    # PDFBox prints no form feed; poppler, whose rows are cut otherwise, ends pages with it.
    if not shown or "\f" in text or _are_turned(text, gaps):
        return Outcome(traced)
    lone = _has_lone_alefs(text, _ALEFS_A_LINE * height)
    trace, hung = _TRACE_AT_END if unfinished else _TRACE, not lone and _hangs(text)
    stripped = not (lone or unfinished or has_figures(text))
    least_gaps = _LEAST_STRIPPED if stripped and _has_wide_rows(text) else 0
    cuts = [_Cutting(lone, opening, trace, hung, stripped, least_gaps) for opening in (False, True)[: 1 + unfinished]]
    best = max(_ways(text, cuts), key=lambda way: sum(gain for *_, gain in way), default=[])
    told = [gain for line, _, gain in best if line.tells and not (line.lacks_figures and gain <= 0) and not line.goes_round()]
    better, tables = sum(gain > _SURE for gain in told), _tables([line for line, *_ in best])
    # A text with twice as many rows that read far better may have a table, which stays.
    against = sum(gain <= 0 for gain in told) + (tables if better <= 2 * tables else 0)
    # Where most rows show gaps and read so much better, those whose pieces make no words say little against it.
    by_far = len(told) > _NEARLY_ALL * height and sum(told) > _BY_FAR * len(told)
    clearly = _CLEARLY_BY_FAR if by_far else _CLEARLY
    if sum(told) < _TOTAL or better < max(_FEWEST, clearly * against):
        return Outcome(traced)
    kept = lone or unfinished
    changed = [
        (line, r, gain)
        for line, r, gain in best
        if gain > (_CLEAR_STRIPPED if line.lacks_figures else _CLEAR)
        and r.text.split() != line.line.split()
        and not (_is_displaced(r.pieces) and (_is_kerned(r.pieces) if kept else line.lacks_figures or not line.tells))
    ]
    edits = [reordered(traced, *line.span, single_blanks(text, chain.from_iterable(piece.order for piece in r.pieces))) for line, r, _ in changed]
    scores = [probability(gain / 2, 0.97) for *_, gain in changed]
    return rewrite(traced, "displaced_run", edits, f"pieces printed as they were drawn; {len(told)} rows show the gaps", scores)


def _has_wide_rows(text: str) -> bool:
    """Whether several rows have more gaps than deleted figures leave."""
    return sum(len(_GAPS.findall(line)) >= _LEAST_STRIPPED for line in text.split("\n")) >= _FEWEST


def _is_displaced(pieces: Sequence[_Piece]) -> bool:
    """Whether a row was cut nowhere but inside words, behind letters that do not join: displaced_runs.py knows such rows better."""
    return all(piece.text[-1] in CUT_CLASSES for piece in pieces[:-1])


def _is_kerned(pieces: Sequence[_Piece]) -> bool:
    """Whether a row was cut at few places, at others than hamzas, too."""
    return len(pieces) <= _MOST_RUNS and any(piece.text[-1] not in HAMZAS for piece in pieces[:-1])


def _ways(text: str, cuts: Sequence[_Cutting]) -> Iterator[list[tuple[_Row, _Reading, float]]]:
    """The lines' best readings, by how rows were cut and whether pieces with figures were turned, if a quick look gives hope."""
    fluency = Fluency()
    ways = [way for way in _WAYS if not way.turned or TOUCHING.search(text)]
    for cutting in cuts:
        lines = [_Row(text, *m.span(), cutting) for m in _LINE.finditer(text)]
        if any(_may_tell(lines, way, fluency) for way in ways if not way.bare):
            yield from (_chosen(lines, way, fluency) for way in ways)


def _has_lone_alefs(text: str, least: float) -> bool:
    """Whether so many alefs stand alone; that none does, the words of the text tell."""
    if _ALEF_WORDS.isdisjoint(document_words(text).distinct) and _IN_WORDS.isdisjoint(unusual(text)):
        return least <= 0
    return len(_LONE_ALEF.findall(text)) >= least


def _are_turned(text: str, gaps: int) -> bool:
    """Whether figures touch words as in MuPDF's rows (turned_lines.py) at least half as often as blanks are doubled."""
    glued = len(_GLUED.findall(text))
    return glued >= _FEW_GLUED and 2 * glued >= gaps


def _unfinished(text: str) -> int:
    """How many lines end unfinished; none where that are hardly any but letters that do not join, as displaced runs end in."""
    ends = [line.rstrip(" ")[-_LONGEST_END:] for line in text.split("\n")]
    found = [end for end in ends if _ENDS_UNFINISHED.search(end)]
    return len(found) if sum(end[-1] not in CUT_CLASSES for end in found) >= _JOINING * len(found) else 0


def _hangs(text: str) -> bool:
    """Whether rows in one piece open with a blank, as LibreOffice's do in documents of Word: the one that ends them."""
    whole = [line for line in text.split("\n") if line.strip() and not _GAPS.search(line) and not BREAKS.search(line)]
    return sum(line[0] == " " for line in whole) >= max(_FEWEST, _HUNG * len(whole))


def _may_tell(lines: Sequence[_Row], way: _Way, fluency: Fluency) -> bool:
    """Whether as many of the first rows with gaps read clearly better as do not read better: a quick look before all are weighed."""
    shown = [k for k, line in enumerate(lines) if line.tells]
    if len(shown) < _FEWEST:
        return False
    frames = [_frame(lines, k, way) for k in shown[:_FIRST]]
    _foresee(frames, fluency)
    gains = [max(scores) - scores[0] for scores in (_scores(*frame, fluency) for frame in frames)]
    against = sum(gain <= 0 and not lines[k].lacks_figures for k, gain in zip(shown, gains, strict=False))
    return sum(gain > _CLEAR for gain in gains) >= max(1, against + _tables(lines))


def _tables(lines: Sequence[_Row]) -> int:
    """How many rows with gaps are a table's: they speak against the damage, as all do that do not read better in another order."""
    return sum(line.in_table and line.oddities > 0 for line in lines)


def _frame(lines: Sequence[_Row], k: int, way: _Way) -> tuple[str, list[_Reading], str]:
    """A line's readings between its neighbours as printed."""
    return lines[k - 1].line if k else "", lines[k].options(way), lines[k + 1].line if k + 1 < len(lines) else ""


def _foresee(frames: Iterable[tuple[str, list[_Reading], str]], fluency: Fluency) -> None:
    fluency.foresee((before, [reading.text for reading in readings], after) for before, readings, after in frames)


def _scores(before: str, readings: Sequence[_Reading], after: str, fluency: Fluency) -> list[float]:
    return [r.prior + f for r, f in zip(readings, fluency.framed(before, [r.text for r in readings], after), strict=True)]


def _chosen(lines: Sequence[_Row], way: _Way, fluency: Fluency) -> list[tuple[_Row, _Reading, float]]:
    """Each line's best reading and how much better it is than the line as printed; each is weighed between its neighbours' best ones."""
    options = [line.options(way) for line in lines]
    # Most neighbours stay as printed.
    _foresee((_frame(lines, k, way) for k, readings in enumerate(options) if len(readings) > 1), fluency)
    best = [0] * len(lines)
    gains = [0.0] * len(lines)
    for _ in range(_SWEEPS):
        for k, readings in enumerate(options):
            if len(readings) > 1:
                before = options[k - 1][best[k - 1]].text if k else ""
                after = options[k + 1][best[k + 1]].text if k + 1 < len(lines) else ""
                scores = _scores(before, readings, after, fluency)
                best[k] = max(range(len(readings)), key=scores.__getitem__)
                gains[k] = scores[best[k]] - scores[0]
    return [(line, readings[k], gain) for line, readings, k, gain in zip(lines, options, best, gains, strict=True)]


class _Row:
    """A line of print and its readings by where it was cut; pieces and pairs of tokens that many of them share are looked at once."""

    def __init__(self, text: str, start: int, end: int, cutting: _Cutting) -> None:
        self.span = start, end
        self.line = text[start:end]
        self.oddities = sum(_ODD_BLANK if match.group()[0] == " " else _ODD_MARK for match in cutting.trace.finditer(self.line))
        self.in_table = start in table_rows(text)
        self.tells = self.oddities > 0 and not self.in_table
        gaps = len(_GAPS.findall(self.line))
        self.lacks_figures = gaps < cutting.least_gaps
        self._text = text
        self._tokens = [m.span() for m in _TOKEN.finditer(text, start, end)]
        self._words = [text[slice(*span)] for span in self._tokens]
        self._open = [cutting.ending and _is_open(word) for word in self._words]
        self._opening = [cutting.opening and word[0] in "أإآ" and len(word) > 1 for word in self._words]
        self._longest = _LONGEST_CUT if cutting.ending else _LONGEST
        self._hung = cutting.hung
        self._is_wide = _GAPS.search(self.line) is not None
        self._has_figures = BREAKS.search(text, start, end) is not None
        self._joins: dict[tuple[int, int], bool] = {}
        self._seen: dict[tuple[int, int, bool | None], list[_Piece]] = {}
        self._goes_round = cutting.stripped and gaps < _LEAST_STRIPPED and self.line[-1] in CUT_CLASSES
        self._found: dict[bool, list[tuple[tuple[int, ...], _Reading]]] = {}

    def options(self, way: _Way) -> list[_Reading]:
        """The line as printed, and its readings."""
        printed = _Reading([_Piece(range(*self.span), self.line, True)], self.line, -self.oddities)
        if self.in_table or len(self.line) > self._longest or "://" in self.line:
            return [printed]
        # A line without figures has the same pieces either way; only where lines are turned does one say by itself that it was not cut.
        figures = way.turned and self._has_figures
        if figures not in self._found:
            readings = ((cuts, self._arranged(cuts, figures)) for cuts in islice(self._cuts(), _MOST))
            self._found[figures] = [(cuts, reading) for cuts, reading in readings if reading]
        found = [(cuts, reading) for cuts, reading in self._found[figures] if cuts or way.turned]
        return [printed, *(r._replace(prior=r.prior + self._first_cut(cuts)) if way.bare else r for cuts, r in found)]

    def _first_cut(self, cuts: Sequence[int]) -> float:
        """What speaks for the first cut where the piece before it, which ended the row, has no blank of its own."""
        if not cuts or not self._is_wide:
            return 0.0
        apart = self._tokens[cuts[0]][0] - self._tokens[cuts[0] - 1][1]
        return -_CUT if apart > 1 else 0.0 if self._open[cuts[0] - 1] or self._opening[cuts[0]] else _CUT - _ANYWHERE

    def _cuts(self) -> Iterator[tuple[int, ...]]:
        """Token numbers at which pieces begin: at double blanks, behind alefs that end pieces, where the token before may be half a word.

        No cut at all comes last.
        """
        tokens, size = self._tokens, len(self._tokens)
        forced = {k for k in range(1, size) if tokens[k][0] - tokens[k - 1][1] > 1 or self._open[k - 1] or self._opening[k]}

        def later(begun: tuple[int, ...], at: int) -> Iterator[tuple[int, ...]]:
            earlier = (0, *begun)[-2:]
            for k in range(at, size):
                if k in forced:
                    yield from later((*begun, k), k + 1)
                    return
                if k > earlier[-1] and (not begun or self._joined(k - 1, earlier[0]) or self._joined(k - 1, earlier[-1])):
                    yield from later((*begun, k), k + 1)
            yield begun

        return later((), 1)

    def goes_round(self) -> bool:
        """Whether the last word of a line in a text without figures may be one with the first, as in displaced runs."""
        return self._goes_round and self._joined(len(self._words) - 1, 0)

    def _joined(self, left: int, right: int) -> bool:
        """Whether two tokens may be one word."""
        found = self._joins.get((left, right))
        if found is None:
            found = self._joins[left, right] = _gain(self._words[left], self._words[right]) is not None
        return found

    def _arranged(self, cuts: Sequence[int], figures: bool) -> _Reading | None:
        """The reading of a line that was cut so, pieces with figures turned or not, if each word that must go on does."""
        tokens, size = self._tokens, len(self._tokens)
        done: list[_Piece] = []
        open_: list[_Piece] = []
        prior = 0.0
        for first, last, behind in zip((0, *cuts), (*cuts, size), (*cuts, size, size)[1:], strict=True):
            stop = tokens[last - 1][1]
            gap = (tokens[last][0] if last < size else self.span[1] + 1) - stop
            wide: bool | None = gap > 1
            if last < size and self._opening[last] and gap == 1:
                wide = None
            else:
                prior -= _CUT * (gap == 1 and last < size and not self._open[last - 1])
            if gap == 2 and last < size and self._has_own_blank(last, behind, figures):
                wide = None
            parts = self._pieces(tokens[first][0], stop, wide, figures)
            if len(parts) > 1:
                done += [parts[0], *reversed(open_), parts[1]]
            open_ = parts[2:] if len(parts) > 1 else [*open_, *parts]
        joined = _together([piece for piece in (*done, *reversed(open_)) if piece.text])
        return joined and joined._replace(prior=joined.prior + prior)

    def _has_own_blank(self, first: int, last: int, figures: bool) -> bool:
        """Whether a blank opens the piece of these tokens: that which ends the row, or that behind a figure before or in the piece."""
        start = self._tokens[first][0]
        if last == len(self._tokens) and (self._hung or (figures and BREAKS.search(self._text, self._tokens[0][0], start))):
            return True
        found = BREAKS.search(self._text, start, self._tokens[last - 1][1]) if figures else None
        return found is not None and found.start() > start

    def _pieces(self, start: int, stop: int, wide: bool | None, figures: bool) -> list[_Piece]:
        """A printed piece, or where figures in it were turned the three that it makes."""
        if not figures:
            return [_Piece(range(start, stop), self._text[start:stop], wide)]
        key = start, stop, wide
        if key not in self._seen:
            self._seen[key] = _parts(self._text, *key) or [_Piece(range(start, stop), self._text[start:stop], wide)]
        return self._seen[key]


@lru_cache(maxsize=50_000)
def _is_open(token: str) -> bool:
    """Whether a token ends in an alef whose word goes on elsewhere: it is none that writers use."""
    found = _ENDS_IN_ALEF.search(token)
    word = plain(found.group()) if found else ""
    return len(word) == 1 or (bool(word) and word not in Lexicon.load().usual)


@lru_cache(maxsize=50_000)
def _gain(left: str, right: str) -> float | None:
    """How much likelier two tokens are as one word; None where they are none."""
    one = seam(token(left), token(right), WordScores.load(), {})
    if one is None or (one.kind != "mark" and one.gain <= 0):
        return None
    return min(one.gain, 16.0)


def _parts(text: str, start: int, stop: int, wide: bool | None) -> list[_Piece]:
    """A piece with figures in it: what was written before the first one, from there to the last one, and behind it."""
    if not BREAKS.search(text, start, stop):
        return []
    order: list[int] = []
    for first, last in reversed(pieces_of(text, start, stop, BREAKS)):
        if order and needs_blank(read(text, order[-2:]), text[first]):
            order.append(BLANK)
        order += range(first, last)
    laid = read(text, order)
    figures = [m.span() for m in BREAKS.finditer(laid)]
    if not figures:
        return []
    first, last = figures[0][0], figures[-1][1]
    # A blank set in behind the last figure is none of the piece's own: another piece may come between.
    own = last + (order[last : last + 1] == [BLANK])
    if order[first - 1 : first] == [BLANK]:
        # One set in before the first figure may part it from the end of a word that another piece brings.
        before = _Piece(order[: first - 1], laid[: first - 1], wide or None)
    else:
        before = _Piece(order[:first], laid[:first], True if laid[:first].endswith(" ") else wide)
    return [before, _Piece(order[first:last], laid[first:last], True), _Piece(order[own:], laid[own:], True)]


def _together(written: Sequence[_Piece]) -> _Reading | None:
    """Pieces put together: a blank where a word ends, a word where it goes on; None where it is none."""
    pieces: list[_Piece] = []
    prior = 0.0
    for piece in written:
        if pieces:
            apart, gain = _meeting(pieces[-1], piece)
            if gain is None:
                return None
            prior += gain
            if apart:
                pieces.append(_SET_IN)
        pieces.append(piece)
    return _Reading(pieces, " ".join(filter(None, "".join([piece.text for piece in pieces]).split(" "))), prior)


def _meeting(before: _Piece, piece: _Piece) -> tuple[bool, float | None]:
    """Whether a blank stands between two pieces, and what speaks for it (None: they make no word, and must)."""
    if _is_figure(before.text[-1]):
        # Two figures are never one: that would be a figure that no one wrote.
        return _is_figure(piece.text[0]) or needs_blank(before.text[-2:], piece.text[0]), 0.0
    if _is_figure(piece.text[0]):
        return bool(before.ends) or needs_blank(before.text[-2:], piece.text[0]), 0.0
    if before.ends:
        return True, 0.0
    if before.text.isspace() or piece.text.isspace():
        return True, None if before.ends is False else 0.0
    word = before.text.rsplit(None, 1)[-1]
    gain = _gain(word, piece.text.split(None, 1)[0])
    if gain is None and before.ends is False and _is_open(word):
        gain = -_UNKNOWN_WORD
    if gain is None:
        return True, None if before.ends is False else 0.0
    return False, _GAIN * gain


def _is_figure(sign: str) -> bool:
    return sign.isdigit() or "\ue000" <= sign <= "\uf8ff" or (sign.isascii() and sign.isalpha()) or sign in "%٪"
