"""What Arabic writes together with the next word: conjunctions, prepositions of one letter, the article (lexicon/affixes.csv).

As letters and as patterns; a pattern of alternatives stands in a group of its own.
"""

from __future__ import annotations

from functools import cache

from pipeline.lexicon.reader import rows


@cache
def affixes(side: str) -> frozenset[str]:
    """The affixes of a side (`prefix`, `suffix`), none among them."""
    return frozenset({"", *_of(side)})


def _of(side: str) -> list[str]:
    return [row["affix"] for row in rows("affixes") if row["side"] == side]


CONJUNCTIONS, PREPOSITIONS = "".join(_of("conjunction")), "".join(_of("preposition"))
CLITICS = CONJUNCTIONS + PREPOSITIONS
CLITIC = f"[{CLITICS}]"
PARTICLES = f"(?:[{CONJUNCTIONS}]?[{PREPOSITIONS}]|[{CONJUNCTIONS}])"
"""One clitic or two: `و`, `ب`, `وب`."""
ARTICLE = f"(?:[{CONJUNCTIONS}]?(?:[{PREPOSITIONS.replace('ل', '')}]?ال|لل))"
"""The article with what stands before it, `ل` and `ال` being written `لل`: `ال`, `بال`, `ولل`."""
