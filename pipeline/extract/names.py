"""Persons by title and name shape: `العميد رومان بيريزين`, `قال طلال البرازي`, and their surnames later on.

A name is a given name that the lists know, or whatever rare word a title introduces, and the name-like words behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.extract.clauses import word_of
from pipeline.extract.linking import Find
from pipeline.extract.name_marks import (
    BRACKET,
    CLOSES,
    DEFINITE,
    FIRST_HALVES,
    GIVEN,
    NAMING,
    ORIGIN,
    RANK,
    SPEECH,
    STRONG_TITLE,
    TITLE,
    bare_title,
    given,
    given_openings,
    given_pairs,
    offices,
)  # fmt: skip
from pipeline.extract.numerals import number_word
from pipeline.extract.tokens import Form, Token, form_of, key
from pipeline.extract.transliterate import transliterate
from pipeline.extract.unlisted import bare_head, is_other_word
from pipeline.lexicon.gazetteer import context, gazetteer
from pipeline.lexicon.reader import rows
from pipeline.lexicon.vocabulary import vocabulary
from pipeline.restore.language_model import Lexicon

# Occurrences per ten million words above which a word is not taken for a name.
_RARE = 60
_RARE_DEFINITE = 1200
_STEM = 20
_STRANGE = 5
_STREWN = 20
_ORDINARY = 200
_KNOWN = 300
_LONGEST = 4
_DUAL = ("ان", "ين")
_PORTFOLIO = 3
_SURNAME_PARTICLES = ("ابو", "بن", "عبد", "ال", "حاجي")
_ENDINGS = ("ة", "وا", "ات", "ان", "ون", "ين", "ها", "هم", "ه", "ا")
_CLITICS = ("و", "ف", "ب", "ل", "س", "وب", "ول", "وس", "فس")


def person_finds(number: int, tokens: Sequence[Token], marks: Sequence[int], starts: Sequence[int], places: frozenset[int]) -> Iterator[Find]:
    """Names of persons in a sentence.

    `marks`: what each token's spelling can do for names. `starts` are the tokens that may open one, `places` those of
    names that are known to be no persons.
    """
    done = 0
    aged = _aged(tokens, marks)
    for at in sorted({*starts, *aged}):
        form = tokens[at].form
        if at < done or form.kind != "word":
            continue
        clitic = _clitic(form) if marks[at] & GIVEN else None
        if at in aged:
            clitic, end = "", at + 2
        elif clitic is not None:
            end = _known_name(tokens, marks, at, clitic, places)
        elif at and at not in places:
            end = _rare_name(tokens, marks, at) if _introduced(marks, at, places) else 0
            if not end and marks[at - 1] & NAMING and _alone(form):
                end = at + 1  # `ويدعى حسبو`
        else:
            end = 0
        if end and not _of_a_place(tokens, at):
            yield _person(number, tokens, at, end, clitic or "")
            done = end


def _of_a_place(tokens: Sequence[Token], at: int) -> bool:
    """`قرية صغيرة تدعى X`: not a person is called so."""
    called = at > 1 and tokens[at - 1].fold.lstrip("و") in context("naming_verb")
    return called and any(bare_head(t.fold) in context("site") for t in tokens[max(0, at - 4) : at - 1])


def _aged(tokens: Sequence[Token], marks: Sequence[int]) -> set[int]:
    """`حواء إسحاق (34 عاما)`: where two words before somebody's age begin."""
    found: set[int] = set()
    for at in [n for n, mark in enumerate(marks) if mark & BRACKET and 2 <= n < len(tokens) - 2 and tokens[n + 1].form.kind == "number"]:
        words = tokens[at - 2 : at]
        count = Lexicon.load().count
        rare = all(t.kind == "word" and count(t.norm) < _RARE_DEFINITE for t in words)
        if tokens[at + 2].fold in context("age") and rare and words[0].fold not in context("qualifier"):
            found.add(at - 2)
    return found | {at - 2 for at in range(2, len(tokens) - 2) if tokens[at].text in ("،", ",") and _age_behind(tokens, at)}


def _age_behind(tokens: Sequence[Token], comma: int) -> bool:
    """`خديجاتو با، 34 عاما`: a stranger's two words before a comma and somebody's age."""
    if tokens[comma + 1].kind != "number" or tokens[comma + 2].fold not in context("age"):
        return False
    first, second = tokens[comma - 2].form, tokens[comma - 1].form
    count = Lexicon.load().count
    strange = first.kind == second.kind == "word" and count(first.norm) < _STRANGE and count(second.norm) < _KNOWN
    return strange and not _inflected(first, endings=True) and second.fold not in gazetteer().adjectives


def surname(name: str) -> str:
    """The folded last name of a full name: what later mentions use; '' where it is a given name too."""
    words = [key(w) for w in name.split()]
    number = number_word(form_of(name.split()[-1])) if words else None
    if number is not None and number.sort.startswith("ordinal"):
        return ""
    if len(words) < 2 or (words[-1] in given() and words[-2] not in _SURNAME_PARTICLES):
        return ""
    return " ".join(words[-2:]) if words[-2] in _SURNAME_PARTICLES and len(words) > 2 else words[-1]


def _person(number: int, tokens: Sequence[Token], first: int, last: int, clitic: str) -> Find:
    start = tokens[first].start + len(clitic)
    find = Find(number, first, last, start, tokens[last - 1].end, "person", clitic=clitic, rank=1, confidence=0.8)
    find.name_en = transliterate(" ".join(t.norm for t in tokens[first:last])[len(clitic) :])
    return find


@cache
def _name_words() -> frozenset[str]:
    names = (key(r["name_ar"]).split() for table in ("given_names", "surnames") for r in rows(table))
    return frozenset(words[-1] for words in names)


def is_name_word(fold: str) -> bool:
    """Whether a folded word is in the lists of given names and surnames."""
    return fold in _name_words()


def _clitic(form: Form) -> str | None:
    """The proclitic before a given name; None where the word is none."""
    fold, names = form.fold, given_openings()
    if form.norm == "على":
        return None  # not علي
    if fold in names:
        return ""
    if fold[0] in "ولبف" and fold[1:] in names and fold[1:] not in context("ambiguous_given") and len(fold) > 4:
        return None if is_other_word(form, fold[0]) else fold[0]
    return None


def _known_name(tokens: Sequence[Token], marks: Sequence[int], at: int, clitic: str, places: frozenset[int]) -> int:
    """The end of a name that opens with a known given name; 0 where nothing name-like follows."""
    name = tokens[at].fold[len(clitic) :]
    if number_word(tokens[at].form):
        return 0  # `45 ألفا نزحوا`
    doubtful = name in context("ambiguous_given") or at in places
    titled = bool(at) and not clitic and _introduced(marks, at, places)
    end = at + 1
    if end < len(tokens) and f"{name} {tokens[end].fold}" in given_pairs():
        end += 1
    elif name not in given():
        return 0
    elif name in FIRST_HALVES:
        if end >= len(tokens) or tokens[end].kind != "word":
            return 0
        end += 1
        if titled and name == "ابو" and _set_off_behind(tokens, end):
            return end  # `الشيخ أبو مصعب، المتحدث`
        if name != "عبد" and not (titled and name == "ابو") and not (end < len(tokens) and name == "ابو" and _byname(tokens[end].fold)):
            return _extended(tokens, end - 1, end, strict=True) if _kunya(tokens, at) else 0
    if end in places and tokens[end].fold not in _name_words() and not titled and not _told_by_office(tokens, marks, end + 1):
        return 0
    last = _extended(tokens, end - 1, end, strict=doubtful and not titled, loose=titled)
    if last == end and titled and end < len(tokens) and _other_name(tokens[end].fold):
        last = end + 1  # `العقيد أندري بيرو`
    if last == end and at and not doubtful and not clitic and marks[at - 1] & TITLE and name not in FIRST_HALVES:
        return _end_of_given(tokens, end)
    if last == end and at and not clitic and name not in FIRST_HALVES and _of_kin(tokens, at):
        return end
    if last == end and not doubtful and _set_off(tokens, at, end):
        last = end + 1
    return last if last > end else 0


def _alone(form: Form) -> bool:
    """A rare word that is nothing else we know."""
    return Lexicon.load().count(form.norm) < _STREWN and _may_be_surname(form) and not _inflected(form, endings=True)


def _of_kin(tokens: Sequence[Token], at: int) -> bool:
    """`ابني علي`, `أخوه الأكبر، هارون،`: whose relative somebody is stands before a given name alone."""
    if bare_kin(tokens[at - 1].fold):
        return True
    set_off = tokens[at - 1].text in ("،", ",") and _set_off_behind(tokens, at + 1)
    return set_off and any(bare_kin(t.fold) for t in tokens[max(0, at - 3) : at - 1])


def bare_kin(word: str) -> bool:
    """A word for a relative of somebody told (`شقيقها`), with or without a proclitic."""
    return word in context("kin") or (word[:1] in "وبلف" and word[1:] in context("kin"))


def _told_by_office(tokens: Sequence[Token], marks: Sequence[int], at: int) -> bool:
    """`عمران الدقم، مستشار الوزير`: what somebody is follows his name, even where his surname is also a town."""
    return at + 1 < len(tokens) and tokens[at].text in ("،", ",") and bool(marks[at + 1] & TITLE)


def _end_of_given(tokens: Sequence[Token], end: int) -> int:
    """`المعلمة مريم`, `البابا بولس الثاني`; 0 where what follows may be a surname that no list has (`الشيخ علي جمعة`)."""
    if end >= len(tokens):
        return end
    number = number_word(tokens[end].form)
    if number is not None and number.sort.startswith("ordinal") and tokens[end].fold.startswith("ال"):
        return end + 1
    return 0 if _may_be_surname(tokens[end].form) else end


def _may_be_surname(form: Form) -> bool:
    """A word behind a title and a given name that is nothing else we know."""
    fold = form.fold
    listed = fold in _function_words() or any(fold in context(c) for c in ("not_name", "locative", "qualifier", "speech", "construct"))
    plain = form.kind == "word" and len(fold) > 2 and fold[0] not in "وفلبسي" and not fold.startswith("ال")
    return plain and not listed and not vocabulary().lookup(form) and bare_title(fold) not in offices()


@cache
def _function_words() -> frozenset[str]:
    return frozenset(key(r["word"]) for r in rows("function_words"))


def _other_name(fold: str) -> bool:
    """A word that is also the name of a place or of somebody else."""
    return "" in gazetteer().names.get(fold, {}) and not fold.startswith("ال") and fold not in gazetteer().adjectives


def _kunya(tokens: Sequence[Token], at: int) -> bool:
    """`أم محمد`, `أبو عمر`: the father or mother of a known given name, where no word for a place stands before."""
    before = tokens[at - 1].fold if at else ""
    place = before in context("locative") or before in context("place_ahead") or bool(bare_head(before))
    if place or tokens[at + 1].fold in context("not_kunya"):
        return False
    follower = tokens[at + 2].fold if at + 2 < len(tokens) else ""
    told = _byname(follower) and follower not in gazetteer().adjectives and Lexicon.load().count(tokens[at + 1].norm) < _RARE
    return tokens[at + 1].fold in given() or (told and not tokens[at + 1].fold.startswith("ال"))  # `أم سجاد الساعدي`


def _byname(fold: str) -> bool:
    """What may end a kunya: `أبو مصعب الإدلبي`."""
    return fold in _name_words() or (fold.startswith("ال") and fold.endswith("ي") and len(fold) > 5)


def _set_off_behind(tokens: Sequence[Token], end: int) -> bool:
    return end < len(tokens) and tokens[end].text in ("،", ",", ")", "»", "”")


def _set_off(tokens: Sequence[Token], at: int, end: int) -> bool:
    """`، هاشم بشر،`: two words between commas, the first of them a given name."""
    if not at or end + 1 >= len(tokens) or tokens[end].kind != "word":
        return False
    return tokens[at - 1].text in ("،", "(", ",") and tokens[end + 1].text in ("،", ")", ",")


def _extended(tokens: Sequence[Token], first: int, end: int, strict: bool, loose: bool = False) -> int:
    """How far name-like words go on; `strict` wants the first of them in the lists or of a surname's shape.

    `loose`: a title stands before, so that a word in ة can be the surname.
    """
    while end < len(tokens) and end - first <= _LONGEST:
        form = tokens[end].form
        particle = form.fold in context("particle") and form.norm != "فإن" and end + 1 < len(tokens) and tokens[end + 1].kind == "word"
        if particle and tokens[end + 1].fold in context("not_name"):
            break
        if not particle and (form.kind != "word" or not _name_like(form, end - first, strict, loose)):
            break
        end += 2 if particle else 1
        strict = False
    return end


def _name_like(form: Form, behind: int, strict: bool, loose: bool = False) -> bool:
    """Whether a word can be the `behind`-th after the given name."""
    fold = form.fold
    pronoun = fold.endswith(("ها", "هم")) and len(fold) > 4 and fold not in _name_words()
    joined = fold[0] == "و" and fold.endswith(("ان", "ون", "ين")) and fold not in _name_words()  # `الفاتح وراكبين آخرين`
    if fold.startswith("لل") or pronoun or joined or form.norm in ("على", "إلى", "رأى"):
        return False
    if any(fold in context(c) for c in ("not_name", "locative", "qualifier")):
        return False
    if behind > 1 and fold not in _name_words() and fold.startswith("ال") and fold.endswith("يه"):
        return False
    if behind > 1 and (fold in gazetteer().adjectives or (fold not in _name_words() and vocabulary().lookup(form))):
        return False  # `توفيق المنصوري المحتجز في …`
    if fold in _name_words():
        return not (behind > 1 and fold in context("ambiguous_given"))
    count = Lexicon.load().count(form.norm)
    if fold.endswith(("ون", "ين")) and fold in gazetteer().adjectives:
        return False
    if fold.startswith("ال") and len(fold) > 4:
        return count < (20 if strict else _RARE_DEFINITE if behind == 1 else 40) and bare_title(fold) not in offices()
    if strict and behind == 1 and count < _STRANGE and len(fold) > 3 and not _inflected(form, endings=True):
        return True  # `عادل حبارة`: nothing but a name
    if behind == 2 and count < _STRANGE and fold[0] not in "وفبليتس" and len(fold) > 3 and not _inflected(form, endings=True):
        return True  # `ميريانا سبولياريتش إيغر`
    if strict or behind > 1 or fold in context("speech") or fold in context("construct"):
        return False
    return count < (_STRANGE if fold.endswith("ه") and not loose else _ORDINARY) and not _inflected(form)


def _inflected(form: Form, endings: bool = False) -> bool:
    """A rare word whose stem is a common one (`وقاتلت`, `بطائراتها`) is no name; `endings`: also by its suffix."""
    word = form.norm
    count = Lexicon.load().count
    if endings and any(word.endswith(e) and count(word[: -len(e)]) > _STEM for e in _ENDINGS):
        return True
    return any(word.startswith(c) and len(word) - len(c) > 2 and count(word[len(c) :]) > _RARE for c in _CLITICS)


def _titled(marks: Sequence[int], at: int, title: int) -> bool:
    """A title of that strength stands before, with at most its complement between (`العميد الركن`)."""
    if marks[at - 1] & title:
        return True
    before = at - 1
    while before > 0 and at - before < 3 and marks[before] & RANK:
        before -= 1
    return before < at - 1 and bool(marks[before] & title)


def _introduced(marks: Sequence[int], at: int, known: frozenset[int]) -> bool:
    """A title, a verb of speech, or an office with its nationality, place or body stands before."""
    if marks[at - 1] & CLOSES and at > 1:
        at -= 1  # `القيادي في «حراس الدين» وسام …`
    before = marks[at - 1]
    if before & SPEECH or _titled(marks, at, TITLE):
        return True
    back = at - 1
    while back > 0 and at - back <= _PORTFOLIO and marks[back] & DEFINITE:
        back -= 1
        if marks[back] & TITLE:
            return True  # `منسقة الشؤون الإنسانية كلارا …`
    if at - 1 not in known and not before & ORIGIN:
        return False
    return any(mark & TITLE for mark in marks[max(0, at - 8) : at - 1])


def _presented(tokens: Sequence[Token], marks: Sequence[int], at: int) -> bool:
    """`قالت كورين بايلي، الباحثة في`: two or three words between a verb of speech and what they are."""
    comma = next((k for k in (at + 2, at + 3) if k + 1 < len(tokens) and tokens[k].text in ("،", ",")), None)
    if comma is None or not marks[at - 1] & SPEECH or any(word_of(t.form).source is not None for t in tokens[at:comma]):
        return False
    behind = word_of(tokens[comma + 1].form)
    return bool(marks[comma + 1] & TITLE) or behind.source is not None or tokens[comma + 1].fold in ("وهو", "وهي")


def _rare_name(tokens: Sequence[Token], marks: Sequence[int], at: int) -> int:
    """The end of an unknown name behind a title: two or more rare words, less rare ones behind the surest titles."""
    form = tokens[at].form
    if form.fold[:1] == "و" and form.fold[1:] in context("particle"):
        return 0
    sure = _titled(marks, at, STRONG_TITLE) or _presented(tokens, marks, at)
    if form.norm.startswith("ال") or form.kind != "word" or at + 1 == len(tokens) or form.fold in gazetteer().adjectives:
        return 0
    second = tokens[at + 1].form
    if any(form.fold in context(c) for c in ("locative", "particle", "speech", "not_name")) or marks[at] & TITLE:
        return 0
    count = Lexicon.load().count
    if count(form.norm) > (_KNOWN if sure else _RARE) or _inflected(form, not sure) or second.fold in context("ambiguous_given"):
        return 0
    if form.fold.endswith(_DUAL) and second.fold[-2:] == form.fold[-2:] and min(count(form.norm[:-2]), count(second.norm[:-2])) > _STEM:
        return 0  # `مصدران أمنيان`
    if form.fold.endswith("و") and word_of(form).source is not None:
        return 0  # `متمردو الشمال`
    listed = second.fold in _name_words() or second.fold in context("particle")
    family = count(form.norm) <= _STEM and second.norm.startswith("ال")  # `الصحافي ضرغام السعدون`
    strange = count(form.norm) < _STRANGE and form.norm[0] not in "وف"
    usual = _KNOWN if sure or family else _RARE if strange else _STEM
    if not listed and (count(second.norm) > usual or _inflected(second, not (sure or family))):
        return 0
    end = _extended(tokens, at, at + 1, strict=False, loose=sure)
    return end if end > at + 1 else 0
