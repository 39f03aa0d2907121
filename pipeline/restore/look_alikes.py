"""Look-alike letters: Persian, Urdu and Kurdish code points in Arabic words, and only there.

Readers that map glyphs by shape give `ی` for `ي` and `ک` for `ك`; a Persian or Urdu passage keeps its letters.
"""

from __future__ import annotations

import re

from pipeline.lexicon.reader import words
from pipeline.restore.characters import MARK
from pipeline.restore.language import FOREIGN_LETTERS, is_persian_at
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced

LOOK_ALIKES = {"ک": "ك", "ڪ": "ك", "ھ": "ه", "ہ": "ه", "ە": "ه", "ۃ": "ة", "ی": "ي", "ے": "ي"}
_LETTERS = "[\u0621-\u065f\u0670-\u06d3\u06d5\u06fa-\u06fc]*"
_WORD = re.compile(f"{_LETTERS}[{''.join(LOOK_ALIKES)}]{_LETTERS}")
_FINAL_YEH = re.compile(f"[یے](?={MARK}*$)")
_FOREIGN = FOREIGN_LETTERS - LOOK_ALIKES.keys()
_TABLE = str.maketrans(LOOK_ALIKES)


def fold_look_alikes(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """`النظام العراقی` → `النظام العراقي`, `علیھا` → `عليها`; Persian and Urdu words stay.

    In a text that writes every final yāʾ as `ی` a word of lexicon/alef_maqsura.csv gets its `ى`: `علی` → `على`.
    """
    text = traced.text
    hidden = "ى" not in text
    edits = [
        Edit(*m.span(), _fold(m.group(), hidden))
        for m in _WORD.finditer(text)
        if _FOREIGN.isdisjoint(m.group()) and not is_persian_at(text, m.start())
    ]
    return rewrite(traced, "look_alike", edits, "letter of another language's keyboard in an Arabic word")


def _fold(word: str, maqsura_hidden: bool) -> str:
    folded = word.translate(_TABLE)
    if maqsura_hidden and _FINAL_YEH.search(word):
        with_maqsura = re.sub(f"ي(?={MARK}*$)", "ى", folded)
        bare = re.sub(MARK, "", with_maqsura)
        if bare in words("alef_maqsura") or bare[1:] in words("alef_maqsura"):
            return with_maqsura
    return folded
