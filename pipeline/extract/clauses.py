"""A sentence read once for claims and events: its tokens, what each word can be, quotation depth, clause breaks.

What a clause is stands here; who speaks in it (`claims`) and what happens in it (`events`) does not. Shallow
parsing after the "chunks first" idea of S. Abney (1991): breaks at strong marks and connectors, no tree.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import cast

from pipeline.extract.model import Document, Mention, Quantity, Sentence, Time
from pipeline.extract.morphology import Match, analyse
from pipeline.extract.tokens import Form, Token, key
from pipeline.lexicon.reader import rows
from pipeline.lexicon.vocabulary import Cue, Entry, LightVerb, Nationality, Noun, SourceNoun, Trigger, vocabulary

OPENERS, CLOSERS = frozenset("“«„‟‹("), frozenset("”»›)")
STRAIGHT = frozenset('"＂')
STRONG = frozenset("؛;:.؟?!…")
COMMAS = frozenset("،,")
# Roles of words that are nouns or verbs all the same.
CONTENT = frozenset(("total", "comparison", "no_comment", "possible", "purpose", "quantifier", "telling", "content", "adopts", "of_saying"))
_SHADDA = "\u0651"
_BRACKETS = OPENERS | CLOSERS | STRAIGHT
_FactsOf = tuple[Sequence[Mention], Sequence[Quantity], Sequence[Time]]
_STARTERS = frozenset(("then", "that", "connector", "connector_an", "preposition"))


class Word:
    """What one spelling can be; shared by all its tokens.

    finite: a verb that reports, happens or lends its subject; joined: one behind و or ف; may_start: can begin a clause;
    phrase: can head a noun phrase. triggers: the most demanding first; kinds: of what they tell.
    """

    __slots__ = (
        "_form", "_stems", "cue", "finite", "joined", "kinds", "light", "may_start", "nationality", "noun", "phrase", "phrases", "roles", "source",
        "triggers",
    )  # fmt: skip

    def __init__(self, form: Form, matches: Sequence[Match[Entry]]) -> None:
        self.triggers: list[Match[Trigger]] = []
        self.cue: Match[Cue] | None = None
        self.phrases: tuple[Match[Cue], ...] = ()
        self.noun: Match[Noun] | None = None
        self.nationality: Match[Nationality] | None = None
        self.source: Match[SourceNoun] | None = None
        self.light: Match[LightVerb] | None = None
        self.roles = function_roles(form.fold)
        self._form = form
        self._stems: frozenset[str] | None = None
        self.kinds: frozenset[str] = frozenset()
        self.finite = self.joined = self.phrase = False
        self.may_start = not self.roles.isdisjoint(_STARTERS)
        if matches:
            self._read(matches)

    def bare(self) -> Word:
        """The spelling as if no dictionary had it."""
        return Word(self._form, ())

    @property
    def stems(self) -> frozenset[str]:
        """The word with and without what can be stuck to it; few words are ever asked."""
        if self._stems is None:
            self._stems = frozenset(a.stem for a in analyse(self._form)) | {self._form.fold}
        return self._stems

    def _read(self, matches: Sequence[Match[Entry]]) -> None:
        ending = self._form.norm[-1:]
        for match in matches:
            if not (ending == "ة" and match.analysis.enclitic == "ه"):
                self._take(match)
        if homograph(self._form):
            self.cue, self.phrases, self.light, self.triggers = None, (), None, []
        self.triggers.sort(key=lambda m: -len(m.entry.needs) - 2 * len(m.entry.rest))
        verbs = [m for m in (self.cue, self.light, *self.triggers) if m is not None and m.pos == "verb"]
        self.finite = bool(verbs)
        self.joined = any(m.analysis.proclitics[:1] in ("و", "ف") for m in verbs)
        self.kinds = frozenset([m.entry.kind for m in self.triggers])
        self.may_start = self.may_start or self.finite or self.cue is not None
        self.phrase = self.noun is not None or self.nationality is not None

    def _take(self, match: Match[Entry]) -> None:
        """Keep the first (least stripped) reading of each sort, all triggers."""
        entry = match.entry
        if isinstance(entry, Trigger):
            bad = _misread(match)
            if not bad and not any(m.entry is entry and m.pos == match.pos for m in self.triggers):
                self.triggers.append(match)  # type: ignore[arg-type]
        elif isinstance(entry, Cue):
            if (
                (entry.how != "participle" or (match.analysis.proclitics in ("", "و") and not match.analysis.enclitic))
                and not (match.pos == "verb" and _has_madda(self._form))
                and not _misread(match)
            ):
                if entry.how == "according":
                    self.phrases = (*self.phrases, match)  # type: ignore[arg-type]
                self.cue = self.phrases[0] if self.phrases else self.cue or match  # type: ignore[assignment]
        elif isinstance(entry, Noun):
            self.noun = self.noun or match  # type: ignore[assignment]
        elif isinstance(entry, Nationality):
            self.nationality = self.nationality or match  # type: ignore[assignment]
        elif isinstance(entry, SourceNoun):
            self.source = self.source or match  # type: ignore[assignment]
        elif self.light is None or (self.light.number == "dual" and self.light.tense == "present" and match.tense == "past"):
            self.light = match  # type: ignore[assignment]  # `توصلا`: both agreed, rather than the apocopate of أوصل


def _misread(match: Match[Entry]) -> bool:
    """News addresses nobody: a verb that ends in ك (`تشارك`) or ي has no object pronoun; a dual in ـاه is a noun (`امرأة`)."""
    if match.pos != "verb":
        return False
    if match.person == 1 and match.tense == "past" and match.analysis.enclitic:
        return True  # `دعوته` is his appeal
    return match.analysis.enclitic in ("ي", "ك") or (match.number == "dual" and match.analysis.enclitic == "ه")


def _has_madda(form: Form) -> bool:
    """`آمر` is who commands, not أمر."""
    return form.norm.lstrip("وف").startswith("آ")


@dataclass(slots=True)
class Reading:
    """One sentence with everything known about its words, worked out by `read_sentence`.

    folds, texts, starts: of each token its fold, its spelling, its document offset. mention_at, span_of: by token, the name
    it belongs to and the first and last token of that. timed: tokens of calendar expressions. counted: tokens right behind
    a figure. roles: of the function words that occur. depth: quotation and bracket depth of each token. clause: the number
    of its clause; clause_ends: the index behind that.
    """

    sentence: Sentence
    tokens: Sequence[Token]
    words: list[Word]
    mentions: Sequence[Mention]
    quantities: Sequence[Quantity]
    times: Sequence[Time]
    folds: list[str]
    texts: list[str]
    starts: list[int]
    mention_at: dict[int, Mention] = field(default_factory=dict)
    span_of: dict[int, tuple[int, int]] = field(default_factory=dict)
    timed: set[int] = field(default_factory=set)
    counted: frozenset[int] = frozenset()
    roles: frozenset[str] = frozenset()
    has_light_verb: bool = False
    depth: list[int] = field(default_factory=list)
    clause: list[int] = field(default_factory=list)
    clause_ends: list[int] = field(default_factory=list)

    def token_at(self, offset: int) -> int:
        """Index of the token that holds a document offset."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def has(self, index: int, role: str) -> bool:
        """Whether the word at an index is a function word of that role."""
        words = self.words
        return -1 < index < len(words) and role in words[index].roles

    def fold(self, index: int) -> str:
        """Fold of the token at an index; empty outside."""
        folds = self.folds
        return folds[index] if -1 < index < len(folds) else ""


def read_document(
    document: Document,
    tokens: Sequence[Sequence[Token]],
    mentions: Sequence[Mention],
    quantities: Sequence[Quantity],
    times: Sequence[Time],
) -> Iterator[tuple[Sentence, Callable[[], Reading]]]:
    """Each sentence with what reads it, in order: reading is left to the caller, who knows what to do when it fails."""
    facts: dict[int, tuple[list[Mention], list[Quantity], list[Time]]] = {}
    for mention in mentions:
        facts.setdefault(mention.sentence_no, ([], [], []))[0].append(mention)
    for quantity in quantities:
        facts.setdefault(quantity.sentence_no, ([], [], []))[1].append(quantity)
    for time in times:
        facts.setdefault(time.sentence_no, ([], [], []))[2].append(time)
    for sentence, words in zip(document.sentences, tokens, strict=True):
        if sentence.kind in ("body", "quote", "heading"):
            yield sentence, _Once(sentence, words, facts.get(sentence.sentence_no, ((), (), ())))


class _Once:
    """Reads a sentence when called first."""

    __slots__ = ("_facts", "_read", "_sentence", "_tokens")

    def __init__(self, sentence: Sentence, tokens: Sequence[Token], facts: _FactsOf) -> None:
        self._sentence, self._tokens, self._facts = sentence, tokens, facts
        self._read: Reading | None = None

    def __call__(self) -> Reading:
        if self._read is None:
            self._read = read_sentence(self._sentence, self._tokens, *self._facts)
        return self._read


def read_sentence(
    sentence: Sentence,
    tokens: Sequence[Token],
    mentions: Sequence[Mention] = (),
    quantities: Sequence[Quantity] = (),
    times: Sequence[Time] = (),
) -> Reading:
    """Word readings, quotation depth and clause numbers of a sentence's tokens."""
    forms = [token.form for token in tokens]
    words = [form.word or word_of(form) for form in forms]
    folds, texts, starts = [form.fold for form in forms], [form.text for form in forms], [token.start for token in tokens]
    reading = Reading(sentence, tokens, words, mentions, quantities, times, folds, texts, starts)
    _note_facts(reading)
    reading.roles = frozenset().union(*[word.roles for word in words if word.roles])
    reading.has_light_verb = any(word.light is not None for word in words)
    reading.depth = [0] * len(texts) if _BRACKETS.isdisjoint(texts) else _depths(texts)
    _cut_clauses(reading)
    return reading


def _note_facts(reading: Reading) -> None:
    """Mark the words of dates, names and counted things."""
    words = reading.words
    for time in reading.times:
        for index in range(reading.token_at(time.start), reading.token_at(time.end - 1) + 1):
            reading.timed.add(index)
            if words[index].finite:
                words[index] = _timeless(words[index])
    for mention in reading.mentions:
        first, last = reading.token_at(mention.start), reading.token_at(mention.end - 1)
        for index in range(first, last + 1):
            reading.mention_at[index] = mention
            reading.span_of[index] = (first, last)
    if reading.quantities:
        reading.counted = frozenset([reading.token_at(q.end - 1) + 1 for q in reading.quantities])


def _cut_clauses(reading: Reading) -> None:
    """Number the clauses: a new one begins behind a strong mark and where `starts_clause` says so."""
    starts = [index for index, word in enumerate(reading.words) if word.may_start]
    if not STRONG.isdisjoint(reading.texts):
        starts = sorted({*starts, *(index for index, text in enumerate(reading.texts, 1) if text in STRONG)})
    length = len(reading.words)
    cuts = [0, *[index for index in starts if 0 < index < length and starts_clause(reading, index)], length]
    for number, (first, last) in enumerate(pairwise(cuts)):
        reading.clause += [number] * (last - first)
        reading.clause_ends += [last] * (last - first)


def word_of(form: Form) -> Word:
    """What a spelling can be, worked out once."""
    if form.word is None:
        form.word = Word(form, vocabulary().lookup(form) if form.kind == "word" else ())
    return cast("Word", form.word)


@cache
def _timeless(word: Word) -> Word:
    """A word of a date that could be a verb elsewhere (`فجر الأحد`), without what it could be."""
    plain = word.bare()
    plain.phrases, plain.noun, plain.nationality, plain.source, plain.phrase = word.phrases, word.noun, word.nationality, word.source, word.phrase
    return plain


@cache
def _homographs() -> dict[str, str]:
    return {key(row["word"]): row["shadda"] for row in rows("trigger_homographs")}


def homograph(form: Form) -> bool:
    """Whether a spelling is far more often another word than a form of a known verb; `سلّم` with its shadda is the verb, `سلم` is peace."""
    known = _homographs()
    found = known.get(form.fold)
    if found is None and form.fold[:1] == "و":
        found = known.get(form.fold[1:])
    return found is not None and not (found == "verb" and _SHADDA in form.text)


@cache
def _function_words() -> dict[str, frozenset[str]]:
    roles: dict[str, set[str]] = {}
    for row in rows("function_words"):
        roles.setdefault(key(row["word"]), set()).add(row["role"])
    return {word: frozenset(found) for word, found in roles.items()}


def function_roles(fold: str) -> frozenset[str]:
    """Roles of a function word, with or without a leading و or ف."""
    table = _function_words()
    found = table.get(fold)
    if found is None and fold[:1] in ("و", "ف"):
        found = table.get(fold[1:])
    return found or frozenset()


def _depths(texts: Sequence[str]) -> list[int]:
    """Quotation and bracket depth of each token; straight quotes open and close in turn."""
    depth, straight, depths = 0, False, []
    for text in texts:
        if text in CLOSERS or (text in STRAIGHT and straight):
            depth = max(0, depth - 1)
            straight = straight and text not in STRAIGHT
            depths.append(depth)
        else:
            depths.append(depth)
            if text in OPENERS or text in STRAIGHT:
                depth += 1
                straight = straight or text in STRAIGHT
    return depths


def starts_clause(reading: Reading, index: int) -> bool:
    """Whether a clause begins at a token: after a strong mark, at a connector, at a verb after a comma or a و."""
    words, before = reading.words, reading.tokens[index - 1].form.text
    word, text = words[index], reading.tokens[index].form
    if before in STRONG or "then" in word.roles or (word.roles and connects(reading, index)):
        return True
    if "that" in word.roles and text.fold[0] == "و":
        return True
    if word.cue is not None and word.cue.entry.how != "verb" and before in COMMAS:
        return word.cue.entry.how == "participle" or according_here(reading, index)
    if not word.finite or text.kind != "word":
        return False
    return before in COMMAS or word.joined


def connects(reading: Reading, index: int) -> bool:
    """`فيما`, `بينما`, `لكن`, `غير أن`, `في حين`."""
    roles = reading.words[index].roles
    if "connector" in roles:
        return True
    if "connector_an" in roles:
        return reading.fold(index + 1) in ("ان", "انه", "انها", "انهم")
    return reading.fold(index) in ("في", "وفي") and reading.has(index + 1, "connector_fi")


def according_here(reading: Reading, at: int) -> bool:
    """Whether `وفق`, `نقلا عن`, `كما قال` and so on stand here in full."""
    return according_at(reading, at) is not None


def according_at(reading: Reading, at: int) -> Cue | None:
    """The phrase of attribution that stands here in full: `على ما أفاد`, `على حد قول`."""
    return next((match.entry for match in reading.words[at].phrases if _in_full(reading, at, match.entry)), None)


def _in_full(reading: Reading, at: int, cue: Cue) -> bool:
    told = at + 1 + len(cue.rest)
    if "verb" not in cue.complements:
        return all(_follows(reading, at + 1 + i, part) for i, part in enumerate(cue.rest))
    if any(reading.fold(at + 1 + i) != part for i, part in enumerate(cue.rest)):
        return False
    following = reading.words[told].cue if told < len(reading.words) else None
    return following is not None and following.pos == "verb" and not reading.fold(at).startswith("و")


def _follows(reading: Reading, at: int, part: str) -> bool:
    fold = reading.fold(at)
    return fold.startswith("ل") if part == "ل" else fold.startswith(part)
