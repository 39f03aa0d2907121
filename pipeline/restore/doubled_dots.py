"""Letters with dots printed twice: `هجج ومم` for `هجوم`, `قريةة` for `قرية`.

Fonts that draw dots apart have two glyphs for such a letter, and MuPDF gives each the letter that LibreOffice has noted for both
(measured). Letters without dots stand once; so a text has many doubled letters of one kind and hardly any of the other. Letters
doubled with their mark are doubled_clusters.py's.
"""

from __future__ import annotations

import re

from pipeline.restore.characters import LETTER
from pipeline.restore.language_model import Lexicon
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace

# No word has these.
TRACES: tuple[Trace, ...] = (("ة", "ة"),)
_DOTTED, _BARE = re.compile("([بتثجخذزشضظغفقنيةأإآؤئ])\\1"), re.compile("([احدرسصطعكمهوى])\\1")
_WORD, _LETTERS = re.compile(f"{LETTER}+"), re.compile("[بتثجخذزشضظغفقنيةأإؤئ]")
_FEWEST, _TIMES, _LEAST_SHARE = 20, 5, 0.15
_EVIDENCE = "a letter with dots printed twice, once for its dots"


def drop_doubled_dots(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Leave one of two letters with dots in a text that doubles them throughout; a word that is commoner so stays."""
    text = traced.text
    doubled = len(_DOTTED.findall(text))
    if doubled < max(_FEWEST, _TIMES * len(_BARE.findall(text)), _LEAST_SHARE * len(_LETTERS.findall(text))):
        return Outcome(traced)
    edits = [
        Edit(start + m.start(), start + m.start() + 1, "")
        for start, word in ((m.start(), m.group()) for m in _WORD.finditer(text))
        if not _is_meant(word)
        for m in _DOTTED.finditer(word)
    ]
    return rewrite(traced, "overprint", edits, _EVIDENCE, 0.9)


def _is_meant(word: str) -> bool:
    known = Lexicon.load().plain_count
    return known(word) > known(_DOTTED.sub("\\1", word))
