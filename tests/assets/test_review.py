"""An analyst decides a doubt; the next run applies it as `human`; a decision about text that reads otherwise is dropped with a flag."""

import json

import pytest
from typer.testing import CliRunner

from assets.cli import app
from tests.assets.conftest import ask

ARTICLE = "سوق في الغوطة\n\nأفاد ناشطون بأن قصفا جويا أسفر عن مقتل \ue005\ue008 مدنيا في سوق المدينة، وأن فرق الإنقاذ واصلت عملها حتى المساء.\n"


@pytest.fixture
def command(home):
    def call(*arguments):
        done = CliRunner().invoke(app, [*map(str, arguments), "--home", str(home)])
        assert done.exit_code == 0, done.output
        return done.stdout

    return call


def test_a_decision_is_applied_and_a_stale_one_dropped(home, tmp_path, command):
    source = tmp_path / "ghouta.txt"
    source.write_text(ARTICLE, encoding="utf-8")
    command("run", source)
    doubts = json.loads(command("review", "--json"))
    doubt = next(d for d in doubts if d["kind"] == "encoded_number")
    assert doubt["before"] == "\ue005\ue008"
    assert ask(home, "SELECT low, high FROM quantities WHERE unit IS NOT NULL OR status = 'decoded'") in ([], [(None, None)])

    command("review", doubt["doubt"], "--as", "25", "--who", "Huda", "--why", "seen on the page")
    assert "1 new" not in command("run")
    assert ask(home, "SELECT before, after, evidence FROM restorations WHERE kind = 'human'") == [
        ("\ue005\ue008", "25", "decided by Huda: seen on the page")
    ]
    assert (25.0, 25.0) in ask(home, "SELECT low, high FROM quantities")
    assert not [d for d in json.loads(command("review", "--json")) if d["kind"] == "encoded_number"]

    decisions = home / "corrections.csv"
    decisions.write_text(decisions.read_text(encoding="utf-8").replace("\ue005\ue008", "\ue001\ue002"), encoding="utf-8")
    command("run")
    assert ask(home, "SELECT count(*) FROM restorations WHERE kind = 'human'") == [(0,)]
    assert ask(home, "SELECT count(*) FROM quality_flags WHERE kind = 'correction_dropped'") == [(1,)]
    assert ask(home, "SELECT count(*) FROM quantities WHERE low = 25") == [(0,)]


def test_what_is_not_listed_can_be_decided_too(home, tmp_path, command):
    """A figure that is gone is no doubt between readings, but somebody may know the page; so may one who disagrees with a restoration."""
    source = tmp_path / "market.txt"
    source.write_text("سوق في إدلب\n\nأفاد ناشطون بأن قصفا جويا أسفر عن مقتل ما لا يقل عن  مدنيا في ســوق المدينة.\n", encoding="utf-8")
    command("run", source)
    flag = ask(home, "SELECT flag_id FROM quality_flags WHERE kind = 'stripped_number'")[0][0]
    tatweel = ask(home, "SELECT restoration_id FROM restorations WHERE kind = 'tatweel'")[0][0]
    assert json.loads(command("review", "--json")) == []
    command("review", flag, "--as", "14 مدنيا", "--who", "Huda")
    command("review", tatweel, "--reading", "1", "--who", "Huda")
    command("run")
    assert (14.0, None) in ask(home, "SELECT low, high FROM quantities")
    assert ask(home, "SELECT count(*) FROM quality_flags WHERE kind = 'stripped_number'") == [(0,)]
    assert ask(home, "SELECT text LIKE '%في سوق المدينة%' FROM restored_documents") == [(True,)]


def test_a_line_decided_to_stand_as_printed_is_not_doubted_again(home, tmp_path, command):
    source = tmp_path / "hall.txt"
    source.write_text("ير المالية أمس الاثنين التقى المدير وز\n", encoding="utf-8")
    command("run", source)
    [doubt] = json.loads(command("review", "--json"))
    command("review", doubt["doubt"], "--reading", "0", "--who", "Huda")
    command("run")
    assert ask(home, "SELECT text FROM restored_documents") == [(doubt["before"],)]
    assert ask(home, "SELECT count(*) FROM quality_flags WHERE kind LIKE 'displaced_run%'") == [(0,)]
