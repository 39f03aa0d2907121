"""Line endings: every physical line ends in one line feed.

Form feeds stay: a page break tells the later passes where headers and footers are.
"""

from __future__ import annotations

import re

from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced

FOREIGN = frozenset("\r\v\x85\u2028\u2029")
_ENDING = re.compile("\r\n?|[\v\x85\u2028\u2029]")


def unify_line_endings(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """CR LF, CR, VT, NEL, LS and PS become LF (Unicode Standard, 5.8 Newline Guidelines)."""
    edits = [Edit(*m.span(), "\n") for m in _ENDING.finditer(traced.text)]
    return rewrite(traced, "line_ending", edits, "one line feed ends a line")
