"""Rows broken behind their figures: `أعلنت في اليوم95` and `  للحرب أن` on two lines for `أعلنت في اليوم 95 للحرب أن`.

MuPDF does this to pages of LibreOffice and Typst (measured): each piece stands on a line of its own, begins with a blank
and ends in the figure, which lost its blank; a stop behind the figure is a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced

_A = "\u0621-\u063a\u0641-\u0652"
_D = "0-9\u0660-\u0669\ue000-\uf8ff"
_BREAK = re.compile(
    f"(?<=[{_A}])(?P<figure>[{_D}]+(?:[.,:/٫٬][{_D}]+)*[%٪]?)(?P<gap> *\n(?: *\n)?(?: *(?P<sign>[،.:؛!؟%٪)»”]{{1,3}}) *\n)? +)(?=[{_A}،(«“])"
)
_CLITICS = frozenset("وبلفك")
_LEAST, _LEAST_SHARE = 3, 0.05  # of the lines


def restore_broken_rows(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Join the pieces of rows that were broken behind figures, in a text where a share of the lines is so broken."""
    text = traced.text
    if "\n " not in text:
        return Outcome(traced)
    breaks = list(_BREAK.finditer(text))
    if len(breaks) < max(_LEAST, _LEAST_SHARE * text.count("\n")):
        return Outcome(traced)
    edits = [edit for match in breaks for edit in _joined(traced, match)]
    return rewrite(traced, "visual_order", edits, f"{len(breaks)} rows of the text are broken behind figures", 0.95)


def _joined(traced: Traced, match: re.Match[str]) -> Iterator[Edit]:
    text, at = traced.text, match.start("figure")
    if not (text[at - 1] in _CLITICS and not text[at - 2 : at - 1].isalpha()):
        yield Edit(at, at + 1, f" {text[at]}", [-1, int(traced.origin[at])])
    start, end = match.span("gap")
    places = [*range(*match.span("sign")), *([end - 1] if text[end] != "،" else [])]
    yield Edit(start, end, "".join(text[i] for i in places), [int(traced.origin[i]) for i in places])
