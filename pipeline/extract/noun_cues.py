"""Verbal nouns of speech: those that report (`إعلان الجيش أن`), and verbs of speech that are verbal nouns here (`عرض خطة`).

Arabic writes many verbal nouns like their verb (`عرض`, `طلب`, `توقع`); what stands before tells them apart.
"""

from __future__ import annotations

import re

from pipeline.extract.clauses import COMMAS, STRONG, Reading
from pipeline.extract.descriptions import Speaker, speaker_in
from pipeline.extract.morphology import Match
from pipeline.extract.speakers import named_before
from pipeline.extract.speech import Complement, adjunct_end, complement_of, subject_end
from pipeline.extract.titles import HEADS
from pipeline.lexicon.vocabulary import Cue

_BEFORE = frozenset(("رغم", "برغم", "وسط", "بعد", "مع", "عقب", "اثر", "قبل", "ورغم", "وبعد", "ومع", "ووسط", "منذ"))
# Verbs whose verbal noun is written the same: three letters, or تفعّل.
_SAME = re.compile(r"\w{3}|ت\w{3}")
_IMPERFECT = re.compile(r"[وف]?[يت]\w{3,}")
_OF_FACTS = frozenset(("announce", "confirm"))
_REACH = 8


def noted(reading: Reading, index: int, cue: Cue) -> tuple[Speaker, Complement] | None:
    """Speaker and clause of a verbal noun in construct: the speaker stands right behind it, the clause right behind him."""
    match = reading.words[index].cue
    first = index + 1
    if match is None or first >= len(reading.tokens):
        return None
    if match.analysis.enclitic and cue.name == "say":
        return None  # `نقلت عنه قوله إن`: the verb before has told it
    if match.analysis.enclitic:
        return _his(reading, index, cue)
    if match.analysis.definite:
        return _in_words(reading, index, cue)
    source = reading.words[first].source
    named = first in reading.mention_at and reading.mention_at[first].start == reading.tokens[first].start
    if not named and (source is None or source.entry.role not in HEADS or source.analysis.proclitics not in ("", "ال")):
        return None
    end = subject_end(reading, first)
    speaker = speaker_in(reading, first, end)
    complement = complement_of(reading, index, cue)
    told = ("that", "prep", "direct") if cue.name in _OF_FACTS else ("that", "prep")  # `إعلان إسرائيل مقتل القائد`
    if speaker is None or speaker.name is None or complement is None or complement.how not in told:
        return None
    return (speaker, complement) if complement.speaker_end <= adjunct_end(reading, end) else None


def _in_words(reading: Reading, index: int, cue: Cue) -> tuple[Speaker, Complement] | None:
    """`اكتفى الجيش بالقول إن`, `سارعت موسكو إلى التأكيد أن`: the subject of the verb before says it."""
    to = reading.fold(index - 1) == "الي"
    match = reading.words[index].cue
    if match is None or not (to or match.analysis.proclitics.endswith("بال")):
        return None
    verb = next((at for at in range(index - 1, max(-1, index - _REACH), -1) if "content" in reading.words[at].roles), None)
    complement = complement_of(reading, index, cue) if verb is not None else None
    if verb is None or complement is None or complement.speaker_end > index + 2:
        return None
    speaker = speaker_in(reading, verb + 1, index - to) or named_before(reading, verb)
    return (speaker, complement) if speaker is not None and speaker.name is not None else None


def _his(reading: Reading, index: int, cue: Cue) -> tuple[Speaker, Complement] | None:
    """`جدد المبعوث دعوته إلى الحوار`: the clause stands right behind, the speaker before in the sentence."""
    complement = complement_of(reading, index, cue)
    if complement is None or complement.how not in ("that", "prep") or complement.speaker_end > index + 2:
        return None
    speaker = named_before(reading, index)
    return (speaker, complement) if speaker is not None else None


def behind_preposition(reading: Reading, index: int) -> bool:
    """`رغم مطالبة منظمات محلية بـ`: no participle stands behind a preposition."""
    return reading.fold(index - 1) in _BEFORE


def used_as_noun(reading: Reading, index: int, cue: Match[Cue]) -> bool:
    """`يعتزم المبعوث عرض خطة`, `بعد رفض الحكومة`: behind a preposition, or as the object of a verb in its own clause."""
    bare = (
        cue.tense == "past" and cue.number == "singular" and cue.gender == "masculine" and not cue.analysis.proclitics and not cue.analysis.enclitic
    )
    if not bare or index == 0 or not _SAME.fullmatch(reading.fold(index)):
        return False
    if "preposition" in reading.words[index - 1].roles:
        return True
    for at in range(index - 1, max(-1, index - _REACH), -1):
        word = reading.words[at]
        if (
            reading.tokens[at].form.text in COMMAS
            or reading.tokens[at].form.text in STRONG
            or not word.roles.isdisjoint(("relative", "connector", "that"))
        ):
            return False
        if "purpose" in word.roles or (at not in reading.mention_at and word.finite and _IMPERFECT.fullmatch(reading.fold(at))):
            return True
    return False
