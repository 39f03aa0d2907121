"""Sentences of a restored text: where they begin and end, and what sort of text each one is.

Only the cutting belongs here; words are cut in `tokens`. Sentence ends follow the spirit of Unicode Annex 29 with
the habits of Arabic news: two dots are a pause, a lone letter with a dot is an abbreviation, a heading has no stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from pipeline.extract.model import Sentence

OPENING_QUOTES = "“«„‟‹"
CLOSING_QUOTES = "”»›"
STRAIGHT_QUOTES = '"＂'
HEADING_WORDS = 18
_CLOSERS = f"{CLOSING_QUOTES}{STRAIGHT_QUOTES}“’')\\]}}"

_PARAGRAPH = re.compile(r"[^\n]*[^\s][^\n]*")
_STOP = re.compile(rf"(?P<stop>[.!?؟۔]+|…)(?P<close>[{_CLOSERS}]*)(?=\s)|(?<=[\u0621-\u064A]{{3}})(?P<glued>\.)(?=[\u0621-\u064A]{{3}})")
_ABBREVIATION = re.compile(r"(?:(?<![^\s(“«\"])|(?<=\.))(?:[وبلف]?[\u0621-\u064A]\u0640?|[A-Za-z]|Mr|Dr|Mrs|No|St|vs)\Z")
_LIST_NUMBER = re.compile(r"\A[\d٠-٩]{1,3}\Z")
_ARABIC = re.compile(r"[\u0621-\u064A\u0671-\u06D3]")
_SCRIPTS = {
    "ar": _ARABIC,
    "en": re.compile(r"[A-Za-z\u00C0-\u024F]"),
    "ru": re.compile(r"[\u0400-\u04FF]"),
    "he": re.compile(r"[\u05D0-\u05EA]"),
}
_OTHER_SCRIPT = re.compile(r"[A-Za-z\u00C0-\u024F\u0400-\u04FF\u05D0-\u05EA]")
_URL = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/|t\.co/|bit\.ly/|youtu\.be/)\S*", re.IGNORECASE)
_QUOTE_MARK = re.compile(f"[{OPENING_QUOTES}{CLOSING_QUOTES}{STRAIGHT_QUOTES}]")
_BOILERPLATE = re.compile(
    r"(?:اقر[أا]|شاهد|طالع|[إا]قر[أا]وا)\s+(?:[أا]يض[اً]+|المزيد|كذلك)\b"
    r"|(?:تابعونا|تابعنا|اشترك|اشتركوا)\s+(?:على|عبر|في)\b"
    r"|(?:جميع|كافة|كل)\s+الحقوق\s+محفوظة|حقوق\s+(?:النشر|الطبع|الملكية)\b"
    r"|(?:صفحة|الصفحة)\s*[\d٠-٩]+\b|(?:للمزيد|لقراءة المزيد|مواضيع ذات صلة|[أا]خبار ذات صلة|الكلمات المفتاحية|الوسوم)\b"
    r"|[\d٠-٩\s|/\-–—.]+\Z"
)  # fmt: skip


def split_sentences(text: str, boilerplate: Iterable[tuple[int, int]] = ()) -> list[Sentence]:
    """Sentences of a restored text in reading order.

    `text`: paragraphs separated by line breaks (restoration leaves one blank line). `boilerplate`: half-open spans
    that restoration marked as headers, footers or page numbers. Each sentence satisfies text[start:end] == its text;
    between sentences there is only white space.
    """
    marked = list(boilerplate)
    paragraphs = [(m.start(), m.end()) for m in _PARAGRAPH.finditer(text)]
    sentences: list[Sentence] = []
    for number, (start, end) in enumerate(paragraphs):
        kind = _paragraph_kind(text[start:end].strip(), number, len(paragraphs), _overlaps(start, end, marked))
        for first, last, quoted in _cut(text, start, end, whole=kind in ("heading", "link")):
            piece = text[first:last]
            sort = "quote" if quoted and kind == "body" else kind
            language = language_of(piece)
            if sort == "body" and language not in (None, "ar"):
                sort = "foreign"
            sentences.append(Sentence(len(sentences), number, sort, language, first, last, piece))
    return sentences


def language_of(text: str) -> str | None:
    """BCP 47 tag by script majority: ar, en (any Latin), ru (any Cyrillic), he; None where there is no letter."""
    if not _OTHER_SCRIPT.search(text):
        return "ar" if _ARABIC.search(text) else None
    counts = {tag: len(script.findall(text)) for tag, script in _SCRIPTS.items()}
    best = max(counts, key=lambda tag: counts[tag])
    return best if counts[best] else None


def _overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Whether marked spans cover most of the paragraph: one marked word in it does not make it a footer."""
    covered = sum(max(0, min(end, b) - max(start, a)) for a, b in spans)
    return 2 * covered > end - start


def _paragraph_kind(paragraph: str, number: int, paragraphs: int, marked: bool) -> str:
    if marked:
        return "boilerplate"
    if _URL.search(paragraph) and len(_ARABIC.findall(_URL.sub("", paragraph))) < 12:
        return "link"
    if language_of(paragraph) not in (None, "ar"):
        return "foreign"
    if len(paragraph) < 120 and _BOILERPLATE.match(paragraph):
        return "boilerplate"
    if number + 1 < paragraphs and _looks_like_heading(paragraph, number):
        return "heading"
    return "body"


def _looks_like_heading(paragraph: str, number: int) -> bool:
    """A heading is short and ends without a stop; a question or exclamation only heads the whole text."""
    if paragraph.count(" ") >= HEADING_WORDS:
        return False
    if paragraph[0] in "-–—•*" or re.search(r"[.…][”»\"]?\Z|[،؛,;:]\Z", paragraph):
        return False
    if re.search(r"[.؟?!][”»\"]?\s", paragraph.replace("..", "")):
        return False
    return number == 0 or paragraph[-1] not in '؟?!”»"'


def _cut(text: str, start: int, end: int, whole: bool) -> Iterator[tuple[int, int, bool]]:
    """Half-open spans of a paragraph's sentences, and whether each lies within quotation marks."""
    cuts = [start, *(() if whole else _ends(text, start, end)), end]
    depths = _quote_depth(text, start, end)
    for low, high in pairwise(cuts):
        piece = text[low:high]
        first = low + len(piece) - len(piece.lstrip())
        last = low + len(piece.rstrip())
        if first < last:
            yield first, last, _within_quotes(depths, first, last)


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    for match in _STOP.finditer(text, start, end):
        if match["glued"]:  # a stop that lost its blank: `غادر.وأضاف`
            yield match.end()
            continue
        stop, close = match["stop"], match["close"]
        if stop == "…" or (len(stop) > 1 and set(stop) == {"."}):
            continue
        if close and stop[-1] in "!?؟" and close[0] not in ")]":
            continue
        if stop == "." and _is_abbreviation(text, start, match.start()):
            continue
        yield match.end()


def _is_abbreviation(text: str, start: int, stop: int) -> bool:
    """`د. محمد`, `أ. ف. ب.`, `U.S.` and the number of a list item (`1. `); not `عام 1435 هـ.` and `100 م.`."""
    head = text[max(start, stop - 12) : stop]
    if stop - start <= 3 and _LIST_NUMBER.match(text[start:stop].strip()):
        return True
    found = _ABBREVIATION.search(head)
    if not found:
        return False
    before = text[max(start, stop - 12) : stop - len(found[0])].rstrip()
    return not (before and before[-1].isdigit())


def _quote_depth(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """(offset, depth from there on) at each quotation mark; a quotation that never closes is none."""
    depths = [(start, 0)]
    for match in _QUOTE_MARK.finditer(text, start, end):
        opens = match[0] in OPENING_QUOTES or (match[0] in STRAIGHT_QUOTES and _opens(text, match.start(), end))
        depths.append((match.end(), int(opens)))
    if depths[-1][1]:
        depths[-1] = (depths[-1][0], 0)
    return depths


def _opens(text: str, at: int, end: int) -> bool:
    """A straight mark opens behind a blank or bracket, where a word follows."""
    before = text[at - 1] if at else " "
    ahead = text[at + 1] if at + 1 < end else " "
    return (before.isspace() or before in "([:،") and not ahead.isspace()


def _within_quotes(depths: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether everything from start to end, but for closing marks and the stop, is inside one quotation."""
    if len(depths) == 1:
        return False
    before = [depth for at, depth in depths if at <= start]
    inside = [(at, depth) for at, depth in depths if start < at <= end]
    if before[-1]:
        return all(depth == 1 or at >= end - 2 for at, depth in inside)
    opened = bool(inside) and inside[0] == (start + 1, 1)
    return opened and all(depth == 1 or at >= end - 2 for at, depth in inside[1:])
