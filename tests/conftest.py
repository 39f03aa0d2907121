"""What all tests share: the shared texts where they exist, and the rule that `make test-all` shows no skip."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

os.environ["TARMIM_PLAIN"] = "1"  # tests try the sources as they are written and replace parts of them

# How long an example takes is no property of the code: the first one loads the lexicon, and machines are busy.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="a skipped test is a failed one")
    parser.addoption("--system", action="store_true", help="also what needs system programs (chromium)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not SHARED.is_dir():
        _leave_out(config, items)
    if config.getoption("--system"):
        return
    skip = pytest.mark.skip(reason="needs a system program (chromium); `make test-all` installs it and runs this")
    for item in items:
        if "system" in item.keywords:
            item.add_marker(skip)


def _leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without the shared texts, what only measures on them is no part of the suite."""
    needs = [i for i in items if "shared" in getattr(i, "fixturenames", ()) or i.name.endswith("[NOTSET]")]
    config.hook.pytest_deselected(items=needs)
    items[:] = [i for i in items if i not in needs]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and item.config.getoption("--no-skips"):
        report.outcome = "failed"
    return report


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared texts beside the repository; where it is not there, the tests that ask for it are left out."""
    return SHARED


@pytest.fixture(scope="session")
def examples() -> Path:
    """The landing folder of examples."""
    return ROOT / "examples" / "landing"
