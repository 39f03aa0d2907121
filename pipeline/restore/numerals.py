"""How figures stand in print: their digits, private glyphs among them, and the signs inside and beside them, as patterns."""

from __future__ import annotations

CODED_DIGITS = "0-9\u0660-\u0669"
"""What a set of characters has between its brackets: Western and Arabic-Indic digits."""
DIGITS = f"{CODED_DIGITS}\ue000-\uf8ff"
"""The same with glyphs that may be some."""
CODED_NUMERAL = f"[{CODED_DIGITS}]+(?:[.,:/٫٬][{CODED_DIGITS}]+)*"
NUMERAL = f"[{DIGITS}]+(?:[.,:/٫٬-][{DIGITS}]+)*"
NUMERAL_OR_PERCENTAGE = f"[%٪]?{NUMERAL}[%٪]?"
