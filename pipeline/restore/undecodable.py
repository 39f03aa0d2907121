"""Text that stays unreadable: a cipher in Arabic letters, `ياى رعس` for `على رأس`, from fonts whose table is wrong.

Only flagged. What can be read again (mojibake, fillers, lost letters) was repaired before this pass looks.
"""

from __future__ import annotations

import re

from pipeline.restore.document_words import TOKEN, document_words
from pipeline.restore.language import is_persian_at
from pipeline.restore.language_model import Lexicon, plain
from pipeline.restore.profile import Profile
from pipeline.restore.traced import Doubt, Outcome, Traced
from pipeline.restore.unknown_words import reads_poorly
from pipeline.restore.word_frequency import FLOOR, unseen_frequency

# Share of unread words that makes a line unreadable. Names, dialect and verse stay below it in held-out corpus documents.
_UNREAD = 0.5
_WORDS_IN_LINE, _LETTERS = 5, 3
_BLOCK = re.compile("[^\n]+(?:\n[^\n]+)*")


def flag_undecodable(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """A doubt `undecodable` on each block of lines most of whose words are none; the text stays."""
    text = traced.text
    told = document_words(text)
    if not reads_poorly(told):
        return Outcome(traced)
    doubts = []
    for block in _BLOCK.finditer(text):
        words = [w for w in TOKEN.findall(plain(block.group())) if len(w) >= _LETTERS]
        unread = sum(not _is_readable(w) for w in words)
        if len(words) >= _WORDS_IN_LINE and unread > _UNREAD * len(words) and not is_persian_at(text, block.start()):
            span = traced.raw_span(*block.span())
            reason = f"{unread} of {len(words)} words, such as “{words[0]}”, are no Arabic words: the letters are coded wrongly."
            doubts.append(Doubt("undecodable", *span, reason, 0.85, "error"))
    return Outcome(traced, doubts=doubts)


def _is_readable(word: str) -> bool:
    return bool(Lexicon.load().plain_count(word)) or unseen_frequency(word) > FLOOR
