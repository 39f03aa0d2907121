"""Figures: bounds, qualifier, unit, kind, and what is no figure."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.model import Document, Gap, Quantity
from pipeline.extract.numerals import find_numerals, parse_figure
from pipeline.extract.quantities import find_quantities
from pipeline.extract.sentences import split_sentences
from pipeline.extract.times import find_times
from pipeline.extract.tokens import tokenize


def quantities(text: str, gaps: list[Gap] | None = None, decoded: list[tuple[int, int, float]] | None = None) -> list[Quantity]:
    document = Document("d", text, split_sentences(text), date(2018, 7, 15), gaps=gaps or [], decoded=decoded or [])
    tokens = [tokenize(sentence) for sentence in document.sentences]
    times = find_times(document, tokens)
    pairs = zip(document.sentences, tokens, strict=True)
    return [q for sentence, words in pairs for q in find_quantities(document, sentence, words, times)]


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("قتل ما بين 30 و40 مدنيا", [(30, 40, "exactly")]),
        ("بين ثلاثين وأربعين شخصا", [(30, 40, "exactly")]),
        ("من 5 إلى 7 ملايين دولار", [(5000000, 7000000, "exactly")]),
        ("يتراوح عددهم بين ألف وألفي مقاتل", [(1000, 2000, "exactly")]),
        ("بين 10 و15 في المئة", [(10, 15, "exactly")]),
        ("ارتفع العدد من 5 إلى 7 قتلى", [(5, 5, "exactly"), (7, 7, "exactly")]),
        ("20-30 شخصا", [(20, 30, "exactly")]),
        ("ثلاثة أو أربعة مسلحين", [(3, 4, "exactly")]),
        ("نحو 1.2 مليون نازح", [(1200000, 1200000, "approximately")]),
        ("قرابة المليون لاجئ", [(1000000, 1000000, "approximately")]),
        ("ما يربو على 400 ألف قتيل", [(400000, None, "more_than")]),
        ("لا يزيد عددهم عن 50 مقاتلا", [(None, 50, "at_most")]),
        ("أقل من 100 عائلة", [(None, 100, "less_than")]),
        ("قتل 20 شخصا على الأقل", [(20, None, "at_least")]),
        ("مقتل 20 شخصا، على الأقل، في الغارة", [(20, None, "at_least")]),
        ("حوالي عشرين قتيلا", [(20, 20, "approximately")]),
        ("بحدود 300 مقاتل", [(300, 300, "approximately")]),
        ("ما يصل إلى 500 دولار", [(None, 500, "up_to")]),
        ("يقدر عددهم بـ 200 مقاتل", [(200, 200, "exactly")]),
        ("أكثر من ثلث مليون طفل", [(333333.333333, None, "more_than")]),
        ("نصف مليون شخص", [(500000, 500000, "exactly")]),
        ("ربع مليون مدني", [(250000, 250000, "exactly")]),
        ("مليون ونصف مليون شخص", [(1500000, 1500000, "exactly")]),
        ("مليون و200 ألف شخص", [(1200000, 1200000, "exactly")]),
        ("ثلاثة عشر مدنيا", [(13, 13, "exactly")]),
        ("خمسة وعشرون عنصرا", [(25, 25, "exactly")]),
        ("مئة وأربعة وثلاثين شخصا", [(134, 134, "exactly")]),
        ("ألفان وخمسمئة لاجئ", [(2500, 2500, "exactly")]),
        ("مئات القتلى وآلاف الجرحى", [(200, 999, "exactly"), (2000, 9999, "exactly")]),
        ("عشرات آلاف المدنيين", [(20000, 99999, "exactly")]),
        ("مئات الآلاف من النازحين", [(200000, 999999, "exactly")]),
        ("أكثر من عشرة آلاف", [(10000, None, "more_than")]),
        ("بضعة آلاف من المقاتلين", [(3000, 9999, "exactly")]),
        ("بضع مئات من الجنود", [(300, 999, "exactly")]),
        ("1,250,000 شخص", [(1250000, 1250000, "exactly")]),
        ("١٬٢٥٠ شخصا", [(1250, 1250, "exactly")]),
        ("٣٫٥ مليون", [(3500000, 3500000, "exactly")]),
        ("12.5٪ من السكان", [(12.5, 12.5, "exactly")]),
        ("3.200 أسرة", [(3200, 3200, "exactly")]),
        ("1.500 كيلومتر", [(1.5, 1.5, "exactly")]),
        ("القرار 2254 الصادر عن مجلس الأمن", []),
        ("الفرقة الرابعة واللواء 47 مشاة", []),
        ("طائرة من طراز ميغ 29 وصواريخ إس-400", []),
        ("مروحية من نوع مي 17", []),
        ("اتفاق أستانة 5 وجنيف 2", []),
        ("عند الساعة العاشرة صباحا", []),
        ("الساعة 3:30 فجرا", []),
        ("المادة الخامسة والمادة 51 من الميثاق", []),
        ("القرن الحادي والعشرين", []),
        ("في المرتبة الأولى", []),
        ("فيروس كوفيد-19", []),
        ("هاتف رقم 0933123456", []),
        ("فاز الفريق 3-1", []),
        ("ثاني أكبر مدينة", []),
        ("واحد من أبرز القادة", []),
        ("كل واحد منهم", []),
        ("قناة فرانس 24", []),
        ("مجموعة العشرين", []),
        ("لليوم الثالث على التوالي", []),
        ("للمرة الأولى منذ سنوات", []),
        ("الدول الخمس الكبرى", [(5, 5, "exactly")]),
        ("الأعضاء الـ15", [(15, 15, "exactly")]),
        ("خلال الأشهر الستة الماضية", [(6, 6, "exactly")]),
        ("خلال السنوات الثلاث الأخيرة", [(3, 3, "exactly")]),
        ("قتل اثنان من المسلحين", [(2, 2, "exactly")]),
        ("جنديان اثنان", [(2, 2, "exactly")]),
        ("مرة واحدة", [(1, 1, "exactly")]),
        ("15 من أصل 20 مقعدا", [(15, 15, "exactly"), (20, 20, "exactly")]),
        ("8 من كل 10 أطفال", [(8, 8, "exactly"), (10, 10, "exactly")]),
        ("24 ساعة", [(24, 24, "exactly")]),
        ("بنسبة 4,5 بالمئة", [(4.5, 4.5, "exactly")]),
        ("ما مجموعه 300 قتيل", [(300, 300, "exactly")]),
        ("ما لا يقل عن مئة قتيل", [(100, None, "at_least")]),
        ("لا يقل عن ثلاثة مدنيين", [(3, None, "at_least")]),
        ("أزيد من 60 قتيلا", [(60, None, "more_than")]),
        ("تجاوز عدد القتلى 500 قتيل", [(500, None, "more_than")]),
        ("تجاوزت كلفة نقل الحاوية من المرفأ إلى المخازن ستة آلاف دولار", [(6000, None, "more_than")]),
        ("الإنتاج لم يعد يتجاوز 90 ألف برميل", [(None, 90000, "at_most")]),
        ("أسقط ليل الثلاثاء 18 من أصل 20 مسيّرة", [(18, 18, "exactly"), (20, 20, "exactly")]),
        ("وقّع قبل ستة أيام 26 اتفاقية", [(26, 26, "exactly")]),
        ("عددهم يفوق الألف مقاتل", [(1000, None, "more_than")]),
        ("نحو ألف مقاتل", [(1000, 1000, "approximately")]),
        ("قرابة ألفي مقاتل", [(2000, 2000, "approximately")]),
        ("2000 مقاتل", [(2000, 2000, "exactly")]),
        ("20 بالمئة", [(20, 20, "exactly")]),
        ("الغارة رقم 20", []),
        ("7+1 أعضاء", []),
        ("مئة دولار للبرميل", [(100, 100, "exactly")]),
        ("سبعون ألفا", [(70000, 70000, "exactly")]),
        ("١٠٠ ألف", [(100000, 100000, "exactly")]),
        ("تسعمائة ألف وثلاثمائة", [(900300, 900300, "exactly")]),
        ("مليارا دولار", [(2000000000, 2000000000, "exactly")]),
        ("ملياري دولار", [(2000000000, 2000000000, "exactly")]),
        ("مليونا شخص", [(2000000, 2000000, "exactly")]),
        ("ثلاثمئة ألف", [(300000, 300000, "exactly")]),
        ("60 إلى 70 قتيلا", [(60, 70, "exactly")]),
        ("قبل أن يقتل 9", [(9, 9, "exactly")]),
    ],
)
def test_bounds_and_qualifier(text: str, bounds: list[tuple[float | None, float | None, str]]) -> None:
    assert [(q.low, q.high, q.qualifier) for q in quantities(text + ".")] == bounds


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("أودى القصف بحياة 12 مدنيا", "killed"),
        ("ارتفعت حصيلة ضحايا الزلزال إلى 3400 قتيل", "killed"),
        ("لقي 14 شخصا مصرعهم غرقا", "killed"),
        ("عُثر على 7 جثث مجهولة الهوية", "killed"),
        ("راح ضحيته 19 شخصا", "killed"),
        ("أدى الانفجار إلى مقتل ستة وإصابة آخرين", "killed"),
        ("أعلن الجيش تحييد 25 إرهابيا", "killed"),
        ("قضى 13 طفلا بردا في المخيم", "killed"),
        ("وقتل ما لا يقل عن 30 من عناصر التنظيم", "killed"),
        ("أسفر الهجوم عن سقوط 8 قتلى و23 جريحا", "killed,wounded"),
        ("سقط 11 شهيدا وعشرات الجرحى", "killed,wounded"),
        ("بلغ عدد القتلى 1200 منذ بدء الحرب", "killed"),
        ("استشهد شابان وأصيب 15 آخرون بالرصاص", "wounded"),
        ("نقل 17 شخصا إلى المستشفى بعد إصابتهم بحالات اختناق", "wounded"),
        ("تعرض 9 أشخاص لإصابات خطيرة", "wounded"),
        ("اعتقلت الشرطة 45 متظاهرا", "detained"),
        ("شنت قوات الأمن حملة طالت 33 شخصا", "civilians"),
        ("اختطف مسلحون 6 عمال إغاثة", "detained"),
        ("ألقي القبض على 5 مشتبه بهم", "detained"),
        ("أوقفت السلطات 80 شخصا", "detained"),
        ("أسر المقاتلون 10 جنود", "detained"),
        ("احتجز الحوثيون 50 موظفا", "detained"),
        ("يقبع 300 معتقل في السجن", "detained"),
        ("أفرجت السلطات عن 120 سجينا", "freed"),
        ("أطلق سراح 16 رهينة", "freed"),
        ("تم تحرير 20 مختطفا", "freed"),
        ("بادل الطرفان 100 أسير", "detained"),
        ("نزح أكثر من 100 ألف شخص", "displaced"),
        ("هجرت الحرب مليوني شخص", "displaced"),
        ("فر 4 آلاف مدني من المدينة", "displaced"),
        ("اضطر 300 ألف شخص إلى النزوح", "displaced"),
        ("يعيش 60 ألف نازح في المخيمات", "displaced"),
        ("تشردت 500 عائلة", "displaced"),
        ("عبر 700 لاجئ الحدود", "displaced"),
        ("خرج 350 مقاتلا مع عائلاتهم على متن حافلات", "evacuated"),
        ("تم إجلاء 400 مدني", "evacuated"),
        ("غادر 600 شخص المدينة باتجاه إدلب", "evacuated"),
        ("أجلت الأمم المتحدة 29 مريضا", "evacuated"),
        ("استسلم 70 مسلحا", "surrendered"),
        ("سلم 40 مقاتلا أنفسهم للجيش", "surrendered"),
        ("ألقى 200 عنصر سلاحهم", "surrendered"),
        ("لا يزال 25 شخصا في عداد المفقودين", "missing"),
        ("فُقد 13 صيادا", "missing"),
        ("تحاصر القوات 20 ألف مدني", "besieged"),
        ("يعاني 400 ألف محاصر من نقص الغذاء", "besieged"),
        ("لا يزال 3 آلاف شخص عالقين في البلدة", "besieged"),
        ("يضم الفصيل 2000 مقاتل", "fighters"),
        ("أرسلت تركيا 500 جندي", "fighters"),
        ("شارك في الهجوم 150 عنصرا", "fighters"),
        ("انشق 12 ضابطا", "fighters"),
        ("يحتاج 13 مليون شخص إلى المساعدة", "civilians"),
        ("دمرت الغارات 5 آليات", "vehicles"),
        ("استولى التنظيم على 3 دبابات و7 عربات", "vehicles,vehicles"),
        ("أسقط الجيش 4 طائرات مسيرة", "aircraft"),
        ("أقلعت 6 مقاتلات من القاعدة", "aircraft"),
        ("أطلقت الفصائل 50 صاروخا و20 قذيفة هاون", "weapons,weapons"),
        ("ضبطت القوات 200 بندقية و1000 لغم", "weapons,weapons"),
        ("نفذ الطيران 35 غارة", "strikes"),
        ("شن التحالف 12 ضربة جوية", "strikes"),
        ("دمر القصف 40 منزلا و3 مدارس", "places,places"),
        ("سيطر الجيش على 11 قرية و6 تلال", "places,places"),
        ("صوتت 14 دولة لصالح القرار", "states"),
        ("قال مصدران وثلاثة شهود إن", "sources"),
        ("أكد أربعة مسؤولين أميركيين", "sources"),
        ("استمر القتال 5 ساعات", "duration"),
        ("تبعد البلدة 20 كيلومترا", "distance"),
        ("على بعد 3 كلم من الحدود", "distance"),
        ("تبلغ مساحتها 150 كيلومترا مربعا", "area"),
        ("احترق 300 دونم من القمح", "area"),
        ("أدخلت الأمم المتحدة 90 طنا من المساعدات", "weight"),
        ("بقيمة 3.5 مليون دولار", "money"),
        ("خصصت 200 مليون يورو", "money"),
        ("ارتفعت الأسعار بنسبة 12 بالمئة", "percent"),
        ("دخلت 30 شاحنة مساعدات", "vehicles"),
        ("أجرى الوفد 4 لقاءات", "other"),
        ("سجلت 15 حالة وفاة", "killed"),
        ("وصل 18 حافلة", "vehicles"),
        ("قتل 5 صحفيين", "killed"),
        ("مقتل 3 من المتظاهرين", "killed"),
        ("أعدم التنظيم 8 مدنيين", "killed"),
        ("قتلت القوات الإسرائيلية 6 فلسطينيين وأصابت 30", "killed,wounded"),
        ("دُفن 20 شخصا في مقبرة جماعية", "killed"),
        ("أصيب العشرات بحالات اختناق", "wounded"),
        ("جرح 3 بينهم طفل", "wounded"),
        ("تظاهر آلاف المحتجين", "other"),
        ("تجمع المئات أمام السفارة", "civilians"),
        ("عاد 2000 لاجئ إلى ديارهم", "displaced"),
        ("هاجم 20 مسلحا نقطة تفتيش", "fighters"),
        ("قتل 34 شخصا بينهم 10 نساء و5 أطفال", "killed,killed,killed"),
        ("من بين القتلى 7 أطفال", "killed"),
        ("وبذلك يرتفع عدد الشهداء إلى 245", "killed"),
        ("أصابت الغارة مدرسة تؤوي 200 نازح", "displaced"),
        ("انتشلت فرق الإنقاذ 9 جثامين", "killed"),
        ("أنقذ خفر السواحل 130 مهاجرا", "evacuated"),
        ("انتشل خفر السواحل 92 شخصا أحياء", "evacuated"),
        ("انتشل المسعفون 23 جثة", "killed"),
        ("غرق 70 مهاجرا", "killed"),
        ("اعترضت الدفاعات 12 صاروخا", "weapons"),
        ("اغتيل 3 ضباط", "killed"),
        ("قتل الجيش 15 من مسلحي التنظيم", "killed"),
        ("أعلنت الوزارة وفاة 4 مصابين", "killed"),
        ("كان على متن الطائرة 92 راكبا", "civilians"),
        ("بلغ عدد سكانها 80 ألف نسمة", "civilians"),
        ("يُعتقد أن 9 آلاف مدني لا يزالون محاصرين", "besieged"),
        ("لجأوا إلى المدارس ومعهم 40 طفلا فيما لاقى 12 شخصا حتفهم", "displaced,killed"),
        ("شارك آلاف السكان في المسيرة", "other"),
        ("أوقع القصف سبعة قتلى، بينهم طفلان، وأصيب 19", "killed,wounded"),
        ("هاجم الطيران 40 هدفا", "places"),
        ("قال المحافظ إن 7500 شخص غادروا منازلهم", "displaced"),
        ("أعلن الجيش أن 37 شخصا، أغلبهم جنود، قُتلوا في كمين", "killed"),
        ("صادرت البحرية 200 طرد من الذخائر", "weapons"),
        ("أجلت الشركة 150 من موظفيها", "evacuated"),
        ("سُجلت 300 إصابة بالكوليرا", "other"),
        ("أودى قصف نفذته مقاتلات بحياة 12 شخصا", "killed"),
        ("أسفر الكمين عن مقتل وإصابة 30 جنديا", "other"),
        ("خسر اللواء 60 جنديا بين قتيل وجريح", "other"),
        ("أجبر القصف 40 عائلة على الانتقال إلى العراء", "displaced"),
        ("دفع القتال 900 شخص إلى مغادرة المدينة", "displaced"),
        ("ما زال 70 عاملا في عداد المفقودين", "missing"),
        ("جندت الحركة 500 شاب", "fighters"),
        ("استند التقرير إلى مقابلات مع 25 شخصا", "sources"),
        ("حكمت المحكمة بالإعدام على ستة أشخاص", "other"),
        ("جمعت المنظمة مليون دولار من أصل أربعة ملايين", "money,money"),
        ("قدّر الضابط عدد العبوات المزروعة في البيوت بنحو أربعة آلاف", "weapons"),
    ],
)
def test_kind_from_noun_and_context(text: str, kinds: str) -> None:
    assert [q.kind for q in quantities(text + ".")] == kinds.split(",")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("وصل 12 مدنيًا", "مدني"),
        ("وصل 12 شاحنةً", "شاحنة"),
        ("مئات المدنيين", "مدنيين"),
        ("العشرات من النازحين", "نازحين"),
        ("بلغ عدد القتلى 40", "قتلى"),
        ("في يوم واحد", "يوم"),
        ("نسبة 10 في المئة", "في المئة"),
        ("نسبة 10%", "%"),
        ("ثلاثة منها", None),
    ],
)
def test_unit_as_written_without_clitics_and_tanwin(text: str, unit: str | None) -> None:
    assert [q.unit for q in quantities(text + ".")] == [unit]


def test_elliptical_figure_counts_what_the_one_before_it_counted() -> None:
    first, second = quantities("أحصى ناشطون مقتل 30 مدنيا، وقالت الوزارة إن العدد لا يتجاوز 12.")
    assert (second.unit, second.kind, second.low, second.high) == ("مدني", "killed", None, 12)
    assert first.kind == "killed"


def test_aside_inherits_the_kind() -> None:
    found = quantities("أصيب 40 شخصا، بينهم سبعة أطفال، في الحادث.")
    assert [(q.low, q.kind) for q in found] == [(40, "wounded"), (7, "wounded")]


def test_figures_of_dates_are_no_quantities() -> None:
    assert quantities("اجتمع الوفدان قبل ثلاثة أيام ثم في 15 مارس/آذار 2017 ومنذ 2011.") == []


def test_span_leaves_out_qualifier_noun_and_clitics() -> None:
    (found,) = quantities("التقى الوفد بنحو عشرين وجيها.")
    assert (found.text, found.status, found.qualifier) == ("عشرين", "spelled", "approximately")


def test_decoded_figure_has_the_decoding_s_confidence() -> None:
    text = "قتل 24 جنديا."
    (found,) = quantities(text, decoded=[(4, 6, 0.83)])
    assert (found.status, found.confidence, found.kind) == ("decoded", 0.83, "killed")


def gap_at(text: str, word: str, low: float | None, high: float | None) -> Gap:
    start = text.index(word)
    return Gap(start, start + len(word), low, high, "")


def test_missing_figure_keeps_bounds_unit_kind_and_qualifier() -> None:
    text = "قُتل ما لا يقل عن مدنيا في الغارة."
    (found,) = quantities(text, [gap_at(text, "مدنيا", 11, 99)])
    assert (found.status, found.low, found.high, found.qualifier) == ("stripped", 11, None, "at_least")
    assert (found.unit, found.kind) == ("مدني", "killed")


def test_missing_figure_before_a_thousand_is_never_a_thousand() -> None:
    text = "نزح نحو ألف شخص من البلدة."
    (found,) = quantities(text, [gap_at(text, "ألف", 11, 999)])
    assert (found.status, found.low, found.high, found.unit) == ("stripped", 11_000, 999_000, "شخص")


def test_missing_figure_without_bounds_is_unknown() -> None:
    text = "وصلت النسبة إلى % من السكان."
    (found,) = quantities(text, [gap_at(text, "%", None, None)])
    assert (found.low, found.high, found.kind, found.unit) == (None, None, "percent", "%")


def test_figure_that_was_not_decoded_is_missing_too() -> None:
    (found,) = quantities("نزح نحو \uf6c2\uf6cc\uf6c1 ألف شخص من البلدة.")
    assert (found.status, found.low, found.high, found.qualifier) == ("stripped", None, None, "approximately")
    assert (found.text, found.unit, found.kind) == ("\uf6c2\uf6cc\uf6c1", "شخص", "displaced")


@pytest.mark.parametrize(("text", "word"), [("طائرة من طراز ميغ قرب المطار.", "قرب"), ("في القرار الصادر أمس.", "الصادر")])
def test_missing_name_number_is_no_quantity(text: str, word: str) -> None:
    assert quantities(text, [gap_at(text, word, None, None)]) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("120 ألف", (120_000, 120_000)),
        ("13 ألفا و346", (13_346, 13_346)),
        ("مليون ونصف المليون", (1_500_000, 1_500_000)),
        ("الأربع والعشرين", (24, 24)),
        ("بضع عشرات", (30, 99)),
        ("عشرات الآلاف", (20_000, 99_999)),
        ("إحدى عشرة", (11, 11)),
        ("الحادية عشرة", (11, 11)),
        ("مئتا ألف", (200_000, 200_000)),
        ("ثمانمائة وخمسة", (805, 805)),
        ("2ر5", (2.5, 2.5)),
    ],
)
def test_numerals(text: str, value: tuple[float, float]) -> None:
    (sentence,) = split_sentences(text)
    (numeral,) = find_numerals(tokenize(sentence))
    assert (numeral.low, numeral.high) == value
    assert text[numeral.start : numeral.end] == text


@pytest.mark.parametrize("text", ["10:45", "17.10.2017", "0933123456", "1.2.3"])
def test_clock_dates_and_telephone_numbers_are_no_figures(text: str) -> None:
    assert parse_figure(text) is None


def test_lone_separator_has_two_readings() -> None:
    assert parse_figure("1.500") == (1500, 1.5)
    assert parse_figure("1,500") == (1500, None)


WORDS = st.sampled_from(
    [
        "قتل",
        "30",
        "و",
        "40",
        "ألف",
        "آلاف",
        "مليون",
        "ونصف",
        "بين",
        "إلى",
        "من",
        "مدنيا",
        "%",
        "في",
        "المئة",
        "عشر",
        "وعشرون",
        "بضع",
        "مئات",
        "واحد",
        "يوم",
        "،",
        ".",
        "-",
        "2017",
        "مارس",
        "الأحد",
        "و40",
        "ميغ",
        "23",
    ]
)


@settings(max_examples=200)
@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=14).map(" ".join)))
def test_offsets_hold_and_bounds_are_in_order(text: str) -> None:
    for found in quantities(text):
        assert text[found.start : found.end] == found.text
        assert found.low is None or found.high is None or found.low <= found.high


@settings(max_examples=100)
@given(st.integers(min_value=3, max_value=99_999_999))
def test_western_and_arabic_indic_digits_say_the_same(number: int) -> None:
    eastern = str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert parse_figure(str(number)) == parse_figure(eastern) == (number, None)


def test_numbers_alone_in_brackets_count_what_the_one_before_them_did() -> None:
    found = quantities("توزعت الحالات على حاجز المليحة (42 حالة) وحاجز القطيفة (31) وحاجز ببيلا (19).")
    assert [(q.low, q.unit) for q in found] == [(42, "حالة"), (31, "حالة"), (19, "حالة")]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("بحوزتهم رشاش من عيار 12,7 ملم", []),
        ("طلبت إخطارها قبل 48 ساعة من عبور المضيق", [(48, "ساعة")]),
        ("في الربع الأول من 2022 «ما لم تصل وديعة»", []),
    ],
)
def test_calibres_lead_times_and_years_before_a_quotation(text: str, figures: list[tuple[int, str]]) -> None:
    assert [(q.low, q.unit) for q in quantities(text)] == figures
