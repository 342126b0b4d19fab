"""nginx before two processes and PostgreSQL: one sign-in for both, each visitor with one process, and twenty visitors
who go on when theirs is killed."""

import asyncio
import json
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, StorageState, expect

from tests.balanced import COOKIE, Balanced
from tests.browsing import PATIENCE, settle
from tests.seen import choose
from tests.team import sign_in
from tests.visitors import Visitor

SESSIONS, GO_ON = 20, 5.0  # seconds, from the kill until the last is served again
PAGE, LOCALITIES = "final-plans", ("Central", "North", "South")
Look = Callable[..., Page]


class Room:
    """Visitors who do things at once, in a thread of their own beside the browser's."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()

    def begin(self, *deeds: Coroutine[Any, Any, Any]) -> "Future[list[Any]]":
        """Has all of them begun; what they come to."""

        async def all_of_them() -> list[Any]:
            return await asyncio.gather(*deeds)

        return asyncio.run_coroutine_threadsafe(all_of_them(), self.loop)

    def do(self, *deeds: Coroutine[Any, Any, Any]) -> list[Any]:
        """Has all of them done."""
        return self.begin(*deeds).result(2 * PATIENCE)

    def close(self) -> None:
        """Ends the thread."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


@pytest.fixture
def room() -> Iterator[Room]:
    """A room of visitors."""
    made = Room()
    yield made
    made.close()


@pytest.fixture
def tab(chromium: BrowserContext, balanced: Balanced, signed_in: StorageState) -> Iterator[Look]:
    """A window of somebody's own, signed in, at a page, with this process."""
    contexts = []

    def looking(path: str = "/", process: int | None = None) -> Page:
        assert chromium.browser
        contexts.append(chromium.browser.new_context(storage_state=signed_in, ignore_https_errors=True))
        contexts[-1].set_default_timeout(PATIENCE * 1e3)
        page = contexts[-1].new_page()
        if process:
            contexts[-1].add_cookies([{"name": COOKIE, "value": str(process), "url": balanced.url}])
        page.goto(balanced.url + path)
        settle(page)
        return page

    yield looking
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def signed_in(chromium: BrowserContext, balanced: Balanced) -> StorageState:
    """What the browser of somebody who has signed in keeps."""
    assert chromium.browser
    context = chromium.browser.new_context(ignore_https_errors=True)
    context.set_default_timeout(PATIENCE * 1e3)
    sign_in(context.new_page(), "officer", balanced.url)
    kept = context.storage_state()
    context.close()
    return kept


def cookies(page: Page) -> dict[str, str]:
    return {str(cookie.get("name")): str(cookie.get("value")) for cookie in page.context.cookies()}


def process_of(page: Page) -> int:
    return int(cookies(page)[COOKIE])


def test_without_tls_the_way_leads_to_it(balanced: Balanced) -> None:
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.build_opener(Stay).open(f"{balanced.plain}/ehcp-cohort?locality=Central", timeout=PATIENCE)
    assert told.value.code == 301
    assert told.value.headers["Location"] == "https://localhost/ehcp-cohort?locality=Central"
    told.value.close()


def test_the_app_knows_that_it_is_served_by_tls_and_says_so_once(balanced: Balanced) -> None:
    trusted = ssl.create_default_context(cafile=balanced.folder / "site.crt")
    with urllib.request.urlopen(f"{balanced.url}/healthz", context=trusted, timeout=PATIENCE) as answer:
        for name in ("Strict-Transport-Security", "Content-Security-Policy", "X-Frame-Options"):
            assert len(answer.headers.get_all(name)) == 1, name
        assert "; Secure; HttpOnly; SameSite=Lax" in answer.headers["Set-Cookie"]


def test_who_signed_in_at_one_process_is_signed_in_at_the_other(balanced: Balanced, tab: Look) -> None:
    page = tab(f"/{PAGE}")
    first = process_of(page)
    for process in (balanced.other(first), first):
        page.context.add_cookies([{"name": COOKIE, "value": str(process), "url": balanced.url}])
        page.reload()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        assert process_of(page) == process


def test_the_front_writes_no_links_down(balanced: Balanced, tab: Look) -> None:
    page = tab(f"/{PAGE}?locality=Central&live=secret-of-a-meeting")
    for path in ("/media/secret-of-a-download.xlsx", "/_stcore/upload_file/secret-of-a-visit/of-a-file"):
        page.request.get(balanced.url + path, ignore_https_errors=True)
    said = (balanced.folder / "sendviz.log").read_text()
    assert f" GET /{PAGE} 200 " in said and " GET /media/- " in said and " GET /_stcore/upload_file/- " in said
    assert "Central" not in said and "secret-of" not in said


def test_how_the_processes_are_doing_is_told_to_nobody(balanced: Balanced, tab: Look) -> None:
    told = tab(f"/{PAGE}").request.get(f"{balanced.url}/_stcore/metrics", ignore_https_errors=True)
    assert told.status == 404 and "nginx" in told.text()


def test_another_sites_name_is_not_answered(balanced: Balanced) -> None:
    trusted = ssl.create_default_context(cafile=balanced.folder / "site.crt")
    trusted.check_hostname = False
    for address in (balanced.plain, balanced.url, balanced.url.replace("localhost", "127.0.0.1")):
        asked = urllib.request.Request(address, headers={"Host": "evil.example"})
        with pytest.raises(OSError) as told, urllib.request.urlopen(asked, context=trusted, timeout=PATIENCE):
            pass
        assert getattr(told.value, "code", 421) == 421


def test_twenty_visitors_go_on_when_their_process_is_killed(balanced: Balanced, tab: Look, room: Room) -> None:
    """Those of the killed process are served by the other within five seconds, each with the selection it had; those of
    the other notice nothing. A tab goes on without a reload, and downloads from the process it is with now."""
    killed, stays = balanced.processes
    pages = [tab(f"/{PAGE}?from=2024-0{n + 1}", process) for n, process in enumerate((killed, killed, stays))]
    had = [_chosen(page) for page in pages]
    visitors = _visitors(balanced, cookies(pages[0]), (killed, stays), SESSIONS - len(pages))
    room.do(*(visitor.open() for visitor in visitors))
    words, theirs = [visitor.seen for visitor in visitors], [v for v in visitors if v.process == killed]
    assert len(set(words)) == len(words) and len(theirs) >= len(visitors) // 2
    going = room.begin(*(visitor.go_on() for visitor in theirs))
    start = time.monotonic()
    balanced.kill(killed)
    for page in pages[:2]:
        page.locator("[data-back][data-test-script-state=notRunning]").wait_for(state="attached")
    took = max(time.monotonic(), *going.result(PATIENCE)) - start
    assert took < GO_ON, f"the last of {SESSIONS} visitors went on {took:.1f} s after the kill"
    room.do(*(visitor.look() for visitor in visitors))
    assert [visitor.seen for visitor in visitors] == words and not any(visitor.faults for visitor in visitors)
    assert {visitor.process for visitor in visitors} | {process_of(page) for page in pages} == {stays}
    assert [_shown(page) for page in pages] == had
    room.do(*(visitor.close() for visitor in visitors))
    _go_on_working(pages)
    balanced.start(killed)
    _stay_where_they_are(balanced, pages, stays)


def _visitors(balanced: Balanced, known: dict[str, str], processes: tuple[int, int], many: int) -> list[Visitor]:
    """Tabs of somebody signed in, each with a selection of its own, taking turns between the processes."""
    queries = [f"locality={LOCALITIES[n % 3]}&from=2023-{n % 12 + 1:02d}&to=2025-{n // 3 + 1:02d}" for n in range(many)]
    certificate = balanced.folder / "site.crt"
    return [
        Visitor(balanced.url, PAGE, query, known | {COOKIE: str(processes[n % 2])}, certificate)
        for n, query in enumerate(queries)
    ]


def _chosen(page: Page) -> tuple[str, str]:
    """Chooses a locality by hand; the link and the words of the selection then."""
    before = page.locator(".selection").inner_text()
    choose(page, "locality")
    expect(page.locator(".selection")).not_to_have_text(before)
    settle(page)
    return _shown(page)


def _shown(page: Page) -> tuple[str, str]:
    return page.url, page.locator(".selection").inner_text()


def _go_on_working(pages: list[Page]) -> None:
    for page in pages:
        settle(page)
        with page.expect_download() as got:
            page.get_by_role("button", name="Download everything on this page").click()
        assert got.value.path().stat().st_size > 5_000


def _stay_where_they_are(balanced: Balanced, pages: list[Page], stays: int) -> None:
    """The killed process is back: nobody is taken from the one they are with."""
    with urllib.request.urlopen(f"http://127.0.0.1:{balanced.other(stays)}/healthz", timeout=PATIENCE) as answer:
        assert json.load(answer)["database"] == "ok"
    for page in pages:
        before = page.url
        page.reload()
        settle(page)
        assert process_of(page) == stays and page.url == before
