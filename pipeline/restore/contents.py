"""Writes docs/restoration.md, a table of all passes with the damage that each undoes: `python -m pipeline.restore.contents docs/restoration.md`.

All of it stands with the code: why a section stands where it does in passes.py, the damage in a module's docstring, what
a pass looks for and changes in the pass's own, the kinds of restorations and flags that come of it in its calls.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from pipeline.lexicon.reader import rows
from pipeline.restore import damage_rates
from pipeline.restore.passes import PASSES, SECTIONS, Pass, Section
from pipeline.restore.traced import LOSSLESS
from pipeline.schema.tables import FLAG_KINDS

_HEAD = """# What restoration does, pass by pass

Raw text goes through these passes one after the other (`pipeline/restore/passes.py`); each is a module of its own. A pass first
looks whether a text shows its damage at all, and leaves the others alone. What it changes is recorded with the place in the raw
text, the kind, a confidence and the evidence; what it can only doubt becomes a flag. Passes are pure and see no other document;
a producer's profile is the one thing from outside that some read.

This page is made by `python -m pipeline.restore.contents docs/restoration.md` from the docstrings of the code.
"""
_KIND_AT = {"rewrite": 1, "delete": 1, "Change": 0, "Doubt": 0}


def contents() -> str:
    """The page, in Markdown."""
    return "\n".join([_HEAD, *(part for number, section in enumerate(SECTIONS, 1) for part in _section(number, section))])


def _section(number: int, section: Section) -> Iterator[str]:
    yield f"## {number} {section.title}\n\n{section.why}\n"
    yield "| pass | damage | what it looks for and changes | recorded as |\n| --- | --- | --- | --- |"
    yield from map(_row, (step.run for step in section.steps))
    yield ""


def _row(run: Pass) -> str:
    module = sys.modules[run.__module__]
    name = module.__name__.rpartition(".")[2]
    link = f"[{name}](../pipeline/restore/{name}.py)"
    kinds = ", ".join(f"`{kind}`" for kind in sorted(_kinds(module)))
    cells = f"{run.__name__}<br>{link}", _first_paragraph(module.__doc__), _first_paragraph(run.__doc__), kinds
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _first_paragraph(docstring: str | None) -> str:
    return inspect.cleandoc(docstring or "").partition("\n\n")[0].replace("\n", " ")


def _kinds(module: ModuleType) -> frozenset[str]:
    """The kinds of restorations and flags that a module names, and those that it takes from the rates of damage."""
    named = {node.value for one in _with_rates(module) for node in ast.walk(ast.parse(inspect.getsource(one))) if isinstance(node, ast.Constant)}
    return _known_kinds() & named


def _with_rates(module: ModuleType) -> tuple[ModuleType, ...]:
    return (module, damage_rates) if hasattr(module, damage_rates.diagnose.__name__) else (module,)


@cache
def _known_kinds() -> frozenset[str]:
    """Those that some call of a pass's module names, all flags, what never changes a word, and the damage of words."""
    calls = [
        (call, _KIND_AT[call.func.id])
        for module in {sys.modules[step.run.__module__] for step in PASSES}
        for call in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _KIND_AT
    ]
    named = {str(one.value) for call, at in calls for one in call.args[at : at + 1] if isinstance(one, ast.Constant)}
    return LOSSLESS.union(named, FLAG_KINDS, (row["kind"] for row in rows("damage_rules")))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(contents(), "utf-8")
