"""Modality in words: future, condition, negation, proposal; and the status a happening gets from it and from its claim."""

from __future__ import annotations

import re

from pipeline.extract.clauses import Reading

# س before an imperfect; not سيارة, سياسة, سيطرة, سنة, ستة and the like.
_FUTURE = re.compile(
    r"[وف]?س[يتنا](?!ط|اس|ار|اد|اق|اح|نا|ول|د[ه]?$|ن[ها]?$|ت[ه]?$|ره|نم|وات?|وي|ندات|جار|راتيج)\w{2,}"
)


def future(reading: Reading, at: int) -> bool:
    """Whether the token is a verb with future س, or سوف."""
    fold = reading.fold(at)
    return "future" in reading.words[at].roles or bool(_FUTURE.fullmatch(fold)) and reading.words[at].noun is None
