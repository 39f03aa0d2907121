"""Where the subject of a verb of speech stands: behind it, before it in its clause, or in the clause that it goes on from.

`descriptions` names what a stretch of words calls a speaker; here stands where to look, and who is only spoken to.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.clauses import COMMAS, STRONG, Reading, connects
from pipeline.extract.descriptions import Speaker, speaker_in
from pipeline.extract.morphology import Match
from pipeline.extract.speech import subject_told, timed
from pipeline.extract.transliterate import transliterate
from pipeline.extract.unlisted import is_common
from pipeline.lexicon.gazetteer import context
from pipeline.lexicon.vocabulary import Cue

_ADVERBS = frozenset(("ايضا", "امس", "اليوم", "مجددا", "لاحقا", "كذلك", "صراحه", "علنا", "مرارا"))
_ADVERB = re.compile(r"\wا\w\wا")  # فاعلا: سابقا, لاحقا, صباحا
_LONGEST = 3
_RELATIVES = frozenset(("relative", "named", "connector", "connector_an"))
_BUT_IT = frozenset(("لكنه", "لكنها", "لكنهم"))
_NOT_NAMES = frozenset(("بما", "مما", "لما", "عما", "ما", "عليه", "عليها", "عليهم", "له", "لها", "لهم", "اليه", "اليها", "اليهم"))
_BACK = 14


def subject_of(reading: Reading, index: int, end: int, previous: int | None) -> Speaker | None:
    """The subject of the verb of speech at a token, whose clause about the speaker ends before `end`.

    previous: the verb of speech before it in the sentence. None where the verb has no subject of its own; a speaker
    without a name where only the outlet is told.
    """
    cue = reading.words[index].cue
    assert cue is not None
    found = (
        _antecedent(reading, index) or _described_before(reading, index, cue) or _qualified(reading, index, cue) or _introduced(reading, index, end)
    )
    if found is not None:
        return found
    told = _behind(reading, index, end, previous)
    if subject_told(reading, index) or cue.number == "dual":
        found = _before(reading, index, cue, previous)
        if found is not None or (cue.number in ("plural", "dual") and told is not None):
            return (
                found if found is not None else replace(told, name=None, id=None, back=False, here=None) if told is not None and told.relay else None
            )
    if told is not None and told.name is not None:
        return told
    found = _before(reading, index, cue, previous)
    if told is not None and found is not None:
        return replace(found, relay=told.relay, relay_id=told.relay_id)
    return found or told


def _antecedent(reading: Reading, index: int) -> Speaker | None:
    """`بحسب الأمم المتحدة التي قالت إنها`: the name right before a relative pronoun and its verb."""
    cue = reading.words[index].cue
    feminine = reading.fold(index - 1) == "التي"
    if not reading.has(index - 1, "relative") or (cue is not None and cue.number == "singular" and feminine != (cue.gender == "feminine")):
        return None
    at = next((k for k in (index - 2, index - 3) if k in reading.mention_at), None)
    if at is None:
        return None
    mention = reading.mention_at[at]
    return Speaker(mention.canonical_name or mention.text, mention.canonical_id) if mention.type in ("actor", "person", "media") else None


def _described_before(reading: Reading, index: int, cue: Match[Cue]) -> Speaker | None:
    """`لم يعلق على تقارير أفادت بأن`: the indefinite people or papers right before the verb speak, whoever else is named."""
    at = index - 1
    while at > 0 and (reading.words[at].nationality is not None or _adjective(reading, at)):
        at -= 1
    source = reading.words[at].source if at >= 0 else None
    if source is None or source.entry.role != "source" or source.analysis.definite or at in reading.mention_at or cue.analysis.proclitics:
        return None
    return _with_name(speaker_in(reading, at, index)) if at > 0 and "preposition" in reading.words[at - 1].roles else None


def _adjective(reading: Reading, at: int) -> bool:
    source = reading.words[at].source
    return source is not None and source.entry.role == "adjective"


def named_before(reading: Reading, index: int) -> Speaker | None:
    """Whoever the sentence names before a token."""
    return _with_name(speaker_in(reading, 0, index))


def crowd_before(reading: Reading, index: int) -> Speaker | None:
    """`تظاهر المئات مطالبين برحيل الحكومة`: a plural participle speaks for the people before it."""
    if not reading.fold(index).endswith("ين"):
        return None
    protest = any("protest" in word.kinds for word in reading.words[:index])
    return _group_before(reading, index) or (Speaker("Protesters", None) if protest else None)


def _with_name(speaker: Speaker | None) -> Speaker | None:
    return speaker if speaker is not None and speaker.name is not None else None


def _behind(reading: Reading, index: int, end: int, previous: int | None) -> Speaker | None:
    """VSO: the words behind the verb, unless they name whom it addresses."""
    cue = reading.words[index].cue
    assert cue is not None
    if cue.entry.addressee == "object":
        end = _before_addressee(reading, index + 1, end)
    end = _before_copy(reading, index + 1, end)
    told = speaker_in(reading, index + 1 + _addressed(reading, index + 1), end)
    if told is None:
        called_upon = previous is not None and cue.entry.addressee == "object" and cue.analysis.proclitics.startswith(("و", "ف"))
        # `حذر المنسق …، ودعا الأطراف إلى`: the speaker goes on, the definite noun is who is called upon.
        return None if called_upon and reading.fold(index + 1).startswith("ال") else _unknown_name(reading, index + 1, end)
    if told.name is not None and (_is_addressee(reading, index, end, previous) or _called_upon(reading, index, end, previous, told)):
        return None
    return told


def _before(reading: Reading, index: int, cue: Match[Cue], previous: int | None) -> Speaker | None:
    """SVO, or the subject of the clause that a verb behind و goes on from."""
    found = _with_name(_subject_before(reading, index, cue))
    if found is None and previous is None and reading.fold(index - 1).removeprefix("و") in _BUT_IT:
        return named_before(reading, index - 1)  # `لم تؤكد واشنطن الخبر، لكنها قالت`
    if found is not None or not cue.analysis.proclitics.startswith(("و", "ف")):
        return found or _leading_name(reading, index, previous)
    found = _topic_before(reading, index, 0 if previous is None else previous + 1)
    return found or (None if previous is not None else named_before(reading, index) or _group_before(reading, index))


def _leading_name(reading: Reading, index: int, previous: int | None) -> Speaker | None:
    """`الهمامي، وهو متزوج …، قال`: unknown definite words that open the sentence in front of the verb or of an apposition."""
    end = 0
    while previous is None and end < min(index, _LONGEST) and reading.fold(end).startswith("ال") and _bare_name(reading, end):
        end += 1
    if not end or not (end == index or reading.tokens[end].form.text in COMMAS):
        return None
    return Speaker(transliterate(" ".join(reading.tokens[at].norm for at in range(end))), None)


def _is_addressee(reading: Reading, index: int, end: int, previous: int | None) -> bool:
    """`ونفى المصدر … واتهم الفصائل ب…`: the only party behind a joined verb of accusing is whom it accuses.

    One accuses somebody: with `اتهم` a lone party is the accused wherever it stands. With other verbs it is the subject
    where a second party follows or the gender of the verb has changed (`نفى مصدر …، ودعت البعثة الطرفين`).
    """
    cue = reading.words[index].cue
    if cue is None or cue.entry.addressee != "object" or not cue.analysis.proclitics.startswith(("و", "ف")):
        return False
    region = range(index + 1, min(end, len(reading.tokens)))
    if cue.entry.name == "accuse" and all(_beside(reading, at) for at in region if at in reading.mention_at):
        return all(reading.words[at].source is None for at in region)
    names = {reading.mention_at[at].canonical_name for at in region if at in reading.mention_at and not _beside(reading, at)}
    if len(names) != 1:
        return False
    if cue.entry.name == "accuse":
        last_name = max(at for at in region if at in reading.mention_at)
        crowd = any(_accused_crowd(reading, at) for at in range(last_name + 1, region.stop))
        return not crowd and not _office_between(reading, region)
    if previous is None:
        return False
    last = reading.words[previous].cue
    if last is not None and last.pos == "verb" and last.gender != cue.gender:
        return False
    behind = [at for at in region if at > max(reading.span_of[k][1] for k in region if k in reading.mention_at)]
    return not any(reading.fold(at).startswith("ال") and not reading.words[at].nationality for at in behind)


def _called_upon(reading: Reading, index: int, end: int, previous: int | None, told: Speaker) -> bool:
    """`أعلنت الوزارة …، وناشدت المنظمات الدولية إرسال`: the speaker goes on, a lone definite group is whom it calls upon."""
    cue = reading.words[index].cue
    last = reading.words[previous].cue if previous is not None else None
    if cue is None or last is None or cue.entry.addressee != "object" or not cue.analysis.proclitics.startswith(("و", "ف")) or not told.nominal:
        return False
    agrees = last.pos != "verb" or last.gender == cue.gender
    lone = not any(at in reading.mention_at for at in range(index + 1, min(end, len(reading.tokens))))
    return agrees and lone and reading.fold(index + 1).startswith("ال")


def _before_addressee(reading: Reading, low: int, end: int) -> int:
    """Where whom a definite noun calls upon is named right behind it: `دعا التقرير روسيا إلى`."""
    at = low
    if at >= end or at in reading.mention_at or reading.words[at].source is None or not reading.fold(at).startswith("ال"):
        return end
    following = at + 1
    named = following < end and following in reading.mention_at and reading.mention_at[following].type in ("actor", "place")
    return following if named else end


def _before_copy(reading: Reading, low: int, end: int) -> int:
    """Where it is told who got the text: `قالت الغرفة في بيان تلقت وكالة الأنباء نسخة منه إن`; `end` where that is not told."""
    copy = next((at for at in range(low + 1, min(end, len(reading.tokens))) if reading.fold(at) in context("copy_of_text")), None)
    if copy is None:
        return end
    return next((at for at in range(copy - 1, low, -1) if reading.words[at].finite and at not in reading.mention_at), end)


def _beside(reading: Reading, at: int) -> bool:
    """Whether a name only qualifies what stands before it: behind a preposition, or in brackets."""
    before = reading.span_of[at][0] - 1
    return at > 0 and ("preposition" in reading.words[before].roles or (reading.depth[at] > 0 and reading.texts[before] == "("))


def _accused_crowd(reading: Reading, at: int) -> bool:
    """`واتهمت الحكومة مسلحين`: people without a name in the accusative are whom the named party accuses."""
    noun = reading.words[at].noun
    return noun is not None and "people" in noun.entry.classes and not noun.analysis.definite and reading.fold(at).endswith("ين")


def _office_between(reading: Reading, region: range) -> bool:
    """`واتهم وزير الدفاع إسرائيل`: an office or another noun before the name is who speaks."""
    first = next(at for at in region if at in reading.mention_at)
    return any(
        reading.words[at].source is not None or (reading.fold(at).startswith("ال") and at not in reading.mention_at)
        for at in range(region.start, first)
    )


def _addressed(reading: Reading, at: int) -> int:
    """Number of words that name who is spoken to: `وقال للصحفيين إن`."""
    noun = reading.words[at].source if at < len(reading.words) else None
    outlet = reading.has(at, "to_outlet") or at in reading.mention_at
    return 1 if noun is not None and noun.analysis.proclitics in ("ل", "لل") and not outlet else 0


def _unknown_name(reading: Reading, low: int, high: int) -> Speaker | None:
    """`وقال خواجة إن`: one to three bare words between verb and إن name a speaker that no dictionary knows."""
    end = low
    while end < min(high, len(reading.tokens)) and _bare_name(reading, end):
        end += 1
    behind = reading.words[end] if end < len(reading.words) else None
    stop = end >= high or (
        behind is not None and (not behind.roles.isdisjoint(("preposition", "relative")) or timed(reading, end) or reading.tokens[end].kind == "mark")
    )
    if not 1 <= end - low <= _LONGEST or not stop or (reading.fold(low)[:1] in ("ب", "ل", "ك") and is_common(reading.tokens[low].form)):
        return None
    if is_common(reading.tokens[low].form) and (end - low > 1 or reading.fold(low).startswith("ال")):
        return None  # `أظهرت صور الأقمار الصناعية أن`, `وأضافت الغرفة أن`
    return Speaker(transliterate(" ".join(reading.tokens[at].norm for at in range(low, end))), None)


def _bare_name(reading: Reading, at: int) -> bool:
    word = reading.words[at]
    known = word.roles or timed(reading, at) or word.finite or word.noun or word.source or word.nationality or word.triggers or word.cue
    fold = reading.fold(at)
    adverb = fold in _ADVERBS or bool(_ADVERB.fullmatch(fold))
    pronoun = len(fold) <= 5 and fold.endswith(("ه", "ها", "هم", "نا"))
    return reading.tokens[at].kind == "word" and not known and not adverb and not pronoun and fold not in _NOT_NAMES


def _introduced(reading: Reading, index: int, end: int) -> Speaker | None:
    """`قال العقيد فلان الفلاني، وهو …`: the words between a verb, with or without a rank, and `وهو` are a name."""
    comma = next((at for at in range(index + 1, min(end, index + 6)) if reading.tokens[at].form.text in COMMAS), None)
    if comma is None or reading.fold(comma + 1) not in ("وهو", "وهي", "الذي", "التي"):
        return None
    first = index + 1
    while first < comma and reading.fold(first).startswith("ال") and first not in reading.mention_at:
        first += 1
    words = range(first, comma)
    known = any(reading.mention_at[at].type in ("person", "actor", "media") for at in words if at in reading.mention_at)
    described = any(reading.tokens[at].kind != "word" or reading.words[at].source or reading.words[at].finite for at in words)
    if known or described or not 1 <= len(words) <= 4:
        return None
    return speaker_in(reading, first, comma) or Speaker(transliterate(" ".join(reading.tokens[at].norm for at in words)), None)


def _topic_before(reading: Reading, index: int, low: int) -> Speaker | None:
    """`…، لكن الولايات المتحدة عارضته وقالت إن`: the subject that a connector brought in since the last speech goes on."""
    for at in range(index - 1, low, -1):
        if reading.tokens[at].form.text in STRONG:
            return None
        if connects(reading, at) or reading.fold(at) == "اما":
            verb = next((k for k in range(at + 2, index) if reading.words[k].finite and k not in reading.mention_at), index)
            return _with_name(speaker_in(reading, at + 1, verb))
    return None


def _qualified(reading: Reading, index: int, cue: Match[Cue]) -> Speaker | None:
    """`أغلق محتجون يطالبون برحيل الحكومة الطريق`: a verb that qualifies the indefinite people right before it."""
    noun = reading.words[index - 1].noun if index and cue.tense == "present" and not cue.analysis.proclitics else None
    if noun is None or not noun.entry.group or noun.analysis.definite or "people" not in noun.entry.classes or index - 1 in reading.mention_at:
        return None
    return Speaker(noun.entry.group, None)


def _group_before(reading: Reading, index: int) -> Speaker | None:
    """`وأضرم محتجون النار وطالبوا …`: people without a name who act first in the sentence."""
    nouns = (reading.words[at].noun for at in range(index) if at not in reading.mention_at)
    group = next((n.entry.group for n in nouns if n is not None and n.entry.group and "people" in n.entry.classes), None)
    return Speaker(group, None) if group else None


def _subject_before(reading: Reading, index: int, cue: Match[Cue]) -> Speaker | None:
    """The subject of `X قالت إن`: back to the clause's beginning."""
    low = index
    while low > 0 and reading.clause[low - 1] == reading.clause[index]:
        low -= 1
    if low == index and cue.analysis.proclitics in ("", "ف"):
        low = max(0, index - _BACK)
        while any(reading.tokens[at].form.text in STRONG for at in range(low, index)):
            low += 1
        if _another_verb(reading, low, index):
            return None
    return speaker_in(reading, low, index)


def _another_verb(reading: Reading, low: int, index: int) -> bool:
    """`وردا على سؤال عما إذا كان الجيش مستعدا قالت`: a verb between, but for one in a relative clause, has its own subject."""
    for at in range(index - 1, low - 1, -1):
        if reading.words[at].roles & _RELATIVES:
            return False
        if reading.words[at].finite and at not in reading.mention_at:
            return True
    return False
