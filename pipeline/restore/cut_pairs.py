"""Which pairs of letters a text's producer cuts between, told from the text itself.

A font kerns a pair of glyphs everywhere or nowhere, so a pair that stands inside words all through a text is not what its lines
were cut at, and one that lines end and begin with again and again is (measured: of `ري`, `إي`, `وي` in texts cut there hardly one
is left whole, but before letters that make a ligature with the second).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from pipeline.restore.characters import TATWEEL, VOWEL_MARKS
from pipeline.restore.seams import AT_A_BLANK, Seam, Token

_NO_LETTER = re.compile(f"[{TATWEEL}{VOWEL_MARKS}\u0670]+")
# A blank is kerned with the ligature that two letters make behind it.
_BEHIND_BLANK = 2
# How often pairs are cut of which nothing is known, and how many places this is worth.
_CUT, _PLACES = 0.2, 2.0
# Two lines and no word, or three lines and two words; likely is one line and two words.
_LEAST, _LIKELY, _SURELY, _FEWEST = -4.0, 0.7, 1.5, 2


class CutPairs:
    """The pairs of a text, each weighed when first asked for."""

    def __init__(self, text: str, suspicious: Iterable[str]) -> None:
        """`suspicious` are the text's lines that may be displaced: where one was cut its end meets its beginning."""
        self._text = text
        self._met = Counter(map(outer_pair, suspicious))
        self._gains: dict[tuple[str, bool], float] = {}

    @cached_property
    def _bare(self) -> str:
        return _NO_LETTER.sub("", self._text)

    def is_cut(self, pair: str, own: str) -> bool:
        """Whether several lines other than that with this outer pair end and begin so, and hardly a word of the text has it inside."""
        return self._others(pair, own) >= _FEWEST and self.gain(pair, own) > _SURELY

    def likely_cut(self) -> list[str]:
        """The pairs that suspicious lines end and begin with and hardly a word has inside."""
        return [pair for pair in self._met if self.gain(pair, "") > _LIKELY]

    def gain(self, pair: str, own: str) -> float:
        """How much likelier a cut at a pair is than one of which nothing is known (natural log); its line's `own` outer pair tells nothing."""
        key = pair, pair == own
        if key not in self._gains:
            met = self._others(pair, own)
            self._gains[key] = max(math.log((met + _CUT) / (met + self._bare.count(pair) + _PLACES) * _PLACES / _CUT), _LEAST)
        return self._gains[key]

    def _others(self, pair: str, own: str) -> int:
        return max(self._met[pair] - (pair == own), 0)


def outer_pair(line: str) -> str:
    """The last sign of a line and its first letter; two where the last sign is a blank."""
    bare = _NO_LETTER.sub("", line)
    first = bare.lstrip(" ")
    return f"{bare[-1:]}{first[: _BEHIND_BLANK if bare[-1:] == ' ' else 1]}"


def pair_of(left: Token, right: Token, seam: Seam) -> str:
    """The pair at which two tokens were cut; none where no letters meet."""
    if seam is AT_A_BLANK:
        return f" {right.plain[:_BEHIND_BLANK]}"
    return left.last[-1] + right.first[0] if left.last and right.first else ""
