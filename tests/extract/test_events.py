"""Events read as sentences: kind, parties, place, day, figures and how sure."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.extract.document import extract_document
from pipeline.extract.model import Document
from pipeline.extract.sentences import split_sentences
from pipeline.lexicon.reader import rows
from tests.extract.reading import events_of, facts_of, only_event


@pytest.mark.parametrize(
    ("text", "kind", "agents", "patients", "place"),
    [
        ("سيطرت قوات الدعم السريع على مدينة الفاشر.", "territory_captured", ["Rapid Support Forces"], [], "El Fasher"),
        ("انسحبت القوات الروسية من خيرسون.", "withdrawal", ["Russian Forces"], [], "Kherson"),
        ("هاجم تنظيم بوكو حرام قرية في نيجيريا.", "attack", ["Boko Haram"], [], "Nigeria"),
        ("اعتقلت الشرطة التركية صحفيين في إسطنبول.", "detention", ["Turkish Police"], ["Journalists"], "Istanbul"),
        ("نزح آلاف المدنيين من الخرطوم.", "displacement", [], ["Civilians"], "Khartoum"),
        ("اندلعت اشتباكات بين الجيش الصومالي وحركة الشباب في مقديشو.", "clash", ["Somali National Army", "Al-Shabaab"], [], "Mogadishu"),
        ("وقعت مصر والسودان اتفاقا في القاهرة.", "agreement", ["Egypt", "Sudan"], [], "Cairo"),
        ("أفرجت حركة حماس عن رهائن في غزة.", "release", ["Hamas"], ["Hostages"], None),
        ("تظاهر آلاف العراقيين في بغداد.", "protest", ["Protesters"], [], "Baghdad"),
        ("فرض الاتحاد الأوروبي عقوبات على إيران.", "sanction", ["European Union"], ["Iran"], None),
    ],
)
def test_parties_and_place(text: str, kind: str, agents: list[str], patients: list[str], place: str | None) -> None:
    event = only_event(text, kind)
    assert event.agents == agents
    if patients:
        assert event.patients == patients
    if place:
        assert event.places[:1] == [place]
    assert text[event.start : event.end] == event.trigger


def test_an_agent_nobody_tells_stays_untold() -> None:
    event = only_event("قُتل 34 مدنيا في ظروف غامضة.", "killing")
    assert event.agents == []
    assert event.patients == ["Civilians"]
    assert (event.figures["killed"].low, event.figures["killed"].high) == (34, 34)


def test_the_agent_behind_ala_yad() -> None:
    event = only_event("قُتل خمسة مدنيين على يد تنظيم الدولة في الموصل.", "killing")
    assert event.agents == ["Islamic State"]
    assert event.patients == ["Civilians"]


def test_a_nationality_behind_a_verbal_noun_is_its_agent() -> None:
    assert only_event("استهدفت غارات إسرائيلية مخيم جباليا.", "airstrike").agents == ["Israel"]


def test_casualties_are_told_on_their_cause() -> None:
    facts = facts_of("انفجرت سيارة مفخخة في كركوك، فقُتل سبعة أشخاص وأصيب 20 آخرون.")
    (event,) = facts.events
    assert event.kind == "bombing"
    assert event.figures["killed"].low == 7
    assert event.figures["wounded"].low == 20


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("سيطرت القوات الأوكرانية على خيرسون.", "territory_captured", "asserted"),
        ("قالت روسيا إن القوات الأوكرانية انسحبت من خيرسون.", "withdrawal", "claimed"),
        ("نفت روسيا قصف مستشفى في ماريوبول.", "shelling", "denied"),
        ("دعت الأمم المتحدة إلى وقف إطلاق النار في غزة.", "ceasefire", "proposed"),
        ("لم تسيطر القوات الأوكرانية على خيرسون.", "territory_captured", "negated"),
        ("لم تتمكن القوات الأوكرانية من استعادة خيرسون.", "territory_captured", "negated"),
        ("ستنسحب القوات الروسية من خيرسون.", "withdrawal", "expected"),
        ("توقعت الأمم المتحدة أن ينزح آلاف المدنيين.", "displacement", "expected"),
        ("هددت إيران بقصف إسرائيل.", "shelling", "expected"),
    ],
)
def test_status(text: str, kind: str, status: str) -> None:
    assert only_event(text, kind).status == status


def test_the_claimant_stands_with_what_is_claimed() -> None:
    assert only_event("قالت روسيا إن القوات الأوكرانية انسحبت من خيرسون.", "withdrawal").source == "Russia"


@pytest.mark.parametrize(
    ("text", "kind", "agent"),
    [
        ("نفت إيران صلتها بالحادث.", "denial", "Iran"),
        ("هددت إيران بإغلاق مضيق هرمز.", "threat", "Iran"),
        ("دعت فرنسا إلى ضبط النفس.", "appeal", "France"),
        ("اتهمت أوكرانيا روسيا بسرقة الحبوب.", "accusation", "Ukraine"),
    ],
)
def test_some_speech_is_an_event_too(text: str, kind: str, agent: str) -> None:
    assert only_event(text, kind).agents == [agent]


def test_speech_alone_is_no_event() -> None:
    assert facts_of("قالت فرنسا إن الوضع صعب.").events == []


@pytest.mark.parametrize("text", ["لا تزال القوات الروسية تسيطر على المدينة.", "المناطق التي تسيطر عليها المعارضة واسعة."])
def test_holding_a_place_is_no_event(text: str) -> None:
    assert events_of(text, "territory_captured") == []


def test_weapons_are_captured_and_places_taken() -> None:
    assert only_event("استولى تنظيم الدولة على 12 دبابة.", "equipment_captured").agents == ["Islamic State"]
    assert only_event("استولى تنظيم الدولة على مدينة تدمر.", "territory_captured").places == ["Palmyra"]


def test_fighters_flee_in_withdrawal_and_civilians_in_displacement() -> None:
    assert events_of("فر مقاتلو تنظيم الدولة من الموصل.", "withdrawal")
    assert events_of("فر مئات المدنيين من الموصل.", "displacement")


def test_a_dropped_subject_is_the_one_before() -> None:
    event = only_event("هاجمت حركة الشباب قاعدة في مقديشو وقتلت 12 جنديا.", "killing")
    assert event.agents == ["Al-Shabaab"]


def test_the_day_of_an_event() -> None:
    event = only_event("أفرجت إيران عن ناقلة نفط وبحارتها يوم الاثنين.", "release")
    assert (event.date_start, event.date_end, event.date_precision) == (date(2024, 5, 13), date(2024, 5, 13), "day")


def test_one_happening_told_twice_is_linked() -> None:
    events = events_of("سيطر تنظيم الدولة على مدينة تدمر. وجاءت سيطرة تنظيم الدولة على تدمر بعد أسابيع من القتال.", "territory_captured")
    assert len(events) == 2
    assert events[1].same_as is not None


def test_a_heading_tells_nothing_of_its_own() -> None:
    facts = facts_of("غارات على صنعاء\n\nشن التحالف العربي غارات على صنعاء مساء أمس.")
    assert [event.kind for event in facts.events] == ["airstrike"]
    assert facts.events[0].start > 15


def test_a_heading_without_an_article_tells_its_happening() -> None:
    sentences = split_sentences("التحالف العربي يشن غارات على صنعاء")
    for sentence in sentences:
        sentence.kind = "heading"
    facts = extract_document(Document("0" * 16, sentences[0].text, sentences))
    assert [event.kind for event in facts.events] == ["airstrike"]


def test_every_kind_has_codes_and_triggers_a_known_kind() -> None:
    kinds = {row["kind"] for row in rows("event_kinds")}
    assert len(kinds) == 37
    assert {row["kind"] for row in rows("event_triggers")} <= kinds
    assert {row["kind"] for row in rows("event_scopes")} == kinds
    assert {row["event"] for row in rows("reporting_cues")} - {""} <= kinds


def test_soldiers_with_a_nationality_are_of_that_army() -> None:
    assert only_event("قُتل جنديان لبنانيان في انفجار لغم قرب بيروت.", "bombing").patients == ["Lebanese Army"]


def test_a_counted_victim_behind_a_qualifier_is_still_the_victim() -> None:
    event = only_event("قُتل ما لا يقل عن 20 مدنيا في ظروف غامضة.", "killing")
    assert event.patients == ["Civilians"]
    assert (event.figures["killed"].low, event.figures["killed"].high) == (20, None)


def test_an_apposition_between_commas_does_not_cut_the_clause() -> None:
    event = only_event("سيطرت قوات الدعم السريع، السبت الماضي، على مدينة الفاشر.", "territory_captured")
    assert event.places == ["El Fasher"]


def test_what_hits_a_camp_of_someone_hits_him() -> None:
    event = only_event("شن التحالف العربي غارات على معسكر للحوثيين جنوب صنعاء.", "airstrike")
    assert (event.agents, event.patients) == (["Saudi-led Coalition"], ["Houthis"])


@pytest.mark.parametrize(
    "text",
    ["فاز الفريق بعد مواجهة قوية مع بطل الدوري.", "تمكنت الفرق من السيطرة على الحريق.", "لم تُعرف الجهة التي أطلقت النار."],
)
def test_everyday_words_are_no_battles(text: str) -> None:
    kinds = {event.kind for event in facts_of(text).events}
    assert not kinds & {"clash", "attack", "territory_captured", "advance"}


@pytest.mark.parametrize("teller", ["أعلن الجيش الإسرائيلي", "وأكد ناطق عسكري إسرائيلي"])
def test_an_army_counts_its_own_losses(teller: str) -> None:
    event = only_event(f"{teller} مقتل جنديين.", "killing")
    assert (event.agents, event.patients) == ([], ["Israeli Army"])


def test_a_dawn_is_no_blast() -> None:
    text = "وشنت «قوات الدعم السريع»، فجر الأحد، هجوما على غرب المدينة."
    assert events_of(text, "bombing") == []
    assert only_event(text, "attack").agents == ["Rapid Support Forces"]


def test_the_onset_of_fighting_only_dates_a_claim() -> None:
    text = "وقالت الأمم المتحدة إن 90 مدنيا قُتلوا منذ اندلاع المعارك."
    assert only_event(text, "killing").status == "claimed"
    assert only_event(text, "clash").status == "asserted"


def test_where_the_speaker_works_is_not_where_it_happened() -> None:
    text = "وفي مقديشو، قُتل ثلاثة مدنيين. وقالت سلمى، وهي طبيبة في مستشفى المدينة: «استقبلنا سبعة جرحى خلال ساعة واحدة فقط»."
    assert all(event.places in ([], ["Mogadishu"]) for event in facts_of(text).events)


def test_a_minister_addresses_whoever_follows_his_nationality() -> None:
    event = only_event("ودعا وزير الخارجية الأميركي الحكومة السودانية إلى وقف القتال.", "appeal")
    assert (event.agents, event.patients) == (["US Secretary of State"], ["Sudanese Government"])


def test_what_is_foreseen_by_nobody_is_expected() -> None:
    assert only_event("ويُنتظر أن تنسحب القوات الروسية من القاعدة نهاية العام.", "withdrawal").status == "expected"


def test_who_proposes_a_meeting_has_not_met() -> None:
    assert only_event("واقترحت كينيا عقد مؤتمر للأحزاب في نيروبي.", "meeting").agents == []


def test_parts_of_a_total_are_not_the_figure() -> None:
    event = only_event("قُتل 36 شخصا، بينهم أربعة أطفال، وأصيب 140 في غارات على حلب.", "airstrike")
    assert (event.figures["killed"].low, event.figures["wounded"].low) == (36, 140)


def test_a_relative_clause_names_who_did_it() -> None:
    assert only_event("قُتل 37 شخصا جراء قصف كثيف شنته قوات الدعم السريع على سوق الفاشر.", "shelling").agents == ["Rapid Support Forces"]


def test_everyone_who_appeals_is_an_agent() -> None:
    assert only_event("دعت فرنسا وبريطانيا والإكوادور إلى عقد جلسة طارئة.", "appeal").agents == ["France", "United Kingdom", "Ecuador"]


def test_the_dateline_is_no_scene() -> None:
    assert only_event("رام الله - هدم الجيش الإسرائيلي منزلين في بلدة سلوان.", "destruction").places == ["Silwan"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("قصفت طائرات حربية مواقع في ريف حمص.", "airstrike"),
        ("قصف سلاح الجو السوداني تجمعا في بحري.", "airstrike"),
        ("قصفت مدفعية الجيش حي الميدان.", "shelling"),
        ("اقتاد مسلحون ثلاثة شبان إلى جهة غير معلومة.", "abduction"),
        ("اقتادت الشرطة شابين إلى مركز التوقيف.", "detention"),
        ("انسحبت المجموعة من اتفاق السلام أمس.", "other"),
        ("انسحبت القوات من ثلاث قرى.", "withdrawal"),
        ("علّقت كندا مساعداتها للحكومة الانتقالية.", "aid"),
        ("دعت المنظمة إلى وقف فوري للأعمال العدائية.", "ceasefire"),
        ("تبنى مجلس الأمن الخميس بغالبية 13 صوتا قرارا جديدا.", "vote"),
        ("وعاد 40 جنديا إلى بيوتهم في صفقة تبادل الأسرى.", "release"),
        ("قضت محكمة في تونس بسجن نائب سابق ستة أعوام.", "other"),
        ("لفظ رجلان أنفاسهما في المستشفى.", "killing"),
        ("أبعدت السلطات 60 مهاجرا إلى الصحراء.", "displacement"),
        ("طرد الجيش المسلحين من البلدة.", "territory_captured"),
        ("هزّت البلدة عبوة ناسفة انفجرت قرب السوق.", "bombing"),
        ("سلّم الوفد رسالة إلى الوسيط.", "other"),
    ],
)
def test_what_stands_around_a_trigger_tells_its_kind(text: str, kind: str) -> None:
    assert len(events_of(text, kind)) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("يقصد السياح أحياء المدينة القديمة.", "other"),  # quarters, not a revival
        ("وصلت سفينة ترفع علم بنما إلى الميناء.", "territory_captured"),
        ("يستخدم الجيش كل الوسائل لمنع التسلل.", "other"),  # an aim
        ("ما زالت الحقول تضخ النفط.", "other"),  # a state
        ("بقيت البلدة خارج سيطرة الجيش.", "territory_captured"),
        ("أوضح الوزير أن وزارته أعدت الخطة.", "meeting"),
    ],
)
def test_what_only_looks_like_a_happening_is_none(text: str, kind: str) -> None:
    assert events_of(text, kind) == []


def test_what_came_before_is_another_happening() -> None:
    assert len(events_of("جاءت المداهمات بعد هجوم تبناه تنظيم الدولة على ثكنة للجيش.", "attack")) == 2


def test_a_verb_and_its_far_object_are_one() -> None:
    assert len(events_of("وقّعت مصر والسودان في الثالث من الشهر مذكرة تفاهم.", "agreement")) == 1


def test_bombing_is_of_the_sort_told_last() -> None:
    text = "شن الطيران غارات على بلدة سراقب. وقال شهود إن قصفا آخر على بلدة بنش قتل ثلاثة مدنيين."
    assert [e.kind for e in facts_of(text).events] == ["airstrike", "airstrike"]


def test_what_is_asked_for_dates_no_appeal() -> None:
    (event,) = events_of("ودعت النقابة إلى تظاهرة حاشدة الجمعة المقبل.", "appeal")
    assert event.date_start is None
