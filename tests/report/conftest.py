"""A browser for looking at pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Debian's Chromium, driven by Playwright; the test is skipped where either is missing.

    Closed with each test file: Playwright's event loop would be in the way of Dagster's.
    """
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("needs the system program chromium (make test-all installs it)")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield chromium
        chromium.close()
