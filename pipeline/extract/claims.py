"""Claims: which clause is said, by whom, through which outlet, and with what stance.

A cue (`قال`, `نفى`, `مضيفا`, `بحسب`; reporting_cues.csv) opens a speech; its government tells where the claimed clause
begins (`speech`), marks and connectors where it ends (`speech_spans`), the words between who speaks (`descriptions`).
Speakers without a name of their own are inherited from the speech before.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pipeline.extract.clauses import COMMAS, OPENERS, STRAIGHT, STRONG, Reading, according_at, connects
from pipeline.extract.descriptions import Speaker, speaker_in
from pipeline.extract.model import Claim
from pipeline.extract.morphology import Match
from pipeline.extract.noun_cues import behind_preposition, noted
from pipeline.extract.recall import Memory
from pipeline.extract.speakers import crowd_before, named_before, subject_of
from pipeline.extract.speech import Complement, adjunct_end, complement_of, subject_end
from pipeline.extract.speech_spans import Span, carried_span, claim_span, inserted, left_open, quoted_before, scoped_span
from pipeline.extract.stances import stance_of
from pipeline.extract.status import future
from pipeline.extract.unsaid import NEGATIONS, adopter, owns_up, unsaid, weighed
from pipeline.lexicon.gazetteer import context
from pipeline.lexicon.vocabulary import Cue

_CONDITIONS = frozenset(("وان", "واذا", "ولو"))
_TAKEN_UP = frozenset((("وهو", "ما"), ("هو", "ما"), ("وهذا", "ما"), ("الامر", "الذي"), ("وهي", "التي")))
_HIS_WORDS = frozenset(("قوله", "قولها", "قولهم", "قولهما", "قولهن"))
_BUT_IT = frozenset(("لكنه", "لكنها", "لكنهم", "لكنهما"))
_GOES_ON = frozenset(("add", "continue", "go_on", "proceed", "resume", "carry_on", "say_more", "finish"))
_FROM = frozenset(("عن", "الي", "عنه", "عنها", "عنهم", "اليه", "اليها"))
_RELAYED = 36
_QUOTED = 3
_SAID = Cue("say", "verb", "asserts", frozenset(), "", "")
_ITS = frozenset(("به", "بها", "عنه", "عنها", "اليه"))
_INFORMING = frozenset(("inform", "notify"))
_WEIGHED = frozenset(("record", "observe", "trace", "consider", "attribute"))
_MEANWHILE = frozenset(("فيما", "بينما"))
_INSIDE_IT = frozenset(("فيها", "فيه"))
_STATED_IN = frozenset(("في", "فيه", "فيها", "ضمن"))


@dataclass(slots=True)
class Speech:
    """A cue in its sentence: who speaks, and the claims made; inherited: the speaker of the speech before."""

    reading: Reading
    index: int
    cue: Cue
    speaker: Speaker | None
    claims: list[Claim] = field(default_factory=list)
    speaker_end: int = 0
    inherited: bool = False


class ClaimFinder:
    """Finds the claims of a document sentence by sentence and remembers the last speaker."""

    def __init__(self, headings: bool = True) -> None:
        self.headings = headings
        self.last: Speaker | None = None
        self.last_paragraph = -1
        self.open: Speech | None = None
        self.memory = Memory()

    def speeches(self, reading: Reading) -> list[Speech]:
        """Every speech of a sentence in order, with the claims it makes."""
        self.memory.read(reading)
        if reading.sentence.kind == "heading" and reading.sentence.paragraph_no == 0 and not self.headings:
            return []
        found = self._carried(reading)
        carried = found[0] if found else None
        for index, word in enumerate(reading.words):
            if word.cue is None or (index in reading.mention_at and word.cue.entry.how != "according"):
                continue
            if word.cue.entry.how == "participle" and _counted(reading, index):
                continue
            if unsaid(reading, index, word.cue) or any(s.index < index < s.speaker_end for s in found):
                continue
            speech = self._speech(reading, index, word.cue.entry, found)
            if speech is not None:
                found.append(speech)
        presented = self._presented(reading, found)
        if presented is not None:
            found.append(presented)
        quoted = found[-1].claims[-1] if found and found[-1].claims else None
        if (
            quoted is not None
            and quoted.quote
            and found[-1].reading is reading
            and found[-1] is not carried
            and left_open(reading, carried is not None)
        ):
            self.open = found[-1]
        return found

    def _carried(self, reading: Reading) -> list[Speech]:
        """What a sentence adds to a quotation that the sentence before left open."""
        before, self.open = self.open, None
        if before is None or before.reading.sentence.paragraph_no != reading.sentence.paragraph_no:
            return []
        span, goes_on = carried_span(reading)
        if span is None:
            return []
        speech = Speech(reading, 0, replace(before.cue, event="", stance="asserts"), before.speaker, inherited=True)
        speech.claims = [_claim(reading, speech, span, 0)]
        self.open = speech if goes_on else None
        return [speech]

    def _speech(self, reading: Reading, index: int, cue: Cue, before: list[Speech]) -> Speech | None:
        if cue.how == "according":
            return self._according(reading, index, cue, before)
        if cue.how == "noun" or (cue.how == "participle" and behind_preposition(reading, index)):
            return self._noted(reading, index, cue, before)
        if _refers_back(reading, index):
            return self._taken_up(reading, index, cue, before)
        outer = _enclosing(reading, index, before)
        found = reading.words[index].cue
        aside = found is not None and cue.name == "describe" and found.analysis.enclitic != "" and reading.has(index - 1, "relative")
        if outer is not None and not aside and not (found is not None and found.person == 1):
            return None
        speech = self._relayed(reading, index, cue) if "relay" in cue.complements else self._governed(reading, index, cue, before)
        if speech is None:
            return None
        if outer is not None and aside:
            _cut_at(outer, reading.tokens[index - 2].end)
        elif outer is not None:
            _cut_before(reading, outer, index)
        own = cue.how != "participle" or _governing(before, index) is None  # `رحبت المنظمة بالحكم، مشيرة إلى أن`
        if speech.speaker is not None and not aside and own:
            self.last, self.last_paragraph = speech.speaker, reading.sentence.paragraph_no
            self.memory.hear(speech.speaker)
        return speech

    def _governed(self, reading: Reading, index: int, cue: Cue, before: list[Speech]) -> Speech | None:
        if cue.name == "rule_out" and reading.fold(index - 1) in NEGATIONS:
            cue = replace(cue, stance="expects")  # `لا تستبعد واشنطن انهيار الهدنة`
        if cue.name == "blame" and not any(reading.fold(at).startswith(("مسوولي", "المسوولي")) for at in range(index + 1, index + 10)):
            return None
        if cue.name == "adopt" and not owns_up(reading, complement_of(reading, index, cue)):
            return None
        if cue.name == "mention" and _recalled_by_nobody(reading, index):
            return None
        if cue.name == "stated" and reading.fold(index + 1) not in _STATED_IN:
            return None
        if cue.name in _WEIGHED and not weighed(reading, cue, complement_of(reading, index, cue)):
            return None
        if cue.name == "describe" and reading.fold(index - 1) in context("thus"):
            return self._said_before(reading, index, cue, before)
        complement = complement_of(reading, index, cue)
        if complement is None and "quote" in cue.complements:
            return self._said_before(reading, index, cue, before)
        if complement is None:
            if not cue.event:
                return None
            end = _subject_limit(reading, index)
            return Speech(reading, index, cue, self._speaker(reading, index, end, before), speaker_end=end)
        found = reading.words[index].cue
        if complement.how == "direct" and cue.how == "verb" and found is not None and found.analysis.enclitic and cue.name != "blame":
            return None  # `إضراب أعلنته النقابة`: its object is told already
        late = complement.start > adjunct_end(reading, subject_end(reading, index + 1)) and reading.texts[complement.start - 1] not in COMMAS
        if cue.name == "acknowledge" and complement.how == "prep" and late:
            return None
        known = self.last
        outlet = _informed(reading, index, complement.speaker_end, cue)
        speaker = self._speaker(reading, index, complement.speaker_end if outlet is None else reading.span_of[outlet][0], before)
        if outlet is not None and speaker is not None:
            mention = reading.mention_at[outlet]
            speaker = replace(speaker, relay=mention.canonical_name, relay_id=mention.canonical_id)
        speaker = _passed_on(reading, index, complement.speaker_end, speaker)
        speaker = self.memory.voice(speaker) if speaker is not None else None
        speech = Speech(reading, index, cue, speaker, speaker_end=complement.speaker_end, inherited=speaker is known)
        nominal = complement.how in ("prep", "direct", "called")
        if complement.how != "direct" or not _just_that(reading, complement.start):
            speech.claims = _claims(reading, speech, complement.start, complement.prefix, nominal)
        if complement.how == "quote" and cue.how == "verb" and (first := _first_half(reading, index, before, complement.start)) is not None:
            speech.claims.insert(0, _claim(reading, speech, first, 0))
        return speech

    def _said_before(self, reading: Reading, index: int, cue: Cue, before: list[Speech]) -> Speech | None:
        """`«…»، قال فلان`: the quotation before the verb, where none follows."""
        end = subject_end(reading, index + 1)
        span = quoted_before(reading, index) or inserted(reading, index, end)
        if span is None or _enclosing(reading, span.first, before) is not None:
            return None
        speech = Speech(reading, index, cue, self._speaker(reading, index, end, before), speaker_end=end)
        speech.claims = [_claim(reading, speech, span, 0)]
        if span.quote and _first_half(reading, index, before) is not None and (second := _quotation_behind(reading, index + 1)):
            speech.claims += _claims(reading, speech, second, 1)[:1]
        if not span.quote and end + 1 < len(reading.words) and reading.fold(end + 1).startswith("و"):
            speech.claims += _claims(reading, speech, end + 1, 1)[:1]
        return speech

    def _presented(self, reading: Reading, found: list[Speech]) -> Speech | None:
        """`تجلس أم سليم أمام خيمتها: «تركنا كل شيء»`: a quotation behind a colon, where no verb of speech stands before."""
        for colon in (at for at, text in enumerate(reading.texts[:-_QUOTED]) if text == ":"):
            span, _ = claim_span(reading, colon + 1)
            if (
                not _quotation_at(reading, colon)
                or span is None
                or span.last - span.first < _QUOTED
                or _enclosing(reading, span.first, found) is not None
            ):
                continue
            before = self.memory.subject_before(reading.tokens[colon].start, False)
            here = before is not None and reading.tokens[0].start <= before[0]
            if before is None or not here:
                return None
            speech = Speech(reading, colon, _SAID, before[2], speaker_end=colon)
            speech.claims = [_claim(reading, speech, span, 0)]
            self.last, self.last_paragraph = speech.speaker, reading.sentence.paragraph_no
            return speech
        return None

    def _noted(self, reading: Reading, index: int, cue: Cue, before: list[Speech]) -> Speech | None:
        """`رغم مطالبة منظمات محلية بفتح المعبر`, `بعد إعلان الجيش أنه انسحب`: a verbal noun, its speaker and what he says."""
        found = noted(reading, index, cue)
        if found is None or _enclosing(reading, index, before) is not None:
            return None
        speaker, complement = found
        speech = Speech(reading, index, cue, self.memory.recalled(speaker, reading.tokens[index].start), speaker_end=complement.speaker_end)
        speech.claims = _claims(reading, speech, complement.start, complement.prefix, True)[:1]
        for claim in speech.claims:
            comma = next((t.start for t in reading.tokens if t.start > claim.start and t.form.text in COMMAS), claim.end)
            _cut_at(claim, min(comma, claim.end))
        return speech

    def _taken_up(self, reading: Reading, index: int, cue: Cue, before: list[Speech]) -> Speech | None:
        """`انسحبت القوات …، وهو ما نفاه الشيخ`: what was just told, said or denied by somebody."""
        end = subject_end(reading, index + 1)
        speaker = speaker_in(reading, index + 1, end)
        if speaker is None or speaker.name is None:
            return None
        outer = _enclosing(reading, index, before)
        if outer is not None:
            _cut_before(reading, outer, index)
        speech = Speech(reading, index, cue, speaker, speaker_end=end)
        if outer is None and not any(s.claims for s in before):
            span = scoped_span(reading, index - 2)  # what a speaker has claimed is one row already
            speech.claims = [_claim(reading, speech, span, 0)] if span is not None else []
        self.last = speaker
        return speech

    def _meanwhile(self, reading: Reading, speech: Speech) -> list[Claim]:
        """`وبحسب المنظمة، نزح ألف شخص، فيما يُحتجز مئة`: a source named at the head vouches for the next clause too, where no other speaks."""
        behind = reading.token_at(speech.claims[-1].end) + 1 if speech.claims else len(reading.tokens)
        following = range(behind, len(reading.tokens))
        told_by_others = any(reading.words[at].cue is not None and at not in reading.mention_at for at in following)
        if behind + 2 >= len(reading.tokens) or reading.fold(behind) not in _MEANWHILE or told_by_others:
            return []
        return _claims(reading, speech, behind + 1, 0)[:1]

    def _relayed(self, reading: Reading, index: int, cue: Cue) -> Speech | None:
        """`نقلت وكالة Y عن X قوله إن`, `نقلت عنه وكالة Y قوله`."""
        complement = _his_words(reading, index) or complement_of(reading, index, replace(cue, complements=frozenset(("that", "quote"))))
        if complement is None:
            return None
        end = complement.speaker_end
        said = next((i for i in range(index + 1, end) if reading.fold(i) in _FROM), None)
        outlet_end = said if said is not None and reading.fold(said) in ("عن", "الي") else end
        outlet = speaker_in(reading, index + 1, outlet_end)
        speaker = outlet
        if said is not None:
            speaker = speaker_in(reading, said + 1, end) if reading.fold(said) in ("عن", "الي") else self.last
            if speaker is not None and outlet is not None:
                speaker = replace(speaker, relay=outlet.name or outlet.relay, relay_id=outlet.id or outlet.relay_id)
        speech = Speech(reading, index, cue, speaker, speaker_end=end)
        speech.claims = _claims(reading, speech, complement.start, 0)
        return speech

    def _speaker(self, reading: Reading, index: int, end: int, before: list[Speech]) -> Speaker | None:
        """The subject after the verb, else before it in its clause, else the speaker of the speech before."""
        cue = reading.words[index].cue
        assert cue is not None
        if cue.person == 1:
            return self.last
        if cue.tense == "present" and (issuer := adopter(reading, index)) is not None:
            return issuer
        if cue.entry.how == "participle":
            return (
                self._newer_subject(reading, index, before)
                or _governing(before, index)
                or crowd_before(reading, index)
                or named_before(reading, index)
                or self.last
            )
        found = subject_of(reading, index, end, before[-1].index if before else None)
        if found is not None and found.name is not None:
            return self.memory.recalled(found, reading.tokens[index].start)
        speaker = self._inherited(reading, index, cue)
        if found is not None and speaker is not None:
            return replace(speaker, relay=found.relay, relay_id=found.relay_id)
        return speaker

    def _newer_subject(self, reading: Reading, index: int, before: list[Speech]) -> Speaker | None:
        """`أعلنت النقابة الحداد، ونعته الجبهة قائلة إنه`: the named subject of a verb joined behind all that the speech before claims."""
        spoken = [s for s in before if s.index < index]
        low = reading.token_at(max((c.end for c in spoken[-1].claims), default=0)) if spoken else 0
        for at in range(index - 2, max(low, spoken[-1].index if spoken else 0), -1):
            word, party = reading.words[at], reading.mention_at.get(at + 1)
            if word.finite and at not in reading.mention_at and reading.fold(at).startswith("و"):
                named = party is not None and party.type in ("actor", "person") and reading.span_of[at + 1][1] == index - 1
                return speaker_in(reading, at + 1, index) if named else None
        return None

    def _inherited(self, reading: Reading, index: int, cue: Match[Cue]) -> Speaker | None:
        """Who spoke last, or in a new paragraph, where nobody has spoken yet, whom it tells of."""
        if cue.number == "dual":
            return None  # `الطرفان رفضا`: nobody who spoke before alone
        subject = self.memory.subject_before(reading.tokens[index].start, cue.gender == "feminine")
        if subject is None or cue.number == "plural" or (self.last is not None and cue.entry.name in _GOES_ON):
            return self.last
        _, paragraph, person = subject
        here = reading.sentence.paragraph_no
        return person if self.last is None or (paragraph == here and self.last_paragraph != here) else self.last

    def _according(self, reading: Reading, index: int, cue: Cue, before: list[Speech]) -> Speech | None:
        phrase = according_at(reading, index)
        if phrase is None or ("verb" in phrase.complements and _opens_clause(reading, index)):
            return None  # `كما قال` at the head: he also said
        low = index + 1 + sum(part != "ل" for part in phrase.rest)
        high = _region_end(reading, low)
        made, high = _made_by(reading, low, high)
        speaker = _quoted_by(reading, low, high) or speaker_in(reading, _behind_verb(reading, low) if made is None else made, high)
        if speaker is None:
            return None
        speaker = self.memory.recalled(speaker, reading.tokens[index].start)
        if speaker.name is None:
            speaker = replace(speaker, name=speaker.relay, id=speaker.relay_id, relay=None, relay_id=None)
        outer = next((c for back in (1, 2, 3) if (c := _enclosing(reading, index - back, before)) is not None), None)
        if outer is not None and reading.fold(index) == "نقلا":
            outer.source, outer.source_id, outer.relay, outer.relay_id = speaker.name, speaker.id, outer.source, outer.source_id
            return None  # `قالت صحيفة س إن …، نقلا عن مصدر`: the paper passes on
        if outer is not None and speaker.name != outer.source:
            outer.relay, outer.relay_id = outer.relay or speaker.name, outer.relay_id or speaker.id
            return None
        speech = Speech(reading, index, cue, speaker, speaker_end=high)
        if _opens_clause(reading, index):
            start = high + 1 if high < len(reading.tokens) and reading.tokens[high].form.text in COMMAS else high
            while reading.has(start, "that"):
                start += 1
            speech.claims = _claims(reading, speech, start, 0)
            speech.claims += self._meanwhile(reading, speech)
        else:
            span = scoped_span(reading, index, high)
            if span is not None:
                speech.claims = [_claim(reading, speech, span, 0)]
        self.last, self.last_paragraph = speaker, reading.sentence.paragraph_no
        self.memory.hear(speaker)
        return speech if speech.claims else None


def joined_quotations(claims: list[Claim], text: str) -> list[Claim]:
    """One row for a quotation that runs over several sentences of the document's text, as long as its stance is the same."""
    kept: list[Claim] = []
    for claim in claims:
        before = kept[-1] if kept else None
        if before is not None and _one_quotation(before, claim, text):
            before.end, before.text = claim.end, text[before.start : claim.end]
        else:
            kept.append(claim)
    return kept


def _one_quotation(one: Claim, other: Claim, text: str) -> bool:
    same = (one.source, one.relay, one.stance) == (other.source, other.relay, other.stance)
    adjacent = one.sentence_no + 1 == other.sentence_no and one.end < other.start
    return one.quote and other.quote and same and adjacent and not text[one.end : other.start].strip(".؟?!… ")


def _claims(reading: Reading, speech: Speech, start: int, prefix: int, nominal: bool = False) -> list[Claim]:
    """The claim that begins at a token and those that `وأن` or a quotation behind a colon adds to it."""
    claims: list[Claim] = []
    while True:
        span, end = claim_span(reading, start, nominal)
        if span is not None:
            prefix = prefix if span.first == start else 0
            pieces = _bystance_of(reading, speech, span)
            claims += [_claim(reading, speech, piece, prefix if i == 0 and not claims else 0) for i, piece in enumerate(pieces)]
        more = (reading.has(end, "that") and reading.fold(end).startswith("و")) or _quotation_at(reading, end)
        if end >= len(reading.tokens) or not (more or (not nominal and _but_it(reading, end))):
            return claims
        start, prefix = end + 1, 0


def _just_that(reading: Reading, at: int) -> bool:
    """`لكن القيادة نفت ذلك`: what was told before, and no clause."""
    return reading.fold(at) in ("ذلك", "هذا") and (at + 1 >= len(reading.tokens) or reading.tokens[at + 1].kind == "mark")


def _counted(reading: Reading, index: int) -> bool:
    """`300 مطالب`: what a figure counts; not `تظاهر المئات مطالبين ب`."""
    behind = any(0 <= reading.tokens[index].start - q.end <= 2 for q in reading.quantities)
    return behind and not reading.fold(index - 1).startswith("ال")


def _quotation_at(reading: Reading, colon: int) -> bool:
    """`إن الجنود جمعوا الرجال: «أطلقوا النار علينا»`: the speaker goes on in his own words."""
    marks = [token.form.text for token in reading.tokens[colon : colon + 2]]
    return len(marks) > 1 and marks[0] == ":" and marks[1] in OPENERS | STRAIGHT and marks[1] != "("


def _but_it(reading: Reading, at: int) -> bool:
    """`إن موسكو حشدت جنودا، لكنها لن تقتحم المدينة`: a pronoun takes the clause's subject up, so the same speaker goes on."""
    following = reading.words[at + 1] if at + 1 < len(reading.words) else None
    ahead = reading.fold(at + 1) == "لن" or future(reading, at + 1)
    return reading.fold(at).removeprefix("و") in _BUT_IT and following is not None and following.cue is None and ahead


def _bystance_of(reading: Reading, speech: Speech, span: Span) -> list[Span]:
    """A quotation whose parts differ in stance (`المعركة ستنتهي …، ولم يبق …`) is as many claims."""
    if not span.quote:
        return [span]
    cuts = [span.first]
    for at in range(span.first + 2, span.last - 1):
        if reading.tokens[at - 1].form.text in COMMAS and reading.fold(at).startswith("و") and reading.fold(at) not in _CONDITIONS:
            stance = stance_of(reading, speech.cue, Span(cuts[-1], at - 2, True))
            if stance != stance_of(reading, speech.cue, Span(at, span.last, True)):
                cuts.append(at)
    ends = [at - 2 for at in cuts[1:]] + [span.last]
    return [Span(first, last, True) for first, last in zip(cuts, ends, strict=True)]


def _claim(reading: Reading, speech: Speech, span: Span, prefix: int) -> Claim:
    tokens = reading.tokens
    start, end = tokens[span.first].start + prefix, tokens[span.last].end
    if not prefix and span.quote and reading.fold(span.first).startswith("ول"):
        start += 1
    speaker = speech.speaker or Speaker(None, None)
    base = reading.sentence.start
    return Claim(
        reading.sentence.sentence_no, start, end, reading.sentence.text[start - base : end - base],
        speaker.name, speaker.id, speaker.relay, speaker.relay_id,
        stance_of(reading, speech.cue, span), span.quote, tokens[speech.index].form.norm,
        confidence=0.4 if not speaker.name else 0.75 if speaker.nominal else 0.9,
    )  # fmt: skip


def _quotation_behind(reading: Reading, comma: int) -> int:
    """Where a quotation opens right behind a comma, however short; 0 where none does."""
    opens = comma + 1 < len(reading.texts) and reading.texts[comma + 1] in (OPENERS | STRAIGHT) - {"("}
    return comma + 1 if opens else 0


def _recalled_by_nobody(reading: Reading, index: int) -> bool:
    """`يُذكر أن المدينة محاصرة`, `لم يذكر`: the passive that newspapers open background with, and what is left unsaid."""
    passive = reading.fold(index).endswith("يذكر") and reading.fold(index + 1) == "ان"
    return passive or reading.fold(index - 1) in NEGATIONS


def _first_half(reading: Reading, index: int, before: list[Speech], second: int = 0) -> Span | None:
    """`«لم يكن مقاتلا»، تقول، «كان يصلح الهواتف»`: the quotation that a verb between commas cuts in two.

    second: where its other half begins, if that is known (`«…»، قالت النادلة التي احتمت بالمطبخ، «…»`).
    """
    comma = second - 2 if second > index + 1 else min(index + 1, len(reading.texts) - 1)
    if reading.texts[index - 1] not in COMMAS or not {reading.texts[comma], reading.texts[max(comma, second - 1)]} & COMMAS:
        return None
    span = quoted_before(reading, index)
    return span if span is not None and _enclosing(reading, span.first, before) is None else None


def _enclosing(reading: Reading, index: int, before: list[Speech]) -> Claim | None:
    """The claim of an earlier speech that holds a token."""
    if index < 0:
        return None
    at = reading.tokens[index].start
    return next((c for speech in before for c in speech.claims if c.start <= at < c.end), None)


def _informed(reading: Reading, index: int, end: int, cue: Cue) -> int | None:
    """`أبلغ سكان وكالة رويترز أن`: first token of the outlet that is told, where the subject stands before it."""
    if cue.name not in _INFORMING:
        return None
    return next((at for at in range(index + 2, end) if at in reading.mention_at and reading.mention_at[at].type == "media"), None)


def _passed_on(reading: Reading, index: int, end: int, speaker: Speaker | None) -> Speaker | None:
    """`كشف موقع س، نقلا عن مسؤولين، أن`: the outlet passes on what the officials say."""
    at = next((k for k in range(index + 1, end - 2) if reading.fold(k) == "نقلا"), None)
    source = speaker_in(reading, at + 2, _region_end(reading, at + 2)) if at is not None else None
    if source is None or source.name is None or speaker is None:
        return speaker
    return replace(source, relay=speaker.name, relay_id=speaker.id)


def _cut_before(reading: Reading, claim: Claim, index: int) -> None:
    """End a claim where another stance begins inside it: the last comma before the cue."""
    for at in range(index, 0, -1):
        token = reading.tokens[at]
        if token.start <= claim.start:
            return
        if token.form.text in COMMAS:
            _cut_at(claim, token.start)
            return


def _cut_at(claim: Claim, end: int) -> None:
    if end > claim.start:
        claim.end = end
        claim.text = claim.text[: end - claim.start]


def _refers_back(reading: Reading, index: int) -> bool:
    """`وهو ما نفاه`, `الأمر الذي أكدته`: a verb of speech whose pronoun takes up what stands before."""
    cue = reading.words[index].cue
    if cue is None or cue.pos != "verb" or not cue.analysis.enclitic or index < 3:
        return False
    return (reading.fold(index - 2), reading.fold(index - 1)) in _TAKEN_UP


def _his_words(reading: Reading, index: int) -> Complement | None:
    """`نقلت الصحيفة عن مسؤول، رفض كشف هويته، قوله إن`: what stands between belongs to the speaker."""
    for at in range(index + 2, min(len(reading.tokens) - 2, index + _RELAYED)):
        if reading.tokens[at].form.text in STRONG:
            return None
        if reading.fold(at) in _HIS_WORDS and reading.has(at + 1, "that"):
            return Complement("that", at + 2, at)
    return None


def _governing(before: list[Speech], index: int) -> Speaker | None:
    return next((s.speaker for s in reversed(before) if s.speaker is not None and s.index < index), None)


def _subject_limit(reading: Reading, index: int) -> int:
    end = index + 1
    while end < len(reading.tokens) and end < index + 12 and reading.clause[end] == reading.clause[index]:
        end += 1
    return end


def _behind_verb(reading: Reading, low: int) -> int:
    """`وفق ما أفاد محام`, `على ما ذكرت به اللجنة`: the source stands behind the verb and its pronoun."""
    reach = 3 if reading.fold(low) in ("ما", "لما") else 1  # not `بحسب سكان تحدثوا إلى وكالة`
    verb = next(
        (at for at in range(low, min(low + reach, len(reading.words))) if reading.words[at].cue is not None and reading.words[at].finite), None
    )
    if verb is None:
        return low
    return verb + 2 if reading.fold(verb + 1) in _ITS else verb + 1


def _quoted_by(reading: Reading, low: int, high: int) -> Speaker | None:
    """`وفق ما نقلت وكالة س عن مسؤول`: whom the outlet of a verb of passing on quotes."""
    low += reading.fold(low) == "ما"
    verb = reading.words[low].cue if low < len(reading.words) else None
    said = next((at for at in range(low + 2, high) if reading.fold(at) == "عن"), None)
    if verb is None or said is None or "relay" not in verb.entry.complements:
        return None
    outlet, speaker = speaker_in(reading, low + 1, said), speaker_in(reading, said + 1, high)
    if outlet is None or speaker is None or speaker.name is None:
        return None
    return replace(speaker, relay=outlet.name or outlet.relay, relay_id=outlet.id or outlet.relay_id)


def _made_by(reading: Reading, low: int, high: int) -> tuple[int | None, int]:
    """`بحسب قائمة أعدها السكان`, `حصيلة مؤقتة أدلى بها الناطق، القاضي فلان`: where the maker of a paper is named, and the end of that.

    A verb with a pronoun behind an indefinite noun and its adjectives, or one with بها behind it.
    """
    for at in range(low + 1, min(low + 4, high)):
        fold = reading.fold(at)
        if fold.startswith("ال") or reading.tokens[at].kind != "word" or at in reading.mention_at:
            break
        its = reading.fold(at + 1) in _ITS or (at + 1 < high and reading.fold(at + 1) in _INSIDE_IT)
        if its or (fold.endswith(("ها", "ته")) and len(fold) > 4 and reading.words[at].source is None and reading.words[at].noun is None):
            start = at + 2 if its else at + 1
            comma = high < len(reading.tokens) - 1 and reading.tokens[high].form.text in COMMAS
            apart = comma and any(k in reading.mention_at and reading.mention_at[k].type == "person" for k in (high + 1, high + 2))
            return start, _region_end(reading, high + 1) if apart else _first_maker(reading, start, high)
    return None, high


def _first_maker(reading: Reading, start: int, high: int) -> int:
    """`أعدها السكان واطلعت عليها المنظمة`: the maker ends where another verb begins."""
    ends = (at for at in range(start + 1, high) if reading.fold(at).startswith("و") and (reading.words[at].joined or reading.fold(at).endswith("ت")))
    return next(ends, high)


def _region_end(reading: Reading, low: int) -> int:
    """End of the words that name the source after `بحسب`: a mark, a connector or فإن."""
    for at in range(low, min(len(reading.tokens), low + 26)):
        text = reading.tokens[at].form.text
        if text in COMMAS and _goes_on(reading, at):
            continue
        if text in COMMAS or text in STRONG or reading.has(at, "that") or connects(reading, at) or (at > low and reading.has(at, "relative")):
            return at
    return min(len(reading.tokens), low + 26)


def _goes_on(reading: Reading, comma: int) -> bool:
    """An apposition in the source: `بحسب المتحدث، العقيد فلان`."""
    return False if comma + 1 >= len(reading.tokens) else reading.has(comma + 1, "named")


def _opens_clause(reading: Reading, index: int) -> bool:
    """`وبحسب X فإن …` at the head of the sentence or of a clause after a strong mark."""
    return index == 0 or reading.tokens[index - 1].form.text in STRONG or reading.tokens[index - 1].fold == "و"
