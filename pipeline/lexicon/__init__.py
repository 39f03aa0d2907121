"""Dictionaries and their loaders; compiled where `make compiled` has been run on these sources."""

from pipeline.compiled import twins

__path__[:0] = twins(__name__)
