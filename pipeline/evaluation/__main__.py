"""`python -m pipeline.evaluation PATH…`: the plain form of `tarmim evaluate`, for development."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from pipeline.evaluation.run import PARTS, evaluate


def main() -> None:
    """Print the scores as JSON; with --examples what went wrong, to standard error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--only", action="append", choices=PARTS)
    parser.add_argument("--variant", action="append", default=[])
    parser.add_argument("--examples", action="store_true")
    options = parser.parse_args()
    report = evaluate(options.paths, options.only or PARTS, options.variant)
    sys.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False, indent=1) + "\n")
    if options.examples:
        for scores in (report.restoration, report.flags, report.extraction):
            for variant, score in scores.items():
                for line in getattr(score, "examples", None) or getattr(score, "misses", []):
                    sys.stderr.write(f"{variant} {line}\n")


if __name__ == "__main__":
    main()
