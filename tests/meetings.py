"""Running orders in a real browser: an app and a store of their own, a meeting in it, and what a presenter does."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, TimeoutError, expect

from sendviz.running import RunningOrder, Slide
from sendviz.settings import Settings
from sendviz.store import Store
from tests.browsing import serve, settle, stop, watch

MEETING = RunningOrder(
    name="Meeting",
    slides=(
        Slide(title="Agenda", text="Plans\nHealth", note="Say *welcome* <b>"),
        Slide(exhibit="plans-issued", where={"locality": ("North",)}, note="Slowly"),
        Slide(exhibit="plans-issued", where={"locality": ("Central",)}, table=True),
    ),
)


@pytest.fixture(scope="module")
def orders_store(tmp_path_factory: pytest.TempPathFactory, copy_sample: Callable[[Path], str]) -> Iterator[Store]:
    """A store of its own, since what is made here would show in other tests."""
    folder = tmp_path_factory.mktemp("orders-page")
    store = Store.open(Settings(database_url=copy_sample(folder), data_dir=folder))
    yield store
    store.close()


@pytest.fixture(scope="module")
def orders_url(orders_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An app over that store."""
    address = orders_store.engine.url.render_as_string()
    url, process = serve(tmp_path_factory.mktemp("app") / "log", address, Path(address.split("///")[1]).parent)
    yield url
    stop(process)


@pytest.fixture
def desk(chromium: BrowserContext, orders_url: str) -> Iterator[Page]:
    """The list of running orders in a window of its own, in which the browser may find no fault."""
    found: list[str] = []
    page = chromium.new_page()
    watch(page, orders_url, found)
    page.goto(f"{orders_url}/present")
    settle(page)
    yield page
    page.close()
    assert found == []


@pytest.fixture
def meeting(orders_store: Store) -> Iterator[int]:
    """A running order in the store."""
    number = orders_store.orders.add(MEETING, "lead")
    yield number
    for kept in orders_store.orders.all():
        if kept.id == number or kept.order.name.startswith("Meeting"):
            orders_store.orders.remove(kept.id, "lead")


def opened(page: Page, url: str, number: int, *slide: int) -> Page:
    page.goto(f"{url}/present?edit={number}{''.join(f'&slide={one}' for one in slide)}")
    settle(page)
    return page


def press(page: Page, name: "str | re.Pattern[str]", key: str = "") -> None:
    """Presses a button, with a key if one is given, once the page is still."""
    settle(page)
    button = page.get_by_role("button", name=name, exact=True)
    expect(button).to_be_enabled()
    if key:
        button.focus()
        page.keyboard.press(key)
    else:
        button.click()


def add(page: Page, exhibit: str) -> None:
    """Adds an exhibit, found by its title in a list that a run of the page may close."""
    box, option = page.get_by_label("Add exhibits"), page.get_by_role("option", name=exhibit)
    for _ in range(5):
        settle(page)
        box.fill("")
        box.press_sequentially(exhibit)
        with suppress(TimeoutError):
            option.click(timeout=5000)
            break
    page.locator("h1").click()  # closes the list; Escape would, where it is closed already, take the choice back
    press(page, re.compile("^Add (at|after)"))
    say(page, "Saved: one exhibit is added.")
    expect(box).to_be_focused()


def say(page: Page, words: str) -> None:
    """Waits until the page says so."""
    expect(page.get_by_role("status")).to_contain_text(words)


def headings(page: Page) -> list[str]:
    return [text.split("\n")[-1].strip() for text in page.locator(".slide h3").all_inner_texts()]
