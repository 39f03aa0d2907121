"""Names are found with their gold-guide spans and linked: text in, (span, type, name) out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.mentions import find_mentions
from pipeline.extract.model import Document, Mention
from pipeline.extract.sentences import split_sentences
from pipeline.extract.transliterate import transliterate

GOLD = Path(__file__).parents[3] / "shared" / "gold"


def mentions(text: str) -> list[Mention]:
    return find_mentions(Document("t", text, split_sentences(text)))


def found(text: str) -> dict[str, tuple[str, str | None]]:
    return {m.text: (m.type, m.canonical_name) for m in mentions(text)}


@pytest.mark.parametrize(
    ("text", "span", "kind", "name"),
    [
        ("وصلت القافلة إلى حلب مساء اليوم.", "حلب", "place", "Aleppo"),
        ("عادت الحركة إلى أسواق وبحلب وإدلب.", "إدلب", "place", "Idlib"),
        ("قصفت المدفعية مدينة حرستا صباحا.", "حرستا", "place", "Harasta"),
        ("قُتل رجلان في محافظة حجة أمس.", "حجة", "place", "Hajjah"),
        ("عبر الحدود لاجئون من مالي خلال الشهر.", "مالي", "place", "Mali"),
        ("تراجعت الهجمات بوسط مالي هذا العام.", "مالي", "place", "Mali"),
        ("أصدرت المحكمة العسكرية الدائمة حكمها.", "المحكمة العسكرية الدائمة", "actor", "Military Permanent Court"),
        ("أفرجت محكمة جنايات الكوت عن رجل.", "محكمة جنايات الكوت", "actor", "Kut Criminal Court"),
        ("وثّق مركز نخيل للدراسات القانونية الشكوى.", "مركز نخيل للدراسات القانونية", "actor", "Nakhil Center for Legal Studies"),
        ("لكن عضو الوفد الحكومي نشوان الفقيه رأى غير ذلك.", "نشوان الفقيه", "person", "Nashwan al-Faqih"),
        ("تقول كومباتو با، 34 عاما، إنها تعبت.", "كومباتو با", "person", "Kumbatu Ba"),
        ("اختفى الصحافي ضرغام السعدون قبل عام.", "ضرغام السعدون", "person", "Dargham al-Saadoun"),
        ("انفجرت عبوة في قرية تل الصفصاف شمال البلاد.", "تل الصفصاف", "place", "Tal al-Safsaf"),
        ("هبطت الطائرة في مطار كويرس العسكري.", "مطار كويرس العسكري", "place", "Kuweires Airbase"),
        ("أغلقت السلطات معبر رفح أمام المسافرين.", "معبر رفح", "place", "Rafah Crossing"),
        ("دخلت المساعدات عبر مطار سبها أمس.", "مطار سبها", "place", "Sabha Airport"),
        ("شنت حركة حماس هجوما.", "حركة حماس", "actor", "Hamas"),
        ("انسحب تنظيم “داعش” من البلدة.", "داعش", "actor", "Islamic State"),
        ("بحسب بيان لوزارة الدفاع الروسية فإن الهجوم فشل.", "وزارة الدفاع الروسية", "actor", "Russian Ministry of Defence"),
        ("نفت الخارجية الكورية الشمالية ذلك.", "الخارجية الكورية الشمالية", "actor", "North Korean Ministry of Foreign Affairs"),
        ("قال ناطق باسم جيش جنوب السودان إن القوات تقدمت.", "جيش جنوب السودان", "actor", "South Sudanese Army"),
        ("ونقلت وكالة رويترز عن شهود.", "رويترز", "media", "Reuters"),
        ("قالت المنظمة في بيان للمرصد السوري لحقوق الإنسان.", "لمرصد السوري لحقوق الإنسان", "media", "Syrian Observatory for Human Rights"),
        ("استهدفت الغارات سوق معرة النعمان أمس.", "معرة النعمان", "place", "Maarat al-Numan"),
        ("أقلعت طائرتان من طراز سوخوي 24 من القاعدة.", "سوخوي 24", "weapon", "Su-24"),
        ("أسقطوا مسيرة من نوع شاهد-136 ليلا.", "شاهد-136", "weapon", "Shahed-136"),
        ("وتقدمت الفرقة 25 نحو ريف إدلب.", "الفرقة 25", "actor", "Syrian 25th Division"),
        ("وقالت الفرقة الثالثة مشاة في الخرطوم إنها صدت الهجوم.", "الفرقة الثالثة مشاة", "actor", "Sudanese 3rd Infantry Division"),
        ("أطلقت القوات صاروخين من طراز إسكندر أصابا مخزنا.", "إسكندر", "weapon", "Iskander"),
        ("وقال الحاكم بافلو ليتفينكو إن الوضع هادئ.", "بافلو ليتفينكو", "person", "Pavlo Litfenko"),
        ("وصلت لاجئات إلى أدري التشادية.", "أدري", "place", "Adre"),
        ("قتل اثنان في بنغازي وقال الجيش الوطني إنه سيطر على طبرق.", "الجيش الوطني", "actor", "Libyan National Army"),
        ("قالت لجنة مقاومة ود مدني إن السوق أغلق.", "لجنة مقاومة ود مدني", "actor", "Wad Madani Resistance Committee"),
        ("وصل وفد إلى مدينة أنسونغو.", "أنسونغو", "place", "Ansongo"),
        ("أعلنت شبكة أطباء السودان مقتل أربعة.", "شبكة أطباء السودان", "actor", "Sudan Doctors Network"),
        ("وقّع مجلس منبج العسكري الاتفاق.", "مجلس منبج العسكري", "actor", "Manbij Military Council"),
        ("انتقدت الجمعية اليمنية للحقوق والحريات القرار.", "الجمعية اليمنية للحقوق والحريات", "actor", "Yemeni Association for Rights and Freedoms"),
        ("هاجم مقاتلو كتائب أنصار الجبل الحاجز.", "كتائب أنصار الجبل", "actor", "Kataib Ansar al-Jabal"),
        ("نشرت صحيفة «صدى الوديان» الخبر.", "صدى الوديان", "media", "Sada al-Wadyan"),
        ("أطلقوا قذائف من طراز زيفرا 40 على الموقع.", "زيفرا 40", "weapon", "Zifra 40"),
        ("وصلت المساعدات إلى مزرعة تعرف محليا باسم خربة الدلبة.", "خربة الدلبة", "place", "Khirbat al-Dalba"),
        ("سقط صاروخ قرب بئر العبد في سيناء.", "سيناء", "place", "Sinai"),
        ("طالبت «لجان مقاومة بحري» بوقف القصف.", "لجان مقاومة بحري", "actor", "Khartoum North Resistance Committees"),
        ("وقال مجلس محافظة نينوى إن الميزانية لا تكفي.", "مجلس محافظة نينوى", "actor", "Nineveh Provincial Council"),
        ("أعلنت نقابة المعلمين الإضراب.", "نقابة المعلمين", "actor", "Teachers Union"),
        ("أوقفت شركة تريكسون الإنتاج أمس.", "تريكسون", "actor", "Tariksun"),
        ("أغلق المحتجون حقل “الدرة” النفطي.", "حقل “الدرة” النفطي", "place", "Al-Dara Oil Field"),
        ("سقطت قذيفة على حي الضباط ليلا.", "الضباط", "place", "Al-Dubbat"),
        ("روى ناشط عرّف نفسه باسم أبو سلمى ما جرى.", "أبو سلمى", "person", "Abu Salma"),
        ("وصفت المعلمة مريم ما جرى في القاعة.", "مريم", "person", "Maryam"),
        ("التقى البابا بولس الثاني وفدا من المدينة.", "بولس الثاني", "person", "Boulos al-Thani"),
        ("وقال العقيد أندري بيرو إن قواته باقية.", "أندري بيرو", "person", "Andrei Biro"),
        ("انعقدت قمة جدة بحضور ملوك ورؤساء.", "جدة", "place", "Jeddah"),
        ("أصدرت قبيلة الحويطات بيانا.", "الحويطات", "actor", "Al-Huwaitat"),
        ("تقول أم خالد إن البيت احترق.", "أم خالد", "person", "Umm Khaled"),
        ("اتهم حاكم المنطقة كييف بقصف القرية.", "كييف", "actor", "Ukraine"),
        ("تعثر اتفاق ستوكهولم الموقع قبل عام.", "ستوكهولم", "place", "Stockholm"),
        ("أسقط الدفاع الجوي مسيّرات من طراز شاهد.", "شاهد", "weapon", "Shahed"),
    ],
)  # fmt: skip
def test_name(text: str, span: str, kind: str, name: str) -> None:
    assert found(text).get(span) == (kind, name)


@pytest.mark.parametrize(
    "text",
    [
        "سقطت القذيفة عند بوابة القاعدة.",
        "ساد السلام وعاد الأمل إلى النفوس، وانتشر النور في كل مكان.",
        "بحلول المساء كان الجميع قد غادر، وقال إن الأمر انتهى.",
        "حضر العديد من الضيوف حفل كرة القدم.",
        "وقع حادث على الطريق الرئيسي وأصيب شابان بجروح.",
    ],
)
def test_common_words_are_no_names(text: str) -> None:
    assert found(text) == {}


def test_shortened_names_and_descriptions_of_unlisted_actors() -> None:
    names = [(m.text, m.canonical_name) for m in mentions("أقر المجلس الأعلى للدولة الخطة. ثم أجّل المجلس الأعلى جلسته.")]
    assert names == [("المجلس الأعلى للدولة", "High Council of State"), ("المجلس الأعلى", "High Council of State")]
    union = [m.canonical_name for m in mentions("دعت نقابة المهندسين إلى الإضراب. وقالت النقابة إن الأجور متأخرة.")]
    assert union == ["Engineers Union", "Engineers Union"]
    assert [m.canonical_name for m in mentions("نفت جماعة حزب الله الخبر. وقالت الجماعة إنه كاذب.")] == ["Hezbollah", "Hezbollah"]


def test_a_country_that_acts_is_an_actor() -> None:
    assert found("نفت روسيا علمها بالأمر.")["روسيا"] == ("actor", "Russia")
    assert found("سافر الوفد إلى روسيا أمس.")["روسيا"] == ("place", "Russia")


def test_a_capital_that_acts_is_its_country() -> None:
    assert found("أعلنت أنقرة إرسال تعزيزات إلى ريف إدلب.")["أنقرة"] == ("actor", "Turkey")
    assert found("عقد الاجتماع في أنقرة يوم الأحد.")["أنقرة"] == ("place", "Ankara")


def test_the_sentence_tells_whose_ministry_or_police_is_meant() -> None:
    told = mentions("قالت تونس في بيان لوزارة الخارجية إنها تدين التفجير. وقع التفجير في طنطا بمصر، وزارت القاهرة والإسكندرية وفود.")
    assert [m.canonical_name for m in told][:2] == ["Tunisia", "Tunisian Ministry of Foreign Affairs"]
    libya = mentions("ونفى وزير الداخلية التونسي أن تكون السلطات قد رحّلت أحدا إلى طرابلس أو مصراتة أو سبها.")
    assert libya[0].canonical_name == "Tunisian Government"


def test_an_adjective_of_a_country_is_not_the_country() -> None:
    assert found("وصل الوفد إلى العاصمة السعودية الرياض.") == {"الرياض": ("place", "Riyadh")}
    assert found("أقرت الإدارة بفشل السياسة الخارجية الأمريكية.") == {}


def test_descriptions_mean_the_last_actor_they_fit() -> None:
    text = "اشتبكت هيئة تحرير الشام مع حركة أحرار الشام قرب سرمدا. وقالت الهيئة إن الحركة بدأت القتال، وصد الجيش هجوما."
    by_text = {m.text: m for m in mentions(text)}
    assert by_text["الهيئة"].canonical_name == "Hayat Tahrir al-Sham"
    assert by_text["الحركة"].canonical_name == "Ahrar al-Sham"
    assert by_text["الجيش"].canonical_name == "Syrian Army"
    assert by_text["الجيش"].nominal


def test_rebels_whom_no_text_names_are_their_countrys() -> None:
    text = "اندلعت معارك في جوبا عاصمة جنوب السودان بين الجيش والمتمردين، ثم انسحب المتمردون."
    assert [m.canonical_name for m in mentions(text) if "تمرد" in text[m.start : m.end]] == ["South Sudanese Rebels"] * 2
    named = "سيطرت جماعة الحوثي على المدينة، ثم انسحب المتمردون."
    assert {m.canonical_name for m in mentions(named)} == {"Houthis"}


def test_a_description_made_another_thing_by_its_adjective_is_left() -> None:
    assert "الحركة" not in found("أعلنت حركة طالبان وقف القتال. وتوقفت الحركة التجارية في السوق.")


@pytest.mark.parametrize(
    ("text", "span", "name"),
    [
        ("وقال العميد الركن سامر الدرويش إن القوات تقدمت.", "سامر الدرويش", "Samer al-Darwish"),
        ("التقى وزير الخارجية الهولندي ستيف بروكمان نظيره.", "ستيف بروكمان", "Steve Brokman"),
        ("وأضاف الطبيب، واسمه عبد القادر النحاس، أن المشفى أغلق.", "عبد القادر النحاس", "Abdul Qader al-Nahas"),
        ("صرح المتحدث باسم التحالف تركي المالكي بذلك.", "تركي المالكي", "Turki al-Maliki"),
    ],
)
def test_person(text: str, span: str, name: str) -> None:
    assert found(text).get(span) == ("person", name)


def test_a_surname_alone_is_the_person_named_before() -> None:
    last = mentions("قال المدير سامر الدرويش إن المشفى أغلق. وأضاف الدرويش أن الأدوية نفدت.")[-1]
    assert (last.text, last.canonical_name) == ("الدرويش", "Samer al-Darwish")


def test_latin_letters_in_brackets_are_the_organisation_before_them_there_and_later() -> None:
    names = found("قال برنامج الأغذية العالمي (WFP) إن المخازن فارغة. وتنتظر WFP شحنة جديدة.")
    assert names["WFP"] == ("actor", "World Food Programme")


def test_a_weapon_s_model_in_latin_letters() -> None:
    names = found("دُمّرت دبابة T-72 وراجمة BM-21 قرب المطار.")
    assert names["T-72"] == ("weapon", "T-72")
    assert names["BM-21"][0] == "weapon"


def test_a_given_name_alone() -> None:
    names = found("عادت سعاد الدرويش إلى بيتها. قالت إن ابنها علي غادر. وبكت سعاد على قبر زوجها.")
    assert names["علي"][0] == "person"
    assert names["سعاد"] == ("person", "Suad al-Darwish")
    assert "على" not in names


@pytest.mark.parametrize(
    ("text", "span", "kind"),
    [
        ("وروى أحد الركاب، ويدعى حسبو، ما جرى.", "حسبو", "person"),
        ("وكانت أم سجاد الساعدي تنتظر أمام الباب.", "أم سجاد الساعدي", "person"),
        ("قال الشيخ أبو مصعب، المتحدث باسم الجماعة، إن القتال توقف.", "أبو مصعب", "person"),
        ("أعلنت مديرية الصحة والسكان لولاية تمنراست فتح المستشفى.", "مديرية الصحة والسكان لولاية تمنراست", "actor"),
        ("ناشدت الغرفة التجارية والصناعية في عدن الحكومة.", "الغرفة التجارية والصناعية في عدن", "actor"),
        ("سجلت منظمة «رصد الجرائم في ليبيا» عشرين بلاغا.", "رصد الجرائم في ليبيا", "actor"),
    ],
)
def test_names_that_their_surroundings_give_away(text: str, span: str, kind: str) -> None:
    assert found(text)[span][0] == kind


@pytest.mark.parametrize("text", ["خطفوا راهبا إسبانيا ليلا.", "خرج الرجل من مسكنه في حلب."])
def test_people_s_adjectives_and_pronouns_are_no_places(text: str) -> None:
    assert found(text).keys() <= {"حلب"}


def test_a_surname_before_its_full_name_is_left() -> None:
    assert "نحاس" not in found("ارتفع سعر نحاس الكابلات. وقال التاجر سامر نحاس إن السوق متوقف.")


def test_ambiguous_places_follow_the_document() -> None:
    libya = {m.text: m for m in mentions("اندلعت معارك في طرابلس ومصراتة وبنغازي.")}
    lebanon = {m.text: m for m in mentions("قطع محتجون الطرق في بيروت وصيدا وطرابلس.")}
    assert libya["طرابلس"].canonical_id != lebanon["طرابلس"].canonical_id
    assert libya["طرابلس"].candidates


def test_a_quarter_far_from_the_document_gets_no_coordinates() -> None:
    quarter = {m.text: m for m in mentions("قتل طفل في حي الروضة في تعز جنوب غربي اليمن.")}["الروضة"]
    assert quarter.canonical_id is None
    assert quarter.canonical_name == "Al-Rawda"


def test_spans_lie_in_order_and_match_their_text() -> None:
    text = "قالت وزارة الصحة في غزة إن 45 شخصاً قُتلوا في مخيّم النصيرات وبلدة بيت لاهيا، بحسب الأناضول."
    last = 0
    for mention in mentions(text):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= last
        last = mention.end


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإةىئؤ ،.:«»()0123456789\n\u0651\u0640", max_size=160))
def test_nothing_breaks_it(text: str) -> None:
    ends = [0]
    for mention in mentions(text):
        assert text[mention.start : mention.end] == mention.text
        assert ends[-1] <= mention.start < mention.end
        ends.append(mention.end)


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("مروان الصباغ", "Marwan al-Sabbagh"),
        ("عبد الله الرفاعي", "Abdullah al-Rifai"),
        ("سالم العتيبي", "Salem al-Otaibi"),
        ("ديفيد جونز", "David Jones"),
        ("إيغور كوزلوف", "Igor Kozlov"),
        ("فهد البشيري", "Fahd al-Bushairi"),
    ],
)
def test_transliteration(arabic: str, english: str) -> None:
    assert transliterate(arabic) == english


@pytest.mark.usefixtures("shared")
def test_gold_names_are_found() -> None:
    right = total = 0
    for number in range(1, 7):
        folder = GOLD / f"dev{number:02d}"
        gold = json.loads((folder / "gold.json").read_text())["mentions"]
        got = {(m.start, m.end, m.type) for m in mentions((folder / "clean.txt").read_text())}
        right += sum((g["start"], g["end"], g["type"]) in got for g in gold)
        total += len(gold)
    assert right / total > 0.85
