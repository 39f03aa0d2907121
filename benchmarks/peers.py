"""The tools we are held against, each as a function from text to text; those not installed are left out (`pip install .[peers]`)."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

Repair = Callable[[str], str]


def repairers() -> dict[str, Repair]:
    """Repair tools: arafix, harfix, arabic-repair."""
    makers: dict[str, Callable[[], Repair]] = {
        "arafix": lambda: import_module("arafix").fix,
        "harfix": lambda: _of_result(import_module("harfix").repair_text),
        "arabic-repair": lambda: import_module("arabic_repair").repair,
    }
    return _installed(makers)


def normalizers() -> dict[str, Repair]:
    """Plain normalisation: tatweel and code points only."""
    makers: dict[str, Callable[[], Repair]] = {
        "camel-lite": lambda: import_module("camel_lite.utils.normalize").normalize_unicode,
        "pyarabic": lambda: import_module("pyarabic.araby").strip_tatweel,
    }
    return _installed(makers)


def _of_result(function: Callable[[str], object]) -> Repair:
    return lambda text: str(getattr(function(text), "text", ""))


def _installed(makers: dict[str, Callable[[], Repair]]) -> dict[str, Repair]:
    found = {}
    for name, make in makers.items():
        try:
            found[name] = make()
        except ImportError:
            continue
    return found
