"""What quality detectors work on and what they report: plain records, offsets in the restored text, half-open code points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.extract.model import Sentence
from pipeline.quality.words import Words, split_words
from pipeline.restore.traced import Origins


@dataclass(frozen=True, slots=True)
class Flag:
    """A doubt about text[start:end].

    `kind` is one of the contract's FLAG_KINDS, `severity` info, warning or error, `confidence` the probability that the
    doubt is justified. `low` and `high` are bounds of a missing numeral as it would be written (`95` in `95 ألف شخص`),
    None where grammar leaves that side open.
    """

    kind: str
    severity: str
    start: int
    end: int
    confidence: float
    explanation: str
    low: float | None = None
    high: float | None = None


@dataclass(slots=True)
class TextView:
    """One restored document as the detectors see it.

    `raw` and `origin` (the raw offset of each restored character, -1 for an inserted one) tell how the text was spaced
    before restoration folded its blanks; without them the restored text itself is looked at.
    """

    doc_id: str
    text: str
    sentences: Sequence[Sentence]
    raw: str | None = None
    origin: Origins | None = None
    _words: Words | None = field(default=None, repr=False)

    @property
    def words(self) -> Words:
        """The text's words, cut once."""
        if self._words is None:
            self._words = split_words(self.text)
        return self._words
