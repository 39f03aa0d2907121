"""The maker of fresh pairs: articles, settings, and one page through a real browser and a real reader."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from benchmarks.pdf_pairs.__main__ import main
from benchmarks.pdf_pairs.articles import LAYOUTS, articles, setting
from benchmarks.pdf_pairs.blocks import Kind, marked_blocks
from benchmarks.pdf_pairs.fonts import Font, fonts
from benchmarks.pdf_pairs.html_page import html_page
from benchmarks.pdf_pairs.odt import flat_document
from benchmarks.pdf_pairs.readers import readers
from pipeline.evaluation.folders import cases

TEXT = "افتتاح مكتبة عامة في حي الميناء\n\nافتتحت البلدية أمس مكتبة تضم 12 ألف كتاب، وقال مديرها إن الدخول مجاني.\n"


MARKED = """تقرير عن ترميم المدارس

قال مدير التربية إن العمل
يبدأ الشهر المقبل[1].

## المطالب

- طلاء الصفوف
- إصلاح السقوف

1. حصر الأضرار

| الحي | المدارس |
| الميناء | 4 |

// يا دار من تهوى // سلام عليك

> لم يبق لنا سوى هذا السقف

!! متى تعودون؟

^^ مدرسة في حي الميناء

[1] اتصال هاتفي.

<> Two schools were rebuilt.
"""


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


def test_marked_articles_have_blocks() -> None:
    blocks = [*marked_blocks(MARKED)]
    assert [block.kind for block in blocks] == [
        Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.HEADING, Kind.BULLETS, Kind.NUMBERS, Kind.TABLE, Kind.VERSE, Kind.QUOTE, Kind.STRONG,
        Kind.CAPTION, Kind.NOTE, Kind.FOREIGN,
    ]  # fmt: skip
    assert blocks[1].lines == ("قال مدير التربية إن العمل يبدأ الشهر المقبل[1].",)
    assert blocks[3].lines == ("• طلاء الصفوف", "• إصلاح السقوف")
    assert blocks[5].rows == (("الحي", "المدارس"), ("الميناء", "4"))
    assert blocks[6].lines == ("يا دار من تهوى سلام عليك",)


def test_marked_articles_come_before_plain_ones(clean: Path) -> None:
    (clean / "library" / "clean.md").write_text(MARKED, encoding="utf-8")
    (article,) = articles(clean)
    assert (article.title, len(article.blocks), len(article.paragraphs)) == ("تقرير عن ترميم المدارس", 11, 13)
    page = html_page(article, setting(article, "writer", "two"), Font("amiri", "Amiri", Path("/amiri.ttf")))
    assert "columns: 2" in page
    assert "<sup>1</sup>" in page
    assert "<td>الميناء</td><td>4</td>" in page
    document = flat_document(article, setting(article, "writer", "two"), "Amiri")
    assert 'fo:column-count="2"' in document
    assert document.count("<table:table-row>") == 3


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts_stay_on_their_pages(layout: str, clean: Path) -> None:
    (article,) = articles(clean)
    chosen = [setting(article, str(draw), layout) for draw in range(20)]
    assert all(set_.width + 2 * set_.side <= set_.page_width + 1e-6 for set_ in chosen)
    assert {set_.columns for set_ in chosen} == {LAYOUTS[layout].columns}


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
