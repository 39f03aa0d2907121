"""Reads thresholds.yaml: the one place where the limits of checks and the weights of the score stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from pipeline.schema.tables import FLAG_KINDS

DEFAULT = Path(__file__).with_name("thresholds.yaml")


@dataclass(frozen=True, slots=True)
class ShareLimit:
    """Limits for the share of sentences that carry a flag of `kinds`."""

    kinds: tuple[str, ...]
    warn: float
    error: float
    min_sentences: int


@dataclass(frozen=True, slots=True)
class ConfidenceLimit:
    """Limits for the share of documents whose restoration has a confidence under `below`."""

    below: float
    warn: float
    error: float
    min_documents: int


@dataclass(frozen=True, slots=True)
class Thresholds:
    """All limits; `checks` by name, `score_weights` by flag kind."""

    checks: Mapping[str, ShareLimit]
    restoration_confidence: ConfidenceLimit
    score_weights: Mapping[str, float]


class ThresholdsError(ValueError):
    """The thresholds file does not make sense; the message names file, entry and remedy."""


@cache
def load_thresholds(path: Path = DEFAULT) -> Thresholds:
    """The thresholds of a YAML file.

    Raises ThresholdsError for unknown flag kinds, for a warning limit above its error limit and for missing weights.
    """
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    checks = {name: ShareLimit(**{**entry, "kinds": tuple(entry["kinds"])}) for name, entry in told["checks"].items()}
    limits = Thresholds(checks, ConfidenceLimit(**told["restoration_confidence"]), told["score_weights"])
    for name, limit in checks.items():
        if unknown := set(limit.kinds) - set(FLAG_KINDS):
            raise ThresholdsError(f"{path}: checks.{name} names the unknown flag kinds {sorted(unknown)}; known are {FLAG_KINDS}")
        if not 0 <= limit.warn <= limit.error <= 1:
            raise ThresholdsError(f"{path}: checks.{name} needs 0 <= warn <= error <= 1")
    if missing := set(FLAG_KINDS) - set(limits.score_weights):
        raise ThresholdsError(f"{path}: score_weights lacks {sorted(missing)}; give each flag kind a weight")
    return limits
