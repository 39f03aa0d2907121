"""`python -m benchmarks.pdf_pairs CLEAN_DIR… OUT_DIR`: makes damaged pairs that `tarmim evaluate OUT_DIR` scores."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

from benchmarks.pdf_pairs.articles import LAYOUTS, Article, articles, setting, variants
from benchmarks.pdf_pairs.fonts import Font, fonts
from benchmarks.pdf_pairs.readers import readers
from benchmarks.pdf_pairs.writers import Job, writers

_ASCII_DIGITS = re.compile("[0-9]")
_ASCII_DIGIT_OR_GLYPH = re.compile(r"\(cid:[0-9]+\)|[0-9]")


def main() -> int:
    """Print every article with the chosen writers and fonts, read it with the chosen readers."""
    options = _options()
    found = [a for folder in options.clean for a in articles(folder)]
    if not found:
        sys.stderr.write(f"{options.clean}: no clean.txt with a title and a paragraph below it\n")
        return 2
    typefaces = fonts(options.out / ".fonts")
    for name, write in writers().items():
        if options.writers and name not in options.writers:
            continue
        jobs = _jobs(found, name, _chosen(typefaces, options.fonts), options)
        write(jobs)
        for reader, read in readers().items():
            if not options.readers or reader in options.readers:
                for job, text in zip(jobs, read([job.pdf for job in jobs]), strict=True):
                    _keep(job, f"{job.variant}-{reader}", _coded(text, job.font), options.out)
                    if options.strip:
                        _keep(job, f"stripped-{job.variant}-{reader}", _ASCII_DIGITS.sub("", text), options.out)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "clean",
        type=Path,
        nargs="+",
        help="folders with clean.txt files below them, or clean.md with tables, lists and notes (blocks.py tells the marks)",
    )
    parser.add_argument("out", type=Path, help="where the pairs go")
    for plural in ("writers", "fonts", "readers"):
        parser.add_argument(f"--{plural}", nargs="*", default=[], help=f"only these {plural}")
    parser.add_argument("--all-fonts", action="store_true", help="each article in every font, not in one that its name draws")
    parser.add_argument("--strip", action="store_true", help="keep each text with its ASCII digits deleted, too")
    parser.add_argument("--layouts", nargs="*", default=[""], choices=LAYOUTS, help="kinds of pages, beside that of an agency's reports")
    return parser.parse_args()


def _chosen(found: dict[str, Font], names: list[str]) -> list[Font]:
    return [font for name, font in found.items() if not names or name in names]


def _jobs(found: list[Article], writer: str, typefaces: list[Font], options: argparse.Namespace) -> list[Job]:
    folder = options.out / ".pdf"
    folder.mkdir(parents=True, exist_ok=True)
    jobs = []
    for i, article in enumerate(found):
        for font in typefaces if options.all_fonts else [typefaces[i % len(typefaces)]]:
            for layout in options.layouts:
                variant = f"{writer}{layout and '.'}{layout}-{font.name}"
                set_ = setting(article, writer + font.name + layout, layout)
                jobs.append(Job(article, set_, font, folder / f"{article.name}-{variant}.pdf", variant))
    return jobs


def _coded(text: str, font: Font) -> str:
    """Digits as private glyphs where the font has them and the writer told the reader better."""
    codes = {digit: code for code, digit in font.digit_map.items()}
    return _ASCII_DIGIT_OR_GLYPH.sub(lambda m: codes.get(m.group(), m.group()), text)


def _keep(job: Job, variant: str, text: str, out: Path) -> None:
    folder = out / job.article.name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "clean.txt").write_text(job.article.text, encoding="utf-8")
    file = f"damaged-{variant}.txt"
    (folder / file).write_text(text, encoding="utf-8")
    known = variants(folder)
    known[file] = {
        "writer and reader": variant, "size": job.setting.size, "justified": job.setting.justified,
        "head": job.setting.head, "columns": job.setting.columns, "digit_map": job.font.digit_map,
    }  # fmt: skip
    (folder / "variants.json").write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
