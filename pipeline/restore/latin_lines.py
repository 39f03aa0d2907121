"""Lines of Latin text set from right to left: `.Human Rights Watch, p. 34 .2` for `2. Human Rights Watch, p. 34.`.

In a right-to-left paragraph the signs at the edges of a left-to-right line belong to the paragraph (UAX #9, rule L1 and N2), so
the page shows the full stop at the left and the number of a note at the right; every reader prints what the page shows.
"""

from __future__ import annotations

import re

from pipeline.restore.characters import LATIN, LETTERS_AND_TATWEEL
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import BLANK, reordered, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace

_BODY = f"[(“\"'‘]*[{LATIN}0-9][^\n{LETTERS_AND_TATWEEL}]*?"
_NUMBER = "(?P<sign>[.)\\]-])(?P<number>[0-9]{1,3})(?P<end>\\.?)"
_LINE = re.compile(f"(?m)^ *(?P<stop>[.:;!?]?)(?P<body>{_BODY})(?: {_NUMBER})? *$")
_WORDS = re.compile(f"[{LATIN}]{{2,}}(?:[^\n]* [^\n]*[{LATIN}]{{2}}){{2}}")
_ARABIC = re.compile(f"[{LETTERS_AND_TATWEEL}]")
TRACES: tuple[Trace, ...] = (("[.:;!?]", f"[{LATIN}(“\"'‘]"), (" ", "[.)\\]-]", "[0-9]"))


def restore_latin_lines(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Put the stop that opens a line of Latin words behind it, and the number of a note that ends it before it."""
    if not _ARABIC.search(traced.text):
        return Outcome(traced)
    edits = [edit for match in _LINE.finditer(traced.text) if (edit := _turned(traced, match))]
    return rewrite(traced, "visual_order", edits, "a Latin line set from right to left (UAX #9)", 0.95)


def _turned(traced: Traced, match: re.Match[str]) -> Edit | None:
    """None where nothing shows that the line was set so: a stop that opens it, or two that end it."""
    if not (match["stop"] or match["end"]) or not _WORDS.search(match["body"]):
        return None
    number = [*range(*match.span("number")), *range(*match.span("sign")), BLANK] if match["number"] else []
    stop = [*range(*match.span("stop")), *(range(*match.span("end")) if match["number"] else ())]
    start, end = match.start("stop"), match.end("end") if match["number"] else match.end("body")
    return reordered(traced, start, end, [*number, *range(*match.span("body")), *stop])
