"""Letters whose dots are signs of their own: `ق\\x0bر\\x0dية\\x0b` or `(cid:11)ة(cid:13)ير(cid:11)ق` for `قرية`.

Fonts that draw dots apart have one glyph for each kind of dots. LibreOffice gives a letter's code to the bare shape it first
comes in, and none to the dots, so readers print the number of their glyph as a character or as such (measured), and one letter
for all of its shape. Which kind of dots a sign is, the shapes tell that it stands beside: no other kind of dots is on د. The
tenth glyph comes as a line feed, the twelfth as a form feed.
Dots that are lost without a sign are dotless_letters.py's.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache

from pipeline.restore.characters import LETTERS
from pipeline.restore.dotless_letters import read_dotless
from pipeline.restore.dotless_units import STROKE, Signs
from pipeline.restore.language_model import Lexicon
from pipeline.restore.profile import Profile
from pipeline.restore.rasm import DOTS, SHAPE
from pipeline.restore.rewriting import chain, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace

_NO_TEXT = "\x01-\x08\x0b\x0e-\x1f\r"
_CONTROL = f"[{_NO_TEXT}\t\f􏀀-􏿿]"
TRACES: tuple[Trace, ...] = ((f"[{_NO_TEXT}]", f"[{LETTERS} ]"), (r"[0-9]", r"\)", f"[{LETTERS} ]"))
_SHOWN = re.compile(f"[{_NO_TEXT}]")
_NUMBER = re.compile(r"\(cid:(\d{1,3})\)")
_STAND_IN = 0x10F000
# Behind a blank a sign is that of the last letter of the piece before which it stands.
_LOOSE_FEED = re.compile(f"(?<=[{LETTERS}{_NO_TEXT}]) (\n)(?=[^ \n0-9])")
_PRINTED, _DIGIT = "[!-9;-~‘’]", re.compile("[0-9]")
_ODD = "#$%&*+<=>@\\^_`|~"  # hardly ever beside Arabic letters
# A text with more signs is a cipher (coded_letters.py).
_FEWEST, _FEWEST_KINDS, _MOST_SIGNS, _LEAST_SHARE, _FEW = 40, 3, 12, 0.05, 4
# Of its occurrences a character that is a sign, too, stands so many at shapes that may bear its dots, and within words.
_MOSTLY_AT_SHAPES, _FEWEST_SHAPES = 0.6, 6
_FEW_PRINTED, _AT_SHAPES, _FIGURES_AT_SHAPES, _WITHIN = 6, 0.8, 0.95, 0.3
_MANY_SHAPES, _FEWEST_STROKES, _FEEDS_AT_LETTERS = 4, 8, 0.5
_COMMON, _STRAY, _OTHER_SIDE, _TAKEN = 500, 0.15, 0.1, 0.5
_STROKE = "in the place of a tatweel, which has no code"


def read_dot_signs(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Read the words of a text whose dots are signs; a text that has no such signs or makes no words with them stays."""
    if "(cid:" not in traced.text and not _SHOWN.search(traced.text):
        return Outcome(traced)
    numbers = [Edit(*m.span(), chr(_STAND_IN + int(m[1]))) for m in _NUMBER.finditer(traced.text)]
    shown = rewrite(traced, "mojibake", numbers, "the number of a glyph without a code")
    feeds = _line_feeds(shown.traced.text, _kinds(shown.traced.text))
    shown = chain(shown, rewrite(shown.traced, "mojibake", feeds, "the number of a glyph without a code, which is that of a line feed"))
    text = shown.traced.text
    kinds = _kinds(text)
    if (
        sum(map(text.count, kinds)) < max(_FEWEST, _LEAST_SHARE * len(text))
        or not _FEWEST_KINDS <= len(set(kinds.values())) <= len(kinds) <= _MOST_SIGNS
    ):
        return Outcome(traced)
    signs = kinds | _printed_kinds(text, kinds)
    stretched = rewrite(shown.traced, "tatweel", _strokes(text, signs), _STROKE, 0.9)
    read = read_dotless(stretched.traced, Signs(kinds | _printed_kinds(stretched.traced.text, kinds)))
    return chain(shown, stretched, read) if read.changes else Outcome(traced)


def _kinds(text: str) -> dict[str, str]:
    """The kind of dots that each sign of a text is by the shapes beside it, first of all on the side on which more of them may bear dots."""
    side = _is_turned(text)
    found: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for match in re.finditer(f"(?<=(.))?({_CONTROL})(?=(.))?", text):
        shapes = [SHAPE.get(letter, letter) for letter in (match[1] or "", match[3] or "")]
        if side or shapes[side].strip():  # of a loose sign nothing tells
            found[match[2]][shapes[side], shapes[not side]] += 1
    kinds: dict[str, str] = {}
    if len({own for beside in found.values() for own, _ in beside}) < _FEWEST_SHAPES:
        return kinds
    for sign, beside in sorted(found.items(), key=lambda one: -one[1].total()):
        kind = _kind(beside, frozenset(kinds.values()))
        at_shapes = sum(n for shapes, n in beside.items() if not DOTS[kind].keys().isdisjoint(shapes))
        if at_shapes >= max(_FEW, _MOSTLY_AT_SHAPES * beside.total()):
            kinds[sign] = kind
    return kinds


def _line_feeds(text: str, kinds: Mapping[str, str]) -> list[Edit]:
    """Line feeds that are signs: those at shapes that may bear a kind of dots that no other sign is, where nearly all are."""
    turned = _is_turned(text)
    at_letters = [*_pairs("\n")[turned].finditer(text)]
    shapes = [SHAPE.get(match["letter"], match["letter"]) for match in at_letters]
    kind = _kind(Counter((shape, "") for shape in shapes))
    places = [match.start("sign") for match, shape in zip(at_letters, shapes, strict=True) if shape in DOTS[kind]]
    if kind in kinds.values() or len(places) < max(_FEWEST, _AT_SHAPES * len(shapes)):
        return []
    loose = [] if turned else [match.start(1) for match in _LOOSE_FEED.finditer(text)]
    if len(places) + len(loose) < _FEEDS_AT_LETTERS * text.count("\n"):
        return []
    return [Edit(place, place + 1, chr(_STAND_IN + ord("\n"))) for place in sorted({*places, *loose})]


def _is_turned(text: str) -> bool:
    """Whether signs stand before their letters."""
    behind, before = (_fit(_beside(text, pair)) for pair in _pairs(_CONTROL))
    return before > behind


def _pairs(sign: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A letter with a sign behind it, or before it."""
    return re.compile(f"(?P<letter>[{LETTERS}])(?P<sign>{sign})"), re.compile(f"(?P<sign>{sign})(?P<letter>[{LETTERS}])")


def _printed_kinds(text: str, kinds: Mapping[str, str]) -> dict[str, str]:
    """The kinds of dots of signs whose number is that of a character that texts have: `أ*ودى`, `'ش`; dots below may be on the other side."""
    within = Counter(re.findall(f"(?<=[{LETTERS}])({_PRINTED})(?=[{LETTERS}])", text))
    pairs = _pairs(_PRINTED)
    found: dict[str, str] = {}
    for pair in pairs[::-1] if _is_turned(text) else pairs:
        for sign, shapes in _beside(text, pair).items():
            # Behind a blank a sign is another letter's, but so are stops and brackets.
            uses = shapes.total() if sign in _ODD else text.count(sign)
            kind = _kind(Counter({(shape, ""): n for shape, n in shapes.items()}))
            at_shapes = sum(n for shape, n in shapes.items() if shape in DOTS[kind])
            if (
                uses >= _FEW_PRINTED
                and at_shapes >= (_FIGURES_AT_SHAPES if _DIGIT.match(sign) else _AT_SHAPES) * uses
                and (within[sign] >= _WITHIN * uses or kind == "hamza" or len(DOTS[kind]) < _MANY_SHAPES)
                and sign not in kinds
            ):
                found.setdefault(sign, kind)
    return found


def _strokes(text: str, kinds: Mapping[str, str]) -> list[Edit]:
    """Runs of one character beside letters that stand for tatweel, of each of which there are many between letters: `ال##دعم`."""
    joined = f"[{LETTERS}{''.join(map(re.escape, kinds))}]"
    runs = [m.group() for m in re.finditer(f"(?<={joined})([!-/:-~])\\1*(?={joined})", text)]
    drawn, often = Counter(run[0] for run in runs if len(run) > 1), Counter(run for run in runs if run in _ODD and run not in kinds)
    strokes = "".join(re.escape(sign) for sign in drawn | often if max(drawn[sign], often[sign]) >= _FEWEST_STROKES)
    return [Edit(*m.span(), STROKE) for m in re.finditer(f"(?<={joined})([{strokes}])\\1*|([{strokes}])\\2*(?={joined})", text)] if strokes else []


def _beside(text: str, pair: re.Pattern[str]) -> dict[str, Counter[str]]:
    """How often each sign stands beside each shape."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for match in pair.finditer(text):
        found[match["sign"]][SHAPE.get(match["letter"], match["letter"])] += 1
    return found


def _fit(shapes: Mapping[str, Counter[str]]) -> float:
    """The share of signs that stand beside a shape that may bear dots."""
    bearing = {shape for borne in DOTS.values() for shape in borne}
    total = sum(found.total() for found in shapes.values())
    return sum(n for found in shapes.values() for shape, n in found.items() if shape in bearing) / max(total, 1)


def _kind(shapes: Counter[tuple[str, str]], taken: frozenset[str] = frozenset()) -> str:
    """The kind of dots that is likeliest to stand at such shapes: the one on its own side or, more rarely, on the other.

    One that another sign is has to be much likelier than one that is none.
    """
    never = _STRAY / 100
    fits = {
        kind: sum(n * math.log(max(shares.get(own, never), _OTHER_SIDE * shares.get(other, never))) for (own, other), n in shapes.items())
        - (_TAKEN * shapes.total() if kind in taken else 0.0)
        for kind, shares in _shares().items()
    }
    return max(fits, key=fits.__getitem__)


@cache
def _shares() -> dict[str, dict[str, float]]:
    """How the letters that bear each kind of dots share themselves out among the shapes, in running words."""
    letters: Counter[str] = Counter()
    for word, count in Lexicon.load().items():
        if count >= _COMMON:
            letters.update(dict.fromkeys(word, count))
    usual: Counter[str] = Counter()
    for letter, n in letters.items():
        usual[SHAPE.get(letter, letter)] += n
    borne = {kind: Counter({shape: sum(letters[letter] for letter in made) for shape, made in shapes.items()}) for kind, shapes in DOTS.items()}
    return {
        kind: {shape: (1 - _STRAY) * shapes[shape] / shapes.total() + _STRAY * (n + 1) / usual.total() for shape, n in usual.items()}
        for kind, shapes in borne.items()
    }
