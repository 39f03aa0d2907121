"""Articles as Word documents, which an office prints as tagged PDF/A the way ministries and agencies publish them."""

from __future__ import annotations

import html
import json
from pathlib import Path
from zipfile import ZipFile

from benchmarks.pdf_pairs.articles import Article, Setting

PDF_A = "pdf:writer_pdf_Export:" + json.dumps(
    {"SelectPdfVersion": {"type": "long", "value": "2"}, "UseTaggedPDF": {"type": "boolean", "value": "true"}}
)
"""What LibreOffice's --convert-to is told: PDF/A-2 with tags."""
_NAMES = "http://schemas.openxmlformats.org"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def write_docx(article: Article, setting: Setting, family: str, height: float, path: Path) -> None:
    """Write `article` as a Word document whose paragraphs and runs are marked right to left."""
    align = "both" if setting.justified else "start"
    blocks = [_paragraph(article.title, "start", setting.size + 6, family), *(_paragraph(p, align, setting.size, family) for p in article.paragraphs)]
    with ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", _content_types())
        archive.writestr("_rels/.rels", _relations("word/document.xml", "officeDocument"))
        archive.writestr("word/_rels/document.xml.rels", _relations("header1.xml", "header"))
        archive.writestr("word/header1.xml", _part("hdr", _paragraph(setting.head, "center", 9, family)))
        archive.writestr("word/document.xml", _part("document", f"<w:body>{''.join(blocks)}{_section(setting, height)}</w:body>"))


def _paragraph(text: str, align: str, size: float, family: str) -> str:
    face = f'<w:rFonts w:ascii="{family}" w:hAnsi="{family}" w:cs="{family}"/><w:sz w:val="{2 * size:.0f}"/><w:szCs w:val="{2 * size:.0f}"/><w:rtl/>'
    language = '<w:lang w:bidi="ar-SY"/>'
    return (
        f'<w:p><w:pPr><w:bidi/><w:spacing w:after="160"/><w:jc w:val="{align}"/></w:pPr>'
        f'<w:r><w:rPr>{face}{language}</w:rPr><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r></w:p>'
    )


def _section(setting: Setting, height: float) -> str:
    side = (595 - setting.width) / 2 * 20
    head = '<w:headerReference w:type="default" r:id="rId1"/>' if setting.head else ""
    return (
        f'<w:sectPr>{head}<w:pgSz w:w="11900" w:h="{(height + 120) * 20:.0f}"/>'
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
