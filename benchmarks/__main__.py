"""`python -m benchmarks [NAME…]`: runs the benchmarks and prints their tables; needs ../shared for the texts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import clean_lines, doubled_words, extraction_speed, numerals, private_digits, quality, report, restoration, stages

BENCHMARKS = {
    "accuracy": restoration.accuracy,
    "words": restoration.words,
    "clean-lines": clean_lines.clean_lines,
    "speed": restoration.speed,
    "stages": stages.stages,
    "extraction-speed": extraction_speed.extraction_speed,
    "digits": private_digits.decoding,
    "digit-reliability": private_digits.reliability,
    "numerals": numerals.numerals,
    "missing-figures": quality.missing_figures,
    "doubled-words": doubled_words.doubled_words,
    "curation": quality.curation,
    "flag-speed": quality.flag_speed,
    "report": report.report,
}


def main() -> int:
    """Run the named benchmarks, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], default=[])
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where seed, pairs, damage and corpus lie")
    options = parser.parse_args()
    if not options.shared.is_dir():
        sys.stderr.write(f"{options.shared}: not there; the benchmarks need its texts (say --shared DIR)\n")
        return 2
    for name in options.names or BENCHMARKS:
        _show(name, BENCHMARKS[name](options.shared))
    return 0


def _show(title: str, rows: list[dict[str, object]]) -> None:
    table = Table(title=title, title_justify="left")
    for column in dict.fromkeys(c for row in rows for c in row):
        table.add_column(column)
    for row in rows:
        table.add_row(*(str(row.get(c.header, "–")) for c in table.columns))
    Console(width=160).print(table)


if __name__ == "__main__":
    sys.exit(main())
