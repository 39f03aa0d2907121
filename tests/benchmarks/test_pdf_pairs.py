"""The maker of fresh pairs: articles, settings, and one page through a real browser and a real reader."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from benchmarks.pdf_pairs.__main__ import main
from benchmarks.pdf_pairs.articles import articles, setting
from benchmarks.pdf_pairs.fonts import fonts
from benchmarks.pdf_pairs.readers import readers
from pipeline.evaluation.folders import cases

TEXT = "افتتاح مكتبة عامة في حي الميناء\n\nافتتحت البلدية أمس مكتبة تضم 12 ألف كتاب، وقال مديرها إن الدخول مجاني.\n"


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    folder = tmp_path / "clean" / "library"
    folder.mkdir(parents=True)
    (folder / "clean.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "clean"


def test_articles_and_settings(clean: Path) -> None:
    (article,) = articles(clean)
    assert (article.name, article.title, len(article.paragraphs)) == ("library", TEXT.split("\n")[0], 1)
    assert article.text == TEXT
    chosen = setting(article, "writer")
    assert chosen == setting(article, "writer")
    assert 0.42 * 80 <= chosen.width / chosen.size <= 0.42 * 95


def test_a_folder_without_articles_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["pdf_pairs", str(tmp_path), str(tmp_path / "out")])
    assert main() == 2


@pytest.mark.system
@pytest.mark.skipif(not shutil.which("chromium"), reason="needs chromium")
def test_a_page_through_a_browser_and_a_reader(clean: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = "pdfium" if "pdfium" in readers() else next(iter(readers()), None)
    typeface = next(iter(fonts(tmp_path / "fonts")), None)
    if reader is None or typeface is None:
        pytest.skip("needs a PDF reader and an Arabic font")
    out = tmp_path / "out"
    arguments = ["--writers", "chromium", "--readers", reader, "--fonts", typeface, "--strip"]
    monkeypatch.setattr(sys, "argv", ["pdf_pairs", str(clean), str(out), *arguments])
    assert main() == 0
    found = {case.variant: case for case in cases(out)}
    assert set(found) == {f"chromium-{typeface}-{reader}", f"stripped-chromium-{typeface}-{reader}"}
    assert "12" not in found[f"stripped-chromium-{typeface}-{reader}"].raw
    assert json.loads((out / "library" / "variants.json").read_text(encoding="utf-8"))
