"""An article as a page of HTML, which browsers and WeasyPrint print."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

from benchmarks.pdf_pairs.articles import GUTTER, Article, Setting
from benchmarks.pdf_pairs.blocks import Block, Kind
from benchmarks.pdf_pairs.fonts import Font

_MARK = re.compile(r"(?<=\S)\[([0-9]+)\]")
_STYLE = """h2 { font-size: 1.15em; text-align: start; break-after: avoid } strong { font-weight: bold }
table { width: 100%; border-collapse: collapse; text-align: start; margin: 8pt 0 } td, th { padding: 2pt 4pt; vertical-align: top }
.ruled td, .ruled th { border: .5pt solid } .verse td { text-align: justify; text-align-last: justify; padding: 0 1em }
blockquote { font-size: 1.3em; text-align: center; margin: 10pt } figcaption, .note { font-size: .8em; text-align: start }
figure { margin: 10pt 0 } figure div { height: 60pt; background: #ccc } sup { font-size: .65em; line-height: 0 } .foreign { text-align: left }"""


def html_page(article: Article, setting: Setting, font: Font) -> str:
    """The page; head and page number stand in the page's margins."""
    return f"""<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><style>{_faces(font)}
@page {{ size: {setting.page_width}pt {setting.page_height}pt; margin: 60pt {setting.side}pt; {_furniture(setting, font)} }}
body {{ margin: 0; font: {setting.size}pt/1.6 "{font.family}"; text-align: {"justify" if setting.justified else "start"} }}
h1 {{ font-size: {setting.size + 6}pt; text-align: start }} main {{ columns: {setting.columns}; column-gap: {GUTTER}pt }}
{_STYLE}</style><h1>{html.escape(article.title)}</h1><main>{"".join(map(block_html, article.blocks))}</main></html>"""


def _furniture(setting: Setting, font: Font) -> str:
    if not setting.head:
        return ""
    small = f'font: 9pt "{font.family}"'
    return f'@top-center {{ content: "{setting.head}"; {small} }} @bottom-center {{ content: counter(page); {small} }}'


def _faces(font: Font) -> str:
    faces = _face(font.family, font.path, "U+600-6FF, U+200C-200E, U+2010-2011, U+FB50-FDFF, U+FE70-FEFC" if font.latin else "")
    if font.latin:
        faces += _face(font.family, font.latin, "U+0-FF, U+131, U+152-153, U+2000-200B, U+2012-206F")
    return faces


def _face(family: str, path: Path, letters: str) -> str:
    scope = f"; unicode-range: {letters}" if letters else ""
    return f'@font-face {{ font-family: "{family}"; src: url("{path.as_uri()}"){scope} }}'


def block_html(block: Block) -> str:
    """One block; marks of notes are raised."""
    rows = [[_MARK.sub(r"<sup>\1</sup>", html.escape(cell)) for cell in row] for row in block.rows]
    return _DRAWN[block.kind](rows)


def _in(tag: str, style: str = "") -> Callable[[list[list[str]]], str]:
    return lambda rows: "".join(f"<{tag}{style}>{cell}</{tag}>" for row in rows for cell in row)


def _list(tag: str) -> Callable[[list[list[str]]], str]:
    return lambda rows: f"<{tag}>{_in('li')(rows)}</{tag}>"


def _table(rows: list[list[str]]) -> str:
    # Tables of many columns are ruled, as they mostly are.
    ruled = ' class="ruled"' if len(rows[0]) > 2 else ""
    head, *body = rows
    return f"<table{ruled}><tr>{_in('th')([head])}</tr>{_rows(body)}</table>"


def _rows(rows: list[list[str]]) -> str:
    return "".join(f"<tr>{_in('td')([row])}</tr>" for row in rows)


_DRAWN: dict[Kind, Callable[[list[list[str]]], str]] = {
    Kind.PARAGRAPH: _in("p"),
    Kind.HEADING: _in("h2"),
    Kind.STRONG: lambda rows: f"<p>{_in('strong')(rows)}</p>",
    Kind.BULLETS: _list("ul"),
    Kind.NUMBERS: _list("ol"),
    Kind.TABLE: _table,
    Kind.VERSE: lambda rows: f'<table class="verse">{_rows(rows)}</table>',
    Kind.QUOTE: _in("blockquote"),
    Kind.CAPTION: lambda rows: f"<figure><div></div>{_in('figcaption')(rows)}</figure>",
    Kind.NOTE: _in("p", ' class="note"'),
    Kind.FOREIGN: _in("p", ' class="foreign" dir="ltr" lang="en"'),
}
