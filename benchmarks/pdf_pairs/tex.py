"""Articles set by TeX: XeLaTeX with polyglossia and bidi, LuaLaTeX with babel, as theses and reports are."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from benchmarks.pdf_pairs.articles import Article, Setting

_SPECIAL = re.compile(r"[#$%&_{}]|[\\^~]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z'’.-]*(?: [A-Za-z][A-Za-z'’.-]*)*")
_SET_UP = {
    "xelatex": r"""\usepackage{{polyglossia}}\setmainlanguage[numerals=maghrib]{{arabic}}\setotherlanguage{{english}}
\newfontfamily\arabicfont[Script=Arabic,Path={folder}/]{{{file}}}""",
    "lualatex": r"""\usepackage[bidi=basic]{{babel}}\babelprovide[import,main]{{arabic}}\babelprovide[import]{{english}}
\babelfont{{rm}}[Path={folder}/]{{{file}}}""",
}
_WORDS = {"xelatex": r"\textenglish{{\fontfamily{{lmr}}\selectfont {0}}}", "lualatex": r"\foreignlanguage{{english}}{{{0}}}"}


def write_tex(article: Article, setting: Setting, font: Path, pdf: Path, engine: str) -> None:
    """Typeset `article` with one of the engines; the source and its logs stay beside `pdf`."""
    pdf.with_suffix(".tex").write_text(_source(article, setting, font, engine), encoding="utf-8")
    command = (engine, "-interaction=nonstopmode", "-halt-on-error", f"{pdf.stem}.tex")
    subprocess.run(command, check=True, capture_output=True, timeout=120, cwd=pdf.parent)


def _source(article: Article, set_: Setting, font: Path, engine: str) -> str:
    def escaped(text: str) -> str:
        plain = _SPECIAL.sub(lambda m: rf"\char{ord(m.group())}{{}}", text)
        return _LATIN.sub(lambda m: _WORDS[engine].format(m.group()) if m.string[m.start() - 1] != "\\" else m.group(), plain)

    head = r"\pagestyle{empty}"
    if set_.head:
        head = rf"\pagestyle{{fancy}}\fancyhf{{}}\chead{{{escaped(set_.head)}}}\cfoot{{\thepage}}"
    align = "" if set_.justified else r"\raggedright"
    body = "\n\n".join(escaped(p) for p in article.paragraphs)
    if set_.columns > 1:
        body = rf"\begin{{multicols}}{{{set_.columns}}}{body}\end{{multicols}}"
    return rf"""\documentclass{{article}}
\usepackage[paperwidth={set_.page_width}bp,paperheight={set_.page_height}bp,textwidth={set_.width}bp,textheight={set_.height}bp]{{geometry}}
\usepackage{{multicol,fancyhdr}}
{_SET_UP[engine].format(folder=font.parent, file=font.name)}
{head}
\setlength\parindent{{0pt}}\setlength\parskip{{8pt}}\emergencystretch=3em
\begin{{document}}{align}
{_size(set_.size + 6)}{escaped(article.title)}\par
{_size(set_.size)}{body}\par
\end{{document}}
"""


def _size(points: float) -> str:
    return rf"\fontsize{{{points}bp}}{{{points * 1.6:.1f}bp}}\selectfont "
