"""One missing numeral is one site; bounds are held against the true figure."""

from pipeline.evaluation.flags import score_stripped, stripped_sites

CLEAN = "قتل 34 شخصا في 17/10/2017 وبلغت الخسائر 1,500 دولار"


def flag(start, low=None, high=None):
    return {"kind": "stripped_number", "start": start, "end": start, "low": low, "high": high, "explanation": ""}


def test_a_date_and_a_separated_figure_are_one_site_each():
    sites, text = stripped_sites(CLEAN)
    assert [value for _, value in sites] == ["34", "17/10/2017", "1,500"]
    assert text[sites[0][0] :].startswith(" شخصا")


def test_flags_meet_sites_and_bounds_are_checked():
    sites, text = stripped_sites(CLEAN)
    flags = [flag(sites[0][0], 11, 99), flag(sites[1][0]), flag(sites[2][0], 3, 10)]
    score = score_stripped(flags, text, CLEAN)
    assert (score.sites.right, score.sites.found, score.sites.gold) == (3, 3, 3)
    assert (score.bounded.right, score.bounded.found) == (1, 2)


def test_a_missed_site_and_a_false_flag_are_counted():
    sites, text = stripped_sites(CLEAN)
    score = score_stripped([flag(sites[0][0])], text, CLEAN)
    assert (score.sites.right, score.sites.found, score.sites.gold) == (1, 1, 3)


def test_a_flag_meets_the_site_where_it_begins():
    clean = "ما بين 10 و14 ألف شخص"
    gap = "ما بين و ألف شخص"
    at = gap.index("و ألف")
    bounds = {"kind": "stripped_number", "low": None, "high": None, "explanation": ""}
    flags = [{**bounds, "start": at, "end": at + 1}, {**bounds, "start": at + 2, "end": at + 5, "low": 11, "high": 999}]
    score = score_stripped(flags, gap, clean)
    assert (score.sites.right, score.bounded.right, score.bounded.found) == (2, 1, 1)
