"""Who is meant where a clause does not say: the other side, pronouns, both sides, whoever acted before; and where."""

from __future__ import annotations

import pytest

from pipeline.extract.opponents import Opponents
from tests.extract.reading import events_of, facts_of, only_event

ARMY, GROUP, RIVAL = (
    ("Sudanese Army", "actor:sudanese-army"),
    ("Rapid Support Forces", "actor:rapid-support-forces"),
    ("Al-Shabaab", "actor:al-shabaab"),
)
CLASH = "اندلعت معارك بين الجيش السوداني وقوات الدعم السريع في مدينة الفاشر."


def test_the_last_fight_tells_the_opponent() -> None:
    sides = Opponents()
    sides.clash([ARMY, GROUP])
    assert sides.of([ARMY]) == [GROUP]
    sides.meet([ARMY], [RIVAL])
    assert sides.of([ARMY]) == [RIVAL]
    assert sides.of([GROUP]) == [ARMY]


def test_people_without_a_name_are_no_side() -> None:
    sides = Opponents()
    sides.meet([ARMY], [("Civilians", None)])
    assert sides.of([ARMY]) == []


@pytest.mark.parametrize(
    ("sentence", "kind", "patient"),
    [
        ("واستعاد الجيش السوداني حي الثورة.", "territory_captured", "Rapid Support Forces"),
        ("وقال الجيش السوداني إنه قتل 18 مسلحا.", "killing", "Rapid Support Forces"),
        ("وأعلن الجيش السوداني أن قواته قتلت عشرين مسلحا وأوقفت 43 آخرين.", "detention", "Rapid Support Forces"),
        ("وأعلنت قوات الدعم السريع أنها دمرت خمس دبابات.", "destruction", "Sudanese Army"),
        ("وأعلنت قوات الدعم السريع أنها أسقطت طائرة حربية.", "aircraft_downed", "Sudanese Army"),
    ],
)
def test_what_is_lost_is_lost_by_the_other_side(sentence: str, kind: str, patient: str) -> None:
    (event,) = events_of(f"{CLASH} {sentence}", kind)
    assert event.patients == [patient]


def test_both_sides_are_those_who_fought() -> None:
    (event,) = events_of(f"{CLASH} ودعت واشنطن الطرفين إلى ضبط النفس.", "appeal")
    assert event.patients == ["Sudanese Army", "Rapid Support Forces"]


def test_a_pronoun_on_the_verb_is_who_spoke_before() -> None:
    (event,) = events_of("نفت مصر إرسال قوات إلى الحدود، فيما اتهمتها إثيوبيا بحشد الجيش.", "accusation")
    assert (event.agents, event.patients) == (["Ethiopia"], ["Egypt"])


def test_the_accused_does_what_he_is_accused_of() -> None:
    (event,) = events_of("واتهمت إثيوبيا مصر بقصف مدرسة في بلدة حدودية.", "shelling")
    assert event.agents == ["Egypt"]


def test_who_is_asked_acts() -> None:
    (event,) = events_of("ودعت باريس روسيا إلى الانسحاب من مدينة خيرسون.", "withdrawal")
    assert event.agents == ["Russia"]


@pytest.mark.parametrize(
    ("text", "kind", "agents", "patients"),
    [
        ("وقالت الشرطة إن 58 مدنيا، بينهم تسعة أطفال، قُتلوا في الغارة.", "airstrike", [], ["Civilians"]),
        ("واعتقل الجيش اللبناني ستة سوريين أفرج عنهم لاحقا.", "release", ["Lebanese Army"], None),
        ("واعتُقل متطوعان في الحي، ثم أُفرج عن أحدهما.", "release", [], ["Volunteers"]),
        ("ما اضطر السكان إلى الفرار من القرية.", "displacement", [], ["Civilians"]),
        ("وبعد أن أغلقت الفرق المحلية الطرق، وصلت سيارات الإسعاف.", "other", [], []),
        ("وخُطف مهندسان تركيان على الطريق.", "abduction", [], ["Turkish Engineers"]),
        ("ورجّح دبلوماسي أوروبي فرض عقوبات على شركات.", "sanction", [], []),
        ("واغتال مسلحون مدير الأمن في محافظة مأرب العقيد مروان الشامي أمام منزله.", "killing", ["Fighters"], ["Marwan al-Shami"]),
    ],
)
def test_subjects_and_objects(text: str, kind: str, agents: list[str], patients: list[str] | None) -> None:
    event = events_of(text, kind)[0]
    assert event.agents == agents
    if patients is not None:
        assert event.patients == patients


def test_the_subject_of_the_claim_is_not_who_makes_it() -> None:
    events = facts_of("وقالت الشرطة الفرنسية إن رجلا هاجم حافلة في باريس.").events
    assert all("French Police" not in event.agents for event in events)


def test_a_joined_verb_has_the_main_subject_not_that_of_a_relative_clause() -> None:
    (event,) = events_of("ندد الاتحاد الأفريقي بالهجوم الذي نفذته حركة الشباب، وعلق عضوية البلاد.", "sanction")
    assert event.agents == ["African Union"]


def test_what_a_strike_is_made_with_is_the_same_strike() -> None:
    assert only_event("وقُتل سبعة في قصف بطائرة مسيرة على حافلة في الخرطوم.", "drone_strike").figures["killed"].low == 7
    assert [e.kind for e in facts_of("وهاجم انتحاريون بثلاث سيارات مفخخة ثكنة في مقديشو.").events] == ["suicide_bombing"]


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("وأُطلقت أربعة صواريخ من لبنان باتجاه حيفا.", "shelling", "Haifa"),
        ("وسيطرت حركة الشباب على البلدة بعد معارك في بيدوا جنوب الصومال.", "clash", "Baidoa"),
        ("ونفذ الجيش غارة في النيجر قرب الحدود مع تشاد.", "airstrike", "Niger"),
    ],
)
def test_places(text: str, kind: str, place: str) -> None:
    assert events_of(text, kind)[0].places[:1] == [place]


def test_an_office_is_not_the_scene_but_a_paragraph_has_one() -> None:
    (event,) = events_of("وتوقع دبلوماسي غربي في الرياض أن ينسحب الحوثيون.", "withdrawal")
    assert event.places == []
    events = events_of("قُتل ثلاثة مدنيين في قصف على مدينة تعز. وقال سكان إن القتلى خمسة.", "killing")
    assert [event.places for event in events] == [["Taiz"]]


@pytest.mark.parametrize("text", ["وفرت العائلات من مناطق القتال إلى الجنوب.", "ودعا المبعوث إلى وقف القتال فورا.", "وتضرر الاقتصاد قبل الحرب."])
def test_fights_only_spoken_of_are_no_clashes(text: str) -> None:
    assert events_of(text, "clash") == []


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("وستستمر العملية ما لم يُفرج عن الجنود في غزة.", "release", "proposed"),
        ("وانتهى اللقاء من دون أن يسفر عن اتفاق بين مصر وإثيوبيا.", "agreement", "negated"),
    ],
)
def test_conditions_and_what_failed(text: str, kind: str, status: str) -> None:
    assert events_of(text, kind)[0].status == status


def test_nations_joined_on_share_the_strike() -> None:
    assert events_of("واستهدفت ضربات أميركية وبريطانية مواقع في الحديدة.", "attack")[0].agents == ["United States", "United Kingdom"]


def test_the_dead_in_the_ranks_of_someone_are_his() -> None:
    (event,) = events_of("وتحدث المجلس عن 93 قتيلا في صفوف الجيش العراقي.", "killing")
    assert event.patients == ["Iraqi Army"]


def test_who_kills_himself_by_a_bomb_is_the_cause() -> None:
    (event,) = facts_of("لقي 12 شخصا مصرعهم وأصيب 20 عندما فجر انتحاري نفسه داخل مطعم في مقديشو.").events
    assert (event.kind, event.figures["killed"].low, event.figures["wounded"].low) == ("suicide_bombing", 12, 20)


@pytest.mark.parametrize(
    ("text", "kind", "agents", "patients"),
    [
        ("وقال إن مسلحين قتلوا الحارس.", "killing", ["Fighters"], ["Guards"]),  # an object, known or not: no passive
        ("وهاجم الجيش مواقع ردا على تفجيرات داعش في الرقة.", "bombing", ["Islamic State"], []),
        ("نفذ رجل مسلح هجوما على دار في فرنسا.", "attack", ["Fighters"], []),
        ("أدى القرار إلى عزل رئيسة كوريا الجنوبية.", "other", [], ["President of South Korea"]),
        ("والاعتداءات التي استهدفت يوم 7 يونيو مجلس الشورى الإيراني في طهران.", "attack", [], ["Iranian Parliament"]),
    ],
)
def test_who_acts_and_on_whom(text: str, kind: str, agents: list[str], patients: list[str]) -> None:
    event = events_of(text, kind)[0]
    assert (event.agents, event.patients) == (agents, patients)


@pytest.mark.parametrize(
    "text",
    ["شنت الطائرات غارة على مدرسة في منطقة يسيطر عليها الحوثيون شمال اليمن.", "قال علي مدير تحرير موقع حوار في حلب."],
)
def test_who_holds_a_place_has_not_just_taken_it(text: str) -> None:
    assert events_of(text, "territory_captured") == []


def test_a_quotation_that_opens_with_a_verb_has_no_subject_before_it() -> None:
    assert events_of('وقال طبيب في البلدة لرويترز "قتلت إحدى المقيمات هنا".', "killing")[0].patients == []


def test_what_a_relative_takes_up_is_its_antecedent_not_the_speaker() -> None:
    (event,) = events_of("أبدى دونالد ترامب تأييده لروسيا بعد الهجوم الذي أصاب محطة قطارات في سان بطرسبرغ.", "attack")
    assert event.agents == []


def test_a_past_verb_takes_no_preposition() -> None:
    assert len(events_of("وكان آخر لقاء لهاجر مع زوجها في فرنسا.", "displacement")) == 0


@pytest.mark.parametrize(
    ("text", "kind", "agents", "patients"),
    [
        ("غير أن الجيش السوداني اتهم قوات الدعم السريع بارتكاب مجزرة.", "accusation", ["Sudanese Army"], ["Rapid Support Forces"]),
        ("ونفى مستشار في الحركة الخبر، متهما الجيش السوداني بقصف السوق.", "accusation", ["Adviser"], ["Sudanese Army"]),
        ("وكشف دبلوماسي أن الحوثيين والحكومة اليمنية توصلا إلى تفاهم مبدئي.", "agreement", ["Houthis", "Yemeni Government"], []),
        ("شن الجيش السوداني، مدعوما بمقاتلين محليين، هجوما واسعا على المدينة.", "attack", ["Sudanese Army"], []),
        ("وعثر الأهالي على جثث 11 مدنيا أعدموا في القرية.", "killing", [], ["Civilians"]),
        ("وأفرج عن راهبتين خطفتا قبل عشرة أيام.", "abduction", [], ["Nuns"]),
        ("تعترف إسرائيل بمقتل 64 من جنودها وثلاثة مدنيين.", "killing", [], ["Israeli Army", "Civilians"]),
        ("وادعت وزارة الدفاع الروسية أن قواتها انتزعت قرية في دونيتسك.", "territory_captured", ["Russian Army"], []),
        ("واستهدف حزب الله تجمعا لجنود الاحتلال في الموقع.", "attack", ["Hezbollah"], ["Israeli Army"]),
        ("وقصفت الطائرات مقر الهلال الأحمر القطري.", "airstrike", [], ["Qatari Red Crescent"]),
        ("وانفجرت سيارتان مفخختان في رتل للقوات الحكومية السورية.", "bombing", [], ["Syrian Army"]),
        ("ولم تصوّت ضد القرار سوى الولايات المتحدة.", "vote", ["United States"], []),
        ("وصلت تعزيزات عسكرية كبيرة للجيش السوداني إلى بورتسودان.", "deployment", ["Sudanese Army"], []),
        ("وتوقع مسؤول سعودي، في تصريح نقلته رويترز، عقد جولة جديدة من المفاوضات.", "meeting", [], []),
        ("استهدفت مسيّرات مخازن وقود في المدينة، بحسب وزارة الدفاع السودانية.", "drone_strike", [], []),
    ],
)
def test_who_does_what_to_whom(text: str, kind: str, agents: list[str], patients: list[str]) -> None:
    event = events_of(text, kind)[0]
    assert (event.agents, event.patients) == (agents, patients)


def test_who_repels_an_attack_was_attacked() -> None:
    (event,) = events_of(f"{CLASH} وأسقط الجيش السوداني مسيّرتين وأحبط هجوما على المطار.", "attack")
    assert (event.agents, event.patients) == (["Rapid Support Forces"], ["Sudanese Army"])


def test_whoever_alone_can_let_go_is_asked() -> None:
    (event,) = events_of(f"{CLASH} وطالب الجيش السوداني بإطلاق سراح الأسرى.", "appeal")
    assert event.patients == ["Rapid Support Forces"]


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("وتوقع دبلوماسي غربي ألا توافق الجماعة على أي هدنة.", "ceasefire", "negated"),
        ("ففرقت قوات الأمن المتظاهرين من دون أن تعتقل أحدا.", "detention", "negated"),
        ("إلا أن الحزب لم يعترف إلا بمقتل ثلاثة من عناصره.", "killing", "claimed"),
        ("ومن المنتظر أن يصوّت مجلس الأمن على القرار.", "vote", "expected"),
        ("وتوقع دبلوماسي أن يتأجل المؤتمر الذي اتفقت عليه واشنطن وموسكو.", "agreement", "asserted"),
    ],
)
def test_what_is_negated_expected_or_known(text: str, kind: str, status: str) -> None:
    assert events_of(text, kind)[0].status == status


@pytest.mark.parametrize(
    ("text", "kind", "places"),
    [
        ("وفي القاهرة، اجتمع الوفد السوداني مع الوسطاء.", "meeting", ["Cairo"]),
        ("وهدد الجيش السوداني في بيان من بورتسودان باستهداف المطارات.", "attack", []),
        ("قصفت الطائرات معابر على ضفتي نهر الفرات قرب بلدة هجين.", "airstrike", ["Hajin"]),
        ("نيروبي (رويترز) - قتل خمسة أشخاص في بلدة بيدوا.", "killing", ["Baidoa"]),
    ],
)
def test_only_places_of_its_own(text: str, kind: str, places: list[str]) -> None:
    assert events_of(text, kind)[0].places == places


def test_what_is_dated_behind_publication_has_not_happened() -> None:
    assert events_of("ويعقد مجلس الأمن جلسة حول السودان في 20 مايو 2024.", "meeting")[0].status == "expected"


def test_people_in_the_accusative_are_the_accused_and_a_pronoun_means_those_taken() -> None:
    text = "واتهمت الحكومة المالية مسلحين باختطاف سبعة جنود من معسكر في موبتي واقتيادهم إلى جهة مجهولة."
    (accusation,) = events_of(text, "accusation")
    assert (accusation.agents, accusation.patients) == (["Malian Government"], ["Fighters"])
    assert [e.patients for e in events_of(text, "abduction")] == [["Soldiers"], ["Soldiers"]]


def test_by_which_way_people_leave_is_the_same_departure() -> None:
    assert len(events_of("خرج ألف مدني من بلدة حمورية أمس عبر ممر آمن في أكبر موجة خروج من المنطقة.", "evacuation")) == 1
