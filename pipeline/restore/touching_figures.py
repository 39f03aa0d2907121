"""Figures that touch the letter printed behind them: `نفقا، ردّ عليه32وإن الجيش دمّر`. They tell which reader printed a text.

PDFBox does this on pages of LibreOffice and Typst, MuPDF on cairo's, pypdf on LibreOffice's, which draw figures by themselves:
two to eight in ten of a text's figures; pdfium, poppler and pdfminer next to never do (measured).
"""

from __future__ import annotations

import re

from pipeline.restore.characters import LETTERS_AND_TATWEEL
from pipeline.restore.numerals import DIGITS, NUMERAL

TOUCHING = re.compile(f"[{DIGITS}](?=[{LETTERS_AND_TATWEEL}])")
_FIGURE = re.compile(NUMERAL)
_FEWEST, _SHARE = 3, 0.35


def figures_touch(text: str) -> bool:
    """Whether many of a text's figures touch the letter behind them."""
    touching = len(TOUCHING.findall(text))
    return touching >= _FEWEST and touching >= _SHARE * len(_FIGURE.findall(text))
