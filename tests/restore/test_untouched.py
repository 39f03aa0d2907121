"""Text that is not damaged and looks unlike news prose: no pass may touch or doubt it."""

from __future__ import annotations

import pytest

from pipeline.restore.passes import PASSES
from pipeline.restore.traced import Traced

# Joining lines and folding blanks is the last pass's work and not asked here.
TEXTS = {
    "fa": (
        "تهران پایتخت ایران است و بیش از هشت میلیون نفر جمعیت دارد. این شهر در دامنه کوه‌های البرز قرار گرفته است.\n"
        "رئیس جمهور در سخنرانی خود گفت که دولت برای حل مشکلات اقتصادی برنامه‌های تازه‌ای دارد و از مردم خواست صبور باشند.\n"
        "کتاب‌های قدیمی این کتابخانه در قرن گذشته از شهرهای دیگر به اینجا آورده شده‌اند."
    ),
    "ur": (
        "پاکستان کے وزیر اعظم نے کہا ہے کہ حکومت عوام کی مشکلات حل کرنے کے لیے نئے منصوبے شروع کرے گی۔\n"
        "لاہور میں گزشتہ روز بارش ہوئی جس سے سڑکیں پانی سے بھر گئیں اور لوگوں کو دشواری کا سامنا کرنا پڑا۔"
    ),
    "ckb": ("هەرێمی کوردستان لە باکووری عێراقە و شاری هەولێر پایتەختی هەرێمەکەیە. ئەمڕۆ کۆبوونەوەیەک بەڕێوە چوو."),
    "dialect": (
        "يا جماعة الخير والله ما عرفت شو بدي أقول، الوضع صار كتيييير صعب وكل يوم منسمع أخبار جديدة\n"
        "مبارح رحت عالسوق لقيت البندورة بعشرين ألف، شو هالحكي هاد؟ لاااا ما بيصير هيك\n"
        "بدنا نعيش متل هالعالم، خلصونا بقى من هالقصص"
    ),
    "poetry": ("قِفَا نَبْكِ مِنْ ذِكْرَى حَبِيبٍ وَمَنْزِلِ بِسِقْطِ اللِّوَى بَيْنَ الدَّخُولِ فَحَوْمَلِ\nفَتُوضِحَ فَالْمِقْرَاةِ لَمْ يَعْفُ رَسْمُهَا لِمَا نَسَجَتْهَا مِنْ جَنُوبٍ وَشَمْأَلِ"),
    "quran": ("بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ ٱلرَّحِيمِ ٱلْحَمْدُ لِلَّهِ رَبِّ ٱلْعَٰلَمِينَ"),
    "code": (
        "def f(x): return x  # دالة بسيطة\n"
        "| الاسم | العدد |\n"
        "|---|---|\n"
        "| حلب | 12 |\n"
        "1. أولا\n"
        "2. ثانيا (انظر الشكل 3)\n"
        "a) بند\n"
        '$ cat file.txt | grep "خطأ" > out.txt'
    ),
    "names": (
        "هاليفاكس وفانكوفر وتورونتو وكالغاري\n"
        "يورغن كلوب، بيب غوارديولا، زين الدين زيدان، كيليان مبابي\n"
        "لالا رخ، سالم وسلام، بالي، مالي، ألمانيا، إلاج\n"
        "املج، امللك، آمال، أملاك"
    ),
    "fr": ("Il a été élu président de la République française à Orléans, où l’été fut très chaud."),
    "ru": ("Владимир Путин сказал, что известия пришли в Москву."),
    "emoji": ("\U0001f469\u200d\U0001f469\u200d\U0001f467 عائلة سعيدة \u2764\ufe0f \U0001f1f8\U0001f1fe"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_untouched(name: str) -> None:
    traced = Traced.of(TEXTS[name])
    for step in (p.run for p in PASSES[:-1]):
        outcome = step(traced, None)
        assert not outcome.changes, step.__name__
        assert not [d for d in outcome.doubts if d.kind in ("lost_letter", "undecodable")], step.__name__
        traced = outcome.traced
    assert traced.text == TEXTS[name]
