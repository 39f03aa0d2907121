"""Claims read as sentences: who says it, through whom, how sure, and which words are claimed."""

from __future__ import annotations

import pytest

from tests.extract.reading import claims_of, only_claim, only_event


@pytest.mark.parametrize(
    ("text", "source", "stance", "claimed"),
    [
        # VSO and SVO, إن and أن
        ("قالت روسيا إن المحادثات انتهت أمس.", "Russia", "asserts", "المحادثات انتهت أمس"),
        ("وزارة الدفاع الروسية قالت إن الطريق مغلق.", "Russian Ministry of Defence", "asserts", "الطريق مغلق"),
        ("وأكدت الأمم المتحدة أن المخيم بلا ماء.", "United Nations", "asserts", "المخيم بلا ماء"),
        # a verbal noun as the object
        ("نفت إيران إرسال سفن إلى الميناء.", "Iran", "denies", "إرسال سفن إلى الميناء"),
        ("رفضت تركيا المقترح الجديد.", "Turkey", "denies", "المقترح الجديد"),
        # prepositions that the verb governs
        ("طالبت فرنسا بفتح المعابر فورا.", "France", "demands", "فتح المعابر فورا"),
        ("دعت الأمم المتحدة إلى هدنة طويلة.", "United Nations", "demands", "هدنة طويلة"),
        ("اعترفت بريطانيا بأن الخطة فشلت.", "United Kingdom", "acknowledges", "الخطة فشلت"),
        ("هددت إيران بإغلاق المضيق.", "Iran", "threatens", "إغلاق المضيق"),
        ("حذرت الأمم المتحدة من مجاعة واسعة.", "United Nations", "expects", "مجاعة واسعة"),
        ("اتهمت أوكرانيا روسيا بسرقة الحبوب.", "Ukraine", "accuses", "سرقة الحبوب"),
        ("اقترحت مصر إرسال مراقبين إلى المنطقة.", "Egypt", "proposes", "إرسال مراقبين إلى المنطقة"),
        ("توقعت الأمم المتحدة أن يرتفع سعر القمح.", "United Nations", "expects", "يرتفع سعر القمح"),
        # بحسب behind the clause and before it
        ("أغلقت المدارس أبوابها أسبوعا كاملا، بحسب وكالة رويترز.", "Reuters", "asserts", "أغلقت المدارس أبوابها أسبوعا كاملا"),
        ("وبحسب وكالة رويترز فإن المفاوضات تعثرت.", "Reuters", "asserts", "المفاوضات تعثرت"),
    ],
)
def test_source_stance_and_clause(text: str, source: str, stance: str, claimed: str) -> None:
    claim = only_claim(text)
    assert (claim.source, claim.stance, claim.text) == (source, stance, claimed)
    assert text[claim.start : claim.end] == claim.text


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("قال مصدر عسكري تركي إن الجسر انهار.", "Turkish military source"),
        ("قالت مصادر طبية إن المستشفى بلا كهرباء.", "Medical sources"),
        ("قال شهود إن الحريق امتد إلى السوق.", "Witnesses"),
        ("قال ناشطون إن الطريق ما زال مقطوعا.", "Activists"),
        ("وقال وزير الخارجية اليمني إن الحوار تأجل.", "Yemeni Foreign Minister"),
        ("قال دبلوماسي أوروبي إن الملف أغلق.", "European diplomat"),
        ("قال مسؤول في أبوظبي إن الرحلات توقفت.", "Official in Abu Dhabi"),
        ("قال مسؤول أمريكي كبير إن الرحلات توقفت.", "Senior US official"),
        ("قال متحدث باسم الشرطة إن الرحلات توقفت.", "Police spokesman"),
        ("قالت منظمات إغاثة إن الطعام نفد.", "Aid organisations"),
        ("قال قيادي في حركة حماس إن الحوار مستمر.", "Hamas leader"),
        ("قالت وزيرة الخارجية الألمانية إن القمة تأجلت.", "German Foreign Minister"),
        ("قال السفير الروسي لدى الأمم المتحدة إن القرار متحيز.", "Russian Ambassador to the United Nations"),
    ],
)
def test_a_speaker_without_a_name_is_described_in_english(text: str, source: str) -> None:
    assert claims_of(text)[0].source == source


def test_a_name_that_no_dictionary_knows_is_spelled_in_english() -> None:
    assert claims_of("وقال زهدور إن السوق مغلقة.")[0].source == "Zahdur"


def test_what_is_told_to_an_agency_has_that_agency_as_relay() -> None:
    claim = only_claim("قالت مصادر محلية لوكالة رويترز إن القافلة وصلت.")
    assert (claim.source, claim.relay) == ("Local sources", "Reuters")


def test_a_source_quoted_by_an_agency_is_the_source_and_the_agency_the_relay() -> None:
    claim = only_claim("ونقلت وكالة رويترز عن مصدر أمني عراقي قوله إن الحدود أغلقت.")
    assert (claim.source, claim.relay) == ("Iraqi security source", "Reuters")


def test_a_verb_without_subject_keeps_the_speaker() -> None:
    first, second = claims_of("قالت فرنسا إن القمة نجحت. وأضافت أن البيان سينشر غدا.")
    assert (first.source, second.source) == ("France", "France")


def test_wa_anna_opens_a_second_claim_of_the_same_source() -> None:
    first, second = claims_of("أعلنت مصر أن المعبر مفتوح، وأن القوافل تعبره يوميا.")
    assert (first.text, second.text) == ("المعبر مفتوح", "القوافل تعبره يوميا")
    assert first.source == second.source == "Egypt"


def test_a_participle_speaks_for_the_subject_of_its_sentence() -> None:
    first, second = claims_of("قالت تركيا إن المحادثات مستمرة، مشيرة إلى أن الوفد باق في جنيف.")
    assert second.source == first.source == "Turkey"
    assert second.text == "الوفد باق في جنيف"


def test_a_quotation_that_holds_the_predicate_is_the_claim() -> None:
    claim = only_claim("وقالت روسيا: «لن نسحب قواتنا من القاعدة هذا العام».")
    assert claim.quote
    assert claim.text == "لن نسحب قواتنا من القاعدة هذا العام"


def test_a_short_quotation_inside_leaves_the_clause_whole() -> None:
    claim = only_claim("وقالت روسيا إن الخطة «غير واقعية» ولن تنفذ قبل الصيف.")
    assert not claim.quote
    assert claim.text.startswith("الخطة")


@pytest.mark.parametrize("text", ["لم تعلن أي جهة مسؤوليتها عن الحادث.", "بين المدينة والبحر طريق واحد.", "سقط المطر على التلال."])
def test_no_claim_where_nobody_speaks(text: str) -> None:
    assert claims_of(text) == []


def test_a_deputy_is_not_a_member_of_parliament() -> None:
    assert only_claim("وقالت نائبة وزير الدفاع الأوكراني إن الوحدات باقية في مواقعها.").source == "Ukrainian Deputy Defence Minister"


def test_a_portfolio_is_no_nationality() -> None:
    assert only_claim("وقال وزير المالية الأردني إن العجز تراجع هذا العام.").source == "Jordanian Finance Minister"


def test_words_between_a_verb_and_wahuwa_are_a_name() -> None:
    source = only_claim("وقالت بولينا زافيرسكا، وهي ممرضة من سكان الحي، إن القصف لم يتوقف.").source
    assert source is not None
    assert source != "Residents"


def test_the_short_name_in_brackets_speaks() -> None:
    assert only_claim("وأعلنت القيادة الأميركية في أفريقيا (أفريكوم) أن الطائرة عادت.").source == "AFRICOM"


def test_where_something_is_said_does_not_say_it() -> None:
    assert "Khartoum" not in {claim.source for claim in claims_of("وفي الخرطوم، أكدت «فرق الإسعاف التطوعية» أن المستشفى مغلق.")}


def test_what_is_expected_by_nobody_is_no_claim() -> None:
    assert claims_of("ويُتوقع أن تصل القافلة إلى الميناء غدا.") == []


def test_what_something_is_called_is_a_claim() -> None:
    assert only_claim("ووصفت روسيا المحادثات بأنها «صعبة لكنها مفيدة للطرفين».").source == "Russia"


@pytest.mark.parametrize(
    ("text", "source", "claimed"),
    [
        ("وكان الجيش السوداني قد أعلن مساء السبت أنه صد المهاجمين.", "Sudanese Army", "صد المهاجمين"),
        ("وقال للصحفيين وزير الخارجية التركي إن الطريق مغلق.", "Turkish Foreign Minister", "الطريق مغلق"),
        ("ونقلت صحيفة محلية عن مصدر طبي، رفض كشف اسمه، قوله إن المستشفى مغلق.", "Medical source", "المستشفى مغلق"),
        ("طالبت الأمم المتحدة بـ«وقف التصعيد حالا».", "United Nations", "وقف التصعيد حالا"),
        ("بيروت (أ ف ب) - أغلقت المدارس أبوابها أسبوعا، وفق وكالة رويترز.", "Reuters", "أغلقت المدارس أبوابها أسبوعا"),
    ],
)
def test_dates_addressees_and_datelines_are_not_the_speaker(text: str, source: str, claimed: str) -> None:
    claim = only_claim(text)
    assert (claim.source, claim.text) == (source, claimed)


def test_a_claim_that_another_denies_stays_one_row_and_the_denial_is_told() -> None:
    text = "قال مسؤول أمريكي إن إيران أغلقت المضيق، الأمر الذي نفته طهران."
    claim = only_claim(text)
    assert (claim.source, claim.text) == ("US official", "إيران أغلقت المضيق")
    assert only_event(text, "denial").agents == ["Iran"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("قال مصدران أمنيان مصريان إن الجسر مغلق.", "Egyptian security sources"),
        ("وقال مصدر مقرب من حركة حماس إن اللقاء تأجل.", "Source close to Hamas"),
        ("وقالت المستشارة الأممية إن الحوار مستمر.", "UN Special Adviser"),
        ("وقالت المستشارة الألمانية إن الحوار مستمر.", "German Chancellor"),
        ("وقال مسؤول في وزارة الدفاع التركية إن القافلة وصلت.", "Turkish Defence Ministry official"),
        ("وقال المتحدث باسم الخارجية الإيرانية إن السفير عاد.", "Iranian Foreign Ministry Spokesperson"),
        ("وقال ضابط رفيع في الجيش المالي إن الجنود بخير.", "Senior Malian Army officer"),
        ("وأفاد مجلس محافظة الأنبار بأن الطريق سالك.", "Anbar Provincial Council"),
        ("وقال مندوب الصين إن القرار متوازن.", "Chinese Representative to the United Nations"),
        ("وطالبت نحو ثلاثين جمعية بإلغاء القانون.", "Associations"),
        ("وتحدثت لاجئات وصلن أمس عن حرق المنازل.", "Refugees"),
        ("وقالت وسائل إعلام إيرانية إن الحقل اشتعل.", "Iranian media"),
        ("وبحسب تقرير لمنظمة العفو الدولية، أغلقت السجون أبوابها.", "Amnesty International"),
        ("وأوضح رئيس الحكومة اللبنانية أن الموازنة جاهزة.", "Lebanese Prime Minister"),
        ("تقول أم خالد إن البئر جفت.", "Umm Khaled"),
        ("وروى تاجر يدعى زاهر النمروطي أن السوق احترقت.", "Zaher al-Namruti"),
        ("وقال ممثل اليونيسف في اليمن إن اللقاح نفد.", "UNICEF representative"),
    ],
)
def test_descriptions_are_put_together_from_the_words_of_their_own_phrase(text: str, source: str) -> None:
    assert claims_of(text)[0].source == source


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        # the minister, the spokesman, the source told of before
        ("قال وزير النقل العماني زاهر الحارثي إن الميناء مفتوح. وأضاف الوزير أن السفن عادت.", ["Zaher al-Harthi", "Zaher al-Harthi"]),
        ("قال المتحدث باسم الشرطة إن الشارع مغلق. وأوضح المتحدث أن الدوريات باقية.", ["Police Spokesperson", "Police Spokesperson"]),
        # the place told of before
        ("وصلت القافلة إلى إقليم خاركيف. وقال حاكم الإقليم إن الماء عاد.", ["Governor of Kharkiv"]),
        # where, to whom and before whom something is said does not say it
        ("وقال وزير المالية أمام البرلمان التونسي إن العجز كبير.", ["Finance Minister"]),
        # a connector brings a new subject in, a pronoun keeps the old one
        ("قالت فرنسا إن الاتفاق جيد، لكن إيران رفضته وقالت إنه ناقص.", ["France", "Iran"]),
        ("لم تؤكد اليابان الخبر، لكنها قالت إنها تدرسه.", ["Japan"]),
        # whom one accuses or calls upon does not speak
        ("قالت تركيا إن الهدنة انهارت، واتهمت روسيا بخرقها.", ["Turkey", "Turkey"]),
        ("أعلنت مصر إغلاق المعبر، وناشدت المنظمات الدولية إرسال خيام.", ["Egypt", "Egypt"]),
        # a relative clause speaks for the name before it
        ("توقف الإمداد، بحسب الأمم المتحدة التي قالت إن المخازن فارغة.", ["United Nations", "United Nations"]),
        # who an article tells of speaks in a new paragraph
        ("يجلس أبو سليم الحلبي قرب خيمته كل صباح.\n\nويقول بصوت خافت: «لن أترك أرض أجدادي أبدا».", ["Abu Salim al-Halabi"]),
    ],
)
def test_who_speaks_when_the_verb_does_not_say(text: str, sources: list[str]) -> None:
    assert [claim.source for claim in claims_of(text)] == sources


@pytest.mark.parametrize(
    ("text", "stance", "claimed"),
    [
        ("لكن الحركة نفت التوصل إلى أي تفاهم.", "denies", "التوصل إلى أي تفاهم"),
        ("غير أن المتحدث باسم الشرطة، العميد فلاح الزيدي، نفى في اتصال مع وكالة رويترز إغلاق الطريق.", "denies", "إغلاق الطريق"),
        ("وتبنت جبهة النصرة الهجوم على الثكنة.", "asserts", "الهجوم على الثكنة"),
        ("ولوحت واشنطن بفرض عقوبات جديدة.", "threatens", "فرض عقوبات جديدة"),
        ("وندد الكرملين بما سماه «استفزازا خطيرا».", "accuses", "استفزازا خطيرا"),
        ("وحمّلت تركيا اليونان المسؤولية عن الحادث.", "accuses", "اليونان المسؤولية عن الحادث"),
        ("وحثت فرنسا الطرفين على التهدئة.", "demands", "التهدئة"),
        ("ورد مسؤول إسرائيلي بأن الجنود باقون.", "asserts", "الجنود باقون"),
        ("إلا أن الحزب لم يعترف إلا بمقتل اثنين.", "acknowledges", "مقتل اثنين"),
        ("وكانت البلدية قالت في أول الأمر إنها ضبطت شاحنة.", "asserts", "ضبطت شاحنة"),
        ("رغم مطالبة منظمات محلية بفتح الطريق، ظل مغلقا.", "demands", "فتح الطريق"),
        ("وجدد المبعوث الأممي دعوته إلى التفاوض.", "demands", "التفاوض"),
        ("وأصيب عامل واحد، على ما أفادت به وكالة رويترز.", "asserts", "وأصيب عامل واحد"),
    ],
)
def test_where_the_claimed_words_begin_and_end(text: str, stance: str, claimed: str) -> None:
    claim = only_claim(text)
    assert (claim.stance, claim.text) == (stance, claimed)


@pytest.mark.parametrize(
    "text",
    [
        "وقُدرت كلفة الإصلاح بنحو مليون دولار.",
        "وغادر الوفد من دون أن توقع الوثيقة.",
        "يعتزم المبعوث الأممي إلى اليمن عرض خطة جديدة.",
        "واعترضت روسيا على فقرة تحمل الجيش المسؤولية.",
        "وتبنى مجلس الأمن القرار بالإجماع.",
        "وتعد القلعة من أقدم مباني المدينة.",
    ],
)
def test_verbs_of_speech_that_report_nothing(text: str) -> None:
    assert claims_of(text) == []


def test_each_sentence_of_a_quotation_is_a_claim_of_its_speaker() -> None:
    first, second = claims_of("وقال طبيب في المستشفى: «لا ماء لدينا منذ أسبوع كامل. إذا استمر الحصار فسنغلق الأبواب».")
    assert (first.source, first.quote, second.source, second.quote) == ("Doctor", True, "Doctor", True)
    assert second.text == "إذا استمر الحصار فسنغلق الأبواب"


def test_who_withholds_a_name_claims_nothing_by_it() -> None:
    claim = only_claim("وقال أحد السكان، طالبا عدم نشر اسمه: «لم نذق النوم منذ يومين».")
    assert (claim.source, claim.stance) == ("Resident", "asserts")


def test_a_group_speaks_through_its_outlet() -> None:
    claim = only_claim("وقالت وكالة أعماق التابعة لتنظيم «الدولة الإسلامية» إن المقاتلين انسحبوا.")
    assert (claim.source, claim.relay) == ("Islamic State", "Amaq")


def test_what_the_title_says_is_said_again_in_the_text() -> None:
    assert len(claims_of("باريس تعلن إغلاق سفارتها في كابل\n\nأعلنت فرنسا إغلاق سفارتها في كابل أمس.")) == 1


@pytest.mark.parametrize(
    ("text", "source", "relay", "stance", "claimed"),
    [
        (
            "«لن نترك بيوتنا مهما طال القصف»، قال قائد الكتيبة لوكالة رويترز.",
            "Battalion commander",
            "Reuters",
            "asserts",
            "لن نترك بيوتنا مهما طال القصف",
        ),
        ("وقالت صحيفة هآرتس إن اللواء استعد، نقلا عن مصادر أمنية.", "Security sources", "Haaretz", "asserts", "اللواء استعد"),
        ("وتظاهر المئات في بغداد مطالبين بإقالة المحافظ.", "Protesters", None, "demands", "إقالة المحافظ"),
        ("ولا تستبعد تركيا انهيار الهدنة.", "Turkey", None, "expects", "انهيار الهدنة"),
        ("وبرأي وزير المالية الأردني، فإن العجز تقلص.", "Jordanian Finance Minister", None, "asserts", "العجز تقلص"),
        ("واندلع الحريق فجرا، على حد قول الشرطة التونسية.", "Tunisian Police", None, "asserts", "واندلع الحريق فجرا"),
        ("وكشف موقع أكسيوس، نقلا عن مسؤولين إسرائيليين، أن الصفقة جاهزة.", "Israeli officials", "Axios", "asserts", "الصفقة جاهزة"),
        ("ولم يعلق الكرملين على تقارير أفادت بأن القطار تأخر.", "Reports", None, "asserts", "القطار تأخر"),
        ("وتأتي الزيارة بعد إعلان إسرائيل مقتل القائد.", "Israel", None, "asserts", "مقتل القائد"),
        ("وبحسب إحصاء لوكالة فرانس برس، أغلق مئة مصنع هذا العام.", "AFP", None, "asserts", "أغلق مئة مصنع هذا العام"),
        ("واستنكرت الخارجية القطرية القصف، ووصفته بـ«العدوان السافر».", "Qatari Ministry of Foreign Affairs", None, "asserts", "العدوان السافر"),
        ("وحذرت اليابان من أن المخازن نفدت.", "Japan", None, "asserts", "المخازن نفدت"),
        ("وحذرت اليابان من أن كل تأخير يكلف كثيرا.", "Japan", None, "expects", "كل تأخير يكلف كثيرا"),
    ],
)
def test_attributions_of_all_shapes(text: str, source: str, relay: str | None, stance: str, claimed: str) -> None:
    claim = only_claim(text)
    assert (claim.source, claim.relay, claim.stance, claim.text) == (source, relay, stance, claimed)


@pytest.mark.parametrize(
    ("text", "source", "stance", "claimed"),
    [
        # what stands between subject and object, or inside the clause
        ("أعلنت وزارة الدفاع الروسية، الثلاثاء، السيطرة على بلدة صغيرة.", "Russian Ministry of Defence", "asserts", "السيطرة على بلدة صغيرة"),
        ("وأقر مسؤول أوكراني، طلب عدم نشر اسمه، بسقوط القرية.", "Ukrainian official", "acknowledges", "سقوط القرية"),
        ("وتجاوزت الخسائر، وفق وزارة المالية اليمنية، مليون دولار.", "Yemeni Ministry of Finance", "asserts",
         "وتجاوزت الخسائر، وفق وزارة المالية اليمنية، مليون دولار"),
        ("أما النازحون الجدد، فقد آوتهم مدارس البلدة، بحسب اليونيسف.", "UNICEF", "asserts", "آوتهم مدارس البلدة"),
        ("خمسون ألفا تركوا بيوتهم، تقول اليونيسف.", "UNICEF", "asserts", "خمسون ألفا تركوا بيوتهم"),
        # objects that are no clause
        ("واستبعدت فرنسا “أي بحث في العقوبات قبل أن تصمت المدافع”.", "France", "denies", "أي بحث في العقوبات قبل أن تصمت المدافع"),
        ("وعزا ناجون الحريق إلى تسرب الغاز.", "Survivors", "asserts", "الحريق إلى تسرب الغاز"),
        ("وسجلت الأمم المتحدة 40 خرقا للهدنة.", "United Nations", "asserts", "40 خرقا للهدنة"),
        ("وأفادت روسيا بصد هجوم على الجسر.", "Russia", "asserts", "صد هجوم على الجسر"),
        # light verbs and verbal nouns
        ("واكتفت تركيا بالقول إن التحقيق مستمر.", "Turkey", "asserts", "التحقيق مستمر"),
        ("وسارعت إيران إلى التأكيد أن المضيق مفتوح.", "Iran", "asserts", "المضيق مفتوح"),
        ("وتبنى مجلس الأمن الدولي قرارا يطالب بوقف القتال.", "UN Security Council", "demands", "وقف القتال"),
        ("ولم تعترف بريطانيا سوى بخسارة سفينة واحدة.", "United Kingdom", "acknowledges", "خسارة سفينة واحدة"),
        # stances
        ("ووصفت كوبا التهم بأنها «ملفقة».", "Cuba", "denies", "ملفقة"),
        ("وحذرت اليونيسف من أن الأدوية لا تكفي أسبوعا.", "UNICEF", "asserts", "الأدوية لا تكفي أسبوعا"),
        ("وحذرت اليونيسف من أن الأدوية قد تنفد قريبا.", "UNICEF", "expects", "الأدوية قد تنفد قريبا"),
        ("وتعهدت إيران بالرد على القصف.", "Iran", "threatens", "الرد على القصف"),
        ("وقالت ألمانيا إن على الطرفين أن يعودا إلى الحوار.", "Germany", "demands", "على الطرفين أن يعودا إلى الحوار"),
        # who speaks
        ("وتتهم منظمات محلية الجيش السوداني بنهب القرى.", "Local organisations", "accuses", "نهب القرى"),
        ("وبحسب قائمة أعدها السكان، دفن تسعة رجال.", "Residents", "asserts", "دفن تسعة رجال"),
        ("وأفاد شهود ومصادر طبية بأن الخيمة احترقت.", "Witnesses", "asserts", "الخيمة احترقت"),
        ("وقال مستشار لوزير الدفاع اليمني إن الهدنة هشة.", "Adviser to Yemeni Defence Minister", "asserts", "الهدنة هشة"),
    ],
)  # fmt: skip
def test_clauses_and_speakers_in_less_usual_places(text: str, source: str, stance: str, claimed: str) -> None:
    claim = only_claim(text)
    assert (claim.source, claim.stance, claim.text) == (source, stance, claimed)


def test_a_quotation_over_several_sentences_of_one_stance_is_one_claim() -> None:
    claim = only_claim("وقال طبيب في المخيم: «لا ماء هنا منذ أسبوع. الأطفال مرضى والطريق مقطوع».")
    assert claim.quote
    assert claim.text == "لا ماء هنا منذ أسبوع. الأطفال مرضى والطريق مقطوع"


def test_a_quotation_behind_a_colon_belongs_to_whom_the_sentence_tells_of() -> None:
    claim = only_claim("يقلب أبو سالم مفاتيح بيته القديم: «تركنا كل شيء ومشينا».")
    assert (claim.source, claim.text) == ("Abu Salem", "تركنا كل شيء ومشينا")


def test_a_minister_without_a_country_is_of_the_country_told_of() -> None:
    claims = claims_of("أغلقت تونس معبرا مع ليبيا، وعززت تونس دورياتها. وقال وزير الداخلية إن المعبر آمن.")
    assert claims[-1].source == "Tunisian Interior Minister"


def test_an_outlet_that_is_informed_and_a_group_behind_its_outlet_pass_on() -> None:
    informed = only_claim("وأبلغ سكان وكالة رويترز أن الجنود دخلوا القرية.")
    voiced = claims_of("نفت جماعة الحوثي النبأ. وتحدثت قناة المسيرة عن أسر جنديين.")[-1]
    assert (informed.source, informed.relay) == ("Residents", "Reuters")
    assert (voiced.source, voiced.relay) == ("Houthis", "Al-Masirah")


def test_a_quotation_that_the_verb_cuts_in_two_is_said_whole() -> None:
    found = claims_of("عادت سعاد الدرويش. «لم يكن ابني مقاتلا أبدا»، تقول، «كان يصلح الهواتف في الحي».")
    assert [c.text for c in found] == ["لم يكن ابني مقاتلا أبدا", "كان يصلح الهواتف في الحي"]


@pytest.mark.parametrize(
    ("text", "source", "stance", "claimed"),
    [
        ("وأكدت وزارة العدل السورية أن السجون فارغة، نافية «الشائعات» عن اكتظاظها.", "Syrian Ministry of Justice", "denies", "الشائعات» عن اكتظاظها"),
        ("ويذكر د. سامر الدرويش أنه أجرى تسع عمليات.", "Samer al-Darwish", "asserts", "أجرى تسع عمليات"),
        ("قال المدير إنه باع السيارات. وبيّن أنه أحال الملفات إلى القضاء.", "Director", "asserts", "أحال الملفات إلى القضاء"),
    ],
)
def test_objects_and_verbs_that_other_words_are_spelled_like(text: str, source: str, stance: str, claimed: str) -> None:
    assert (source, stance, claimed) in [(c.source, c.stance, c.text) for c in claims_of(text)]


def test_background_that_nobody_tells_is_no_claim() -> None:
    assert [c.text for c in claims_of("قال الوزير إن الطريق مغلقة. ويذكر أن المدينة محاصرة منذ عام.")] == ["الطريق مغلقة"]


def test_whom_a_report_calls_upon_does_not_speak() -> None:
    assert all(c.source != "Russia" for c in claims_of("ودعا التقرير روسيا إلى الكشف عن قوائم الأسماء."))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("قال عمر الدرويش إن الطرق آمنة. وأوضح في إيجاز صحفي قصير أن الجسر مفتوح.", "Omar al-Darwish"),
        ("وقالت منظمة الصحة العالمية في بيان تلقت وكالة رويترز نسخة منه إن اللقاح وصل.", "World Health Organization"),
        ("«لم يبق لنا إلا الباب»، هكذا وصف التاجر سمير الدرويش ما جرى.", "Samir al-Darwish"),
        ("أعلنت نقابة الأطباء الحداد، ونعته حركة حماس قائلة إنه خدم الجميع.", "Hamas"),
        ("«ظننت أن السقف كله يهوي»، قالت النادلة حليمة شيري.", "Halima Shiri"),
        ("قال عمر الدرويش إن الطرق آمنة. «ليتهم أخذوني معها»، تقول أم رضاب وهي تطفئ الضوء.", "Umm Radab"),
        ("وقالت والدة الضحية سمير الدرويش: «لن أسامح أحدا منهم».", "Mother of Samir al-Darwish"),
    ],
)
def test_who_speaks_where_another_name_stands_nearer(text: str, source: str) -> None:
    assert claims_of(text)[-1].source == source


def test_a_quotation_cut_by_a_long_description_of_the_speaker() -> None:
    found = claims_of("«ظننت أن السقف كله يهوي»، قالت النادلة حليمة شيري التي احتمت بالمطبخ طوال الليل، «وحين خرجت لم أجد من زميلاتي أحدا».")
    assert [(c.text, c.source) for c in found] == [("ظننت أن السقف كله يهوي", "Halima Shiri"), ("وحين خرجت لم أجد من زميلاتي أحدا", "Halima Shiri")]


def test_whom_a_council_calls_upon_is_not_part_of_its_name() -> None:
    (claim,) = claims_of("وناشد المجلس المدني في البلدة المنظمات الدولية تأمين خيام ومياه شرب.")
    assert (claim.source, claim.text) == ("Civil council", "تأمين خيام ومياه شرب")
