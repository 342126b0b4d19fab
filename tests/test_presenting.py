"""A running order on the wall, driven by keys alone, in Chromium."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, TimeoutError, expect

from sendviz.screens import screens
from sendviz.settings import Settings
from sendviz.store import Store
from tests.browsing import serve, settle, stop, watch
from tests.seen import faults
from tests.wall import FIRST, MEASURED, PROJECTOR, WALL, chart, press, stand

OF = 19  # slides of the sample's running order
Present = Callable[..., Page]


@pytest.fixture(scope="module")
def own_url(tmp_path_factory: pytest.TempPathFactory, copy_sample: Callable[[Path], str]) -> Iterator[str]:
    """An app of its own, since a presentation leaves traces in its store."""
    folder = tmp_path_factory.mktemp("stage")
    url, process = serve(folder / "log", copy_sample(folder), folder)
    yield url
    stop(process)


@pytest.fixture
def present(chromium: BrowserContext, own_url: str) -> Iterator[Present]:
    """Opens a screen of the sample's order, in a window in which the browser may find no fault."""
    found: list[str] = []
    opened: list[Page] = []

    def open_screen(screen: int, size: tuple[int, int] = PROJECTOR, theme: str = "light") -> Page:
        page = chromium.new_page()
        opened.append(page)
        watch(page, own_url, found)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.goto(f"{own_url}/present?order=1&screen={screen}")
        stand(page, f"{screen} of {OF}", FIRST)
        return page

    yield open_screen
    for page in opened:
        page.close()
    assert found == []


@pytest.mark.parametrize("size", WALL, ids=lambda size: "x".join(map(str, size)))
def test_a_whole_order_by_keys_alone(
    present: Present, size: tuple[int, int], sample_store: Store, sample_settings: Settings
) -> None:
    """At each screen: the words it should have, type that is read from the back row, nothing to scroll."""
    order = sample_store.orders.get(1).order
    page = present(1, size)
    unit = min(size[0] / 1920, size[1] / 1080)
    for at, screen in enumerate(screens(order, sample_store, sample_settings), 1):
        stand(page, f"{at} of {OF}")
        expect(page.locator("h1")).to_have_text(screen.title)
        if screen.footer:
            expect(page.locator(".footer")).to_have_text(screen.footer)
        assert bool(screen.answer) == chart(page).count()
        for _ in range(_parts(page)):
            measured = page.evaluate(MEASURED)
            assert measured["headline"] >= 40 * unit and measured["footer"] >= max(16 * unit, 12), measured
            assert screen.answer is None or measured["labels"] >= 21.9 * unit, measured
            assert measured["inside"] and measured["fits"] and not measured["scrolls"], measured
            before = page.locator(".place").inner_text()
            page.keyboard.press("PageDown")
            if at < OF or before != page.locator(".place").inner_text():
                expect(page.locator(".place")).not_to_have_text(before)
    expect(page).to_have_url(re.compile(f"screen={OF}"))


def _parts(page: Page) -> int:
    found = re.search(r"part 1 of (\d+)", page.locator(".place").inner_text())
    return int(found[1]) if found else 1


def test_keys_of_clickers_and_keyboards(present: Present) -> None:
    page = present(3)
    for key, at in (
        ("ArrowRight", 4), ("Space", 5), ("Enter", 6), ("ArrowLeft", 5), ("PageUp", 4), ("End", OF), ("ArrowRight", OF),
        ("Home", 1), ("ArrowLeft", 1), ("PageDown", 2),
    ):  # fmt: skip
        press(page, key, f"{at} of {OF}")
    expect(page).to_have_url(re.compile("screen=2$"))
    for _ in range(3):
        page.keyboard.press("PageDown")  # quicker than the server: none is lost
    stand(page, f"5 of {OF}")
    page.reload()
    stand(page, f"5 of {OF}")


def test_blank_table_keys_and_leave(present: Present) -> None:
    page = present(6)
    for key in ("b", "."):
        page.keyboard.press(key)
        expect(page.locator(".blank")).to_be_visible()
        page.keyboard.press("b")
        expect(page.locator(".blank")).to_have_count(0)
    page.keyboard.press("t")
    expect(page.locator(".large table")).to_be_visible()
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.large td')).fontSize)") >= 26
    expect(chart(page)).to_have_count(0)
    assert faults(page) == []
    page.keyboard.press("t")
    expect(chart(page)).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator(".keys")).to_contain_text("Page Down")
    page.keyboard.press("Escape")
    expect(chart(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("/present$"))
    expect(page.get_by_test_id("stSidebarNav")).to_be_visible()


def test_a_long_table_is_scrolled_by_keys(present: Present) -> None:
    page = present(16, (1024, 768))  # the answers to a whole survey
    page.keyboard.press("t")
    table = page.locator(".large .scrolls")
    expect(table).to_be_visible()
    assert table.evaluate("e => e.scrollHeight > e.clientHeight")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("document.querySelector('.large .scrolls').scrollTop > 0")


def test_the_strip_changes_the_exhibit_until_the_next_screen(present: Present) -> None:
    page = present(6)
    prepared = page.locator("h1").inner_text()
    page.keyboard.press("s")
    strip = page.locator(".st-key-strip")
    strip.get_by_text("Central", exact=True).click()
    footer = page.locator(".footer")
    expect(footer).to_contain_text("not as prepared")
    expect(footer).to_contain_text("Locality: Central")
    expect(page.locator("h1")).not_to_have_text(prepared)
    expect(strip.locator("[data-testid=stSkeleton]")).to_have_count(0)
    assert faults(page) == []
    page.keyboard.press("PageDown")
    stand(page, f"7 of {OF}")
    expect(strip).to_have_count(0)
    press(page, "PageUp", f"6 of {OF}")
    expect(page.locator("h1")).to_have_text(prepared)
    expect(footer).not_to_contain_text("not as prepared")


def test_z_goes_back_to_what_was_prepared_and_letters_in_a_filter_are_its_own(present: Present) -> None:
    page = present(6)
    page.keyboard.press("s")
    expect(page.locator(".st-key-strip input").nth(2)).to_be_visible()
    settle(page)  # a field that is drawn again while somebody writes in it starts empty
    field = page.locator(".st-key-strip input").nth(2)
    field.press_sequentially("bz")
    expect(field).to_have_value("bz")
    expect(page.locator(".blank")).to_have_count(0)
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.locator(".st-key-strip").get_by_text("Central", exact=True).click()
    expect(page.locator(".footer")).to_contain_text("not as prepared")
    page.keyboard.press("z")
    expect(page.locator(".footer")).not_to_contain_text("not as prepared")
    expect(page.locator(".st-key-strip")).to_have_count(0)


def test_buttons_by_keyboard_and_back_leaves_the_stage(present: Present) -> None:
    page = present(6)
    button = page.get_by_role("button", name="Next screen")
    button.focus()
    button.press("Enter")
    stand(page, f"7 of {OF}")
    box = button.bounding_box()
    assert box and min(box["width"], box["height"]) >= 24
    page.get_by_role("button", name="Screen before").click()
    press(page, "Enter", f"7 of {OF}")
    page.go_back()
    expect(page).to_have_url("about:blank")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybody_can_use_it(present: Present, theme: str) -> None:
    page = present(2, theme=theme)
    assert faults(page) == []
    page.keyboard.press("q")
    code = page.get_by_alt_text("QR code of the link")
    expect(code).to_be_visible()
    box = code.bounding_box()
    assert box and min(box["width"], box["height"]) >= 500
    expect(page.locator(".invitation")).to_contain_text("Phones cannot reach this address")
    assert faults(page) == []


def test_an_order_that_is_not_there(chromium: BrowserContext, own_url: str) -> None:
    page = chromium.new_page()
    page.goto(f"{own_url}/present?order=99&screen=1")
    settle(page)
    expect(page.get_by_test_id("stAlert")).to_contain_text("no longer there")
    page.get_by_role("button", name="Back to the running orders").click()
    expect(page.get_by_test_id("stSidebarNav")).to_be_visible()
    page.close()


def test_a_server_that_dies_comes_back_to_the_same_screen(chromium: BrowserContext, tmp_path: Path) -> None:
    database, log = f"sqlite:///{tmp_path}/s.db", tmp_path / "log"
    url, process = serve(log, database, tmp_path)
    page = chromium.new_page()
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{url}/present?order=1&screen=4")
    stand(page, f"4 of {OF}", FIRST)
    press(page, "PageDown", f"5 of {OF}")
    page.keyboard.press("q")
    link = page.locator(".link").inner_text()
    press(page, "PageDown", f"6 of {OF}")
    expect(page).to_have_url(re.compile("screen=6&live="))
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    page.wait_for_function(
        "document.querySelector('[data-test-connection-state]').dataset.testConnectionState !== 'CONNECTED'"
    )
    expect(chart(page)).to_be_visible()
    _, process = serve(log, database, tmp_path, int(url.rpartition(":")[2]))
    page.wait_for_function(
        "document.querySelector('[data-test-connection-state]').dataset.testConnectionState === 'CONNECTED'"
    )
    _on_from_six(page)
    page.keyboard.press("q")
    expect(page.locator(".link")).to_have_text(link)
    page.close()
    stop(process)


def _on_from_six(page: Page) -> None:
    """The screens after it, by a key that is pressed again where the server was not back yet."""
    for _ in range(6):
        page.keyboard.press("PageDown")
        with suppress(TimeoutError):
            page.locator(".place", has_text=re.compile("^[78] of")).wait_for(timeout=10_000)
            return
    raise AssertionError(page.locator(".place").inner_text())
