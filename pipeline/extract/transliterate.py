"""Arabic names in the short English spelling that news uses: مروان الأكحل is Marwan al-Akhal.

Known names come from given_names.csv and surnames.csv; others are spelled letter by letter after the habits of the
wire agencies (BGN/PCGN 1956 without diacritics, Levantine vowels guessed). No claim to be reversible.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.extract.tokens import key, strip_marks
from pipeline.lexicon.reader import rows

_CONSONANTS = {
    "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh",
    "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h",
    "پ": "p", "چ": "ch", "گ": "g", "ڤ": "v",
}  # fmt: skip
_SILENT = "ءئؤ"
_LONG = {"ا": "a", "آ": "a", "ى": "a", "و": "u", "ي": "i"}
_FOREIGN_LETTERS = {"ا": "a", "آ": "a", "أ": "a", "إ": "e", "ى": "a", "و": "o", "ي": "i", "غ": "g", "ة": "a", "ع": "a", "ئ": "i", "ه": "h"}
_FOREIGN_GROUPS = (("تش", "ch"), ("تس", "ts"), ("شت", "st"), ("اي", "ei"), ("او", "au"), ("أو", "o"), ("إي", "i"), ("يو", "yu"), ("يا", "ya"))
_FOREIGN_PLACES = ("فكا", "تسك", "نسك", "فسك", "غراد", "بورغ", "برغ", "لاند", "هايم", "تاون", "فورد", "فيلد", "يتسا", "هافن", "شاير")
_SLAVIC_SURNAMES = ("ينكو", "وفيتش", "يفيتش", "فسكي", "نسكي", "تسكي", "اييف", "تشوك", "شفيلي")
_FOREIGN_ENDINGS = (
    ("ينكو", "enko"), ("اييف", "ayev"), ("تشوك", "chuk"), ("شفيلي", "shvili"),
    ("يفكا", "ivka"), ("وفكا", "ovka"), ("فكا", "vka"), ("تسك", "tsk"), ("سك", "sk"), ("غراد", "grad"),
    ("بورغ", "burg"), ("لاند", "land"), ("هايم", "heim"), ("تاون", "town"), ("يفيتش", "evich"),
    ("وفيتش", "ovich"), ("يتش", "ich"), ("سكي", "sky"), ("نكو", "nko"), ("وفا", "ova"), ("يفا", "eva"),
    ("وف", "ov"), ("يف", "ev"), ("سون", "son"), ("تون", "ton"), ("مان", "man"), ("بيرغ", "berg"),
    ("برغ", "berg"), ("شتاين", "stein"), ("فيلد", "field"), ("فورد", "ford"), ("ييه", "ier"), ("يه", "e"),
    ("در", "der"), ("تر", "ter"), ("كر", "ker"), ("لر", "ler"), ("نر", "ner"), ("غر", "ger"), ("بر", "ber"),
    ("فر", "fer"), ("شر", "scher"), ("ي", "y"),
)  # fmt: skip
_CLOSING_CLUSTER = re.compile("([^aeiou][^aeiou])([nlrm])$")
_SPACES = re.compile(r"\s+")
# CuCaiC(i): two root letters, yāʾ, the third, and often the nisba; wāw as second letter is surest.
_DIMINUTIVE = re.compile("[^اويىةءأإآ](?:و|[^اويىةءأإآ](?=ي[^اويىةء]ي$))ي[^اويىةء]")


@lru_cache(maxsize=1 << 15)
def transliterate(name: str, place: bool = False) -> str:
    """A name of one or more words in English letters; the article becomes `al-`, `place` spells kin words as in towns."""
    parts = _SPACES.split(strip_marks(name).strip(" \"'“”«»"))
    foreign = not place and (key(parts[0]) in _foreign_given() or parts[-1].endswith(_SLAVIC_SURNAMES))
    out: list[str] = []
    number = 0
    while number < len(parts):
        pair = " ".join(parts[number : number + 2])
        known = _known(place)
        if number + 1 < len(parts) and key(pair) in known:
            out.append(known[key(pair)])
            number += 2
            continue
        if parts[number] == "عبد" and number + 1 < len(parts) and parts[number + 1].startswith("ال"):
            out.append("Abdul " + _word(parts[number + 1], place, first=False).removeprefix("al-"))
            number += 2
            continue
        out.append(_foreign(parts[number]) if foreign else _word(parts[number], place, first=not out))
        number += 1
    return " ".join(out)


@lru_cache(maxsize=1 << 14)
def _word(word: str, place: bool, first: bool) -> str:
    if word.isdecimal():
        return str(int(word))
    found = _known(place).get(key(word))
    if not found and place and word.endswith(_FOREIGN_PLACES):
        return _foreign(word)
    if found:
        return "A" + found[1:] if first and place and found.startswith("al-") else found
    if word.startswith("ال") and len(word) > 3:
        rest = word[2:]
        bare = _known(place).get(key(rest)) or _capital(_letters(rest))
        return ("Al-" if first and place else "al-") + bare
    return _capital(_letters(word))


@lru_cache(maxsize=1 << 12)
def _foreign(word: str) -> str:
    """A European surname: clusters stay, و is o, endings as that language spells them (`كوزنتسوف`, `شرودر`)."""
    known = _known(False).get(key(word))
    if known:
        return known
    for arabic, english in _FOREIGN_ENDINGS:
        if word.endswith(arabic) and len(word) > len(arabic) + 1:
            return _capital(_plainly(word.removesuffix(arabic)) + english)
    return _capital(_plainly(word))


def _plainly(word: str) -> str:
    for arabic, english in _FOREIGN_GROUPS:
        word = word.replace(arabic, english)
    plain = "".join(_FOREIGN_LETTERS.get(c) or _CONSONANTS.get(c, c if c.isascii() else "") for c in word)
    return _CLOSING_CLUSTER.sub(r"\1e\2", plain)


@cache
def _foreign_given() -> frozenset[str]:
    return frozenset(key(r["name_ar"]) for r in rows("given_names") if r["origin"] == "foreign")


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


@cache
def _known(place: bool) -> dict[str, str]:
    tables = ("place_words", "given_names", "surnames") if place else ("given_names", "surnames")
    found: dict[str, str] = {}
    for table in tables:
        for r in rows(table):
            found.setdefault(key(r["name_ar"]), r["name_en"])
    return found


def _letters(word: str) -> str:
    """Consonants with the likeliest vowels between them; diminutives (`رويلي`, `بريكي`) by their pattern."""
    if _DIMINUTIVE.match(word):
        first, second, rest = _CONSONANTS.get(word[0], ""), _letter(word[1], 1, "ا", "ا"), word[3:]
        return f"{first}u{second}ai{_spelled(rest)}"
    return _spelled(word)


def _spelled(word: str) -> str:
    out = []
    for at, letter in enumerate(word):
        before = word[at - 1] if at else ""
        after = word[at + 1] if at + 1 < len(word) else ""
        out.append(_letter(letter, at, before, after))
    return _vowelled(out)


def _letter(letter: str, at: int, before: str, after: str) -> str:
    if letter in _CONSONANTS:
        return _CONSONANTS[letter]
    if letter in ("أ", "إ"):
        return {"أ": "u" if after == "و" else "a", "إ": "i"}[letter] if at == 0 else "a"
    if letter == "ع":
        return "" if after in _LONG or before in _LONG else "a"
    if letter == "ة":
        return "t" if before in ("ا", "ى") else "a"
    if letter in _SILENT:
        return ""
    if letter in ("و", "ي") and (at == 0 or after in ("ا", "آ", "ة", "و") or (letter == "و" and after == "ي") or before == "ا"):
        return {"و": "w", "ي": "y" if after else "i"}[letter]
    return _LONG.get(letter, "")


def _vowelled(sounds: list[str]) -> str:
    """Puts `a` between consonants that would otherwise stand three together or open a word in pairs."""
    spelled: list[str] = []
    run = 0
    sounds = [s for s in sounds if s]
    for number, sound in enumerate(sounds):
        vowel = sound in "aiu"
        following = sounds[number + 1] if number + 1 < len(sounds) else ""
        spelled.append(sound)
        run = 0 if vowel else run + 1
        if not vowel and following and following not in "aiu":
            ends = number + 2 == len(sounds)
            opens = run == 1 and number == 0
            if opens or run >= 2 or ends:
                spelled.append("a")
                run = 0
    return "".join(spelled)
