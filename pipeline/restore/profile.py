"""What a corpus knows of a producer, as restoration reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Profile:
    """A producer's digit map (glyph to digit), cut letters (letter to share of cuts) and names seen whole.

    `profile_id` is named by the restorations that used it.
    """

    profile_id: str
    digit_map: Mapping[str, str] = field(default_factory=dict)
    cut_letters: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, int] = field(default_factory=dict)
    confidence: float = 0.0
