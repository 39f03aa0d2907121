"""Articles set by Apache FOP, as documentation is that comes from DocBook and DITA."""

from __future__ import annotations

import html
import subprocess
from pathlib import Path

from benchmarks.pdf_pairs.articles import Article, Setting


def write_fop(article: Article, setting: Setting, font: Path, pdf: Path) -> None:
    """Typeset `article`; the formatting objects and FOP's configuration stay beside `pdf`."""
    source, configuration = pdf.with_suffix(".fo"), pdf.with_suffix(".xconf")
    source.write_text(_formatting_objects(article, setting), encoding="utf-8")
    configuration.write_text(_configuration(font), encoding="utf-8")
    subprocess.run(("fop", "-c", str(configuration), str(source), str(pdf)), check=True, capture_output=True, timeout=120)


def _formatting_objects(article: Article, set_: Setting) -> str:
    align = "justify" if set_.justified else "start"
    head, foot = ("", "") if not set_.head else (_region("before", set_.head), _region("after", "<fo:page-number/>"))
    blocks = "".join(f'<fo:block space-before="8pt">{html.escape(p)}</fo:block>' for p in article.paragraphs)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" font-family="body" language="ar" script="arab" writing-mode="rl-tb"><fo:layout-master-set>
<fo:simple-page-master master-name="page" page-width="{set_.page_width}pt" page-height="{set_.page_height}pt" margin="30pt {set_.side}pt">
<fo:region-body margin="30pt 0pt" column-count="{set_.columns}"/><fo:region-before extent="20pt"/><fo:region-after extent="20pt"/>
</fo:simple-page-master></fo:layout-master-set>
<fo:page-sequence master-reference="page">{head}{foot}
<fo:flow flow-name="xsl-region-body" font-size="{set_.size}pt" line-height="1.6" text-align="{align}">
<fo:block font-size="{set_.size + 6}pt" text-align="start">{html.escape(article.title)}</fo:block>{blocks}
</fo:flow></fo:page-sequence></fo:root>
"""


def _region(side: str, content: str) -> str:
    return f'<fo:static-content flow-name="xsl-region-{side}"><fo:block font-size="9pt" text-align="center">{content}</fo:block></fo:static-content>'


def _configuration(font: Path) -> str:
    face = f'<font kerning="yes" embed-url="{font.as_uri()}"><font-triplet name="body" style="normal" weight="normal"/></font>'
    return f'<fop version="1.0"><renderers><renderer mime="application/pdf"><fonts>{face}</fonts></renderer></renderers></fop>'
