"""Alefs that join nothing and came with a hamza all through a text: `ألجنود وصلوأ ألى` for `الجنود وصلوا إلى`.

WeasyPrint and Typst give alef's glyph the code of the first cluster in which they met it; where the font sets hamza as a mark of
its own (Scheherazade) that may be `أ`, and no alef tells any more whether it has one (measured, by all readers). No text is
without articles, so one whose articles begin with a hamza tells; of `أأ` the second is the hamza's own glyph. Where LibreOffice drew the hamzas
by themselves, lines were cut at them: no words tell then, and all such alefs are bare until hamza_signs.py and others have looked. Alefs that
join the letter before them are joined_alefs.py's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import product

from pipeline.restore.characters import ALEFS, HAMZAS, JOINING, LETTERS
from pipeline.restore.language_model import Lexicon
from pipeline.restore.proclitics import CLITIC
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace

_WORD = re.compile(f"(?<![{LETTERS}])[{LETTERS}]+")
_UNJOINED = f"(?<![{JOINING}])"
_ARTICLE = "(?<![{0}])[وف]?{1}ل[{0}]{{2,}}"
_BARE_ARTICLE = re.compile(_ARTICLE.format(LETTERS, "ا"))
_FEWEST, _FEWEST_TWICE, _MOST_BARE, _MOST_ALEFS = 8, 4, 0.1, 4
_CLEARLY, _KNOWN, _SHORT = 2.0, 0.5, 2
_UNKNOWN = 0.8  # that a name has no hamza inside
_ALONE = re.compile(f"(?<![^ \n])[{HAMZAS}](?![^ \n])")
_LEAST_SHARE, _ALONE_A_LINE, _NEARLY_ALL = 0.5, 0.9, 0.75
TRACES: tuple[Trace, ...] = ((f"[{HAMZAS}]", "ل", f"[{LETTERS}]"),)
ALONE: tuple[Trace, ...] = (("[ \n]", f"[{HAMZAS}]", "[ \n]"),)


def bare_cut_alefs(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Take the hamza from alefs that join nothing, in a text whose rows were cut at them and that has hardly any without."""
    text = traced.text
    sign, height = max(HAMZAS, key=text.count), text.count("\n") - text.count("\n\n")
    # Joined alefs, which keep their code, are as many again; in other texts one alef of seven bears a hamza.
    if _LEAST_SHARE * text.count("ا") > text.count(sign) or len(_ALONE.findall(text)) < max(_FEWEST, _ALONE_A_LINE * height):
        return Outcome(traced)
    unjoined = Counter(re.findall(f"{_UNJOINED}[{ALEFS}]", text))
    if unjoined[sign] < _NEARLY_ALL * unjoined.total():
        return Outcome(traced)
    # Of two the first is the hamza's own glyph; before a lam the second may be a lam-alef's.
    pairs = re.compile(f"{_UNJOINED}(?:([{HAMZAS}]) ?(?={sign}(?!ل)))?{sign}")
    edits = [Edit(m.end(1) if m[1] else m.start(), m.end(), "ا") for m in pairs.finditer(text)]
    return rewrite(traced, "filler_letter", edits, f"alefs that join nothing came as {sign} all through the text", 0.95)


def restore_unjoined_alefs(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Give each alef that joins nothing the form that its word tells, in a text whose articles nearly all have a hamza."""
    text = traced.text
    if max(text.count(f"{alef}ل") for alef in HAMZAS) < _FEWEST:
        return Outcome(traced)
    sign = max(HAMZAS, key=lambda alef: text.count(f" {alef}ل"))
    if text.count(f"{sign}ل") < _FEWEST or not _begin_articles(text, sign) or not _make_words(text, sign):
        return Outcome(traced)
    # Where hamzas' own glyphs came, too, they tell which alefs have one; before a lam the second may be a lam-alef's.
    if len(re.findall(f"{sign}{sign}(?!ل)", text)) >= _FEWEST_TWICE:
        edits = [Edit(m.start(), m.end(), "ا") for m in re.finditer(f"{_UNJOINED}(?<!{sign}){sign}", text)]
        return rewrite(traced, "filler_letter", edits, f"alefs that join nothing came as {sign} all through the text", 0.95)
    told = [(m, scored) for m in _WORD.finditer(text) if (scored := _reading(m.group(), sign)) and scored[0] != m.group()]
    scores = [round(min(0.95, share), 3) for _, (_, share) in told]
    edits = [Edit(*m.span(), word) for m, (word, _) in told]
    return rewrite(traced, "filler_letter", edits, f"alefs that join nothing came as {sign} all through the text", scores)


def _begin_articles(text: str, sign: str) -> bool:
    """Whether articles have this alef, and hardly any the bare one: `ألف` and its like are words as they stand."""
    count = Lexicon.load().plain_count
    words = re.findall(_ARTICLE.format(LETTERS, sign), text)
    articles = sum(count(word.replace(sign, "ا", 1)) > count(word) for word in words)
    return articles >= _FEWEST and len(_BARE_ARTICLE.findall(text)) <= _MOST_BARE * articles


def _make_words(text: str, sign: str) -> bool:
    """Whether most words with the alef are known so or with another one: where pypdf cut lines at it, lifted_glyphs.py puts them together."""
    count = Lexicon.load().plain_count
    words = {m.group() for m in _WORD.finditer(text) if sign in m.group() and len(m.group()) > _SHORT}
    known = sum(bool(count(word) or ((told := _reading(word, sign)) and count(told[0]))) for word in words)
    return known > _KNOWN * len(words)


def _reading(word: str, sign: str) -> tuple[str, float] | None:
    """The commonest word with other such alefs, and its share of all; of what nobody knows the inner ones bare, and that of an article."""
    places = [m.start() for m in re.finditer(f"{_UNJOINED}[{ALEFS}]", word)]
    # An alef alone is a piece of a word that its hamza cut.
    if not places or len(places) > _MOST_ALEFS or re.fullmatch(f"{CLITIC}?{sign}", word):
        return None
    count = Lexicon.load().plain_count
    counts = {form: count(form) for form in _forms(word, places)}
    best = max(counts, key=counts.__getitem__)
    if counts[best]:
        return (best, counts[best] / sum(counts.values())) if counts[best] > _CLEARLY * counts[word] else None
    first = 0 if re.match(_ARTICLE.format(LETTERS, sign), word) else 1
    return "".join("ا" if at in places and at >= first and letter == sign else letter for at, letter in enumerate(word)), _UNKNOWN


def _forms(word: str, places: list[int]) -> Iterator[str]:
    for alefs in product(ALEFS, repeat=len(places)):
        letters = list(word)
        for at, alef in zip(places, alefs, strict=True):
            letters[at] = alef
        yield "".join(letters)
