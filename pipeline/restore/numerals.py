"""How figures stand in print: their digits, private glyphs among them, and the signs inside and beside them, as patterns."""

from __future__ import annotations

DIGITS = "0-9\u0660-\u0669\ue000-\uf8ff"
"""What a set of characters has between its brackets: Western and Arabic-Indic digits, and glyphs that may be some."""
NUMERAL = f"[{DIGITS}]+(?:[.,:/٫٬-][{DIGITS}]+)*"
NUMERAL_OR_PERCENTAGE = f"[%٪]?{NUMERAL}[%٪]?"
