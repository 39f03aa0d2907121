"""An analyst's decisions are applied first, map back to the raw text, and are dropped with a doubt when the raw text differs."""

from pipeline.restore.document import restore
from pipeline.restore.human import Correction

LINE = "ير المالية في القاعة التقى المدير وز"
READS = "التقى المدير وزير المالية في القاعة"


def test_a_decided_line_reads_as_decided_and_maps_back():
    restored = restore(LINE, corrections=[Correction(0, len(LINE), LINE, READS, "huda", "seen on the page")])
    assert restored.text == READS
    assert [p.finding.kind for p in restored.restorations if p.finding.kind == "human"] == ["human"]
    origin = restored.traced.origin
    letters = [i for i, c in enumerate(restored.text) if c != " "]
    assert all(LINE[origin[i]] == restored.text[i] for i in letters)
    assert len({int(origin[i]) for i in letters}) == len(letters)


def test_a_decided_figure_is_typed_anew_where_the_raw_text_has_other_glyphs():
    raw = "وصل \ue001\ue002 شخصا إلى المدينة"
    restored = restore(raw, corrections=[Correction(4, 6, "\ue001\ue002", "25", "huda")])
    assert restored.text == "وصل 25 شخصا إلى المدينة"
    assert restored.doubts == []


def test_a_decision_about_other_characters_is_dropped_with_a_doubt():
    restored = restore("نص آخر تماما", corrections=[Correction(0, 5, "شيء ", "غيره", "huda")])
    assert restored.text == "نص آخر تماما"
    assert [d.finding.kind for d in restored.doubts] == ["correction_dropped"]
    assert "huda" in restored.doubts[0].finding.explanation


def test_of_two_decisions_about_one_span_the_later_counts():
    raw = "وصل \ue001 رجال"
    both = [Correction(4, 5, "\ue001", "5", "huda"), Correction(4, 5, "\ue001", "6", "samir")]
    assert restore(raw, corrections=both).text == "وصل 6 رجال"


def test_every_character_of_a_decision_has_a_place_in_what_it_replaced():
    raw = "وصل \ue001\ue002 شخصا"
    for after in ("25", "250", "5", "25 ألف"):
        restored = restore(raw, corrections=[Correction(4, 6, "\ue001\ue002", after, "huda")])
        decided = next(p for p in restored.restorations if p.finding.kind == "human")
        assert restored.text[decided.start : decided.end] == after
        assert set(restored.traced.origin[decided.start : decided.end]) <= {4, 5}


def test_a_line_decided_to_stand_as_printed_is_neither_turned_nor_doubted_again():
    kept = [Correction(0, len(LINE), LINE, LINE, "huda", "a list, set so")]
    restored = restore(LINE, corrections=kept)
    assert restored.text == LINE
    assert [p.finding.kind for p in restored.restorations] == ["human"]
    assert restored.doubts == []


def test_what_stands_around_a_decision_is_still_restored():
    raw = "وصـــل الوفد\n" + LINE
    restored = restore(raw, corrections=[Correction(13, len(raw), LINE, LINE, "huda")])
    assert restored.text.startswith("وصل الوفد")
    assert restored.text.endswith(LINE)


def test_a_decided_figure_moves_with_the_line_it_stands_in():
    line = "ير المالية 7 وزراء في القاعة التقى المدير وز"
    at = line.index("7")
    as_printed, decided = restore(line), restore(line, corrections=[Correction(at, at + 1, "7", "9", "huda")])
    assert decided.text == as_printed.text.replace("7", "9")
