"""Compiled modules serve the sources they were made from, and no others."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import compiled

SOURCE = '"""Adds."""\n\n\ndef added(one: int, other: int) -> int:\n    """Their sum."""\n    return one + other\n'


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    module = tmp_path / "pipeline" / "extract" / "sums.py"
    module.parent.mkdir(parents=True)
    module.write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(compiled, "_ROOT", tmp_path)
    monkeypatch.setattr(compiled, "_BUILT", tmp_path / "build" / "compiled")
    monkeypatch.setattr(compiled, "_sources", lambda: [module])
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delenv("TARMIM_PLAIN", raising=False)
    return module


def _as_if_built() -> Path:
    built = compiled._BUILT / compiled._fingerprint()
    built.mkdir(parents=True)
    return built


@pytest.mark.usefixtures("sources")
def test_without_a_build_the_plain_modules_run() -> None:
    assert compiled.twins("pipeline.extract") == []


@pytest.mark.usefixtures("sources")
def test_a_build_of_these_sources_comes_first() -> None:
    assert compiled.twins("pipeline.extract") == []
    built = _as_if_built()
    assert compiled.twins("pipeline.extract") == [str(built / "pipeline" / "extract")]


def test_an_edited_source_leaves_its_build_aside(sources: Path) -> None:
    _as_if_built()
    sources.write_text(SOURCE.replace("+", "-"), encoding="utf-8")
    assert compiled.twins("pipeline.extract") == []


@pytest.mark.usefixtures("sources")
def test_plain_modules_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    _as_if_built()
    monkeypatch.setenv("TARMIM_PLAIN", "1")
    assert compiled.twins("pipeline.extract") == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler")
def test_a_build_can_be_imported_and_takes_the_place_of_older_ones(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_agrees", lambda: True)
    old = compiled._BUILT / "of-older-sources"
    old.mkdir(parents=True)
    (sources.parent / "__init__.py").touch()
    (sources.parents[1] / "__init__.py").touch()
    built = compiled.build()
    assert not old.exists()
    told = "import sys; sys.path[:0] = sys.argv[1:]; from pipeline.extract import sums; print(sums.__file__, sums.added(2, 3))"
    done = subprocess.run([sys.executable, "-c", told, str(built)], capture_output=True, text=True, check=True, cwd="/")
    file, total = done.stdout.split()
    assert file.endswith(".so")
    assert total == "5"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler")
def test_a_build_that_finds_other_facts_is_thrown_away(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_agrees", lambda: False)
    with pytest.raises(SystemExit, match="find other facts"):
        compiled.build()
    assert sources.exists()
    assert compiled.twins("pipeline.extract") == []


def test_without_a_compiler_nothing_is_built(sources: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("CC", "no-such-compiler")
    with pytest.raises(SystemExit, match="the plain modules run"):
        compiled.build()
    assert sources.exists()
    assert "no-such-compiler" in capfd.readouterr().err
