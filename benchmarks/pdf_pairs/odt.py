"""An article as a flat OpenDocument text, which LibreOffice prints."""

from __future__ import annotations

import html
from collections.abc import Callable

from benchmarks.pdf_pairs.articles import GUTTER, Article, Setting
from benchmarks.pdf_pairs.blocks import Block, Kind

_URNS = {
    "office": "office:1.0", "style": "style:1.0", "text": "text:1.0", "table": "table:1.0", "fo": "xsl-fo-compatible:1.0",
    "svg": "svg-compatible:1.0",
}  # fmt: skip
_STYLES = {
    Kind.HEADING: "S", Kind.STRONG: "G", Kind.QUOTE: "Q", Kind.CAPTION: "N", Kind.NOTE: "N", Kind.FOREIGN: "E", Kind.TABLE: "C", Kind.VERSE: "C",
}  # fmt: skip


_CELL_STYLE = (
    '<style:style style:name="X" style:family="table-cell">'
    '<style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="2pt"/></style:style>'
)


def flat_document(article: Article, setting: Setting, family: str) -> str:
    """The document with its styles, head and page number."""
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{u}"' for n, u in _URNS.items())
    head = f'<style:header><text:p text:style-name="H">{html.escape(setting.head)}</text:p></style:header>' if setting.head else ""
    foot = '<style:footer><text:p text:style-name="H"><text:page-number/></text:p></style:footer>' if setting.head else ""
    blocks = "".join(_DRAWN.get(block.kind, _paragraphs)(block) for block in article.blocks)
    if setting.columns > 1:
        blocks = f'<text:section text:style-name="M" text:name="columns">{blocks}</text:section>'
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {spaces} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="F" svg:font-family="'{family}'"/></office:font-face-decls>
<office:automatic-styles><style:page-layout style:name="L">
<style:page-layout-properties fo:page-width="{setting.page_width}pt" fo:page-height="{setting.page_height}pt" fo:margin-top="40pt"
 fo:margin-bottom="40pt" fo:margin-left="{setting.side}pt" fo:margin-right="{setting.side}pt" style:writing-mode="rl-tb"/></style:page-layout>
<style:style style:name="M" style:family="section"><style:section-properties style:writing-mode="rl-tb"><style:columns
 fo:column-count="{setting.columns}" fo:column-gap="{GUTTER}pt"/></style:section-properties></style:style>
{_styles(setting)}</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">{head}{foot}</style:master-page></office:master-styles>
<office:body><office:text><text:p text:style-name="T">{html.escape(article.title)}</text:p>{blocks}</office:text></office:body>
</office:document>"""


def _styles(setting: Setting) -> str:
    size, align = setting.size, "justify" if setting.justified else "start"
    return "".join(
        (
            _style("B", align, size), _style("T", "start", size + 6), _style("H", "center", 9), _style("S", "start", size * 1.15, bold=True),
            _style("G", align, size, bold=True), _style("Q", "center", size * 1.3), _style("N", "start", size * 0.8), _style("C", "start", size),
            _style("E", "start", size, mode="lr-tb"),
            _CELL_STYLE,
            '<style:style style:name="W" style:family="table"><style:table-properties style:writing-mode="rl-tb"/></style:style>',
            _list_style(Kind.BULLETS, "bullet", 'text:bullet-char="•"'),
            _list_style(Kind.NUMBERS, "number", 'style:num-format="1" style:num-suffix="."'),
        )
    )  # fmt: skip


def _style(name: str, align: str, size: float, *, bold: bool = False, mode: str = "rl-tb") -> str:
    weight = ' fo:font-weight="bold" style:font-weight-complex="bold"' if bold else ""
    return (
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties fo:text-align="{align}" fo:margin-bottom="8pt"'
        f' style:writing-mode="{mode}"/><style:text-properties style:font-name="F" style:font-name-complex="F" fo:font-size="{size}pt"'
        f' style:font-size-complex="{size}pt" style:language-complex="ar" style:country-complex="SY"{weight}/></style:style>'
    )


def _list_style(kind: Kind, level: str, sign: str) -> str:
    place = (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment'
        ' text:label-followed-by="listtab" fo:text-indent="-18pt" fo:margin-left="18pt"/></style:list-level-properties>'
    )
    return (
        f'<text:list-style style:name="{kind}"><text:list-level-style-{level} text:level="1" {sign}>{place}'
        f"</text:list-level-style-{level}></text:list-style>"
    )


def _paragraphs(block: Block) -> str:
    style = _STYLES.get(block.kind, "B")
    return "".join(f'<text:p text:style-name="{style}">{html.escape(cell)}</text:p>' for row in block.rows for cell in row)


def _list(block: Block) -> str:
    items = "".join(f"<text:list-item>{_paragraphs(Block(Kind.PARAGRAPH, (row,)))}</text:list-item>" for row in block.rows)
    return f'<text:list text:style-name="{block.kind}">{items}</text:list>'


def _table(block: Block) -> str:
    cell_style = ' table:style-name="X"' if block.kind is Kind.TABLE else ""
    rows = "".join(f"<table:table-row>{''.join(_cell(cell, block.kind, cell_style) for cell in row)}</table:table-row>" for row in block.rows)
    columns = f'<table:table-column table:number-columns-repeated="{len(block.rows[0])}"/>'
    return f'<table:table table:style-name="W">{columns}{rows}</table:table>'


def _cell(cell: str, kind: Kind, style: str) -> str:
    return f'<table:table-cell{style} office:value-type="string">{_paragraphs(Block(kind, ((cell,),)))}</table:table-cell>'


_DRAWN: dict[Kind, Callable[[Block], str]] = {Kind.BULLETS: _list, Kind.NUMBERS: _list, Kind.TABLE: _table, Kind.VERSE: _table}
