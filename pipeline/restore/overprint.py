"""Overprint: bold that was made by printing twice, so that a reader finds `السوريةالسورية` or `االلسسوورريية`.

Runs printed twice without a blank between. Words that writers or editors repeat, with a blank, belong to the flags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.restore.characters import IN_WORDS
from pipeline.restore.document_words import TOKEN, document_words
from pipeline.restore.language_model import Lexicon, plain
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced

_RUN_TWICE = re.compile(f"(?<![{IN_WORDS}])([{IN_WORDS}]{{2,}}(?: [{IN_WORDS}]+){{1,12}})\\1(?![{IN_WORDS}])")
_COMMON, _SHORTEST, _LONG, _SEVERAL_WORDS, _LONGER_THAN_SYLLABLES = 300, 3, 6, 2, 5
# A run of words that stands twice may be a slip of the pen; a reader that doubles does it more than once.
_SEVERAL_RUNS = 2
_EVIDENCE = "printed twice in one place"


def remove_overprint(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Keep one of two printings: `السوريةالسورية` → `السورية`, `ععااججلل` → `عاجل`, headings doubled as a whole."""
    words = document_words(traced.text)
    long = list(filter(is_long, words.unknown))
    once = _doubled(long)
    several = long if len(long) >= _SEVERAL_RUNS else []
    seams = {w for w in several if any(w[:i] in words.distinct and w[i:] in words.distinct for i in range(2, len(w) - 1))}
    if not (once or seams):
        return Outcome(traced)
    edits = sorted([*_words(traced, once), *_runs(traced.text, seams)])
    kept = [e for i, e in enumerate(edits) if not i or edits[i - 1].end <= e.start]
    return rewrite(traced, "overprint", kept, _EVIDENCE, 0.97)


def is_long(word: str) -> bool:
    """Whether an unknown word is long enough to be a word printed twice, or two that meet."""
    return len(word) >= _LONG


def _doubled(long: Sequence[str]) -> dict[str, str]:
    """The words of a text that are printed twice, of those that no word is; rare ones too where common ones are."""
    once = {w: word for w in long if (word := printed_once(w))}
    if not once:
        return {}
    count = Lexicon.load().plain_count
    # Names are made by saying a syllable twice, but none by saying each letter or a long word twice.
    sure = [
        word
        for w, word in once.items()
        if len(word) > _SHORTEST and count(word) >= (_COMMON if w.startswith(word) and len(word) < _LONGER_THAN_SYLLABLES else 1)
    ]
    return once if len(sure) >= _SEVERAL_WORDS else {w: word for w, word in once.items() if word in sure}


def printed_once(word: str) -> str | None:
    """The word that was printed twice, as a whole or letter by letter; None when the word is no such double."""
    half = len(word) // 2
    if word[:half] == word[half:]:
        return word[:half]
    return word[::2] if word[::2] == word[1::2] else None


def _words(traced: Traced, once: dict[str, str]) -> Iterator[Edit]:
    if not once:
        return
    for match in TOKEN.finditer(traced.text):
        word = once.get(plain(match.group()))
        if word is not None:
            start, end = match.span()
            whole = match.group()[: len(match.group()) // 2]
            if plain(whole) == word:
                yield Edit(start + len(whole), end, "")
            else:
                yield Edit(start, end, word, [int(traced.origin[p]) for p in range(start, end, 2)][: len(word)])


def _runs(text: str, seams: set[str]) -> list[Edit]:
    """Runs of words printed twice: they meet in a token that is no word."""
    edits = []
    at = 0
    for line in text.split("\n") if len(seams) >= _SEVERAL_RUNS else ():
        if any(w in line for w in seams) and (m := _RUN_TWICE.search(line)):
            edits.append(Edit(at + m.end(1), at + m.end(), ""))
        at += len(line) + 1
    return edits if len(edits) >= _SEVERAL_RUNS else []
