"""Tells whoever drives runs in this process which stage has just finished."""

from collections.abc import Callable

_listeners: list[Callable[[str, str], None]] = []


def listen(listener: Callable[[str, str], None]) -> None:
    """Call `listener(stage, batch)` after each stage of this process."""
    _listeners.append(listener)


def unlisten(listener: Callable[[str, str], None]) -> None:
    """Stop calling `listener`."""
    _listeners.remove(listener)


def finished(stage: str, batch: str) -> None:
    """Say that a stage of a batch is done."""
    for listener in _listeners:
        listener(stage, batch)
