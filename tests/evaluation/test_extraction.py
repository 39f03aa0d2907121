"""The scoring rules for facts, each on literal rows."""

import pytest

from pipeline.evaluation.extraction import plain_name, score_extraction

NOTHING = {"quantities": [], "times": [], "mentions": [], "claims": [], "events": [], "duplicates": []}
TEXT = "قصفت الطائرات المدينة فقتل 34 مدنيا. ونفت الوزارة ذلك."


def score(found, gold):
    return score_extraction({**{k: [] for k in NOTHING}, **found}, {**NOTHING, **gold}, lambda i: i, TEXT)


def quantity(low=34.0, high=34.0, qualifier="exactly", kind="killed", start=27, end=29, status="stated"):
    return {"start": start, "end": end, "low": low, "high": high, "qualifier": qualifier, "kind": kind, "status": status, "text": "34"}


@pytest.mark.parametrize(
    ("found", "right"),
    [
        (quantity(), 1),
        (quantity(high=None), 0),
        (quantity(qualifier="at_least"), 0),
        (quantity(start=0, end=4), 0),
    ],
)
def test_a_quantity_needs_span_both_bounds_and_qualifier(found, right):
    assert score({"quantities": [found]}, {"quantities": [quantity()]}).tallies["quantities"].right == right


def test_a_dual_read_as_two_is_neither_rewarded_nor_punished():
    dual = quantity(low=2.0, high=2.0, start=0, end=4, status="spelled")
    assert score({"quantities": [dual]}, {}).tallies["quantities"].found == 0


def mention(canonical_id, start, name="X"):
    return {"start": start, "end": start + 4, "type": "actor", "canonical_id": canonical_id, "canonical_name": name, "text": ""}


def gold_mention(canonical, start):
    return {"start": start, "end": start + 4, "type": "actor", "canonical": canonical}


def test_links_are_one_id_per_entity_and_one_entity_per_id():
    gold = [gold_mention("Syrian Army", 0), gold_mention("Syrian Army", 10), gold_mention("Islamic State", 20)]
    assert score({"mentions": [mention("a", 0), mention("a", 10), mention("b", 20)]}, {"mentions": gold}).tallies["links"].right == 3
    assert score({"mentions": [mention("a", 0), mention("a", 10), mention("a", 20)]}, {"mentions": gold}).tallies["links"].right == 2
    assert score({"mentions": [mention("a", 0), mention("c", 10), mention("b", 20)]}, {"mentions": gold}).tallies["links"].right == 2


def event(kind, start, **more):
    empty = {f"{f}_{k}": None for f in ("killed", "wounded", "displaced", "detained", "captured") for k in ("low", "high", "qualifier")}
    row = {"start": start, "end": start + 4, "kind": kind, "agents": [], "patients": [], "place": None, "status": "asserted", "trigger": ""}
    return {**row, **empty, "date_start": None, "date_precision": None, **more}


def gold_event(kind, start, **more):
    return {
        "start": start,
        "end": start + 4,
        "kind": kind,
        "agent": [],
        "patient": [],
        "place": [],
        "status": "asserted",
        "date": None,
        **more,
    }


def test_an_event_matches_by_kind_within_25_characters_of_one_sentence():
    gold = {"events": [gold_event("airstrike", 0)]}
    assert score({"events": [event("airstrike", 10)]}, gold).tallies["events"].right == 1
    assert score({"events": [event("shelling", 0)]}, gold).tallies["events"].right == 0
    assert score({"events": [event("airstrike", 40)]}, gold).tallies["events"].right == 0


def test_a_casualty_row_beside_its_cause_is_a_matter_of_taste():
    tally = score({"events": [event("airstrike", 0), event("killing", 22)]}, {"events": [gold_event("airstrike", 0)]}).tallies["events"]
    assert (tally.right, tally.found, tally.gold) == (1, 1, 1)


def test_roles_are_held_against_canonical_names():
    gold = {"events": [gold_event("airstrike", 0, agent=["Russian Air Force"], place=["Idlib"])]}
    right = event("airstrike", 0, agents=["Russian air force"], place="Idlib")
    assert score({"events": [right]}, gold).tallies["event_roles"].right == 1
    assert score({"events": [{**right, "place": None}]}, gold).tallies["event_roles"].right == 0


def test_plain_names_fold_articles_hyphens_and_case():
    assert plain_name("Deir ez-Zor") == plain_name("deir ez zor")
    assert plain_name("al-Raqqa") == plain_name("Raqqa")
