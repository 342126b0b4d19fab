"""Copies that work without a network, opened from disk in a browser that is cut off."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize

from sendviz import exports
from sendviz.running import RunningOrder
from sendviz.screens import Screen, screens
from sendviz.settings import Settings
from sendviz.store import Store
from tests.browsing import HOUSE, watch

SAMPLE = RunningOrder.read((HOUSE / "sample_data" / "Running order.json").read_bytes())
WALL, PHONE = (1920, 1080), (390, 844)

# Whether the charts stand: on a wall those of the screen, on a phone all of them.
DRAWN = """() => [...document.querySelectorAll('.stage .shown .chart, html:not(.stage) .chart')]
    .every(chart => !chart.offsetParent || chart.querySelector('svg text'))"""

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def wall(sample_store: Store, sample_settings: Settings) -> tuple[Screen, ...]:
    """The sample's running order, as it is on the wall."""
    return screens(SAMPLE, sample_store, sample_settings)


@pytest.fixture(scope="session")
def copy(wall: tuple[Screen, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its copy."""
    return written(wall, tmp_path_factory.mktemp("offline"), SAMPLE.name)


@pytest.fixture
def from_disk(chromium: BrowserContext) -> Iterator[Open]:
    """Opens a file from disk in a browser without a network. Afterwards nothing else may have been asked for, and the
    browser may have found no fault."""
    assert chromium.browser
    context = chromium.browser.new_context(offline=True)
    found: list[str] = []

    def open_file(path: Path, size: tuple[int, int] = WALL, theme: str = "light", at: int = 1) -> Page:
        page = context.new_page()
        watch(page, path.as_uri(), found)
        page.set_viewport_size(ViewportSize(width=size[0], height=size[1]))
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.goto(f"{path.as_uri()}#{at}")
        page.locator("article.shown").wait_for()
        return page

    yield open_file
    context.close()
    assert found == []


def written(shown: Sequence[Screen], folder: Path, name: str = "") -> Path:
    """The copy of these screens."""
    path = folder / "copy.html"
    exports.offline(shown, path, name)
    return path


def drawn(page: Page) -> Page:
    """The page, once its charts stand."""
    page.wait_for_function(DRAWN)
    return page


def steps(page: Page) -> Iterator[str]:
    """The titles of the screens from this one to the last, as Page Down goes through them."""
    while True:
        yield drawn(page).locator("article.shown h2").inner_text()
        before = page.evaluate("location.hash")
        page.keyboard.press("PageDown")
        if page.evaluate("location.hash") == before:
            return


def once(titles: Iterator[str]) -> list[str]:
    """The titles with a screen in several parts told once."""
    found: list[str] = []
    for title in titles:
        if found[-1:] != [title]:
            found.append(title)
    return found


def title(page: Page) -> str:
    """The headline of the screen that is shown."""
    return page.locator("article.shown h2").inner_text()
