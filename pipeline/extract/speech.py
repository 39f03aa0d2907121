"""Where a reporting word puts its speaker and its clause: government of the cue (إن/أن, preposition, colon, object).

Only positions are found here, as token indices; `descriptions` names the speaker, `claims` makes the rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.clauses import CLOSERS, COMMAS, CONTENT, OPENERS, STRAIGHT, STRONG, Reading, Word, according_here, connects
from pipeline.extract.name_marks import KUNYAS
from pipeline.extract.self_names import class_of_name
from pipeline.lexicon.vocabulary import Cue

_REACH = 40
_BRACKETED = 7
_INNER_MARKS = OPENERS | STRAIGHT | frozenset("”»)")
_TOPIC = 16
_NEAR = 4
_ADJECTIVAL = ("ي", "يه", "ين", "ون", "ه")
_WHOLE = frozenset(("denies", "asserts"))
_DEMONSTRATIVES = frozenset(("هذا", "هذه", "ذلك", "تلك", "هولاء", "اي"))
_COUNTS = frozenset(("عدد", "اعداد", "حصيله"))
_OFFICE_ROLES = frozenset(("minister", "head", "envoy"))
_PARTIES = frozenset(("people", "force", "state"))
_NAMING = frozenset(("سماه", "اسماه", "سمته", "اسمته", "سموه", "سماها", "وصفوه"))
_TO_THEM = frozenset(("عليه", "عليها", "عليهم", "عليهما", "له", "لها", "لهم", "اليه", "اليها", "اليهم"))
_WITHHOLDS = frozenset(("request", "demand", "refuse", "stipulate"))
_PREPOSITIONS = frozenset(("الي", "علي", "عن", "من"))
# Shapes of verbal nouns: تفعيل, إفعال, انفعال/افتعال, استفعال, تفاعل, مفاعلة.
_VERBAL_NOUN = re.compile(r"ت\w{2}ي\w|ا\w{2}ا\w|ان\w{2}ا\w|است\w{1,2}ا\w?|ت\w?ا?\w{2}|م\w?ا\w{1,2}ه|\w{2}و\w")

_PLEDGES = frozenset(("pledge", "promise", "undertake"))
# Verbs whose object may be any definite noun: `عزا الخبير الحريق إلى`, `اعتبرت الحركة الخطوة انتهاكا`.
_OBJECTIVE = frozenset(("attribute", "trace", "consider"))
_ITSELF = frozenset(("ذاته", "ذاتها", "نفسه", "نفسها", "عينه", "عينها"))
# تفعّل, which is written like its verb: `ينفي الجيش تعمد القصف`.
_SAME = re.compile(r"ت\w{3}")


@dataclass(frozen=True, slots=True)
class Complement:
    """How the claimed clause is attached, its first token, and where the words about the speaker end."""

    how: str
    start: int
    speaker_end: int
    prefix: int = 0


def complement_of(reading: Reading, index: int, cue: Cue) -> Complement | None:
    """The clause that a verb or participle of speech governs; None when it governs none."""
    wants = cue.complements
    told = "direct" in wants and subject_told(reading, index)
    direct = _object_at(reading, index, cue, told) if "direct" in wants else None
    at_once = direct is not None and cue.how == "verb" and (direct > index + 1 or told) and cue.stance in _WHOLE
    if direct is not None and cue.stance == "asserts" and _clause_follows(reading, direct):
        direct = None
    passed = 0
    for at in range(index + 1, min(len(reading.tokens), index + _REACH)):
        fold = reading.fold(at)
        if at < passed:
            continue
        if reading.words[at].phrases and according_here(reading, at):
            passed = _phrase_end(reading, at)
            direct = passed if direct is not None and direct < passed else direct
            continue
        if "blame" in wants and fold.startswith(("مسوولي", "المسوولي")):
            start = subject_end(reading, index + 1) if cue.how == "verb" else index + 1
            return Complement("direct", min(start, at), at)
        clause = "that" in reading.words[at].roles and not _in_name(reading, at) and not _clause_of_time(reading, at)
        if clause and ("that" in wants or cue.how == "participle"):
            return Complement("that", at + 1, at)
        found = None
        if fold == "علي" and cue.name == "urge" and at > index + 1:
            return Complement("prep", at + 1, at)
        if reading.tokens[at].form.kind == "mark":
            found = _mark(reading, at, wants, at_once=at == index + 1 or (direct is not None and at <= direct))
            object_quoted = found is None and at in (index + 1, direct) and cue.stance == "denies"
            if object_quoted and reading.texts[at] in OPENERS | STRAIGHT and reading.texts[at] != "(" and at + 1 not in reading.mention_at:
                found = Complement("direct", at, at)  # `نافيا «الشائعات» عن نفاد الاحتياطي`
        elif _called(reading, at):
            return Complement("called", at + 1, at)
        elif fold[:1] == "ب" or fold in _PREPOSITIONS:
            found = _preposition(reading, at, index, wants)
        if found is not None:
            return found
        if (
            direct is not None
            and at >= direct
            and reading.depth[at] <= reading.depth[index]
            and (_object_begins(reading, at, at == direct) or (at_once and at == direct and _nominal(reading, at) and not _that_ahead(reading, at)))
        ):
            return Complement("direct", at, at)
        if _stops(reading, at, index) or (fold == "" and at > index):
            return None
    return None


def _phrase_end(reading: Reading, at: int) -> int:
    """Token behind a phrase of attribution inside the clause: `، نقلا عن مسؤولين، أن`, `على لسان المتحدث باسمه فلان أي لقاء`."""
    if reading.tokens[at - 1].form.text in COMMAS:
        return next((k for k in range(at, len(reading.tokens)) if reading.tokens[k].form.text in COMMAS), at)
    return subject_end(reading, at + 2)


def _object_at(reading: Reading, index: int, cue: Cue, told: bool) -> int:
    """Where a bare object would stand: behind the subject, or behind the verb if the subject stands before it."""
    end = index + 1 if told else subject_end(reading, index + 1)
    if end > index + 2 and "preposition" in reading.words[end - 1].roles and reading.words[end - 1].nationality is None:
        end -= 1
    direct = adjunct_end(reading, end)
    if cue.stance == "denies" or cue.name in _OBJECTIVE:
        direct = next((at for at in range(index + 2, direct) if _rejected(reading, at)), direct)
    return direct


def _clause_follows(reading: Reading, start: int) -> bool:
    """`أعلنت في بادئ الأمر أنها`: a clause with أن in the same breath is what is said, not the noun before it."""
    for at in range(start, min(len(reading.tokens), start + _NEAR)):
        if reading.has(at, "that") and not reading.fold(at).startswith("و"):
            return True
        if reading.tokens[at].kind == "mark" or _acts(reading.words[at]):
            return False
    return False


def _that_ahead(reading: Reading, at: int) -> bool:
    """`أكد قائد ثان في القوات فلان أن`: words about the speaker that look like an object; the clause is yet to come."""
    for k in range(at + 1, min(len(reading.tokens), at + _TOPIC)):
        if reading.has(k, "that") and not reading.fold(k).startswith("و"):
            return True
        if reading.tokens[k].kind == "mark" or (_acts(reading.words[k]) and k not in reading.mention_at):
            return False
    return False


def subject_told(reading: Reading, index: int) -> bool:
    """Whether the object follows at once: a verb in the plural (Wright II 294), or one behind its topic (`لكن الحركة نفت`)."""
    cue = reading.words[index].cue
    if cue is None or cue.pos != "verb" or cue.person != 3:
        return False
    if cue.number == "plural":
        return True
    party = False
    for at in range(index - 1, max(-1, index - _TOPIC), -1):
        if _opens(reading, at):
            return party and "preposition" not in reading.words[at + 1].roles
        word, named = reading.words[at], at in reading.mention_at
        if (word.finite and not named) or reading.tokens[at].form.text in STRONG:
            return False
        party = party or named or word.source is not None or reading.fold(at).startswith("ال")
    return False


def adjunct_end(reading: Reading, start: int) -> int:
    """Token behind `في اتصال مع وكالة س`, `خلال مؤتمر صحفي،`: how and where something is said, between verb and object."""
    at = start
    while at < len(reading.tokens) and at - start < _REACH:
        text = reading.tokens[at].form.text
        if text in COMMAS and at > start:
            return at + 1
        step = at + 1 if text in _INNER_MARKS and at > start else _adjunct_step(reading, at, at > start)
        if step == at:
            return at
        at = step
    return start


def _adjunct_step(reading: Reading, at: int, inside: bool) -> int:
    """The token after the piece of an adjunct that begins here; `at` itself where none does."""
    if reading.fold(at) in _TO_THEM:
        return at + 1
    if "preposition" in reading.words[at].roles or reading.has(at, "to_outlet") or _addressed_to(reading, at):
        noun = at + 1
        while noun < len(reading.tokens) and reading.tokens[noun].form.text in _INNER_MARKS:
            noun += 1
        return reading.span_of[noun][1] + 1 if noun in reading.span_of else noun + 1
    if inside and at in reading.span_of:
        return reading.span_of[at][1] + 1
    adjective = reading.fold(at).startswith("ال") and reading.fold(at).endswith(("ي", "يه"))
    if inside and (reading.fold(at) in _ITSELF or "of_saying" in reading.words[at].roles):
        return at + 1
    return at + 1 if inside and (timed(reading, at) or reading.words[at].nationality is not None or adjective) else at


def _addressed_to(reading: Reading, at: int) -> bool:
    """`للصحفيين`, `لشبكات التلفزيون`: ل on a noun that is known without it."""
    word = reading.words[at]
    found = [m for m in (word.source, word.noun) if m is not None]
    return bool(found) and all(m.analysis.proclitics in ("ل", "لل") for m in found)


def _rejected(reading: Reading, at: int) -> bool:
    """`رفض الكرملين الأرقام`: a definite noun behind a name that does not look like its adjective is what is refused."""
    fold = reading.fold(at)
    word = reading.words[at]
    behind = at - 1 in reading.mention_at or reading.fold(at - 1).startswith("ال")
    ranked = any(k in reading.mention_at and reading.mention_at[k].type == "person" for k in (at + 1, at + 2))  # `العميد الركن بكر سالم`
    return (
        behind
        and not ranked
        and at not in reading.mention_at
        and fold.startswith("ال")
        and not fold.endswith(_ADJECTIVAL)
        and word.nationality is None
        and word.source is None
    )


def _called(reading: Reading, at: int) -> bool:
    """`ندد بما سماه "غزوا"`, `رفض ما اعتبره ابتزازا`: what follows is what he says it is."""
    cue = reading.words[at].cue
    named = reading.fold(at) in _NAMING or (cue is not None and cue.entry.name in ("consider", "describe") and cue.analysis.enclitic != "")
    return named and reading.fold(at - 1) in ("ما", "بما", "مما", "لما", "عما")


def _opens(reading: Reading, at: int) -> bool:
    """`لكن`, `فيما`, `بينما`, `غير أن`, `إن` and the like, behind which a subject stands before its verb."""
    return reading.has(at, "connector") or reading.has(at, "that") or reading.fold(at) in ("اما", "لكن", "ولكن")


def _nominal(reading: Reading, at: int) -> bool:
    """A noun of any sort: no particle, no verb, no time, no prepositional phrase in ب or ل."""
    word, fold = reading.words[at], reading.fold(at)
    if reading.tokens[at].kind != "word" or word.roles - CONTENT or _acts(word) or timed(reading, at) or at in reading.mention_at:
        return False
    return fold in _DEMONSTRATIVES or not fold.startswith(("بال", "لل", "وال"))


def subject_end(reading: Reading, start: int) -> int:
    """First token after a subject that follows its verb: head, name, adjectives, genitives, prepositional phrases."""
    at, headed, named = start, False, False
    while at < len(reading.tokens):
        step = _subject_step(reading, at, headed, named)
        if step == at:
            return at
        governed = at > start and "preposition" in reading.words[at - 1].roles
        named = named or (at in reading.span_of and not governed)
        headed = headed or at in reading.span_of or reading.words[at].source is not None or reading.words[at].noun is not None
        at = step
    return at


def _subject_step(reading: Reading, at: int, headed: bool, named: bool) -> int:
    """The token after the piece of the subject that begins here; `at` itself where the subject has ended."""
    token, word = reading.tokens[at], reading.words[at]
    text, fold = token.form.text, token.fold
    governed = at > 0 and "preposition" in reading.words[at - 1].roles
    if "relative" in word.roles:
        return at
    if at > 0 and reading.fold(at - 1) == "باسم" and token.kind == "word":
        return reading.span_of[at][1] + 1 if at in reading.span_of else at + 1
    if headed and at in reading.span_of and reading.words[at - 1].nationality and reading.mention_at[at].type == "actor":
        return at
    if headed and at in reading.span_of and not governed and _owned(reading, at - 1) and reading.mention_at[at].type == "actor":
        return at
    if at in reading.span_of:
        apposed = reading.mention_at[at].type == "person" and at - 1 in reading.mention_at and reading.mention_at[at - 1].type != "person"
        return at if named and not governed and not (apposed and headed) else reading.span_of[at][1] + 1
    if text in COMMAS:
        return _apposition_end(reading, at) or at
    if len(fold) == 1 and at + 1 < len(reading.texts) and reading.texts[at + 1] == ".":
        return at + 2  # `الخبير د. فلان`
    if text == "(" and headed:
        return next((k + 1 for k in range(at + 1, min(len(reading.tokens), at + _BRACKETED)) if reading.tokens[k].form.text == ")"), at)
    if token.kind == "number" and not headed:
        following = reading.words[at + 1] if at + 1 < len(reading.words) else None
        return at + 1 if following is not None and following.source is not None and following.noun is None else at
    if token.kind == "number" and headed and not timed(reading, at) and any(q.start == token.start for q in reading.quantities):
        return at  # `أحصت المنظمة 300 قتيل`
    if token.kind == "number" or text in _INNER_MARKS or timed(reading, at):
        return at + 1
    if headed and not governed and fold.startswith("ال") and timed(reading, at - 1 - (reading.texts[at - 1] in COMMAS)):
        return at  # `أعلنت الوزارة، الثلاثاء، السيطرة على`
    if headed and word.noun is not None and "place" in word.noun.entry.classes and at + 1 in reading.span_of:
        return at + 1
    if headed and not governed and fold.startswith("ال") and (_another_party(reading, at, named) or _absolute(reading, at - 1)):
        return at
    if headed and _office_begins(reading, at):
        return at
    if not headed and fold in KUNYAS and at + 1 < len(reading.tokens) and reading.tokens[at + 1].kind == "word":
        return at + 2  # `تقول أم رضاب`
    behind = reading.mention_at.get(at + 1)
    if not headed and fold.startswith("ال") and behind is not None and behind.type == "person" and reading.span_of[at + 1][0] == at + 1:
        return at + 1  # `قالت النادلة فلانة`: what somebody is stands before the name
    if word.source is not None or word.nationality is not None or (word.noun is not None and not headed):
        return at + 1
    if class_of_name(reading, at - 1) and not word.finite and not word.roles:
        return at + 1
    if headed and (fold.startswith(("ال", "بال", "لل")) or "preposition" in word.roles or _adjectival(reading, at)):
        return at + 1
    return at


def _absolute(reading: Reading, at: int) -> bool:
    """`عزا ناجون الحريق`, `نفى مسؤول محلي الخبر`: a plural in ون or an indefinite adjective governs no noun (Wright II 75)."""
    if at in reading.span_of:
        return False
    source, fold = reading.words[at].source, reading.fold(at)
    if fold.startswith(("ال", "وال")) or source is None:
        return False
    return fold.endswith("ون") or (source.entry.role == "adjective" and reading.words[at - 1].source is not None and at - 1 not in reading.span_of)


def _owned(reading: Reading, at: int) -> bool:
    """`رئيس بلديتها الجيش`: what has its owner as a pronoun governs no name behind it."""
    return at not in reading.span_of and len(reading.fold(at)) > 4 and reading.fold(at).endswith(("ها", "هم", "هما"))


def _adjectival(reading: Reading, at: int) -> bool:
    """`مسؤول دفاعي أميركي`: an indefinite adjective of relation behind an indefinite noun of people."""
    before = reading.words[at - 1].source
    fold = reading.fold(at)
    return (
        before is not None
        and not before.analysis.definite
        and len(fold) > 4
        and fold.endswith(("ي", "يه", "يون", "يين"))
        and not fold.startswith(("ال", "و"))
    )


def _office_begins(reading: Reading, at: int) -> bool:
    """`دعا الوزير الأميركي قائد الجيش`: a construct office behind an adjective of origin or an apposition is the object."""
    source = reading.words[at].source
    if source is None or (source.entry.role not in _OFFICE_ROLES and source.entry.english != "commander"):
        return False
    bare = not reading.fold(at).startswith(("ال", "و", "ل", "ب"))
    return bare and (reading.words[at - 1].nationality is not None or reading.tokens[at - 1].form.text in COMMAS)


def _another_party(reading: Reading, at: int, named: bool) -> bool:
    """A definite noun behind a name (`دعت المنظمة السلطات`, `رفضت الحركة المقترح`) is no longer the subject."""
    word = reading.words[at]
    behind = at - 2 if reading.tokens[at - 1].form.text in CLOSERS else at - 1
    after_name = behind in reading.mention_at or reading.words[behind].nationality is not None
    if not (named or after_name) or word.nationality is not None:
        return False
    party = word.noun is not None and bool(word.noun.entry.classes & _PARTIES)
    return after_name and (party or any(m.pos == "noun" for m in word.triggers))


def _apposition_end(reading: Reading, comma: int) -> int | None:
    """Token after the comma that closes `، العقيد مروان القروي،`; None where no short apposition stands."""
    inner = range(comma + 1, min(len(reading.tokens), comma + 14))
    close = next((i for i in inner if reading.tokens[i].form.text in COMMAS), None)
    if close is None or any(reading.words[i].finite and i not in reading.mention_at for i in range(comma + 1, min(close, comma + 2))):
        return None
    told = any(i in reading.mention_at or timed(reading, i) for i in range(comma + 1, close))
    return close + 1 if told or reading.has(comma + 1, "named") or reading.has(comma + 1, "relative") or reading.fold(comma + 1) == "في" else None


def timed(reading: Reading, at: int) -> bool:
    """Whether a token stands in a calendar expression."""
    return at in reading.timed


def _in_name(reading: Reading, at: int) -> bool:
    return at in reading.mention_at


def _clause_of_time(reading: Reading, at: int) -> bool:
    """`قبل أن`, `من دون أن`: أن behind them tells when or how, not what is said."""
    return at > 0 and "before_that" in reading.words[at - 1].roles


def _mark(reading: Reading, at: int, wants: frozenset[str], at_once: bool) -> Complement | None:
    """A colon, or a quotation of more than a name; at_once: it stands where the object would (`استبعد «أي بحث في الحدود»`)."""
    text = reading.tokens[at].form.text
    if text == ":" and ("quote" in wants or "that" in wants):
        return Complement("quote", at + 1, at)
    quoted = "quote" in wants or (at_once and "direct" in wants)
    if quoted and (text in OPENERS or text in STRAIGHT) and text != "(":
        close = next((i for i in range(at + 1, len(reading.tokens)) if reading.depth[i] <= reading.depth[at] and i > at + 1), at)
        if close - at > 6 and reading.depth[at] == 0:
            return Complement("quote", at, at)
    return None


def _preposition(reading: Reading, at: int, index: int, wants: frozenset[str]) -> Complement | None:
    """`إلى`, `عن`, `من`, `على` as the cue governs them, or ب on the verbal noun."""
    fold = reading.fold(at)
    if fold in _PREPOSITIONS and fold in wants and _after_subject(reading, at, index):
        start = at + 1
        if reading.has(start, "that"):
            start += 1
        return Complement("that" if start == at + 2 else "prep", start, at)
    cue = reading.words[index].cue
    described = fold == "ب" and cue is not None and cue.entry.name == "describe"  # `ووصفته بـ«العدوان»`
    if (
        ((fold in wants and fold in ("ب", "ل")) or described)
        and at + 1 < len(reading.tokens)
        and reading.tokens[at + 1].form.text in OPENERS | STRAIGHT
    ):
        return Complement("prep", at + 1, at)
    short = len(fold) == 3 and any(m.pos == "noun" and m.analysis.proclitics == "ب" for m in reading.words[at].triggers)  # `أفادت بصد هجوم`
    if "ب" in wants and fold.startswith("ب") and (len(fold) > 3 or short) and at not in reading.mention_at:
        if (
            ("not_ba" in reading.words[at].roles and not (fold == "بدعم" and ("object" in wants or (cue is not None and cue.entry.name in _PLEDGES))))
            or reading.words[at].nationality
            or at - 1 in _opened(reading, at)
            or _own_ba(reading, at)
        ):
            return None
        return Complement("prep", at, at, prefix=1)
    return None


def _own_ba(reading: Reading, at: int) -> bool:
    """`بلديتها`, `بيانها`: the ب is the noun's own."""
    word = reading.words[at]
    found = [m for m in (word.source, word.noun) if m is not None]
    return bool(found) and all("ب" not in m.analysis.proclitics for m in found)


def anonymous(reading: Reading, at: int, cue: Cue) -> bool:
    """`طالبا عدم نشر اسمه`, `رفض الكشف عن هويته`: said about the speaker, not by him."""
    if cue.name not in _WITHHOLDS:
        return False
    behind = range(at + 1, min(at + 6, len(reading.tokens)))
    return any(reading.fold(k).startswith(("اسم", "هويت")) for k in behind)


def _opened(reading: Reading, at: int) -> tuple[int, ...]:
    """A preposition before the word means that ب belongs to it; `في بيان بثته إذاعة` is a verb that qualifies a noun."""
    governed = any("preposition" in reading.words[back].roles for back in (at - 1, at - 2) if back >= 0)
    qualified = governed and not reading.fold(at - 1).startswith("ال") and reading.fold(at).endswith(("ته", "تها"))
    return (at - 1,) if "preposition" in reading.words[at - 1].roles or qualified else ()


def _after_subject(reading: Reading, at: int, index: int) -> bool:
    """`من` and `على` also occur inside the subject (`الكثير من المحللين`): something must stand between, or nothing at all."""
    if reading.fold(at) in ("الي", "عن"):
        return True
    if at == index + 1 or at - 1 in reading.mention_at or timed(reading, at - 1):
        return True
    before = reading.words[at - 1]
    return before.source is not None or before.nationality is not None or reading.tokens[at - 1].form.text in COMMAS


def _object_begins(reading: Reading, at: int, at_subject_end: bool) -> bool:
    """A verbal noun, a number or a noun with a pronoun; names that no dictionary knows are passed over."""
    token, word = reading.tokens[at], reading.words[at]
    if timed(reading, at):
        return False
    if token.kind == "number" or token.fold in _COUNTS or (at_subject_end and "quantifier" in word.roles):
        return True
    if token.kind != "word" or word.roles - CONTENT or timed(reading, at) or at in reading.mention_at or _addressed_to(reading, at):
        return False
    if "preposition" in reading.words[at - 1].roles:
        return False
    if any(m.pos == "noun" for m in word.triggers) or (at_subject_end and token.fold[:1] == "ت" and token.fold.endswith(("ها", "هم"))):
        return True  # `أعلنت الهيئة تلقيها بلاغا`: no second verb stands behind the subject
    if _acts(word) and not (at_subject_end and _SAME.fullmatch(token.fold) and not word.triggers and word.cue is None):
        return False
    bare = _bare(token.fold)
    return at_subject_end and (word.noun is not None or bare != token.fold or bool(_VERBAL_NOUN.fullmatch(bare)))


def _acts(word: Word) -> bool:
    """A verb; not a noun with a pronoun that only looks like a verb of doing (`قيمتها`)."""
    return word.finite and not (word.cue is None and not word.triggers and word.light is not None and word.light.analysis.enclitic != "")


def _bare(fold: str) -> str:
    for ending in ("هما", "ها", "هم"):
        if fold.endswith(ending) and len(fold) - len(ending) >= 3:
            return fold[: -len(ending)]
    return fold


def _stops(reading: Reading, at: int, index: int) -> bool:
    """Where the search for the clause ends: sentence marks, connectors, another speech."""
    text = reading.tokens[at].form.text
    if text in STRONG:
        return not (text == "." and len(reading.fold(at - 1)) == 1)  # `ويذكر د. صلاح أبكر أن`
    if reading.tokens[at - 1].form.text in COMMAS and connects(reading, at):
        return True
    cue = reading.words[at].cue
    if cue is None or at in reading.mention_at or at == index + 1:
        return False
    if cue.entry.how == "according" or anonymous(reading, at, cue.entry):
        return False
    if cue.entry.how == "participle":
        return reading.tokens[at - 1].form.text in COMMAS or reading.has(at + 1, "that")  # `ونعته الحركة قائلة إنه`
    behind = reading.tokens[at - 1]
    relative = reading.has(at - 1, "relative") or reading.has(at - 1, "named")
    return not relative and (behind.form.text in COMMAS or cue.analysis.proclitics[:1] in ("و", "ف")) and cue.pos == "verb"
