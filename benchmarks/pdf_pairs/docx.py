"""Articles as Word documents, which an office prints as tagged PDF/A the way ministries and agencies publish them."""

from __future__ import annotations

import html
import json
from pathlib import Path
from zipfile import ZipFile

from benchmarks.pdf_pairs.articles import Article, Setting
from benchmarks.pdf_pairs.blocks import Block, Kind

PDF_A = "pdf:writer_pdf_Export:" + json.dumps(
    {"SelectPdfVersion": {"type": "long", "value": "2"}, "UseTaggedPDF": {"type": "boolean", "value": "true"}}
)
"""What LibreOffice's --convert-to is told: PDF/A-2 with tags."""
_NAMES = "http://schemas.openxmlformats.org"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def write_docx(article: Article, setting: Setting, family: str, path: Path) -> None:
    """Write `article` as a Word document whose paragraphs and runs are marked right to left."""
    align = "both" if setting.justified else "start"
    title = _paragraph(article.title, "start", setting.size + 6, family)
    body = "".join(_block(block, align, setting.size, family) for block in article.blocks)
    with ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", _content_types())
        archive.writestr("_rels/.rels", _relations("word/document.xml", "officeDocument"))
        archive.writestr("word/_rels/document.xml.rels", _relations("header1.xml", "header"))
        archive.writestr("word/header1.xml", _part("hdr", _paragraph(setting.head, "center", 9, family)))
        archive.writestr("word/document.xml", _part("document", f"<w:body>{title}{body}{_section(setting)}</w:body>"))


def _block(block: Block, align: str, size: float, family: str) -> str:
    if block.kind in {Kind.TABLE, Kind.VERSE}:
        rows = "".join(f"<w:tr>{''.join(_cell(cell, size, family) for cell in row)}</w:tr>" for row in block.rows)
        borders = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
        return f'<w:tbl><w:tblPr><w:bidiVisual/><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>{rows}</w:tbl>'
    scale = {Kind.QUOTE: 1.3, Kind.NOTE: 0.8, Kind.CAPTION: 0.8}.get(block.kind, 1)
    return "".join(_paragraph(line, align, size * scale, family) for line in block.lines)


def _cell(text: str, size: float, family: str) -> str:
    return f"<w:tc><w:tcPr/>{_paragraph(text, 'start', size, family)}</w:tc>"


def _paragraph(text: str, align: str, size: float, family: str) -> str:
    face = f'<w:rFonts w:ascii="{family}" w:hAnsi="{family}" w:cs="{family}"/><w:sz w:val="{2 * size:.0f}"/><w:szCs w:val="{2 * size:.0f}"/><w:rtl/>'
    language = '<w:lang w:bidi="ar-SY"/>'
    return (
        f'<w:p><w:pPr><w:bidi/><w:spacing w:after="160"/><w:jc w:val="{align}"/></w:pPr>'
        f'<w:r><w:rPr>{face}{language}</w:rPr><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r></w:p>'
    )


def _section(setting: Setting) -> str:
    side = setting.side * 20
    head = '<w:headerReference w:type="default" r:id="rId1"/>' if setting.head else ""
    return (
        f'<w:sectPr>{head}<w:pgSz w:w="{setting.page_width * 20:.0f}" w:h="{setting.page_height * 20:.0f}"/>'
        f'<w:pgMar w:top="1200" w:bottom="1200" w:left="{side:.0f}" w:right="{side:.0f}" w:header="600" w:footer="600" w:gutter="0"/>'
        f'<w:cols w:num="{setting.columns}"/><w:bidi/></w:sectPr>'
    )


def _part(tag: str, content: str) -> str:
    spaces = f'xmlns:w="{_NAMES}/wordprocessingml/2006/main" xmlns:r="{_NAMES}/officeDocument/2006/relationships"'
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {spaces}>{content}</w:{tag}>'


def _relations(target: str, kind: str) -> str:
    relation = f'<Relationship Id="rId1" Type="{_NAMES}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_NAMES}/package/2006/relationships">{relation}</Relationships>'


def _content_types() -> str:
    kinds = {"document": "document.main", "header1": "header"}
    parts = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{kind}+xml"/>' for name, kind in kinds.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{_NAMES}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )
