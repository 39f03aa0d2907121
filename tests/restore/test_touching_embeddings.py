"""Blanks that pdftotext -raw drops between embedded words."""

from __future__ import annotations

from pipeline.restore.document import restore
from pipeline.restore.embedded_words import restore_embedded_words
from pipeline.restore.traced import Traced

RTL, POP = "\u202b", "\u202c"
LINES = ["وصل المزارعون صباح أمس إلى سوق المدينة", "بعد أن فتحت البلدية أبواب الساحة الكبيرة", "وعرض التجار محاصيل الموسم على السكان"]


def _printed(line: str, blank: str) -> str:
    """A line of embedded words as on the page, every other one parted from the next by `blank`; a first hamza is drawn off the line."""
    words = [f"{RTL}{word[1:]}{POP}{RTL}أ{POP}" if word.startswith("أ") else f"{RTL}{word}{POP}" for word in line.split()]
    return "".join(f"{blank if k % 2 else ' '}{word}" for k, word in enumerate(reversed(words)))[1:]


def test_words_that_touch_are_parted_and_pieces_of_words_joined() -> None:
    printed = "\n".join(_printed(line, "") for line in LINES) + "\n"
    assert restore(printed).text.split() == " ".join(LINES).split()


def test_embeddings_that_only_pieces_of_words_touch() -> None:
    restored = restore_embedded_words(Traced.of("\n".join(_printed(line, " ") for line in LINES))).traced.text
    assert restored.replace(RTL, "").replace(POP, "").split() == " ".join(LINES).split()


def test_each_character_keeps_its_origin() -> None:
    printed = "\n".join(_printed(line, "") for line in LINES)
    outcome = restore_embedded_words(Traced.of(printed))
    assert all(i < 0 or printed[i] == c for c, i in zip(outcome.traced.text, outcome.traced.origin.tolist(), strict=True))
