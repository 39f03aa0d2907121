"""Private glyphs inside words: combinations of vowel marks and letter variants that have no code of their own.

Figures in private glyphs belong in private_digits.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.restore.characters import ALPHABET
from pipeline.restore.language_model import WORD, Lexicon, plain
from pipeline.restore.private_fonts import HAS_PRIVATE, PRIVATE, private_glyphs, symbols
from pipeline.restore.profile import Profile
from pipeline.restore.traced import Change, Doubt, Edit, Outcome, Traced
from pipeline.restore.word_repair import SHADDA_WITH_TANWIN

_TOKEN = re.compile(f"[\u0621-\u065f\u0670{PRIVATE}]*[{PRIVATE}][\u0621-\u065f\u0670{PRIVATE}]*")
_LINE_WITH_PRIVATE = re.compile(f"[^\n{PRIVATE}]*[{PRIVATE}][^\n]*")
_CIPHER_GLYPHS = 30  # kinds; so many are an alphabet, not marks
_CLEARLY = 20  # times commoner than any word with a letter in the glyph's place


def restore_private_glyphs(traced: Traced, _profile: Profile | None) -> Outcome:
    """Put the marks back that a glyph before a final alef can only be (`كلي?ا` is كليًّا); other glyphs are doubted."""
    others = private_glyphs(traced.text).others
    if len(others) > _CIPHER_GLYPHS:
        return Outcome(traced, [], list(_unread_lines(traced)))
    outcome = Outcome(traced)
    edits: list[Edit] = []
    for token in _TOKEN.finditer(traced.text) if others else ():
        places = [i for i in range(*token.span()) if traced.text[i] in others]
        for place in places:
            _judge(traced, token, place, edits, outcome)
    outcome.traced = traced.edit(edits)
    return outcome


def _unread_lines(traced: Traced) -> Iterator[Doubt]:
    """A doubt for each line of a text whose letters are private glyphs."""
    for line in _LINE_WITH_PRIVATE.finditer(traced.text):
        count = len(HAS_PRIVATE.findall(line.group()))
        start, end = traced.raw_span(*line.span())
        yield Doubt("undecodable", start, end, f"{count} characters of the line are private glyphs that no evidence decodes.", 0.95)


def _judge(traced: Traced, token: re.Match[str], place: int, edits: list[Edit], outcome: Outcome) -> None:
    before, after = traced.text[token.start() : place], traced.text[place + 1 : token.end()]
    raw_start, raw_end = traced.raw_span(place, place + 1)
    symbol = symbols().get(traced.text[place])
    if symbol and not before + after:
        edits.append(Edit(place, place + 1, symbol))
        outcome.changes.append(Change("private_glyph", raw_start, raw_end, traced.text[place], symbol, 0.95, "a symbol font's bullet"))
        return
    if not before and after.endswith("ا") and _is_mark(after[:-1], "ا"):
        end = place + 1 + len(after)
        outcome.changes.append(
            Change("private_glyph", raw_start, traced.raw_span(place, end)[1], traced.text[place:end], after[:-1] + SHADDA_WITH_TANWIN + "ا", 0.85,
                   "a pair of marks stands before its word; before the final alef it can only be shadda with tanwin")
        )  # fmt: skip
        origins = [int(o) for o in traced.origin[place + 1 : end]]
        edits.append(Edit(place, end, after[:-1] + SHADDA_WITH_TANWIN + "ا", [*origins[:-1], int(traced.origin[place]), -1, origins[-1]]))
        return
    if after == "ا" and len(before) > 1 and _is_mark(before, after):
        edits.append(Edit(place, place + 1, SHADDA_WITH_TANWIN))
        why = f"{plain(before + after)} is a word, and shadda with tanwin is the only pair of marks before its alef"
        outcome.changes.append(Change("private_glyph", raw_start, raw_end, traced.text[place], SHADDA_WITH_TANWIN, 0.95, why))
        return
    named = f"U+{ord(traced.text[place]):04X}"
    outcome.doubts.append(Doubt("undecodable", raw_start, raw_end, f"The private glyph {named} in “{before}{after}” has no sure reading.", 0.9))


def _is_mark(before: str, after: str) -> bool:
    """Whether the word is known without the glyph, far better than with any letter in its place."""
    lexicon = Lexicon.load()
    if not WORD.fullmatch(plain(before + after)):
        return False
    rival = max(lexicon.count(plain(before + letter + after)) for letter in ALPHABET)
    return lexicon.count(plain(before + after)) > _CLEARLY * rival
