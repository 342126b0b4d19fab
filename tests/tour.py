"""A full tour of the app over extracts with marked values, and everything that it left behind."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, WebSocket, expect

from sendviz.running import RunningOrder, Slide
from sendviz.settings import Settings
from sendviz.store import Store
from tests import marked_values
from tests.browsing import PATIENCE, serve, settle, stop
from tests.seen import choose, pick
from tests.wall import FIRST, press, stand

PAGES = ("ehcp-cohort", "ehcp-referrals", "placements-and-costs")  # of which there are figures
EMPTY = ("final-plans", "health-waiting-times", "inclusion-week", "clusters", "compare", "about", "")
STORED = """async () => JSON.stringify([document.title, location.href, history.state, document.cookie,
  {...localStorage}, {...sessionStorage}, await indexedDB.databases(), await caches.keys()])"""


@dataclass
class Evidence:
    """What a tour left: addresses asked for, what the browsers stored and were sent beside the data page, what they
    said, the files taken away, what the page showed of the faulty cell, and the server's folder and output."""

    folder: Path
    urls: list[str] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    findings: str = ""
    data_page: list[str] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        """Those of the server."""
        return Settings(database_url=f"sqlite:///{self.folder}/data/s.db", data_dir=self.folder / "data", sample=False)

    def watch(self, context: BrowserContext) -> Page:
        """A page of which all of this is noted."""
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1e3)
        context.on("request", lambda request: self.urls.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("websocket", lambda socket: self._listen(page, socket))
        return page

    def _listen(self, page: Page, socket: WebSocket) -> None:
        self.urls.append(socket.url)

        def came(payload: "str | bytes") -> None:
            if "/data" not in page.url:
                self.sent.append(payload if isinstance(payload, bytes) else payload.encode())

        socket.on("framereceived", came)

    def look(self, page: Page) -> None:
        """Notes what the browser stores at this page."""
        settle(page)
        self.stored.append(page.evaluate(STORED))

    def take(self, page: Page, button: Locator) -> None:
        """Takes away what a button downloads."""
        settle(page)
        with page.expect_download() as waiting:
            button.click()
        name = f"{len(self.files)} {waiting.value.suggested_filename}"
        self.files[name] = Path(waiting.value.path()).read_bytes()


def take_tour(browser: Browser, folder: Path) -> Evidence:
    """Everything once, by a data officer alone at the computer, and by a phone in the room."""
    found = Evidence(folder)
    for name in ("data", "scratch", "files"):
        (folder / name).mkdir()
    with _server(folder) as url, _context(browser, found) as officer, _context(browser, found) as visitor:
        page = found.watch(officer)
        _load(found, page, url)
        _visit(found, page, url)
        _present(found, page, found.watch(visitor), url)
        _look_after(found, page, url)
    return found


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder / "scratch"))
        patch.setenv("SENDVIZ_SAMPLE", "0")
        url, process = serve(folder / "output", f"sqlite:///{folder}/data/s.db", folder / "data")
    try:
        yield url
    finally:
        stop(process)


@contextmanager
def _context(browser: Browser, found: Evidence) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    found.stored.append(json.dumps(context.storage_state(indexed_db=True)))
    context.close()


def _load(found: Evidence, page: Page, url: str) -> None:
    """Files dropped: one that is right and one with a faulty cell; the marked copy, and published."""
    good = marked_values.extract(found.folder / "files" / "extract.xlsx")
    bad = marked_values.faulty(found.folder / "files" / "faulty.xlsx")
    page.goto(f"{url}/data")
    found.look(page)
    page.locator("input[type=file]").set_input_files([good, bad])
    expect(page.locator(".findings .file").first).to_contain_text("faulty.xlsx 1 problem: not stored")
    found.look(page)
    found.findings = page.locator(".findings").inner_text()
    found.take(page, page.get_by_role("button", name="Marked copy of faulty.xlsx"))
    page.get_by_role("button", name="Publish", exact=True).first.click()
    expect(page.get_by_text("Published. Everybody who looks")).to_be_visible()


def _visit(found: Evidence, page: Page, url: str) -> None:
    """Every page, with and without a filter, and what can be taken away from those with figures."""
    for path in (*EMPTY, *PAGES):
        page.goto(f"{url}/{path}")
        found.look(page)
    choose(page, "locality")
    for path in PAGES:
        page.goto(f"{url}/{path}?locality=Central&from=2025-11")
        found.look(page)
        for kind in ("excel", "slides"):
            found.take(page, page.locator(f".st-key-{kind}-{path}").get_by_role("button"))
    found.take(page, page.locator("[class*=st-key-excel-placements-by-type]").get_by_role("button"))


def _present(found: Evidence, page: Page, phone: Page, url: str) -> None:
    """A running order: taken away in every form, presented, and followed."""
    slides = tuple(Slide(exhibit=name) for name in ("cohort-over-time", "cohort-gender", "placements-by-type"))
    store = Store.open(found.settings)
    number = store.orders.add(RunningOrder(name="Meeting", slides=slides), "officer")
    store.close()
    page.goto(f"{url}/present?edit={number}")
    found.look(page)
    for label in ("PowerPoint", "Copy without network (HTML)", "Excel", "Save as file"):
        found.take(page, page.get_by_role("button", name=label, exact=True))
    page.goto(f"{url}/present?order={number}&screen=1")
    stand(page, "1 of 3", FIRST)
    press(page, "ArrowRight", "2 of 3")
    page.keyboard.press("q")
    phone.goto(page.locator(".link").inner_text())
    found.look(phone)
    found.look(page)
    page.keyboard.press("q")
    expect(page.locator(".invitation").filter(visible=True)).to_have_count(0)
    page.keyboard.press("Escape")
    expect(phone.locator("h1")).to_have_text("This presentation is over. Thank you.")


def _look_after(found: Evidence, page: Page, url: str) -> None:
    """Taken back and put back, a note on the charts, rows for a reason, and the log."""
    page.goto(f"{url}/data?locality=Central")
    settle(page)
    for what, state in (("undo", "Taken back"), ("redo", "Shown")):
        page.locator(f"[class*=st-key-{what}]").first.get_by_role("button").click()
        expect(page.locator(".upload").first).to_contain_text(state)
    settle(page)
    page.get_by_label("What the rows are needed for").fill("Review of placements")
    pick(page, "Which data", "Placements")
    page.get_by_role("button", name="Ask for the rows").click()
    found.take(page, page.get_by_role("button", name="Download the rows"))
    page.get_by_text("Show the log").click()
    page.locator(".log tbody tr").first.wait_for()
    for label in ("CSV of the log", "Excel of the log"):
        found.take(page, page.get_by_role("button", name=label))
    found.look(page)
    found.data_page.append(page.content())
