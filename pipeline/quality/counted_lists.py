"""A stated count against the list that follows it: `عشر دول … وهي` and nine names.

Only lists that can be counted for sure are judged: short items, joined by `و` or commas, that run to the end of the clause.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.extract.model import Facts, Quantity, Sentence
from pipeline.lexicon.reader import words
from pipeline.quality.model import Flag, TextView
from pipeline.quality.words import is_arabic, normal

MOST = 30
LONGEST_ITEM = 4  # words
_REACH = 90  # characters between the counted noun and the word that opens the list
_OPENERS = re.compile(r"(?:(?<=\s)و?(?:هي|هم|هن)(?:\s?:)?\s)|:\s")
_TOKEN = re.compile(r"[^\s،,.؛:!؟?()«»“”\"]+|[،,.؛:!؟?()«»“”\"]")
_COMMAS = frozenset("،,")
_BREAKS = frozenset('.؛:!؟?()«»“”"')


def count_mismatches(view: TextView, facts: Facts) -> list[Flag]:
    """Flags of kind count_mismatch, on the number and its list."""
    names = sorted(m.start for m in facts.mentions)
    sentences = {s.sentence_no: s for s in view.sentences}
    flags = []
    for quantity in facts.quantities:
        count, sentence = _count(quantity), sentences.get(quantity.sentence_no)
        if count is None or sentence is None or (opened := _list_start(view.text, quantity, sentence)) is None:
            continue
        items, end = _items(view.text[opened : sentence.end], opened, names)
        if items >= 2 and items != count and _joined_only(view.text[opened : sentence.end], opened, names) != count:
            flags.append(_flag(view.text, quantity, end, count, items))
    return flags


def _count(quantity: Quantity) -> int | None:
    """The exact small count that a quantity states."""
    exact = quantity.low is not None and quantity.low == quantity.high and quantity.qualifier in (None, "exactly")
    if not exact or quantity.low is None or quantity.low != int(quantity.low) or not 3 <= quantity.low <= MOST:
        return None
    return int(quantity.low) if quantity.status in ("stated", "spelled") and quantity.unit else None


def _list_start(text: str, quantity: Quantity, sentence: Sentence) -> int | None:
    """Where the list begins that the counted noun announces; None when a verb or stop comes first."""
    limit = min(quantity.end + _REACH, sentence.end)
    match = _OPENERS.search(text, quantity.end, limit)
    if not match or re.search(r"[.؛()«»“”\"]|\d", text[quantity.end : match.start()]):
        return None
    return match.end()


def _items(told: str, offset: int, names: Sequence[int]) -> tuple[int, int]:
    """Items of the list that begins `told`, and where it ends; 0 when it cannot be counted for sure."""
    items, length, end = 0, 0, offset
    for token, at in _tokens(told, offset):
        if token in _BREAKS or normal(token) in _ends():
            break
        new = token in _COMMAS or _joined(token, at, length, names)
        if new and length:
            items, length = items + 1, 0
        if token not in _COMMAS:
            length += 1
            if length > LONGEST_ITEM:
                return 0, end
            end = at + len(token)
    return items + (length > 0), end


def _joined_only(told: str, offset: int, names: Sequence[int]) -> int:
    """Items before the first comma: `أربع دول هي تونس والجزائر وليبيا ومصر، وأرسلت …` goes on with a clause."""
    comma = next((m.start() for m in re.finditer("[،,]", told)), len(told))
    return _items(told[:comma], offset, names)[0]


@cache
def _ends() -> frozenset[str]:
    return frozenset(map(normal, words("list_ends")))


def _joined(token: str, at: int, length: int, names: Sequence[int]) -> bool:
    """Whether a word begins with the conjunction `و`, not with a `و` of its own (`واشنطن`)."""
    if token[0] != "و" or len(token) < 4 or not length:
        return False
    whole = _is_name(at, names)
    return _is_name(at + 1, names) or (not whole and (token[1:3] == "ال" or is_arabic(normal(token[1:]))))


def _is_name(at: int, names: Sequence[int]) -> bool:
    place = bisect_right(names, at)
    return place > 0 and names[place - 1] == at


def _tokens(told: str, offset: int) -> Iterator[tuple[str, int]]:
    for match in _TOKEN.finditer(told):
        yield match[0], offset + match.start()


def _flag(text: str, quantity: Quantity, end: int, count: int, items: int) -> Flag:
    told = " ".join(text[quantity.start : end].split())
    return Flag("count_mismatch", "warning", quantity.start, end, 0.8, f"{count} are announced («{quantity.text}»), {items} are listed: «{told}».")
