"""States what the model files were made from and which files came out: `python -m pipeline.lexicon.build.sources`."""

from __future__ import annotations

import argparse
import json
from importlib.metadata import version
from pathlib import Path

from pipeline.lexicon.build.corpus import SOURCES, sha256
from pipeline.restore.language_model import MODEL

# The weights of the ranker (JSON) can be read by themselves.
BUILT = frozenset({".bin", ".npz"})


def main() -> None:
    """Write sources.json: corpora with licence and hash, model files with hash."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    corpus: Path = parser.parse_args().corpus
    sources = [source._asdict() | {"sha256": sha256(corpus / source.file)} for source in SOURCES]
    sources.append({"name": "wordfreq", "file": f"wordfreq {version('wordfreq')}, ar large", "origin": "PyPI", "licence": "CC BY-SA 4.0"})
    built = {file.name: sha256(file) for file in sorted(MODEL.iterdir()) if file.suffix in BUILT}
    (MODEL / "sources.json").write_text(json.dumps({"sources": sources, "built": built}, indent=1) + "\n")


if __name__ == "__main__":
    main()
