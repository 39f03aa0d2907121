"""Sentences to mentions, quantities, times, claims and events; compiled where `make compiled` has been run on these sources."""

from pipeline.compiled import twins

__path__[:0] = twins(__name__)
