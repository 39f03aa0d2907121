"""Compiled twins of the modules that extraction spends its time in: the same sources, turned into C by mypyc.

`python -m pipeline.compiled` builds them (`make compiled`) where a C compiler is. A twin serves only the very sources it was
made from: after an edit, under another Python or without a compiler the plain modules run. A build that does not find in the
annotated articles what the plain modules find there is thrown away.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_BUILT = _ROOT / "build" / "compiled"
_LEFT_PLAIN = ("__init__.py", "stage.py")
_SETUP = """
from mypyc.build import mypycify
from setuptools import setup

setup(name="twins", packages=[], ext_modules=mypycify({modules!r}, opt_level="2", debug_level="0", group_name="tarmim", target_dir={place!r}))
"""

_FACTS = """
import hashlib, pathlib
from datetime import date
from pipeline.extract.document import extract_document
from pipeline.extract.model import Document
from pipeline.extract.sentences import split_sentences

told = hashlib.blake2b()
for file in sorted(pathlib.Path("benchmarks/articles").rglob("*.txt")):
    text = file.read_text(encoding="utf-8")
    told.update(repr(extract_document(Document("", text, split_sentences(text), date(2020, 1, 1)))).encode())
print(told.hexdigest())
"""


def twins(package: str) -> list[str]:
    """Where to look for compiled modules of a package before its own folder; nowhere unless they are of these sources.

    TARMIM_PLAIN in the environment leaves them aside.
    """
    if not _BUILT.is_dir() or os.environ.get("TARMIM_PLAIN"):
        return []
    built = _BUILT / _fingerprint()
    if not built.is_dir():
        return []
    if str(built) not in sys.path:
        sys.path.append(str(built))  # the library that all twins share
    return [str(built.joinpath(*package.split(".")))]


def build() -> Path:
    """Compile the sources as they are and leave nothing of earlier builds; returns the folder.

    Says why and exits where mypyc or the C compiler fails.
    """
    import shutil  # only a build needs these, and every command imports this module
    import subprocess
    import tempfile

    built = _BUILT / _fingerprint()
    if built.is_dir():
        return built
    sys.stderr.write("Compiling extraction; this takes some minutes.\n")
    _BUILT.mkdir(parents=True, exist_ok=True)
    modules = ["--follow-imports=silent", *(str(source.relative_to(_ROOT)) for source in _sources())]
    with tempfile.TemporaryDirectory(dir=_BUILT.parent) as place:
        setup, library = Path(place, "setup.py"), Path(place, "library")
        setup.write_text(_SETUP.format(modules=modules, place=place), encoding="utf-8")
        command = [sys.executable, str(setup), "--quiet", "build_ext", "--build-lib", str(library), "--build-temp", str(Path(place, "objects"))]
        done = subprocess.run(command, cwd=_ROOT, check=False, env={**os.environ, "TARMIM_PLAIN": "1"}, capture_output=True, text=True)
        if done.returncode:
            sys.stderr.write(done.stdout + done.stderr)
            sys.exit("not compiled; the plain modules run as before")
        if _BUILT / _fingerprint() != built:
            sys.exit("a source was edited meanwhile; say it again")
        for old in _BUILT.iterdir():
            shutil.rmtree(old)
        library.rename(built)
    if not _agrees():
        shutil.rmtree(built)
        sys.exit("compiled modules find other facts than the plain ones; the plain ones run as before")
    return built


def _agrees() -> bool:
    """Whether the plain and the compiled modules find the same facts in the annotated articles."""
    import subprocess

    found = set()
    for plain in ("", "1"):
        told = {**os.environ, "TARMIM_PLAIN": plain}
        done = subprocess.run([sys.executable, "-c", _FACTS], cwd=_ROOT, check=False, env=told, stdout=subprocess.PIPE)
        found.add((done.returncode, done.stdout))
    return len(found) == 1


def _sources() -> list[Path]:
    extraction = sorted(source for source in (_ROOT / "pipeline" / "extract").glob("*.py") if source.name not in _LEFT_PLAIN)
    return [*extraction, *(_ROOT / "pipeline" / "lexicon" / f"{name}.py" for name in ("gazetteer", "vocabulary"))]


def _fingerprint() -> str:
    """Of the sources and of the Python that runs them."""
    told = hashlib.blake2b(str(sys.implementation.cache_tag).encode(), digest_size=12)
    for source in _sources():
        told.update(source.name.encode() + source.read_bytes())
    return told.hexdigest()


if __name__ == "__main__":
    sys.stdout.write(f"{build()}\n")
