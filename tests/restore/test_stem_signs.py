"""Alefs' stems that come as signs before their hamzas: pages of fpdf2 in Lateef and Scheherazade as MuPDF and pypdf print them."""

from __future__ import annotations

import re

import pytest

from pipeline.restore.stem_signs import read_stem_signs
from pipeline.restore.traced import Traced

WRITTEN = """أكد رئيس البلدية أن فرق الإنقاذ وصلت إلى الحي بعد 20 دقيقة من الإبلاغ
وأضاف أن الأهالي أخلوا 14 منزلا قبل أن تصل إليهم الآليات الثقيلة
وتأثرت أحياء أخرى قريبة من النهر، وأعلن الدفاع المدني إغلاق 3 طرق
أما المدارس فأعيد فتحها يوم الأحد، على ما أفاد بيان لإدارة التعليم
وقالت سعاد، وهي أم لأربعة أطفال، إنها رأت الماء يعلو إلى الباب"""


def with_stems(text: str, alone: str, joined: str, lam: str) -> str:
    """The text with a sign before each hamza: behind lam, behind another letter that joins, and alone."""
    text = re.sub("(?<=ل)(?=[أإآ])", "\0", text)
    text = re.sub("(?<=[بتثجحخسشصضطظعغفقكمنهيئ])(?=[أإآ])", "\1", text)
    text = re.sub("(?<![\0\1])(?=[أإآ])", "\2", text)
    return text.replace("\0", lam).replace("\1", joined).replace("\2", alone)


def as_pypdf_prints(line: str) -> str:
    """pypdf's rule (measured): characters come as they stand on the page, from the left; pieces of Arabic are turned."""
    parts = re.findall(r"[0-9]+|[A-Za-z`^\x80-\xff]|[^0-9A-Za-z`^\x80-\xff]+", line)
    page = "".join(part if part[0].isdigit() else part[::-1] for part in reversed(parts))
    printed, piece, is_arabic = "", "", False
    for sign in page:
        if sign <= "/" or ":" <= sign <= "@":
            piece = sign + piece if is_arabic else piece + sign
        elif is_arabic != ("\u0590" <= sign <= "\u08ff"):
            printed, piece, is_arabic = printed + piece, sign, not is_arabic
        else:
            piece = sign + piece if is_arabic else piece + sign
    return printed + piece


@pytest.mark.parametrize(("alone", "joined", "lam"), [("$", "O", "M"), ("\x12", "`", "/"), ("#", "\x04", ":"), ("8", "k", "N"), ("\ue0b0", "!", "<")])
def test_signs_before_hamzas_are_taken_out(alone: str, joined: str, lam: str) -> None:
    printed = with_stems(WRITTEN, alone, joined, lam)
    assert read_stem_signs(Traced.of(printed)).traced.text == WRITTEN


@pytest.mark.parametrize(("alone", "lam"), [("$", "M"), ("#", ":"), ("\x16", "W")])
def test_the_lam_that_mupdf_prints_behind_its_alef_goes_before_it(alone: str, lam: str) -> None:
    written = WRITTEN.replace("لأربعة", "من أربعة").replace("لإدارة", "عن إدارة")
    printed = re.sub(f"ل{lam}([أإآ])", rf"{lam}\1ل", with_stems(written, alone, "O", lam))
    assert read_stem_signs(Traced.of(printed)).traced.text == written


@pytest.mark.parametrize(("alone", "joined", "lam"), [("$", "O", "M"), ("\x12", "`", "6"), ("!", "k", "Y"), ("8", "h", "N"), ("#", "\x80", "7")])
def test_rows_that_pypdf_breaks_at_signs_come_in_order(alone: str, joined: str, lam: str) -> None:
    printed = "\n".join(as_pypdf_prints(line) for line in with_stems(WRITTEN, alone, joined, lam).split("\n"))
    found = read_stem_signs(Traced.of(printed)).traced.text
    assert [" ".join(line.split()) for line in found.split("\n")] == WRITTEN.split("\n")


@pytest.mark.parametrize(
    "text",
    [
        "قال: أ) نعم ب) لا\nأ-حمد إ-لى أ-مس أ-ن",
        "#أوقفوا #إلى #أمس #أيضا #أكد #إنه #أمام #أعلن #أهل #أرض",
        "(أولا) (أن) (إلى) (أمس) (أيضا) (أكد) (إنه) (أمام) (أعلن)",
        "شارك 3 من أ.ف.ب و5 من أ.ب",
        "\n".join(f"{n}. أعلن المجلس أن البند {n} أقر" for n in range(1, 10)),
        WRITTEN,
    ],
)
def test_signs_of_the_writer_stay(text: str) -> None:
    assert read_stem_signs(Traced.of(text)).traced.text == text
