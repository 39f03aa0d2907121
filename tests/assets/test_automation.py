"""Publication follows batches that changed, once nothing upstream is running; failed checks of one batch hold nobody up."""

import dagster as dg
import pytest

from assets.definitions import defs
from assets.instance import instance_of, prepare_home
from pipeline.ingest.intake import intake
from tests.assets.conftest import materialize

PUBLISHED = {"warehouse", "report", "casualty_claims"}


@pytest.fixture
def taken(home, examples):
    (home / "landing" / "gao-attack.txt").write_bytes((examples / "gao-attack.txt").read_bytes())
    intake(prepare_home(home))
    return home


def test_a_batch_that_is_done_asks_for_one_publication(taken):
    with instance_of(prepare_home(taken)) as instance:

        def requested(cursor):
            result = dg.evaluate_automation_conditions(defs=defs, instance=instance, cursor=cursor)
            names = {k.to_user_string() for k in {r.key for r in result.results if r.true_subset.size}}
            return names, result.cursor

        first, cursor = requested(None)
        assert "documents" not in first
        assert materialize(taken, "whole_batch", "b000001").success
        asked, cursor = requested(cursor)
        assert asked >= PUBLISHED
        assert "documents" not in asked
        again, cursor = requested(cursor)
        assert again == set()
