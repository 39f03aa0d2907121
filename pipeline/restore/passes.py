"""The passes in the order in which they run: this list is restoration's table of contents."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.restore.paragraphs import paragraphs
from pipeline.restore.profile import Profile
from pipeline.restore.traced import Outcome, Traced

Pass = Callable[[Traced, Profile | None], Outcome]

PASSES: tuple[Pass, ...] = (paragraphs,)
