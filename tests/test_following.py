"""Those who follow on a phone: they see what is on the wall, move when it moves, and are told when it is over."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browsing import serve, settle, stop, watch
from tests.seen import faults
from tests.wall import FIRST, press, stand

PHONE = {"width": 390, "height": 844}
OVER = "This presentation is over. Thank you."
WITHIN = 10  # seconds, on a busy machine; benchmarks/present.py measures it


@pytest.fixture(scope="module")
def own_url(tmp_path_factory: pytest.TempPathFactory, copy_sample: Callable[[Path], str]) -> Iterator[str]:
    """An app of its own, since a presentation leaves traces in its store."""
    folder = tmp_path_factory.mktemp("follow")
    url, process = serve(folder / "log", copy_sample(folder), folder)
    yield url
    stop(process)


@pytest.fixture
def wall(chromium: BrowserContext, own_url: str) -> Iterator[Page]:
    """The presenter's window, at a chart."""
    found: list[str] = []
    page = chromium.new_page()
    watch(page, own_url, found)
    page.goto(f"{own_url}/present?order=1&screen=5")
    stand(page, "5 of 19", FIRST)
    yield page
    page.close()
    assert found == []


@pytest.fixture
def phone(chromium: BrowserContext, own_url: str) -> Iterator[Page]:
    """A phone's window, on nothing yet, in a browser of its own."""
    browser = chromium.browser
    assert browser
    found: list[str] = []
    page = browser.new_page()
    watch(page, own_url, found)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    yield page
    page.close()
    assert found == []


def follow(wall: Page, phone: Page) -> None:
    """Opens the link that the wall shows."""
    wall.keyboard.press("q")
    phone.goto(wall.locator(".link").inner_text())
    settle(phone)
    wall.keyboard.press("q")
    expect(wall.locator(".invitation").filter(visible=True)).to_have_count(0)


def moved(phone: Page, words: str) -> None:
    """Waits until the phone says this."""
    expect(phone.locator("h1")).to_have_text(words, timeout=WITHIN * 1e3)


def test_a_phone_shows_the_wall_and_moves_with_it(wall: Page, phone: Page) -> None:
    follow(wall, phone)
    moved(phone, wall.locator("h1").inner_text())
    expect(phone.locator(".figures table")).to_be_visible()
    expect(phone.locator(".source")).to_contain_text("data to")
    expect(phone.get_by_test_id("stVegaLiteChart").locator(".marks")).to_be_visible()
    expect(wall.locator(".followers")).to_have_text("1 following")
    for key, place in (("PageDown", "6 of 19"), ("PageDown", "7 of 19"), ("Home", "1 of 19"), ("End", "19 of 19")):
        press(wall, key, place)
        moved(phone, wall.locator("h1").inner_text())
    assert faults(phone) == []


def test_a_phone_follows_filters_pauses_and_the_end(wall: Page, phone: Page) -> None:
    follow(wall, phone)
    press(wall, "PageDown", "6 of 19")
    wall.keyboard.press("s")
    wall.locator(".st-key-strip").get_by_text("Central", exact=True).click()
    expect(wall.locator(".footer")).to_contain_text("Locality: Central")
    moved(phone, wall.locator("h1").inner_text())
    expect(phone.locator(".source")).to_contain_text("Locality: Central")
    wall.locator("h1").click()
    wall.keyboard.press("b")
    moved(phone, "The presenter has paused")
    wall.keyboard.press("b")
    moved(phone, wall.locator("h1").inner_text())
    wall.keyboard.press("Escape")
    expect(wall.locator(".st-key-strip")).to_have_count(0)
    wall.keyboard.press("Escape")
    moved(phone, OVER)
    phone.reload()
    moved(phone, OVER)


def test_a_phone_is_shown_nothing_else(wall: Page, phone: Page, own_url: str) -> None:
    """No menu, no filters, no files, no way to other pages; and a link that is none shows nothing at all."""
    follow(wall, phone)
    moved(phone, wall.locator("h1").inner_text())
    for what in ("stSidebar", "stDownloadButton", "stPageLink", "stSidebarNav", "stElementToolbar"):
        expect(phone.get_by_test_id(what).filter(visible=True)).to_have_count(0)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    control = re.search(r"live=([\w-]+)", wall.url)
    assert control and control[1] not in phone.content()
    for link in ("?live=guessed", "?live=%3Cscript%3E", "", f"?live={control[1]}"):
        phone.goto(f"{own_url}/follow{link}")
        moved(phone, OVER)
        expect(phone.locator("table")).to_have_count(0)


def test_a_presenter_who_goes_back_to_the_list_no_longer_presents(wall: Page, phone: Page, own_url: str) -> None:
    wall.goto(f"{own_url}/present")
    wall.get_by_role("button", name="Present").click()
    stand(wall, "1 of 19")
    follow(wall, phone)
    moved(phone, wall.locator("h1").inner_text())
    wall.go_back()
    expect(wall.get_by_role("button", name="Present")).to_be_visible()
    moved(phone, OVER)
