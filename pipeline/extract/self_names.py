"""Names that no dictionary has and the sentence itself gives: `يدعى موسى كوناتي`, `عرّف نفسه باسم أبو عمر`, `أم خالد`.

Only where such a name stands and how far it reaches; it is spelled in English by `transliterate`.
"""

from __future__ import annotations

from pipeline.extract.clauses import Reading
from pipeline.extract.transliterate import transliterate

_CALLED = frozenset(("يدعي", "تدعي", "ويدعي", "وتدعي", "واسمه", "واسمها", "اسمه", "اسمها"))
_NOT_NAMES = frozenset(("بما", "مما", "لما", "عما", "فيما", "ما"))
_HIMSELF = frozenset(("نفسه", "نفسها"))
_BYNAMES = {"ابو": "Abu", "ابي": "Abu", "ابا": "Abu", "ام": "Umm"}
_LONGEST = 3
# Bodies that are called by a name of their own.
_CLASSES = frozenset(("company", "association", "centre", "institute", "bank", "newspaper", "channel", "radio", "party"))


def self_named(reading: Reading, low: int, high: int) -> str:
    """The name that tokens low to high give to whoever they describe; empty where they give none."""
    known = reading.mention_at.get(low)
    if 0 <= low < len(reading.tokens) and reading.fold(low) in _BYNAMES and (known is None or known.type == "place"):
        return byname(reading, low, high)
    if _CALLED.isdisjoint(reading.folds[low:high]) and _HIMSELF.isdisjoint(reading.folds[low:high]):
        return ""
    for at in range(low, min(high, len(reading.tokens)) - 1):
        himself = reading.fold(at) == "باسم" and reading.fold(at - 1) in _HIMSELF
        if reading.fold(at) in _CALLED or himself:
            return _name_at(reading, at + 1, high)
    return ""


def bynames(reading: Reading) -> list[tuple[int, str]]:
    """Every kunya of a sentence that is not part of a known name: token and English name."""
    if _BYNAMES.keys().isdisjoint(reading.folds):
        return []
    found = (
        (at, byname(reading, at, len(reading.tokens)))
        for at, fold in enumerate(reading.folds)
        if fold in _BYNAMES and fold != "ام" and at not in reading.mention_at
    )
    return [(at, name) for at, name in found if name]


def byname(reading: Reading, at: int, high: int) -> str:
    """`أبو عمر الدليمي`, `أم خالد`: a kunya and the surname in ي behind it."""
    if at + 1 >= min(high, len(reading.tokens)) or reading.tokens[at + 1].kind != "word" or reading.words[at + 1].roles:
        return ""
    if reading.fold(at + 1).startswith("ل") and len(reading.fold(at + 1)) > 3:
        return "Mother" if reading.fold(at) == "ام" else ""  # `أم لأربعة أطفال`
    end = at + 2
    while end < min(high, len(reading.tokens)) and reading.fold(end).startswith("ال") and reading.fold(end).endswith("ي") and end < at + 4:
        end += 1
    rest = " ".join(reading.tokens[k].norm for k in range(at + 1, end))
    return f"{_BYNAMES[reading.fold(at)]} {transliterate(rest)}"


def class_of_name(reading: Reading, at: int) -> bool:
    """`شركة`, `رابطة` in the singular and bare: words behind them that no dictionary knows are the body's own name."""
    source = reading.words[at].source if at >= 0 else None
    return source is not None and source.entry.english in _CLASSES and not source.analysis.definite and source.number == "singular"


def bare_name(reading: Reading, low: int, high: int) -> str:
    """One to three words that no dictionary knows, in English letters; empty where the first is known."""
    end = low
    while end < min(high, low + _LONGEST, len(reading.tokens)) and _unknown(reading, end):
        end += 1
    return transliterate(" ".join(reading.tokens[at].norm for at in range(low, end))) if end > low else ""


def _name_at(reading: Reading, at: int, high: int) -> str:
    mention = reading.mention_at.get(at)
    if mention is not None:
        return (mention.canonical_name or mention.text) if mention.type == "person" else ""
    if reading.fold(at) in _BYNAMES:
        return byname(reading, at, high)
    return bare_name(reading, at, high)


def _unknown(reading: Reading, at: int) -> bool:
    """A word that is in no table of the vocabulary and carries no article and no preposition before ما."""
    if reading.fold(at) in _NOT_NAMES:
        return False
    word = reading.words[at]
    known = word.roles or word.finite or word.noun or word.source or word.nationality or word.triggers or word.cue
    return reading.tokens[at].kind == "word" and not known and at not in reading.mention_at
