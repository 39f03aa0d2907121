"""Words, numbers and marks of a sentence, with document offsets and the spellings that lookups need.

Only cutting and spelling belong here; what a word can be stands in `morphology`. The API, used by every extractor:

    tokens = tokenize(sentence)         # list[Token] of a Sentence
    token.start, token.end              # half-open document offsets, document.text[start:end] == token.text
    token.text                          # as written
    token.norm                          # vowel marks and tatweel off
    token.fold                          # norm with hamza seats, alef, ya and ta marbuta folded (see `fold`)
    token.kind                          # "word" (Arabic), "number", "latin", "private" (a run of private glyphs: figures not decoded)
                                        # or "mark" (a punctuation mark, `..`)
    token.form                          # the shared Form: all tokens of one spelling have the same object
    morphology.analyse(token.form)      # its clitic segmentations, cached per spelling

Proclitics stay in the word (`وبحلب` is one token); one before a digit is a token of its own that ends where the
number begins (`و40` is `و`, `40`), and so is a word glued behind a number (`31قتيلا`); ر between digits is the Tunisian
decimal mark (`2ر5`).
"""

from __future__ import annotations

import re
from typing import Any

from pipeline.extract.model import Sentence

DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
LETTERS = "\u0621-\u063a\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f"
MARKS = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"

PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_TOKEN = re.compile(
    rf"(?P<word>[{LETTERS}][{LETTERS}{MARKS}]*)"
    rf"|(?P<number>[{DIGITS}]+(?:[.,:٫٬،ر][{DIGITS}]+)*)"
    r"|(?P<latin>[A-Za-z\u00c0-\u024f\u0400-\u04ff][\w'’-]*)"
    rf"|(?P<private>{PRIVATE.pattern}+)"
    r"|(?P<mark>\.{2,}|[^\s])"
)
_WORD = re.compile(f"[{LETTERS}][{LETTERS}{MARKS}]*")
_MARKED = re.compile(f"[{MARKS}]")
_UNMARK = {code: None for first, last in re.findall("(.)-(.)", MARKS) for code in range(ord(first), ord(last) + 1)}
_UNMARK |= {0x0640: None, 0x0670: None}
_FOLD = str.maketrans("أإآٱىئؤةیکھہ", "ااااييوهيكهه")


_MOST_FORMS = 1 << 18


class Form:
    """One spelling: `text` as written, `norm` without marks, `fold` for lookups, `kind`. Shared by its tokens.

    The other slots hold what a module has worked out about the spelling, None until then: a slot is read much faster
    than a dictionary, and goes when its form goes. Each belongs to one module: `analyses` to morphology, `numeral` to
    numerals, `calendar` and `letter` to times, `marks` and `openings` to name_marks, `word` to clauses.
    """

    __slots__ = ("analyses", "calendar", "fold", "kind", "letter", "marks", "norm", "numeral", "openings", "text", "word")

    def __init__(self, text: str, kind: str) -> None:
        self.text = text
        self.kind = kind
        if kind == "word":
            self.norm = norm = strip_marks(text) if _MARKED.search(text) else text
            folded = fold(norm)
            self.fold = norm if folded == norm else folded
        else:
            self.norm = text
            self.fold = text.lower()
        self.analyses: Any = None
        self.numeral: Any = None
        self.calendar: Any = None
        self.letter: Any = None
        self.marks: Any = None
        self.openings: Any = None
        self.word: Any = None

    def __repr__(self) -> str:
        return f"Form({self.text!r}, {self.kind})"


_FORMS: dict[str, Form] = {}
# White space cuts most words; what stands between two blanks, and the forms in it, is looked up whole.
_CHUNKS: dict[str, Form | tuple[tuple[int, int, Form], ...]] = {}
_CACHES: list[dict[Form, Any]] = []


class Token:
    """A form at a place: half-open document offsets, and what the form says, at hand."""

    __slots__ = ("end", "fold", "form", "kind", "norm", "start", "text")

    def __init__(self, start: int, end: int, form: Form) -> None:
        self.start = start
        self.end = end
        self.form = form
        self.text = form.text
        self.norm = form.norm
        self.fold = form.fold
        self.kind = form.kind


def tokenize(sentence: Sentence) -> list[Token]:
    """Tokens of a sentence in order; together they cover every character that is not white space."""
    base, text = sentence.start, sentence.text
    tokens: list[Token] = []
    end = 0
    for chunk in text.split():
        start = text.find(chunk, end)
        end = start + len(chunk)
        known = _CHUNKS.get(chunk) or _cut(chunk)
        if type(known) is Form:
            tokens.append(Token(base + start, base + end, known))
        else:
            at = base + start
            tokens += [Token(at + first, at + last, form) for first, last, form in known]  # type: ignore[union-attr]
    return tokens


def _cut(chunk: str) -> Form | tuple[tuple[int, int, Form], ...]:
    """The one form that a chunk without white space is, or the forms in it with their offsets."""
    if len(_CHUNKS) >= _MOST_FORMS:
        _CHUNKS.clear()
    if _WORD.fullmatch(chunk):
        whole = _CHUNKS[chunk] = _FORMS.get(chunk) or _new_form(chunk, "word")
        return whole
    cut = tuple((m.start(), m.end(), _FORMS.get(m[0]) or _new_form(m[0], m.lastgroup or "mark")) for m in _TOKEN.finditer(chunk))
    found = _CHUNKS[chunk] = cut[0][2] if len(cut) == 1 else cut
    return found


def form_of(text: str) -> Form:
    """The shared form of a spelling, which must be one token."""
    known = _FORMS.get(text)
    if known is None:
        match = _TOKEN.match(text)
        known = _new_form(text, match.lastgroup or "mark" if match else "mark")
    return known


def form_cache() -> dict[Form, Any]:
    """A dictionary by form that is emptied together with the table of forms, so that memory stays bounded."""
    cache: dict[Form, Any] = {}
    _CACHES.append(cache)
    return cache


def _new_form(text: str, kind: str) -> Form:
    if len(_FORMS) >= _MOST_FORMS:
        _FORMS.clear()
        _CHUNKS.clear()
        for cache in _CACHES:
            cache.clear()
    form = _FORMS[text] = Form(text, kind)
    return form


def strip_marks(text: str) -> str:
    """Without vowel marks, Quranic signs and tatweel."""
    return text if text.isascii() else text.translate(_UNMARK)


def fold(text: str) -> str:
    """Spelling variants as one: أ إ آ ٱ to ا, ى and ئ to ي, ؤ to و, ة to ه, Persian ya and kaf to Arabic.

    Length never changes. Tables that are looked up by fold must be keyed by fold(strip_marks(entry)).
    """
    return text.translate(_FOLD)


def key(text: str) -> str:
    """Lookup key of a table entry: fold of the text without marks, white space as single blanks."""
    return fold(strip_marks(" ".join(text.split())))
