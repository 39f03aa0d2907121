"""What befell the people a number counts: killed, wounded, displaced …, read from the words around it.

Cue words stand in figure_cues.csv. A cue governs what follows it in its clause; a verb behind the counted noun
(`139 مقاتلا قُتلوا`) governs it when it agrees; `بينهم` hands down the kind of the number before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.morphology import Lexicon, Match
from pipeline.extract.numerals import number_word
from pipeline.extract.tokens import Token, key
from pipeline.lexicon import reader
from pipeline.lexicon.gazetteer import context

PEOPLE = frozenset({"people", "households", "officials", "fighters", "sources", "displaced", "besieged", "detained", "civilians"})
_DEFAULT = {"people": "civilians", "households": "civilians", "officials": "other"}
# what a cue may say of people who already have a name for their state: the dead stay dead, a wounded man is evacuated
_STRONGER = {
    "wounded": frozenset({"evacuated"}),
    "detained": frozenset({"killed", "freed", "evacuated", "missing", "wounded"}),
    "displaced": frozenset({"killed", "wounded", "detained", "missing", "evacuated", "freed", "besieged"}),
    "besieged": frozenset({"killed", "wounded", "evacuated", "freed"}),
    "sources": frozenset({"killed", "wounded", "detained", "freed", "missing", "displaced", "evacuated"}),
    "missing": frozenset({"freed"}),
}
_RECRUITED = "recruited"
_MIXED = "dead and wounded"
REACH = 16
_REACH_AFTER = 9
_ASIDE = 14
_HARD_STOPS = frozenset('.؛:؟!“«"')
_OPENING = frozenset('“«"')
INCLUSIONS = frozenset({"بينهم", "منهم", "بينها", "منها", "بينهن", "منهن", "ضمنهم", "بينهما"})
_PORTIONS = frozenset({"معظمهم", "اغلبهم", "غالبيتهم", "جميعهم", "كلهم", "نصفهم", "اكثرهم", "بعضهم", "جلهم", "معظمها", "اغلبها", "معظمهن"})
_COPULAS = frozenset(
    {"ما", "لا", "زال", "زالوا", "زالت", "مازال", "مازالوا", "يزال", "يزالون", "تزال", "باتوا", "بات", "اصبحوا", "ظلوا", "كانوا", "صاروا", "هم"}
)
_SUBORDINATORS = frozenset({"ان", "بان", "وان", "فان", "بينما", "فيما", "لكن", "ولكن", "كما", "حيث", "لان"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that says what befell people; kind "" only ends the reach of the cues before it."""

    word: str
    kind: str


@dataclass(frozen=True, slots=True)
class CueAt:
    """A cue found at a token."""

    at: int
    match: Match[Cue]

    @property
    def kind(self) -> str:
        return self.match.entry.kind


def find_cues(tokens: Sequence[Token]) -> list[CueAt]:
    """The cues of a sentence, in order."""
    cues = [CueAt(at, found[0]) for at, token in enumerate(tokens) if (found := _LEXICON.lookup(token.form))]
    # نووية is nuclear, not we shelter it; `قتلنا منهم 21` is said of what was done
    told = [cue for cue in cues if cue.match.person in (3, None) or cue.match.tense == "past"]
    return [cue for cue in told if not _is_particle(tokens, cue.at) and not _is_bare_jussive(tokens, cue)]


def _is_bare_jussive(tokens: Sequence[Token], cue: CueAt) -> bool:
    """`تقل` is short for تقول only behind لم; else it is she carries, or is less."""
    return cue.match.tense == "jussive" and (cue.at == 0 or tokens[cue.at - 1].fold.lstrip("وف") not in ("لم", "لما"))


def _is_particle(tokens: Sequence[Token], at: int) -> bool:
    """`فقد أعلنت` is ف + قد; only before a noun with article or a number it is the verb (`فقد 13 صيادا`)."""
    if tokens[at].norm != "فقد" or tokens[at].text != tokens[at].norm:
        return False
    ahead = tokens[at + 1] if at + 1 < len(tokens) else None
    return ahead is None or not (ahead.norm.startswith("ال") or number_word(ahead.form))


def kind_of_people(
    tokens: Sequence[Token],
    cues: Sequence[CueAt],
    first: int,
    last: int,
    noun_kind: str | None,
    inherited: str | None,
    reach: int = REACH,
) -> str | None:
    """Kind of a figure at tokens[first:last] (number and unit).

    `noun_kind`: the counted noun's own kind, None for a bare number. `inherited`: kind of the people counted before
    it in the sentence. `reach`: how many words may stand between a cue and the number. None where nothing tells.
    """
    if noun_kind is not None and noun_kind not in PEOPLE and noun_kind not in _STRONGER:
        return noun_kind
    cues = _near(cues, first, last)
    if inherited and _is_inclusion(tokens, cues, first) and noun_kind in (None, "people", "officials", "fighters", "households", "sources"):
        return inherited
    told = _from_context(tokens, cues, first, last, reach)
    if told == _MIXED or _mixes_dead_and_wounded(tokens, last):
        return "other"
    if noun_kind == "wounded" and _governed(tokens, cues, first) == "killed":
        return "killed"
    if noun_kind in _STRONGER:
        return told if told in _STRONGER[noun_kind] else noun_kind
    if told == _RECRUITED:
        return "fighters"
    if told == "fighters" and noun_kind in ("people", "officials", "households", "civilians"):
        told = None
    if told in ("civilians", "other") and noun_kind == "fighters":
        told = None
    return told or _DEFAULT.get(noun_kind or "", noun_kind)


def _mixes_dead_and_wounded(tokens: Sequence[Token], last: int) -> bool:
    """`100 جندي بين قتيل وجريح`: how many of each is not told."""
    ahead = [token.fold for token in tokens[last : last + 5]]
    at = ahead.index("بين") + 1 if "بين" in ahead[:3] else len(ahead)
    return at < len(ahead) and ahead[at] in context("dead")


def _near(cues: Sequence[CueAt], first: int, last: int) -> Sequence[CueAt]:
    """The cues that may reach a figure: a very long sentence has thousands."""
    start = bisect_left(cues, first - REACH - 1, key=_place)
    end = bisect_left(cues, last + _ASIDE + _REACH_AFTER + 1, key=_place)
    return cues[start:end]


def _place(cue: CueAt) -> int:
    return cue.at


def _is_inclusion(tokens: Sequence[Token], cues: Sequence[CueAt], first: int) -> bool:
    """`بينهم تسعة أطفال`, `من بينهم نحو 20`; not what a cue of its own tells (`قتل ستة، بينهم طفل، وأصيب 20`)."""
    for at in range(first - 1, max(-1, first - 5), -1):
        if tokens[at].fold.removeprefix("و") in INCLUSIONS:
            return not any(at < cue.at < first and cue.kind for cue in cues)
    return False


def _governed(tokens: Sequence[Token], cues: Sequence[CueAt], first: int) -> str | None:
    """Kind of the cue right in front, not across a و (`وفاة 4 مصابين`, but not `11 شهيدا وعشرات الجرحى`)."""
    joined = first < len(tokens) and tokens[first].fold.startswith("و")
    return None if joined else next((cue.kind for cue in cues if cue.at == first - 1), None)


def _from_context(tokens: Sequence[Token], cues: Sequence[CueAt], first: int, last: int, reach: int) -> str | None:
    before, commas = _before(tokens, cues, first, reach)
    if before in (None, "", "missing") and (whose := _relative(cues, last)):
        return whose
    if _opens_clause(tokens, first) or not before or commas:
        after = _after(tokens, cues, last)
        if after:
            return after
    return before or None


def _relative(cues: Sequence[CueAt], last: int) -> str | None:
    """`ستة آلاف خطفهم التنظيم`: a verb right behind whose pronoun is the people counted."""
    here = [cue.match for cue in cues if cue.at == last]
    return next((m.entry.kind for m in here if m.pos == "verb" and m.tense == "past" and m.analysis.enclitic in ("هم", "هن", "ها")), None)


def _opens_clause(tokens: Sequence[Token], first: int) -> bool:
    """The number is the subject that comes before its verb: sentence start, or right behind إن, أن, بينما …"""
    for token in reversed(tokens[max(0, first - 4) : first]):
        if token.fold in _SUBORDINATORS:
            return True
        if token.kind == "mark" or _LEXICON.lookup(token.form):
            return False
    return first <= 2


def _before(tokens: Sequence[Token], cues: Sequence[CueAt], first: int, reach: int) -> tuple[str | None, bool]:
    """Kind of the nearest cue in front, and whether a comma stands between."""
    for cue in reversed(cues):
        if cue.at >= first:
            continue
        between = tokens[cue.at + 1 : first]
        if between and between[-1].text in _OPENING:
            between = between[:-1]
        if len(between) > reach or any(t.text in _HARD_STOPS for t in between):
            return None, False
        if cue.kind == "sources" and len(between) > 1:
            continue
        if cue.kind == "" and cue.match.pos == "noun" and len(between) > 2:
            continue
        return _joined(cues, cue) or cue.kind, any(t.text == "،" for t in between)
    return None, False


def _joined(cues: Sequence[CueAt], cue: CueAt) -> str | None:
    """`مقتل وإصابة 30 شخصا`: dead and wounded in one figure."""
    pair = {c.kind for c in cues if c.at in (cue.at - 1, cue.at) and c.match.pos == "noun"}
    return _MIXED if pair == {"killed", "wounded"} and cue.match.analysis.proclitics == "و" else None


def _after(tokens: Sequence[Token], cues: Sequence[CueAt], last: int) -> str | None:
    """Kind of a verb behind the noun that agrees with it (`قُتلوا`, `نزحت`, `لقوا حتفهم`)."""
    skipped = _skip_aside(tokens, last)
    for cue in cues:
        if cue.at < last or last < cue.at < skipped:
            continue
        if cue.at - max(skipped, last) > _REACH_AFTER or _broken(tokens[max(skipped, last) : cue.at]):
            return None
        match = cue.match
        if match.pos == "noun" and _is_predicate(tokens, cue, last):
            driven = cue.kind == "evacuated" and tokens[cue.at - 1].fold in ("الي", "علي")
            return "displaced" if driven else cue.kind
        if match.pos == "form" and cue.kind:
            return cue.kind
        if match.pos != "verb" or match.analysis.proclitics or match.entry.kind in ("", "sources"):
            continue
        close = cue.at - last <= 3 and match.number == "singular" and match.tense == "past"
        if close or match.number == "plural" or (match.gender == "feminine" and not match.analysis.enclitic):
            return _left_behind(cues, cue) or cue.kind
    return None


def _left_behind(cues: Sequence[CueAt], verb: CueAt) -> str | None:
    """`غادروا منازلهم`: what people leave tells that they were displaced."""
    return next((c.kind for c in cues if verb.at < c.at <= verb.at + 2 and c.match.pos == "form"), None)


def _is_predicate(tokens: Sequence[Token], cue: CueAt, last: int) -> bool:
    """`120 شخصا إلى الفرار`, `60 ألف مدني ما زالوا محاصرين`, `25 شخصا في عداد المفقودين`, `9 أشخاص لإصابات`, `150 مدنيا من الفرار`."""
    behind = [token.fold for token in tokens[last : cue.at]]
    if behind[-2:] == ["في", "عداد"] and _COPULAS.issuperset(behind[:-2]):
        return True
    if _COPULAS.issuperset(behind):
        return cue.match.analysis.proclitics in ("ل", "ب", "لل", "بال") or (cue.match.number == "plural" and not cue.match.analysis.definite)
    masdar = cue.match.number == "singular"
    leads = ("الي", "علي", "عداد", "من") if masdar else ("الي", "علي", "عداد")
    return cue.at - last <= 2 and tokens[cue.at - 1].fold in leads


def _skip_aside(tokens: Sequence[Token], last: int) -> int:
    """Index behind `، بينهم 19 طفلا،`, `، معظمهم جنود،`."""
    ahead = tokens[last : last + 4]
    if ahead and ahead[0].text == "،" and any(t.fold in INCLUSIONS or t.fold in _PORTIONS for t in ahead[1:3]):
        for at in range(last + 2, min(len(tokens), last + _ASIDE)):
            if tokens[at].text == "،":
                return at + 1
    return last


def _broken(between: Sequence[Token]) -> bool:
    return any((t.kind == "mark" and t.text in ".؛:،") or t.fold in _SUBORDINATORS for t in between)


def _load() -> Lexicon[Cue]:
    lexicon: Lexicon[Cue] = Lexicon()
    for row in reader.rows("figure_cues"):
        cue = Cue(key(row["word"]), row["kind"])
        if row["pos"] == "verb":
            lexicon.add_verb(cue, row["word"], row["present"])
        elif row["pos"] == "form":
            lexicon.add_form(cue, row["word"])
        else:
            lexicon.add_noun(cue, row["word"], row["plurals"].split())
    return lexicon


_LEXICON = _load()
