"""What is flagged of missing figures and doubled words, beside what datatrove's filters say of the same articles."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from benchmarks.doubled_words import held_out, view_of
from pipeline.blocks import uncollected
from pipeline.evaluation.flags import FlagScore, score_stripped
from pipeline.extract.sentences import split_sentences
from pipeline.lexicon.build.corpus import documents
from pipeline.quality.model import Flag, TextView
from pipeline.quality.published import ARABIC
from pipeline.quality.stripped import stripped_numbers
from pipeline.quality.text_flags import flag_text
from pipeline.restore.document import restore

ARTICLES = 300
DOUBLED = 0.03  # share of words told twice

Row = dict[str, object]
Verdict = Callable[[str], bool]


def missing_figures(shared: Path) -> list[Row]:
    """Sites found where digits were deleted: real PDF text, its clean originals, held-out news; and flags on intact news."""
    pairs = [p for p in sorted((shared / "pairs").iterdir()) if (p / "damaged-stripped.txt").is_file()]
    clean = [(p / "clean.txt").read_text(encoding="utf-8") for p in pairs]
    damaged = [(p / "damaged-stripped.txt").read_text(encoding="utf-8") for p in pairs]
    news = ["\n\n".join(d.paragraphs) for d in documents(shared / "corpus") if d.held_out and d.source == "ant"]
    told = [text for text in news if re.search("[0-9]", text)]
    return [
        _sites("PDF text, restored", ((_restored(raw), text) for raw, text in zip(damaged, clean, strict=True))),
        _sites("its originals, blanks kept", ((view_of(_strip(t)), t) for t in clean)),
        _sites("its originals, blanks folded", ((view_of(_fold(_strip(t))), t) for t in clean)),
        _sites("held-out news, blanks kept", ((view_of(_strip(t)), t) for t in told)),
        _sites("held-out news, blanks folded", ((view_of(_fold(_strip(t))), t) for t in told)),
        _intact(news),
    ]


def _sites(name: str, views: Iterable[tuple[TextView, str]]) -> Row:
    score = FlagScore()
    for view, clean in views:
        score.merge(score_stripped([_as_row(f) for f in stripped_numbers(view)], view.text, clean))
    told = score.sites.as_dict()
    bounds = f"{score.bounded.right}/{score.bounded.found}"
    return {"text": name, "sites": told["gold"], "recall": told["recall"], "precision": told["precision"], "inside bounds": bounds}


def _intact(news: list[str]) -> Row:
    views = [view_of(text) for text in news]
    sentences = sum(len(split_sentences(v.text)) for v in views)
    false = sum(len(stripped_numbers(v)) for v in views)
    return {"text": "held-out news, intact", "sites": 0, "false per 1,000 sentences": f"{1000 * false / sentences:.2f} ({sentences} sentences)"}


def curation(shared: Path) -> list[Row]:
    """How many of 300 articles each tool objects to: intact, and with digits deleted and three words in a hundred doubled."""
    chosen = ["\n\n".join(d.paragraphs) for d in held_out(shared / "corpus", ARTICLES)]
    intact = [text for text in chosen if re.search("[0-9]", text)]
    damaged = [_double(_fold(_strip(text)), random.Random(i)) for i, text in enumerate(intact)]
    verdicts = {"Tarmim: a flag of a missing figure or doubled word": _tarmim, **_datatrove()}
    return [
        {
            "tool": name,
            "articles": len(intact),
            "objects to intact": sum(map(says, intact)),
            "objects to damaged": sum(map(says, damaged)),
            "more because of the damage": sum(says(bad) and not says(good) for good, bad in zip(intact, damaged, strict=True)),
        }
        for name, says in verdicts.items()
    ]


def flag_speed(shared: Path) -> list[Row]:
    """MB of UTF-8 a second and core for text flags alone, on articles as they are (processor time)."""
    texts = ["\n\n".join(d.paragraphs) for d in held_out(shared / "corpus", ARTICLES)]
    views = [TextView("", text, []) for text in texts]
    flag_text(views[0])
    started = time.process_time()
    with uncollected():
        for view in views:
            flag_text(view)
    spent = time.process_time() - started
    return [{"stage": "text flags", "MB/s": f"{sum(len(t.encode()) for t in texts) / 1e6 / spent:.1f}"}]


def _tarmim(text: str) -> bool:
    return any(f.kind in ("stripped_number", "duplicated_word", "duplicated_phrase") for f in flag_text(TextView("", text, [])))


def _datatrove() -> dict[str, Verdict]:
    """datatrove's filters with their own defaults and with FineWeb-2's Arabic values; none where it is not installed."""
    try:
        filters = import_module("datatrove.pipeline.filters")
        document = import_module("datatrove.data").Document
    except ImportError:
        return {}
    language = {"language": "arb_Arab"}
    stop_words = {"stop_words": sorted(ARABIC.stop_words)}
    sizes = {"min_avg_word_length": ARABIC.word_length[0], "max_avg_word_length": ARABIC.word_length[1]}
    grams = {"top_n_grams": ARABIC.top_n_grams, "dup_n_grams": ARABIC.dup_n_grams, "dup_line_frac": ARABIC.dup_line_frac}
    off = {"dup_para_frac": 0, "dup_line_char_frac": 0, "dup_para_char_frac": 0}
    quality = {"max_non_alpha_words_ratio": ARABIC.alpha_words, "min_stop_words": ARABIC.min_stop_words}
    lines = {"line_punct_thr": ARABIC.line_punct, "new_line_ratio": ARABIC.new_line_ratio, "char_duplicates_ratio": ARABIC.char_dup_ratio}
    made = {
        "datatrove Gopher repetition": filters.GopherRepetitionFilter(**language),
        "datatrove Gopher quality (Arabic stop words)": filters.GopherQualityFilter(**stop_words, **language),
        "FineWeb-2 Arabic, Gopher repetition": filters.GopherRepetitionFilter(**grams, **off, **language),
        "FineWeb-2 Arabic, Gopher quality": filters.GopherQualityFilter(**sizes, **quality, **stop_words, **language),
        "FineWeb-2 Arabic, FineWeb quality": filters.FineWebQualityFilter(**lines, short_line_thr=999, **language),
    }
    return {name: (lambda text, keeps=keeps: keeps.filter(document(text=text, id="0")) is not True) for name, keeps in made.items()}


def _restored(raw: str) -> TextView:
    restored = restore(raw)
    return TextView("", restored.text, split_sentences(restored.text), raw, restored.traced.origin)


def _strip(text: str) -> str:
    return re.sub("[0-9]", "", text)


def _fold(text: str) -> str:
    return re.sub(" {2,}", " ", text)


def _double(text: str, source: random.Random) -> str:
    return re.sub(r"[^\W\d_]{2,}", lambda m: f"{m[0]} {m[0]}" if source.random() < DOUBLED else m[0], text)


def _as_row(flag: Flag) -> Row:
    return {name: getattr(flag, name) for name in ("kind", "start", "end", "low", "high", "explanation")}
