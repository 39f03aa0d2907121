"""Lines whose pieces were printed from left to right: `آخرين أمس80  مدنيا من34 قتل` for `قتل 34 مدنيا من 80 آخرين أمس`.

MuPDF, pypdf and, for some writers, PDFBox do this to right-to-left lines (measured): letters inside a piece are in order,
pieces break at figures, Latin words and signs of another font, signs beside them stand as the page shows them. Lines
that break at lost glyphs belong in visual_runs.py, lines cut inside words in displaced_runs.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.restore.backward_digits import DATE, stand_backward
from pipeline.restore.characters import LATIN, LATIN_WORDS, LETTERS_AND_TATWEEL, LOST, WITH_HAMZA_MARKS
from pipeline.restore.fluency import Fluency, Setting
from pipeline.restore.numerals import DIGITS
from pipeline.restore.physical_lines import ARABIC_LINE
from pipeline.restore.proclitics import CLITICS
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, read, reordered, rewrite, single_blanks
from pipeline.restore.traced import Doubt, Outcome, Traced
from pipeline.restore.traces import Trace
from pipeline.restore.visual_order import MIRROR, unpaired
from pipeline.restore.votes import Votes, probability

_A = WITH_HAMZA_MARKS + LOST
_FIGURE = "[%٪]?[{0}]+(?:[.,:/٫٬-][{0}]+)*[%٪]?"
_WESTERN, _ARABIC_INDIC = "0-9\ue000-\uf8ff", "٠-٩"
# MuPDF turns such figures with the words behind them; two blanks end these.
_WITH_WORDS, _FIGURE_WITH_WORDS = "\x00", "[٠-٩]+(?:[.,:٫٬][٠-٩]+)*(?:(?!  )[^0-9٠-٩A-Za-z/\n-])*"
# The number of a list's item, which such a line ends in.
_ITEM_NUMBER = f"(?m:[–-] ?[{_ARABIC_INDIC}]{{1,3}} *$)"
_ARABIC_DATE = re.compile(DATE)
_ARABIC_FIGURE, _MOST_FIGURES = re.compile(f"[{_ARABIC_INDIC}]+"), 0.95
# A stroke of a date behind a letter, a figure at a word's end, two figures side by side.
_BACKWARD_TRACE = re.compile(
    f"[{_A}] ?/ ?[{_ARABIC_INDIC}]|[{_ARABIC_INDIC}]/ ?[{_A}]|[{_A}]{{2}}[{_ARABIC_INDIC}]{{2}}|[{_ARABIC_INDIC}]{{2}} [{_ARABIC_INDIC}]"
)
_ARABIC_NUMERAL = "[%٪]?[٠-٩]+(?:[.,:/٫٬][٠-٩]+)*[%٪]?"
_OPENING_FIGURE = re.compile(f" *{_ARABIC_NUMERAL}")
_DIGITS = "٠١٢٣٤٥٦٧٨٩"
# A handle or a hashtag with its sign behind it, and with the sign before it.
_SIGN_BEHIND, _SIGN_BEFORE = re.compile("[A-Za-z0-9_][@#](?!\\w)"), re.compile("(?<!\\w)[@#]\\w")
# One letter that touches Arabic ones is an Arabic one that the font's table calls so, but for the first of a symbol (`A/RES/77`).
_LONE = f"(?<=[{_A}])[{LATIN}](?![{LATIN}0-9-]|/[A-Z0-9])|(?<![A-Za-z])[{LATIN}](?=[{_A}])"
_LATIN = f"(?!{_LONE}){LATIN_WORDS}"
_STOPS = ".،؛:؟!"
# What only such lines have: a stop that opens a line, a figure that touches the word (not `و`, `ال` …) before or behind it,
# a closing quotation mark inside a word.
_TRACE = re.compile(
    f'(?m)^ *[{_STOPS}”»)]+ ?[{_A}]|[{_A}]{{2}}(?<!ال)(?<!لل)[.،”»"]{{0,2}}[{DIGITS}]+ +[{_A}]|[{DIGITS}][{_A}]{{2}}|[{_A}]{{2}}[»”][{_A}]'
)
# Each trace has one of these, or stands where the text begins; they are found faster.
_TRACED_FIGURE = re.compile(
    f'[{DIGITS}»”](?:(?<=[{_A}]{{2}}[{DIGITS}])|(?<=[{_A}][.،”»"][{DIGITS}])|(?<=[{_A}][.،”»"]{{2}}[{DIGITS}])|(?=[{_A}]{{2}}))'
)
_TRACED_STOP = re.compile(f"\n *[{_STOPS}”»)]+ ?[{_A}]")
_FEWEST_LINES, _LEAST_TRACES, _LEAST_SHARE = 3, 1, 0.02  # of the lines
_SET_OFF, _AROUND_FIGURE = 0.5, re.compile(f"[{_A}] *[{DIGITS}]+(?:[.,:/][{DIGITS}]+)* *[{_A}]")
_OPENS_BLANK, _MOSTLY_FIGURES = re.compile(f"(?m)^ (?=[{_A}])[^\n]+"), 0.7
_FULL_STOP_FIRST, _FULL_STOP_LAST = re.compile(f"(?m)^ *\\.[”»)]?[{_A}]"), re.compile("(?m)\\.[”»)]? *$")
_MANY, _SHARE_BY_FORM, _LOUDEST, _LEAST_GAIN, _BY_FORM, _BY_DIGITS = 5, 0.2, 6.0, 0.75, 6.0, 12.0
_OF_A_BRACKET = 2.0  # log odds that one without a partner says against a reading
_STOP_FIRST = re.compile(f" *[{_STOPS}”»)]+[^0-9A-Za-z\ue000-\uf8ff]*[{_A}”»]$")
BREAKS = re.compile(f"{_FIGURE.format(_WESTERN)}|{_LATIN}")
LONGEST = 220  # characters; longer lines are paragraphs and were never set as one line
FAMILIES = ("/", "«»", '“”«»"', "()[]", "-–—", ".:؟!", "#")
_PAIRED = frozenset('“”«»"()[]')
_OPENING_SIGNS = re.compile(f"[^{_A}{_ARABIC_INDIC}]*")
_LOGICAL = re.compile("[ ]*[،؛:]+ +$|[ ]*[)»”\\]][،.؛:]? +$")
# Where a stop and a blank open a piece, the stop was written there, behind a figure, or at the piece's end, and the blank opens it.
_OPENING_STOP = re.compile(f" *[{_STOPS}]+ +(?=[{_A}«“(])")
_HAS_OPENING_STOP = re.compile(f"(?:^|[{DIGITS}]){_OPENING_STOP.pattern}")
# Signs behind a piece, last first, and those of the figure before it: ` ،). ` is `. … )، ` in `5. خليل (أبو سعد)، 36`.
_SIGNS_OF_BOTH = re.compile("(?P<behind>[–-]? *[،؛:؟!.]?[)»”\\]]?|[(«“\\[] ?)(?P<ahead>[.،؛:] )(?! )")
_CLOSES = {")": "(", "»": "«", "”": "“", "]": "["}
_SURE, _TOTAL, _FEWEST, _CLEARLY, _MOST_LEAN = 2.0, 8.0, 2, 4, 10.0
_TOTAL_OF_ONE, _TOTAL_OF_MANY, _DOUBTFUL = 20.0, 40.0, 1.0
# A reader that turns one line turns all of them: the more lines tell so, the less one line says against it.
_HABIT = 3.0
_UNEVEN = re.compile(f"^ | (?:[ {_STOPS}]|\\Z)")
_WORD = re.compile(f"[{LETTERS_AND_TATWEEL}]{{2}}")
TRACES: tuple[Trace, ...] = (
    ("[ \t]", "\n"), (f"[{_A}]", f"[{_A}]", f"[{DIGITS}]"), (f'[{_A}.،”»"]', '[.،”»"]', f"[{DIGITS}]"), (f"[{DIGITS}»”]", f"[{_A}]", f"[{_A}]"),
    ("\n", f"[{_STOPS}”»)]", f"[{_STOPS}”») {_A}]"), ("\n", " ", f"[ {_STOPS}”»)]"),
)  # fmt: skip


class _Reading(NamedTuple):
    """A line's span, the places of its characters in reading order (-1 is a blank set in), the text so read.

    `parted` tells that words stand on both sides of a break, so that the order of words tells whether it was turned;
    `plain` that there are no quotation marks or brackets, which some readers lead further astray. `breaks` are the line's.
    """

    start: int
    end: int
    line: str
    order: list[int]
    text: str
    parted: bool
    plain: bool
    breaks: re.Pattern[str]

    @property
    def is_changed(self) -> bool:
        """Whether more than blanks differs from the line as printed."""
        return self.text.split() != self.line.split()


def restore_turned_lines(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the pieces of lines that were printed from left to right in reading order, where the text shows the habit."""
    text = traced.text
    least = max(_LEAST_TRACES, _LEAST_SHARE * text.count("\n"))
    if text.count("\n") < _FEWEST_LINES - 1:
        return Outcome(traced)
    set_off = _sets_figures_off(text)
    backward = _has_backward_pieces(text)
    handles = _has_turned_handles(text)
    if not (set_off or backward or handles or _TRACED_FIGURE.search(text) or _TRACED_STOP.search(text)):
        return Outcome(traced)
    lines = [m.span() for m in ARABIC_LINE.finditer(text) if m.end() - m.start() <= LONGEST and "://" not in m.group() and "\t" not in m.group()]
    if len(lines) < _FEWEST_LINES or not (set_off or backward or handles or len(_TRACE.findall(text)) >= least):
        return Outcome(traced)
    arranged, fluency = _Readings(text), Fluency()
    if not (backward or handles) and not _may_be_turned(text, lines, arranged, fluency, _AROUND_FIGURE if set_off else _TRACE):
        return Outcome(traced)
    readings = _with_first_figures_apart(_best_readings(text, lines, arranged, fluency), text, fluency)
    readings = _with_opening_stops(text, readings, fluency)
    settings = list(zip(fluency.settings(r.text for r in readings), fluency.settings(r.line for r in readings), strict=True))
    shown = [k for k, reading in enumerate(readings) if _TRACE.search(reading.line) or (backward and _BACKWARD_TRACE.search(reading.line))]
    judged = [(readings[k], gain) for k, gain in zip(shown, fluency.gains([settings[k] for k in shown]), strict=True)]
    plain = [g for r, g in judged if r.parted and r.plain]
    told = plain if sum(g > _SURE for g in plain) >= _FEWEST else [g for r, g in judged if r.parted]
    whole = _lean(told)
    if whole is None and set_off:
        # Readers that set figures off leave no other trace in lines without brackets and quotation marks.
        spaced = [k for k, reading in enumerate(readings) if reading.parted and reading.plain]
        whole = _lean(fluency.gains([settings[k] for k in spaced]))
    # Figures that stand backward tell more than any line of names can.
    proven = backward and (whole is not None or _dates(r.text for r in readings) >= _dates(r.line for r in readings) + _FEWEST_LINES)
    whole = _BY_DIGITS if proven or handles else whole
    # Lines of one piece may have only their stops on the wrong side.
    whole = _by_form(len(readings), [g for r, g in judged if r.parted]) if whole is None else whole
    lean = _lean([g for r, g in judged if not r.parted]) if whole is None and _opens_with_stops(text) else whole
    if lean is not None and not (proven or handles or _turned_within(readings, settings, fluency)):
        return Outcome(traced)
    if lean is None:
        return Outcome(traced, [], [_doubt(traced, r) for r, g in judged if r.parted and g > _DOUBTFUL])
    gains = zip(readings, fluency.gains(settings), strict=True)
    chosen = [(r, g + lean) for r, g in gains if r.is_changed and (whole is not None or _STOP_FIRST.match(r.line))]
    turned = [(r, score) for r, score in chosen if score > 0]
    edits = [reordered(traced, r.start, r.end, r.order) for r, _ in turned]
    scores = [probability(score, 0.97) for _, score in turned]
    doubts = [_doubt(traced, r) for r, score in chosen if score <= 0 and r.parted and _TRACE.search(r.line)]
    outcome = rewrite(traced, "visual_order", edits, f"pieces printed from left to right; {len(judged)} lines show it", scores)
    return Outcome(outcome.traced, outcome.changes, doubts)


def _turned_within(readings: Sequence[_Reading], settings: Sequence[tuple[Setting, Setting]], fluency: Fluency) -> bool:
    """Whether lines that open with a word are turned, too: a reader may turn those alone that open with a figure (displaced_runs.py)."""
    within = [pair for r, pair in zip(readings, settings, strict=True) if r.parted and not BREAKS.match(r.line.lstrip(f"{_STOPS} "))]
    votes = Votes.of(fluency.gains(within), _SURE)
    return votes.worse <= votes.better


def _sets_figures_off(text: str) -> bool:
    """Whether blanks stand where pypdf sets figures off: at the end of each line, or at the start of lines that have figures only."""
    if text.count(" \n") > _SET_OFF * text.count("\n"):
        return True
    opening = _OPENS_BLANK.findall(text)
    return len(opening) >= _FEWEST_LINES and sum(_AROUND_FIGURE.search(line) is not None for line in opening) > _MOSTLY_FIGURES * len(opening)


def _has_backward_pieces(text: str) -> bool:
    """Whether Arabic-Indic figures stand backward and, in several lines, where they do only when pieces are turned."""
    return stand_backward(text) and len(_BACKWARD_TRACE.findall(text)) >= _FEWEST_LINES


def _has_turned_handles(text: str) -> bool:
    """Whether handles and hashtags have their signs behind them: what no writer does, but lines in pieces from left to right."""
    if not ("@" in text or "#" in text):
        return False
    behind = len(_SIGN_BEHIND.findall(text))
    return behind >= _FEWEST_LINES and behind > 2 * len(_SIGN_BEFORE.findall(text))


def _doubt(traced: Traced, reading: _Reading) -> Doubt:
    explanation = f"The line's pieces may have been printed from left to right; turned it reads “{reading.text}”"
    return Doubt("displaced_run_unresolved", *traced.raw_span(reading.start, reading.end), explanation, 0.5, readings=(reading.text,))


def _opens_with_stops(text: str) -> bool:
    """Whether more lines begin with a full stop than end in one."""
    return len(_FULL_STOP_FIRST.findall(text)) > 2 * len(_FULL_STOP_LAST.findall(text))


def _lean(gains: Sequence[float]) -> float | None:
    """What the lines that show the habit say for any line of the text, in log odds; None where they do not tell."""
    better, worse, total = votes = Votes.of(gains, _SURE)
    clearly = _CLEARLY if total < _TOTAL_OF_MANY else _CLEARLY / 2
    if not better or better < clearly * worse or total < (_TOTAL if better >= _FEWEST else _TOTAL_OF_ONE):
        return None
    return votes.lean(_MOST_LEAN, _HABIT)


def _by_form(lines: int, gains: Sequence[float]) -> float | None:
    """What many lines with a trace say that read better by little, or as often worse: names and symbols, which nobody knows, hardly tell."""
    told = sum(max(-_LOUDEST, min(_LOUDEST, gain)) for gain in gains)
    return _BY_FORM if len(gains) >= max(_MANY, _SHARE_BY_FORM * lines) and told > _LEAST_GAIN * len(gains) else None


def _may_be_turned(text: str, lines: Sequence[tuple[int, int]], readings: _Readings, fluency: Fluency, trace: re.Pattern[str]) -> bool:
    """Whether some line with a trace, looked at by itself, reads hardly worse when turned: a quick look before all are weighed."""
    shown = [line for line in lines if trace.search(text[slice(*line)])]
    as_printed = fluency.alone(text[slice(*line)] for line in shown)
    for signs in ("", "".join(FAMILIES) + _ARABIC_INDIC):
        turned = fluency.alone(r.text for r in readings.of(shown, signs))
        if any(new > old - _SURE for new, old in zip(turned, as_printed, strict=True)):
            return True
    return False


def _best_readings(text: str, lines: Sequence[tuple[int, int]], readings: _Readings, fluency: Fluency) -> list[_Reading]:
    """All lines turned; signs of a family count as pieces of their own where that makes the whole text read better."""
    families = [family for family in FAMILIES if any(sign in text for sign in family)]
    families += [_ARABIC_INDIC] if re.search(f"[{_ARABIC_INDIC}]", text) else []
    # Figures that stand backward are pieces, by themselves or with the words behind them, or stand among words.
    ways = (_ARABIC_INDIC, _ARABIC_INDIC + _WITH_WORDS, "/") if _has_backward_pieces(text) else ("",)
    found = [_with_families(lines, readings, fluency, families[: len(families) - (way == "/")], way) for way in ways]
    settings = [fluency.settings(r.text for r in one) for one in found]
    gains = [sum(fluency.gains(list(zip(one, settings[0], strict=True)))) for one in settings]
    return max(zip(gains, found, strict=True), key=lambda one: (_keeps_figures(one[1]), _dates(r.text for r in one[1]), one[0]))[1]


def _dates(lines: Iterable[str]) -> int:
    """How many Arabic-Indic dates stand together: the strokes of a date are where its line breaks."""
    return sum(len(_ARABIC_DATE.findall(line)) for line in lines)


def _keeps_figures(readings: Sequence[_Reading]) -> bool:
    """Whether hardly any figures become one when lines are read so: two never stood side by side."""
    printed, read = (sum(len(_ARABIC_FIGURE.findall(text)) for text in texts) for texts in zip(*((r.line, r.text) for r in readings), strict=True))
    return read >= _MOST_FIGURES * printed


def _with_families(lines: Sequence[tuple[int, int]], readings: _Readings, fluency: Fluency, families: Sequence[str], chosen: str) -> list[_Reading]:
    """All lines turned in a way, with the signs of those families that make the whole text read better."""
    best = readings.of(lines, chosen)
    laid = fluency.settings(r.text for r in best)
    # First each family by itself, then all: signs side by side must be told apart together.
    for family in (*families, "".join(families)):
        signs = chosen + family
        if family in chosen:
            continue
        tried = readings.of(lines, signs)
        settings = fluency.settings(r.text for r in tried)
        gain = sum(fluency.gains([pair for pair in zip(settings, laid, strict=True) if pair[0] != pair[1]]))
        if gain + _OF_A_BRACKET * (_unpaired(best) - _unpaired(tried)) > _SURE:
            chosen, best, laid = signs, tried, settings
    return best


def _unpaired(readings: Sequence[_Reading]) -> int:
    """How many brackets of all lines have no partner in theirs, as they are or mirrored, as some readers give them all."""
    texts = [r.text for r in readings if not r.plain]
    return min(sum(map(unpaired, texts)), sum(unpaired(text.translate(MIRROR)) for text in texts))


def _with_first_figures_apart(readings: list[_Reading], text: str, fluency: Fluency) -> list[_Reading]:
    """The readings; a figure that opens a line in print, and so ends it, has no words of its own where that reads better."""
    found = list(readings)
    for k, reading in enumerate(readings):
        if not (reading.breaks.pattern.startswith(_FIGURE_WITH_WORDS) and _OPENING_FIGURE.match(reading.line)):
            continue
        apart = re.compile(f"(?m:^{_OPENING_FIGURE.pattern})|{reading.breaks.pattern}")
        other = _reading(text, reading.start, reading.end, apart)
        before, after = found[k - 1].text if k else "", readings[k + 1].text if k + 1 < len(readings) else ""
        together, by_itself = fluency.framed(before, [reading.text, other.text], after)
        if by_itself > together:
            found[k] = other
    return found


def _with_opening_stops(text: str, readings: list[_Reading], fluency: Fluency) -> list[_Reading]:
    """The readings, stops that open pieces left there in those lines that read better so, as most such lines of the text do."""
    places = [k for k, r in enumerate(readings) if _HAS_OPENING_STOP.search(r.line)]
    tried = [_reading(text, readings[k].start, readings[k].end, readings[k].breaks, stops_open=True) for k in places]
    gains = []
    for k, other in zip(places, tried, strict=True):
        before, after = readings[k - 1].text if k else "", readings[k + 1].text if k + 1 < len(readings) else ""
        moved, left = fluency.framed(before, [readings[k].text, other.text], after)
        gains.append(left - moved)
    lean = Votes.of(gains, _SURE).lean(weight=_HABIT)
    better = {k: other for k, other, gain in zip(places, tried, gains, strict=True) if gain + lean > 0}
    return [better.get(k, reading) for k, reading in enumerate(readings)]


class _Readings:
    """Lines turned, signs among the breaks between pieces; each line is turned once for the signs that it has."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[tuple[int, frozenset[str]], _Reading] = {}

    def of(self, lines: Sequence[tuple[int, int]], signs: str) -> list[_Reading]:
        """The readings of lines, given by their spans, where these signs are pieces of their own."""
        breaks = breaks_at(signs)
        among = frozenset(signs.replace(_ARABIC_INDIC, _DIGITS))
        way = frozenset(_WITH_WORDS).intersection(among)
        found = []
        for start, end in lines:
            key = start, among.intersection(self._text[start:end]) | way
            if key not in self._known:
                self._known[key] = _reading(self._text, start, end, breaks)
            found.append(self._known[key])
        return found


def breaks_at(signs: str) -> re.Pattern[str]:
    """Where lines break: at figures, Latin words and these signs."""
    # Some readers take Arabic-Indic figures for text.
    figure = _FIGURE.format(_WESTERN) + (f"|{_ARABIC_NUMERAL}" if _ARABIC_INDIC in signs else "")
    figure = f"{_ITEM_NUMBER}|{figure}"
    figure = f"{_FIGURE_WITH_WORDS}|{figure}" if _WITH_WORDS in signs else figure
    signs = signs.replace(_ARABIC_INDIC, "").replace(_WITH_WORDS, "")
    return re.compile(f"{figure}|{_LATIN}" + (f"|[{re.escape(signs)}]" if signs else ""))


def turned(line: str, breaks: re.Pattern[str]) -> list[str]:
    """A line with its pieces from right to left, with stops that open pieces behind them, and there where it has such."""
    return [read(line, order) for order in reading_orders(line, 0, len(line), breaks)]


def reading_orders(text: str, start: int, end: int, breaks: re.Pattern[str]) -> list[list[int]]:
    """The orders in which `turned` reads a stretch of text, as places in the text; -1 is a blank set in."""
    ways = (False, True) if _HAS_OPENING_STOP.search(text[start:end]) else (False,)
    return [_reading(text, start, end, breaks, stops_open=way).order for way in ways]


def _reading(text: str, start: int, end: int, breaks: re.Pattern[str], *, stops_open: bool = False) -> _Reading:
    line = text[start:end]
    parted = sum(bool(_WORD.search(text, *piece)) for piece in pieces_of(text, start, end, breaks)) > 1
    order = _reading_order(text, start, end, breaks, stops_open=stops_open)
    turned = read(text, order)
    if _UNEVEN.search(turned):
        order = single_blanks(text, order, never_before=_STOPS, printed_stay=True)
        turned = read(text, order)
    return _Reading(start, end, line, order, turned, parted, _PAIRED.isdisjoint(line), breaks)


def _reading_order(text: str, start: int, end: int, breaks: re.Pattern[str], *, stops_open: bool) -> list[int]:
    """Places of a line's characters, pieces from right to left."""
    pieces = pieces_of(text, start, end, breaks)
    order: list[int] = []
    for k in range(len(pieces) - 1, -1, -1):
        first, last = pieces[k]
        if breaks.match(text, first, last):
            places = _sign_behind(text, first, last)
        elif k < len(pieces) - 1 and (behind := _signs_behind(text, first, last)):
            places = [*range(first + behind, last), *range(first + behind - 1, first - 1, -1)]
        elif stops_open and _OPENING_STOP.match(text, first, last):
            places = _without_first_blanks(text, first, last)
        else:
            places = _text_piece(text, first, last, closing=k == 0, opening=k == len(pieces) - 1)
        if order and places and needs_blank(read(text, order[-2:]), text[places[0]]):
            order.append(BLANK)
        order += places
    return order


def pieces_of(text: str, start: int, end: int, breaks: re.Pattern[str]) -> list[tuple[int, int]]:
    """The spans of the breaks in a stretch of text and of what stands between them."""
    pieces = []
    at = start
    for match in breaks.finditer(text, start, end):
        pieces += [(at, match.start()), match.span()]
        at = match.end()
    return [(a, b) for a, b in (*pieces, (at, end)) if b > a]


def _sign_behind(text: str, start: int, end: int) -> list[int]:
    places = [*range(start, end)]
    return places[1:] + places[:1] if text[start] in "%٪-–" else places


def _text_piece(text: str, start: int, end: int, *, closing: bool, opening: bool) -> list[int]:
    """A piece's places. Signs that stand before its first word in print, but not in writing, come behind its last one.

    `closing` is the piece that ends the line, `opening` the one that begins it.
    """
    lead = _OPENING_SIGNS.match(text, start, end)
    edge = lead.end() if lead else start
    while start < edge < end and text[edge - 1] in "«“([":
        edge -= 1
    signs = text[start:edge]
    if edge == end:
        return list(range(end - 1, start - 1, -1))
    if not signs and text[end - 1] == " " and not opening and text[end] in "-–":
        # The blank stood between this piece and the dash printed behind it.
        return [end - 1, *range(start, end - 1)]
    if not signs.strip():
        # Of two blanks one stood behind the piece; so did the only one of the piece that begins the line.
        moved = 1 if signs and (len(signs) > 1 or opening) and text[end - 1] != " " else 0
        return [*range(start + moved, end), *range(start, start + moved)]
    if _LOGICAL.match(signs) and not (closing and _closes_here(text, signs.strip()[0], edge, end)):
        return _without_first_blanks(text, start, end)
    kept = edge - 1 if signs.endswith("  ") else edge
    return [*range(kept, end), *range(kept - 1, start - 1, -1)]


def _signs_behind(text: str, start: int, end: int) -> int:
    """How many of the signs that open a piece in print belong behind it, where the others belong to the figure before it; else 0."""
    signs = _SIGNS_OF_BOTH.match(text, start, end)
    if not signs or not signs["behind"].strip() or text[signs.end() : end].strip() == "":
        return 0
    return len(signs["behind"]) if _closes_here(text, signs["behind"][-1], signs.end(), end) else 0


def _closes_here(text: str, sign: str, start: int, end: int) -> bool:
    """Whether a sign may follow a piece: a closing bracket or quotation mark only where one is open in it."""
    return sign not in _CLOSES or text.count(_CLOSES[sign], start, end) > text.count(sign, start, end)


def _without_first_blanks(text: str, start: int, end: int) -> list[int]:
    """A piece's places in the order of print, but for blanks that open it: they come behind."""
    first = end - len(text[start:end].lstrip())
    return [*range(first, end), *range(start, first)]


def needs_blank(before: str, right: str) -> bool:
    """Whether a word and a figure would touch where a sign follows the (one or two) characters before; `و24` is written so."""
    left = before[-1]
    if _is_digit(left) != _is_digit(right) and _is_said(left) and _is_said(right) and not (left.isascii() and right.isascii()):
        return not (left in CLITICS and not before[:-1].isalpha())
    return left in "%٪" and right.isalpha()


def _is_digit(sign: str) -> bool:
    return sign.isdigit() or "\ue000" <= sign <= "\uf8ff"


def _is_said(sign: str) -> bool:
    return sign.isalnum() or _is_digit(sign)
