"""The report pages over a thousand documents: how long they take to build, and whether the contents page stutters in Chromium."""

from __future__ import annotations

import json
import random
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from assets.running import run_line
from pipeline.lexicon.build.corpus import documents
from pipeline.report.build import build_report
from pipeline.storage.home import Home
from pipeline.storage.warehouse import connect

DOCUMENTS = 1000
OUTLETS = 24
# A browser's own measure of stutter: tasks that keep the page from answering, from 50 ms on.
_LONG_TASKS = """
window.longTasks = [];
new PerformanceObserver(l => window.longTasks.push(...l.getEntries().map(e => e.duration))).observe({type: "longtask", buffered: true});
"""
Row = dict[str, object]


def report(shared: Path) -> list[Row]:
    """CPU seconds of the line and of the report over news articles, a third of them with figures gone, a third stretched."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "wire.jsonl").write_text("\n".join(_records(shared / "corpus")), encoding="utf-8")
        line, summary = _timed(lambda: run_line(root / "home", [root / "wire.jsonl"], quiet=True))
        home = Home(root / "home")
        with connect(home) as connection:
            build, built = _timed(lambda: build_report(home, connection))
        size = sum(p.stat().st_size for p in (home.root / "report").resolve().rglob("*") if p.is_file())
        row: Row = {"documents": summary.documents, "line CPU s": line, "pages": built.pages, "build CPU s": build, "MB": round(size / 1e6, 1)}
        return [row, *_stutter(built.path.parent)]


def _records(corpus: Path) -> Iterator[str]:
    articles = (d for d in documents(corpus) if d.source == "ant")
    for number, article in zip(range(DOCUMENTS), articles, strict=False):
        text = "\n\n".join(article.paragraphs)
        damaged = (text, re.sub("[0-9]", "", text), re.sub("(?<=[سشصضطظعغفقكلمنهي])(?=[سشصضطظعغفقكلمنهي])", "ـ", text))[number % 3]
        outlet = f"Outlet {random.Random(number).randrange(OUTLETS) + 1}"
        told = {"title": article.paragraphs[0][:90], "publisher": outlet, "published_at": str(date(2016, 1, 1) + timedelta(days=number))}
        yield json.dumps({"text": damaged, **told}, ensure_ascii=False)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.process_time()
    result = work()
    return round(time.process_time() - begun, 1), result


def _stutter(pages: Path) -> Iterator[Row]:
    """The longest task of each doing on the overview, the lists and the largest document; nothing where Chromium or Playwright is missing."""
    program = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        program = None
    if program is None:
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        largest = max((pages / "documents").iterdir(), key=lambda p: p.stat().st_size)
        for path in (pages / "index.html", pages / "documents.html", pages / "events.html", largest):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.add_init_script(_LONG_TASKS)
            yield {"page": path.stem, "MB": round(path.stat().st_size / 1e6, 1), **_longest(page, f"file://{path}")}
        browser.close()


def _longest(page: Any, address: str) -> Row:
    def doing(work: Callable[[], object]) -> int:
        page.evaluate("window.longTasks.length = 0")
        work()
        page.wait_for_timeout(400)
        return round(max(page.evaluate("window.longTasks"), default=0))

    page.goto(address)
    page.wait_for_timeout(1000)
    found: Row = {"longest task on opening, ms": round(max(page.evaluate("window.longTasks"), default=0))}
    found["scrolling"] = doing(lambda: [page.mouse.wheel(0, 3000) for _ in range(30)])
    if page.locator("[data-filter]").count():
        found["typing"] = doing(lambda: page.get_by_label("Search").press_sequentially("المدينة", delay=60))
        found["clearing"] = doing(lambda: page.get_by_label("Search").fill(""))
        found["choosing"] = doing(lambda: page.locator("select").first.select_option(index=1))
    return found
