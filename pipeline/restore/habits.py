"""What a text as a whole says about its lines: whether its figures were deleted, which letters it sets apart itself."""

from __future__ import annotations

import re
from functools import cached_property

from pipeline.restore.private_fonts import PRIVATE_SIGNS
from pipeline.restore.rewriting import unusual
from pipeline.restore.seams import ARTICLES

# What only a cut leaves alone at a run's end: letters that do not join, others before an alef that stands apart in its font
# (`ب` + `إنهاء`), the article (`ال` + `أمم`). Other letters that stand alone are abbreviations.
CUT_LETTERS = frozenset("رزدذاأإآوبلكف") | ARTICLES
_SIGNS = PRIVATE_SIGNS | frozenset("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670")
_DIGIT = re.compile("[0-9٠-٩۰-۹\ue000-\uf8ff]")
_WAW_APART = re.compile(r"و(?<=\S و)(?= \S)")
_WAW_LAST = re.compile(r" و$", re.MULTILINE)
_APART_BY_HABIT, _LAST_BY_CUTS = 0.15, 0.25
# As long as no printed line is.
_CUT_AT_BLANKS = re.compile(r"^(?=.{1,220}$).*\S  \S.*\S $", re.MULTILINE)
_TRAILING, ENDS_STOPPED = re.compile(r"\S $", re.MULTILINE), re.compile("[.،؛:؟!] $", re.MULTILINE)
# MuPDF leaves a blank at the end of four whole lines in ten of Word documents (measured).
_TRAILING_BY_HABIT, _FEW_TRAILING = 0.35, 0.2


class Habits:
    """What a text shows of itself, each found when it is first asked for: clean lines hardly ever ask."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.signs = not _SIGNS.isdisjoint(unusual(text))
        """Whether it has marks or private glyphs."""

    @cached_property
    def stripped(self) -> bool:
        """Whether it has no figure."""
        return not has_figures(self._text)

    @cached_property
    def lone(self) -> frozenset[str]:
        """Letters whose standing alone is a trace of a cut: the conjunction is none where the writer sets it apart (`ذهب و عاد`)."""
        return CUT_LETTERS - {"و"} if _sets_waw_apart(self._text) else CUT_LETTERS

    @cached_property
    def gapped(self) -> bool:
        """Whether blanks two in a row and at a line's end are traces of cuts: a run that ends in one leaves them; some texts have them everywhere."""
        return not self.stripped and _is_gapped(self._text)

    @cached_property
    def trailing(self) -> bool:
        """Whether a few lines end in a blank, which in a text with other displaced lines is a trace of a cut, too."""
        return not self.stripped and " \n" in self._text and 0 < _share_trailing(self._text) <= _FEW_TRAILING

    @cached_property
    def stopped(self) -> bool:
        """Whether figures were deleted and a few lines end in a stop and a blank, which hardly ever stood before a figure."""
        return self.stripped and " \n" in self._text and 0 < _share(ENDS_STOPPED, self._text) <= _FEW_TRAILING


def has_figures(text: str) -> bool:
    """Whether a text has figures: where Arabic-Indic ones, which cleaning spares, stand, there hardly were others to delete."""
    return _DIGIT.search(text) is not None


def _sets_waw_apart(text: str) -> bool:
    """Whether the conjunction mostly stands apart inside lines; where cuts leave it alone, lines often end in it."""
    if " و " not in text:
        return False
    apart = len(_WAW_APART.findall(text))
    return apart > _APART_BY_HABIT * text.count(" و") and len(_WAW_LAST.findall(text)) <= _LAST_BY_CUTS * apart


def _is_gapped(text: str) -> bool:
    """Whether some line both has blanks two in a row and ends in one, and not every third line does the latter."""
    if "  " not in text or " \n" not in text or not _CUT_AT_BLANKS.search(text):
        return False
    return _share_trailing(text) <= _TRAILING_BY_HABIT


def _share_trailing(text: str) -> float:
    """The share of lines that end in a blank."""
    return _share(_TRAILING, text)


def _share(ends: re.Pattern[str], text: str) -> float:
    """The share of lines that end so."""
    return len(ends.findall(text)) / (text.count("\n") - text.count("\n\n") + 1)
