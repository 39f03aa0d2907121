"""An article justified with tatweel, as PHP's PDF writers do it: lines are filled by stretching words, then printed one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.pdf_pairs.articles import Article, Setting

if TYPE_CHECKING:
    from fpdf import FPDF

_TATWEEL = "ـ"
_JOINS_NEXT = frozenset("بتثجحخسشصضطظعغفقكلمنهيئ")
_JOINS = _JOINS_NEXT | frozenset("اأإآةىردزذوؤ")
_LAM_ALEF = ("لا", "لأ", "لإ", "لآ")
_MOST = 0.12  # share of the line that may be stretched


def write_tatweel_lines(article: Article, setting: Setting, font: Path, signs: Path, pdf: Path) -> None:
    """Print the article with fpdf2, lines of justified text filled with tatweel; `signs` is a font for what `font` lacks."""
    from fpdf import FPDF

    page = FPDF(unit="pt", format=(setting.page_width, setting.page_height))
    page.add_font("body", fname=font)
    page.add_font("signs", fname=signs)
    page.set_fallback_fonts(["signs"])
    page.set_margins(setting.side - 2, 60)
    page.set_auto_page_break(True, 60)
    page.c_margin = 0
    page.add_page()
    page.set_text_shaping(use_shaping_engine=True, direction="rtl", script="arab", language="ara")
    for text, size in ((article.title, setting.size + 6), *((p, setting.size) for p in article.paragraphs)):
        page.set_font("body", size=size)
        for line, last in _lines(page, text, setting.width):
            shown = _filled(page, line, setting.width) if setting.justified and not last else line
            page.cell(setting.width, 1.7 * size, shown, align="R", new_x="LMARGIN", new_y="NEXT")
        page.ln(0.6 * size)
    page.output(str(pdf))


def _lines(page: FPDF, text: str, width: float) -> Iterator[tuple[str, bool]]:
    """The lines of a paragraph, and whether it is the last one."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and page.get_string_width(longer) > width:
            yield line, False
            longer = word
        line = longer
    yield line, True


def _filled(page: FPDF, line: str, width: float) -> str:
    """The line with tatweel in its words, a letter for each joint, until it is full."""
    joints = [i for i in range(1, len(line)) if line[i - 1] in _JOINS_NEXT and line[i] in _JOINS and line[i - 1 : i + 1] not in _LAM_ALEF]
    unit = page.get_string_width(f"ب{_TATWEEL}{_TATWEEL}ب") - page.get_string_width(f"ب{_TATWEEL}ب")
    room = width - page.get_string_width(line)
    count = min(int(room / unit) if unit > 0 else 0, int(_MOST * len(line)), len(joints))
    chosen = {joints[len(joints) * k // count] for k in range(count)}
    return "".join((_TATWEEL if i in chosen else "") + c for i, c in enumerate(line))
