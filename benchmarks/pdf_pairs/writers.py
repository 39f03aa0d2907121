"""PDF writers: each takes jobs (article, setting, font, target) and prints them; those not installed are left out."""

from __future__ import annotations

import html
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from benchmarks.pdf_pairs.articles import GUTTER, Article, Setting
from benchmarks.pdf_pairs.blocks import Block, Kind
from benchmarks.pdf_pairs.docx import PDF_A, write_docx
from benchmarks.pdf_pairs.fonts import Font
from benchmarks.pdf_pairs.fop import write_fop
from benchmarks.pdf_pairs.html_page import block_html, html_page
from benchmarks.pdf_pairs.odt import flat_document
from benchmarks.pdf_pairs.tatweel_lines import write_tatweel_lines
from benchmarks.pdf_pairs.tex import write_tex


class Job(NamedTuple):
    """One PDF to be printed."""

    article: Article
    setting: Setting
    font: Font
    pdf: Path
    variant: str


Writer = Callable[[Sequence[Job]], None]
_SIGNS = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
_TCPDF = Path("/usr/share/php/tcpdf")
_TCPDF_SCRIPT = Path(__file__).with_name("tcpdf.php")
_JSPDF_SCRIPT = Path(__file__).with_name("jspdf.mjs")
_SYSTEM_PYTHON, _QT_SCRIPT = "/usr/bin/python3", Path(__file__).with_name("qt_text.py")


def writers() -> dict[str, Writer]:
    """The writers that this machine has."""
    found: dict[str, Writer] = {}
    if shutil.which("chromium"):
        found["chromium"] = _each(_chromium)
    if shutil.which("soffice"):
        found["libreoffice"] = _libreoffice
        found["docx"] = _word
    if (
        Path(_SYSTEM_PYTHON).is_file()
        and not subprocess.run([_SYSTEM_PYTHON, "-c", "import PyQt5.QtGui"], check=False, capture_output=True).returncode
    ):
        found["qt"] = _each(_qt)
    if shutil.which("gs"):
        found |= {f"gs{name}": _rewritten(found[name]) for name in ("chromium", "docx") if name in found}
    if shutil.which("node") and os.environ.get("NODE_MODULES"):
        found["jspdf"] = _each(_jspdf)
    if find_spec("weasyprint"):
        found["weasyprint"] = _each(_weasyprint)
    if find_spec("typst"):
        found["typst"] = _each(_typst)
    if find_spec("fpdf") and _SIGNS.is_file():
        found["fpdf"] = _each(lambda job: write_tatweel_lines(job.article, job.setting, job.font.path, _SIGNS, job.pdf))
    if find_spec("pymupdf"):
        found["mupdf"] = _each(_mupdf)
    if shutil.which("pango-view"):
        found["cairo"] = _each(_cairo)
    if shutil.which("php") and _TCPDF.is_dir():
        found["tcpdf"] = _each(_tcpdf)
    if find_spec("reportlab") and find_spec("arabic_reshaper") and find_spec("bidi"):
        found["reportlab"] = _each(_reportlab)
    for engine, package in (("xelatex", "polyglossia.sty"), ("lualatex", "luatexbase.sty")):
        if shutil.which(engine) and _knows_tex(package):
            found[engine] = _each(lambda job, engine=engine: write_tex(job.article, job.setting, job.font.path, job.pdf, engine))
    if shutil.which("fop"):
        found["fop"] = _each(lambda job: write_fop(job.article, job.setting, job.font.path, job.pdf))
    if shutil.which("abiword") and shutil.which("xvfb-run"):
        found["abiword"] = _each(_abiword)
    return found


def _knows_tex(package: str) -> bool:
    """Whether this TeX has Arabic, which Debian packs apart from the engines."""
    return bool(subprocess.run(["kpsewhich", package], check=False, capture_output=True).stdout)


def _each(write: Callable[[Job], None]) -> Writer:
    def write_all(jobs: Sequence[Job]) -> None:
        for job in jobs:
            write(job)

    return write_all


def _chromium(job: Job) -> None:
    page = job.pdf.with_suffix(".html")
    page.write_text(html_page(job.article, job.setting, job.font), encoding="utf-8")
    _run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files", "--no-pdf-header-footer",
         f"--print-to-pdf={job.pdf}", page.as_uri())  # fmt: skip


def _qt(job: Job) -> None:
    """Qt's rich text, which many desktop programs print; Debian has it for its own Python only."""
    article, set_, font, pdf, _ = job
    told = pdf.with_suffix(".json")
    align = "justify" if set_.justified else "right"
    page = {
        "title": article.title, "body": "".join(map(block_html, article.blocks)), "font": str(font.path), "pdf": str(pdf.resolve()),
        "size": set_.size, "width": set_.width, "page_width": set_.page_width, "height": set_.page_height, "align": align,
    }  # fmt: skip
    told.write_text(json.dumps(page), encoding="utf-8")
    _run(_SYSTEM_PYTHON, str(_QT_SCRIPT), str(told), QT_QPA_PLATFORM="offscreen")


def _rewritten(write: Writer) -> Writer:
    """What another writer made, rewritten by Ghostscript as printers' drivers and programs that shrink files do."""

    def write_all(jobs: Sequence[Job]) -> None:
        first = [job._replace(pdf=job.pdf.with_name(f"before-{job.pdf.name}")) for job in jobs]
        write(first)
        for before, after in zip(first, jobs, strict=True):
            _run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", f"-sOutputFile={after.pdf}", str(before.pdf))

    return write_all


def _jspdf(job: Job) -> None:
    """jsPDF; the environment names the node_modules that has it."""
    article, set_, font, pdf, _ = job
    told = pdf.with_suffix(".json")
    page = {
        "title": article.title, "paragraphs": article.paragraphs, "font": str(font.path), "pdf": str(pdf.resolve()),
        "size": set_.size, "width": set_.width, "page_width": set_.page_width, "height": set_.page_height,
    }  # fmt: skip
    told.write_text(json.dumps(page), encoding="utf-8")
    _run("node", str(_JSPDF_SCRIPT), os.environ["NODE_MODULES"], str(told))


def _weasyprint(job: Job) -> None:
    from weasyprint import HTML

    HTML(string=html_page(job.article, job.setting, job.font)).write_pdf(job.pdf)


def _mupdf(job: Job) -> None:
    import pymupdf

    article, set_, font, pdf, _ = job
    css = f'@font-face {{ font-family: body; src: url("{font.path.name}") }} * {{ font-family: body; font-size: {set_.size}pt }}'
    body = f'<body dir="rtl"><h2>{html.escape(article.title)}</h2>{"".join(map(block_html, article.blocks))}</body>'
    story = pymupdf.Story(body, css, archive=pymupdf.Archive(str(font.path.parent)))
    writer = pymupdf.DocumentWriter(str(pdf))
    left = set_.side
    more = 1
    while more:
        device = writer.begin_page(pymupdf.Rect(0, 0, set_.page_width, set_.page_height))
        more, _ = story.place(pymupdf.Rect(left, 60, left + set_.width, 60 + set_.height))
        story.draw(device)
        writer.end_page()
    writer.close()


def _typst(job: Job) -> None:
    import typst

    article, set_, font, pdf, _ = job
    head = f"header: align(center, text(9pt, {_quoted(set_.head)})), footer: context align(center, counter(page).display())," if set_.head else ""
    paragraphs = "\n\n".join(f"#par[#{_quoted(p)}]" for p in article.paragraphs)
    source = f"""#set text(font: {_quoted(font.family)}, lang: "ar", dir: rtl, size: {set_.size}pt)
#set par(justify: {str(set_.justified).lower()}, leading: 0.8em, spacing: 1.4em)
#set page(width: {set_.page_width}pt, height: {set_.page_height}pt, margin: (x: {set_.side}pt, y: 60pt), {head})
#text({set_.size + 6}pt, weight: "bold", {_quoted(article.title)})

#columns({set_.columns})[{paragraphs}]
"""
    page = pdf.with_suffix(".typ")
    page.write_text(source, encoding="utf-8")
    typst.compile(str(page), output=str(pdf), font_paths=[str(font.path.parent)])


def _cairo(job: Job) -> None:
    """Pango's own layout on one long page, printed by cairo as the GNOME programs do."""
    article, set_, font, pdf, _ = job
    text = pdf.with_suffix(".txt")
    text.write_text(article.text, encoding="utf-8")
    justify = ["--justify"] if set_.justified else []
    _run("pango-view", "--no-display", "--rtl", "--align=right", f"--width={set_.width * 1.0:.0f}", *justify, "--dpi=72",
         f"--font={font.family} {set_.size}", f"--output={pdf}", str(text))  # fmt: skip


def _abiword(job: Job) -> None:
    """AbiWord, which prints a line run by run through cairo."""
    article, set_, font, pdf, _ = job
    page = pdf.with_suffix(".abw")
    side, align = set_.side, "justify" if set_.justified else "right"
    sizes = [(article.title, "right", set_.size + 6), *((p, align, set_.size) for p in article.paragraphs)]
    paragraphs = "".join(
        f'<p props="dom-dir:rtl; text-align:{align}; margin-bottom:8pt"><c props="font-family:{font.family}; font-size:{size}pt">'
        f"{html.escape(p)}</c></p>"
        for p, align, size in sizes
    )
    page.write_text(
        f"""<?xml version="1.0" encoding="UTF-8"?>
<abiword xmlns="http://www.abisource.com/awml.dtd" fileformat="1.1" styles="unlocked" props="dom-dir:rtl; lang:ar-SY">
<pagesize width="{set_.page_width}" height="{set_.page_height}" units="pt" page-scale="1.0" orientation="portrait" pagetype="Custom"/>
<section props="columns:{set_.columns}; page-margin-left:{side}pt; page-margin-right:{side}pt">{paragraphs}</section></abiword>""",
        encoding="utf-8",
    )
    _run("xvfb-run", "-a", "abiword", "--to=pdf", str(page), "-o", str(pdf))


def _tcpdf(job: Job) -> None:
    """TCPDF shapes words itself, in presentation forms where the font has them."""
    article, set_, font, pdf, _ = job
    told = pdf.with_suffix(".json")
    folder = pdf.with_suffix("")
    folder.mkdir(exist_ok=True)
    # TCPDF begins every document in Helvetica and looks for fonts in one folder only.
    shutil.copy(_TCPDF / "fonts" / "helvetica.php", folder)
    page = {
        "title": article.title, "blocks": [_php_block(block) for block in article.blocks], "font": str(font.path), "folder": f"{folder}/",
        "pdf": str(pdf.resolve()), "size": set_.size, "width": set_.width, "page_width": set_.page_width, "height": set_.page_height,
        "head": set_.head, "justified": set_.justified, "columns": set_.columns, "gutter": GUTTER,
    }  # fmt: skip
    told.write_text(json.dumps(page), encoding="utf-8")
    _run("php", str(_TCPDF_SCRIPT), str(told))


def _php_block(block: Block) -> dict[str, object]:
    """Tables and lists as HTML, all else as text."""
    if block.kind in {Kind.TABLE, Kind.VERSE, Kind.BULLETS, Kind.NUMBERS}:
        return {"html": block_html(block)}
    return {"text": " ".join(block.lines), "scale": {Kind.QUOTE: 1.3, Kind.NOTE: 0.8, Kind.CAPTION: 0.8}.get(block.kind, 1)}


def _reportlab(job: Job) -> None:
    """Lines of presentation forms in visual order, as many programs print Arabic with reportlab."""
    import arabic_reshaper
    from bidi.algorithm import get_display
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    article, set_, font, pdf, _ = job
    pdfmetrics.registerFont(TTFont(font.name, str(font.path)))
    canvas = Canvas(str(pdf), pagesize=(set_.page_width, set_.page_height))
    edge, height = (set_.page_width + set_.width) / 2, 0.0

    def width(text: str) -> float:
        return float(pdfmetrics.stringWidth(arabic_reshaper.reshape(text), font.name, set_.size))

    for paragraph in (article.title, *article.paragraphs):
        for line in [*_filled(paragraph.split(), set_.width, width), ""]:
            if height < 60:
                canvas.showPage()
                canvas.setFont(font.name, set_.size)
                height = set_.height + 60.0
            canvas.drawRightString(edge, height, get_display(arabic_reshaper.reshape(line)))
            height -= 1.6 * set_.size
    canvas.save()


def _filled(words: Sequence[str], column: float, width: Callable[[str], float]) -> Iterator[str]:
    """Words set in lines that fill the column."""
    line: list[str] = []
    for word in words:
        if line and width(" ".join([*line, word])) > column:
            yield " ".join(line)
            line = []
        line.append(word)
    yield " ".join(line)


def _libreoffice(jobs: Sequence[Job]) -> None:
    for job in jobs:
        job.pdf.with_suffix(".fodt").write_text(flat_document(job.article, job.setting, job.font.family), encoding="utf-8")
    _office(jobs, ".fodt", "pdf")


def _word(jobs: Sequence[Job]) -> None:
    """Word documents, which LibreOffice prints as tagged PDF/A."""
    for job in jobs:
        write_docx(job.article, job.setting, job.font.family, job.pdf.with_suffix(".docx"))
    _office(jobs, ".docx", PDF_A)


def _office(jobs: Sequence[Job], suffix: str, target: str) -> None:
    """All documents in one office process."""
    for folder in dict.fromkeys(job.pdf.parent for job in jobs):
        files = [str(job.pdf.with_suffix(suffix)) for job in jobs if job.pdf.parent == folder]
        _run("soffice", "--headless", "--convert-to", target, "--outdir", str(folder), *files)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _run(*command: str, **environment: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=os.environ | environment)
