"""What the marts say of literal rows."""

import pytest

from pipeline.storage import sql
from tests.storage.marts_kit import event, killed, marts_over, rows_of, source

CODES = {"acled_event_type": "Explosions/Remote violence", "acled_sub_event_type": "Air/drone strike"}
MARTS = {mart.name: mart for mart in sql.marts()}


def clusters(events, **more):
    """Sets of member events."""
    with marts_over(events, **more) as connection:
        return sorted(row["event_ids"] for row in rows_of(connection, "SELECT event_ids FROM event_clusters"))


@pytest.mark.parametrize("mart", MARTS.values(), ids=MARTS.keys())
def test_each_mart_says_grain_purpose_and_example(mart):
    assert mart.description.startswith("One row per ")
    assert "Purpose: " in mart.description
    assert "Example: " in mart.description
    assert mart.columns


@pytest.mark.parametrize("mart", MARTS.values(), ids=MARTS.keys())
def test_keys_are_unique_and_examples_run(mart):
    events = [event("a-e0", **killed(5), source="X"), event("a-e1", "clash"), event("b-e0", **killed(7), agents=["RUAF"]), event("c-e0", place=None)]
    with marts_over(events) as connection:
        if mart.key:
            key = ", ".join(mart.key)
            assert rows_of(connection, f"SELECT {key} FROM {mart.name} GROUP BY ALL HAVING count(*) > 1") == []
        example = mart.description.rpartition("Example: ")[2]
        if example.startswith("SELECT"):
            connection.execute(example)


# Which tellings are of one happening

SAME = {
    "same kind, place, day": (event("a-e0"), event("b-e0")),
    "a day apart": (event("a-e0"), event("b-e0", day="2019-12-22")),
    "the town and its district": (event("a-e0"), event("b-e0", place="D")),
    "the town and its governorate": (event("a-e0"), event("b-e0", place="G")),
    "airstrike and shelling, for قصف is both": (event("a-e0"), event("b-e0", "shelling")),
    "an air force and its state": (event("a-e0", agents=["RUAF"]), event("b-e0", agents=["RU"])),
    "one names no agent": (event("a-e0", agents=["RUAF"]), event("b-e0")),
    "told and denied": (event("a-e0"), event("b-e0", status="denied")),
    "whatever figures they give": (event("a-e0", **killed(5)), event("b-e0", **killed(11))),
    "a country, with one agent": (event("a-e0", place="SY", agents=["RU"]), event("b-e0", place="SY", agents=["RUAF"])),
    "no day, in one document": (event("a-e0"), event("a-e1", day=None)),
    "no place, in one document": (event("a-e0"), event("a-e1", place=None)),
    "a denial in the document itself": (event("a-e0"), event("a-e1", "attack", day=None, status="denied")),
}
APART = {
    "other kind": (event("a-e0"), event("b-e0", "clash")),
    "other town": (event("a-e0"), event("b-e0", place="U")),
    "two days apart": (event("a-e0"), event("b-e0", day="2019-12-23")),
    "other agents": (event("a-e0", agents=["SYA"]), event("b-e0", agents=["RU"])),
    "other patients": (event("a-e0", patients=["SYA"]), event("b-e0", patients=["HTS"])),
    "only the country in common": (event("a-e0"), event("b-e0", place="SY")),
    "no day, in two documents": (event("a-e0"), event("b-e0", day=None)),
    "no place, in two documents": (event("a-e0"), event("b-e0", place=None)),
    "nothing told": (event("a-e0", place=None, day=None), event("b-e0", place=None, day=None)),
    "two figures of one document": (event("a-e0", **killed(5)), event("a-e1", **killed(11))),
    "two kinds of one document": (event("a-e0"), event("a-e1", "shelling")),
    "appeals without a common agent": (event("a-e0", "appeal"), event("b-e0", "appeal")),
    "a place the gazetteer does not know": (event("a-e0"), {**event("a-e1", place=None), "place": "Some Bridge"}),
}


@pytest.mark.parametrize("case", SAME)
def test_tellings_of_one_happening(case):
    one, other = SAME[case]
    assert clusters([one, other]) == [[one["event_id"], other["event_id"]]]


@pytest.mark.parametrize("case", APART)
def test_tellings_of_two_happenings(case):
    one, other = APART[case]
    assert clusters([one, other]) == [[one["event_id"]], [other["event_id"]]]


def test_a_week_of_raids_is_no_chain():
    days = [event(f"{doc}-e0", day=f"2019-12-{21 + n}") for n, doc in enumerate("abcdefg")]
    assert max(len(members) for members in clusters(days)) <= 3


def test_what_did_not_happen_and_repeats_are_no_members():
    events = [
        event("a-e0"), event("a-e1", same_as="a-e0"), event("b-e0", status="expected"), event("c-e0", status="proposed"),
        event("d-e0", status="negated"),
    ]  # fmt: skip
    assert clusters(events) == [["a-e0"]]


def test_the_order_of_rows_changes_nothing():
    events = [event(f"{d}-e0", place=p, day=day, **killed(n)) for n, (d, p, day) in enumerate(
        [("a", "T", "2019-12-21"), ("b", "D", "2019-12-22"), ("c", "G", "2019-12-23"), ("d", "U", "2019-12-22"), ("f", None, None)], 3
    )]  # fmt: skip
    with marts_over(events) as one, marts_over(events[::-1]) as other:
        assert rows_of(one, "FROM event_clusters") == rows_of(other, "FROM event_clusters")


# Figures over the claims

AGREEMENT = {
    "none told": ([{}, {}], (None, None, "none told")),
    "one number": ([killed(11), {}], (11, 11, "single")),
    "the same number": ([killed(11), killed(11)], (11, 11, "agree")),
    "a bound that holds": ([killed(14), killed(11, None, "at_least")], (11, 14, "agree")),
    "a bound that does not": ([killed(9), killed(11, None, "at_least")], (9, 11, "differ")),
    "two numbers": ([killed(11), killed(14)], (11, 14, "differ")),
    "about the same": ([killed(300, 300, "approximately"), killed(310)], (300, 310, "agree")),
    "zero is a number": ([killed(0), killed(3)], (0, 3, "differ")),
}


@pytest.mark.parametrize("case", AGREEMENT)
def test_low_high_and_agreement(case):
    figures, expected = AGREEMENT[case]
    with marts_over([event(f"{doc}-e0", **figure) for doc, figure in zip("ab", figures, strict=True)]) as connection:
        (row,) = rows_of(connection, "SELECT killed_low, killed_high, killed_agreement FROM event_clusters")
        assert tuple(row.values()) == expected


def test_copies_are_many_outlets_and_one_voice():
    events = [event("a-e0", **killed(5), source="SOHR"), event("b-e0", **killed(5), source="SOHR"), event("c-e0", **killed(5))]
    sources = [source("a", "One"), source("a", "Two", uri="x"), source("a", "Old", uri="y", current=False), source("b", "Three"), source("c", "Four")]
    with marts_over(events, sources=sources) as connection:
        (row,) = rows_of(connection, "FROM event_clusters")
    assert (row["voices"], row["claimants"], row["outlets"]) == (2, ["SOHR"], ["Four", "One", "Three", "Two"])
    assert row["killed_agreement"] == "agree"
    assert [(c["claimant"], c["outlets"], c["low"]) for c in row["claims"]] == [
        ("Four", ["Four"], 5), ("SOHR", ["One", "Two"], 5), ("SOHR", ["Three"], 5),
    ]  # fmt: skip


def test_one_text_in_other_bytes_is_one_voice():
    texts = {"a": "قُتل خمسة في القصف", "b": "قتـــل  خمسة\nفي القصف"}
    with marts_over([event("a-e0", **killed(5)), event("b-e0", **killed(5))], texts) as connection:
        (row,) = rows_of(connection, "SELECT voices, outlet_count, killed_agreement FROM event_clusters")
    assert tuple(row.values()) == (1, 2, "single")


def test_a_denial_is_no_telling():
    events = [event("a-e0", source="SOHR", **killed(5)), event("b-e0", status="denied", source="Ministry", agents=["RU"])]
    with marts_over(events) as connection:
        (row,) = rows_of(connection, "SELECT status, claimants, denied_by, killed_low FROM event_clusters")
        assert tuple(row.values()) == ("disputed", ["SOHR"], ["Ministry"], 5)
        profile = rows_of(connection, "SELECT source, happenings_denied, denials FROM source_profile")
    assert profile == []  # neither has a row in claims


# Figures that are not in the text


def lost(doc_id="a", status="stripped", low=11.0, high=None, qualifier="at_least", kind="killed", n=0):
    return {
        "doc_id": doc_id, "sentence_id": f"{doc_id}-s0", "quantity_id": f"{doc_id}-q{n}", "start": 2, "end": 4, "text": "مدنيا", "status": status,
        "low": low, "high": high, "qualifier": qualifier, "unit": "مدني", "kind": kind,
    }  # fmt: skip


def flag(doc_id="a"):
    return {
        "doc_id": doc_id, "flag_id": f"{doc_id}-f0", "sentence_id": f"{doc_id}-s0", "kind": "stripped_number", "severity": "warning", "start": 2,
        "end": 4, "raw_start": 2, "raw_end": 4, "low": 11.0,
    }  # fmt: skip


def test_grammar_bounds_are_nobody_s_claim():
    events = [event("a-e0", **killed(11, None, "at_least"), **killed(27, name="wounded"), **CODES)]
    with marts_over(events, quantities=[lost()], quality_flags=[flag()]) as connection:
        claims = rows_of(connection, "SELECT figure, low, high, told, gap_flag_id, qualifier FROM casualty_claims")
        (cluster,) = rows_of(connection, "SELECT killed_low, killed_high, killed_agreement, wounded_low FROM event_clusters")
        (acled,) = rows_of(connection, "SELECT fatalities FROM export_acled")
        (ucdp,) = rows_of(connection, "SELECT best, low, high FROM export_ucdp")
    assert [tuple(c.values()) for c in claims] == [("killed", None, None, False, "a-f0", "at_least"), ("wounded", 27, 27, True, None, "exactly")]
    assert tuple(cluster.values()) == (None, None, "none told", 27)
    assert acled == {"fatalities": None}
    assert ucdp == {"best": None, "low": None, "high": None}


def test_a_told_number_with_the_bounds_of_a_lost_one_stays():
    told = lost(status="stated", n=1)
    with marts_over([event("a-e0", **killed(11, None, "at_least"))], quantities=[lost(kind="places"), told], quality_flags=[flag()]) as connection:
        assert rows_of(connection, "SELECT low, told FROM casualty_claims") == [{"low": 11, "told": True}]


def test_candidates_for_a_lost_figure_name_their_source():
    stated = lost("b", "stated", 14.0, 14.0, "exactly") | {"text": "14"}
    events = [event("a-e0", **killed(11, None, "at_least")), event("b-e0", source="SOHR", **killed(14))]
    with marts_over(events, quantities=[lost(), stated], quality_flags=[flag()]) as connection:
        (gap,) = rows_of(connection, "FROM number_gaps")
        assert rows_of(connection, "SELECT low FROM casualty_claims WHERE doc_id = 'a'") == [{"low": None}]
    assert (gap["low"], gap["high"], gap["unit"], gap["candidate_count"]) == (11, None, "مدني", 1)
    (candidate,) = gap["candidates"]
    assert {k: candidate[k] for k in ("via", "doc_id", "text", "low", "high", "claimant", "outlets")} == {
        "via": "cluster", "doc_id": "b", "text": "14", "low": 14, "high": 14, "claimant": "SOHR", "outlets": ["b Post"],
    }  # fmt: skip


def test_what_grammar_rules_out_is_no_candidate():
    """«مدنيا» asks for 11 to 99: three children of the same happening do not fill the gap."""
    children = lost("b", "stated", 3.0, 3.0, "exactly")
    with marts_over([event("a-e0"), event("b-e0")], quantities=[lost(), children], quality_flags=[flag()]) as connection:
        assert rows_of(connection, "SELECT candidate_count FROM number_gaps") == [{"candidate_count": 0}]


def test_the_damaged_text_itself_and_other_nouns_are_no_candidates():
    texts = {"a": "قصف السوق وقتل مدنيا", "b": "قصف السوق وقتل مدنيا", "c": "نص آخر"}
    other = lost("c", "stated", 3.0, 3.0, "exactly", "vehicles") | {"unit": "عربات"}
    quantities = [lost(), lost("b", "stated", 14.0, 14.0, "exactly"), other]
    with marts_over([event("a-e0"), event("b-e0"), event("c-e0")], texts, quantities=quantities, quality_flags=[flag()]) as connection:
        assert rows_of(connection, "SELECT candidate_count FROM number_gaps") == [{"candidate_count": 0}]


# Claims


def test_a_claim_counts_once_and_keeps_its_claimant():
    events = [
        event("a-e0", **killed(5), source="SOHR"), event("a-e1", **killed(5), source="SOHR", same_as="a-e0"),
        event("a-e2", **killed(7), source="SANA", same_as="a-e0"), event("b-e0", **killed(0)),
    ]  # fmt: skip
    with marts_over(events) as connection:
        found = rows_of(connection, "SELECT first_event_id, claimant, low FROM casualty_claims ORDER BY ALL")
    assert [tuple(row.values()) for row in found] == [("a-e0", "SANA", 7), ("a-e0", "SOHR", 5), ("b-e0", "b Post", 0)]


def test_days_go_up_the_hierarchy_of_places():
    events = [event("a-e0"), event("b-e0", status="claimed", source="SOHR"), event("b-e1", same_as="b-e0"), event("c-e0", place=None, day=None)]
    with marts_over(events) as connection:
        found = rows_of(connection, "SELECT day, place, governorate, country, status, events, sources FROM daily_events ORDER BY status, place")
    assert [(str(r["day"]), r["place"], r["governorate"], r["country"], r["status"], r["events"], r["sources"]) for r in found] == [
        ("2019-12-21", "Maarat al-Numan", "Idleb", "Syria", "asserted", 1, []), ("None", None, None, None, "asserted", 1, []),
        ("2019-12-21", "Maarat al-Numan", "Idleb", "Syria", "claimed", 1, ["SOHR"]),
    ]  # fmt: skip


def test_who_is_said_to_hold_a_place():
    def takes(event_id, holder, day, **more):
        return event(event_id, "territory_captured", day=day, agents=[holder], **more)

    events = [
        takes("a-e0", "SYA", "2019-12-01", source="SANA", patients=["HTS"]), takes("b-e0", "SYA", "2019-12-03", source="SANA"),
        takes("c-e0", "HTS", "2019-12-05", source="SANA"), takes("d-e0", "HTS", "2019-12-02", source="Ebaa"),
        takes("f-e0", "SYA", "2019-12-04", source="Ebaa", status="denied"),
    ]  # fmt: skip
    with marts_over(events) as connection:
        found = rows_of(connection, "FROM place_control ORDER BY claimant, since")
    said = [(r["claimant"], r["holder"], str(r["since"]), str(r["last_claimed"]), str(r["ended"]), r["contested_by"], r["denied_by"]) for r in found]
    assert said == [
        ("Ebaa", "Hayat Tahrir al-Sham", "2019-12-02", "2019-12-02", "None", ["Syrian Army"], []),
        ("SANA", "Syrian Army", "2019-12-01", "2019-12-03", "2019-12-05", ["Hayat Tahrir al-Sham"], ["Ebaa"]),
        ("SANA", "Hayat Tahrir al-Sham", "2019-12-05", "2019-12-05", "None", [], []),
    ]
    assert [r["contested"] for r in found] == [True, True, False]
    assert found[1]["taken_from"] == ["Hayat Tahrir al-Sham"]


def test_what_actors_do_and_suffer():
    events = [event("a-e0", agents=["RU"], patients=["HTS"]), event("a-e1", agents=["RU"], same_as="a-e0"), event("b-e0", agents=["Residents"])]
    with marts_over(events) as connection:
        found = rows_of(connection, "SELECT actor, actor_id, month, as_agent, as_patient FROM actor_activity ORDER BY actor")
    assert [(r["actor"], r["actor_id"], str(r["month"]), r["as_agent"], r["as_patient"]) for r in found] == [
        ("Hayat Tahrir al-Sham", "HTS", "2019-12-01", 0, 1), ("Residents", None, "2019-12-01", 1, 0), ("Russia", "RU", "2019-12-01", 1, 0),
    ]  # fmt: skip


def test_sources_and_who_contradicts_them():
    def claim(doc_id, who, stance="asserts"):
        return {
            "doc_id": doc_id,
            "sentence_id": f"{doc_id}-s0",
            "claim_id": f"{doc_id}-c0",
            "start": 0,
            "end": 2,
            "source": who,
            "stance": stance,
            "quote": False,
        }

    events = [
        event("a-e0", source="SOHR", **killed(11)),
        event("b-e0", source="SANA", **killed(3)),
        event("c-e0", source="Ministry", status="denied"),
    ]
    claims = [claim("a", "SOHR"), claim("b", "SANA"), claim("c", "Ministry", "denies")]
    with marts_over(events, claims=claims) as connection:
        columns = "source, asserts, denies, happenings, happenings_denied, denials, figures_told, figures_contradicted"
        found = rows_of(connection, f"SELECT {columns} FROM source_profile ORDER BY 1")
    assert [tuple(row.values()) for row in found] == [
        ("Ministry", 0, 1, 0, 0, 1, 0, 0), ("SANA", 1, 0, 1, 1, 0, 1, 1), ("SOHR", 1, 0, 1, 1, 0, 1, 1),
    ]  # fmt: skip


# Shapes that other communities load

ACLED = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 "
    "interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes "
    "fatalities tags timestamp"
)
UCDP = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id dyad_name "
    "side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office source_date "
    "source_headline source_original where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country "
    "country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob"
)


def test_the_shape_of_acled():
    events = [
        event("a-e0", agents=["RUAF", "SYA"], patients=["Civilians"], source="SOHR", **killed(11, None, "at_least"), **CODES),
        event("b-e0", **killed(14), **CODES), event("c-e0", place="U", day=None, **CODES), event("d-e0", place="U", status="denied", **CODES),
    ]  # fmt: skip
    with marts_over(events) as connection:
        (row,) = rows_of(connection, "FROM export_acled")
    assert list(row) == ACLED.split()
    assert {k: row[k] for k in ("actor1", "assoc_actor_1", "inter1", "actor2", "inter2", "interaction", "civilian_targeting", "fatalities")} == {
        "actor1": "Russian Air Force", "assoc_actor_1": "Syrian Army", "inter1": "State forces", "actor2": "Civilians", "inter2": "Civilians",
        "interaction": "State forces-Civilians", "civilian_targeting": "Civilian targeting", "fatalities": 11,
    }  # fmt: skip
    assert (row["country"], row["admin1"], row["admin2"], row["location"], row["geo_precision"]) == (
        "Syria",
        "Idleb",
        "Al Mara",
        "Maarat al-Numan",
        1,
    )
    assert (row["event_type"], row["disorder_type"], row["time_precision"]) == ("Explosions/Remote violence", "Political violence", 1)


@pytest.mark.parametrize(
    ("figures", "best"),
    [([killed(11), killed(11)], 11), ([killed(11), killed(14)], None), ([killed(11, None, "at_least"), {}], None), ([{}, {}], None)],
)
def test_the_shape_of_ucdp(figures, best):
    events = [event(f"{doc}-e0", agents=["RU"], patients=["HTS"], **figure, **CODES) for doc, figure in zip("ab", figures, strict=True)]
    with marts_over(events) as connection:
        (row,) = rows_of(connection, "FROM export_ucdp")
    assert list(row) == UCDP.split()
    assert (row["best"], row["deaths_unknown"], row["deaths_civilians"], row["deaths_a"]) == (best, best, None, None)
    assert (row["type_of_violence"], row["side_a"], row["side_b"], row["number_of_sources"]) == (1, "Russia", "Hayat Tahrir al-Sham", 2)
    assert (row["where_prec"], row["date_prec"], row["adm_1"]) == (1, 1, "Idleb")
