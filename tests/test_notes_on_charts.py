"""A note on charts, from the data officer's page to the chart, the table and the screen reader, and off them again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from sendviz.datasets import EXHIBITS
from tests.browsing import serve, settle, stop, watch
from tests.seen import card, faults, pick

OVER_TIME, BY_KEY_STAGE = EXHIBITS["cohort-over-time"], EXHIBITS["cohort-key-stage"]
WORDS = "15 September 2025: Cluster pilot starts"


@pytest.fixture(scope="module")
def own_url(tmp_path_factory: pytest.TempPathFactory, copy_sample: Callable[[Path], str]) -> Iterator[str]:
    """An app of its own over a copy of the sample, since what is noted here would show in other tests."""
    folder = tmp_path_factory.mktemp("notes")
    url, process = serve(folder / "log", copy_sample(folder), folder)
    yield url
    stop(process)


@pytest.fixture
def page(chromium: BrowserContext, own_url: str) -> Iterator[Page]:
    """A window in which the browser may find no fault."""
    found: list[str] = []
    page = chromium.new_page()
    watch(page, own_url, found)
    yield page
    page.close()
    assert found == []


def go(page: Page, address: str) -> None:
    page.goto(address)
    settle(page)


def noted(page: Page, url: str) -> bool:
    """Whether the note stands on the cohort's chart, under its table and in what a screen reader calls it: all or
    none of them."""
    go(page, f"{url}/ehcp-cohort")
    shown = card(page, OVER_TIME)
    chart = shown.locator("[role=graphics-document]")
    under = shown.locator(".source .happened")
    if not under.count():
        expect(chart).not_to_contain_text("Cluster pilot starts")
        return False
    expect(chart).to_contain_text("Cluster pilot starts")
    expect(under).to_have_text(WORDS)
    page.wait_for_function(
        "([id, words]) => document.querySelector(`.st-key-exhibit-${id} [role=graphics-document]`)"
        ".getAttribute('aria-label').endsWith(words)",
        arg=[OVER_TIME.id, WORDS],
    )
    expect(card(page, BY_KEY_STAGE).locator(".source")).not_to_contain_text("Cluster pilot starts")
    return True


def test_a_note_is_added_seen_taken_back_and_put_back(page: Page, own_url: str) -> None:
    assert not noted(page, own_url)
    go(page, f"{own_url}/data")
    add = page.get_by_role("button", name="Add", exact=True)
    add.click()
    expect(page.get_by_text("Choose the day it happened. Say what happened.")).to_be_visible()
    settle(page)
    pick(page, "On which charts", OVER_TIME.title)
    page.keyboard.press("Escape")
    page.get_by_label("What happened, in at most 60 letters").fill("Cluster pilot starts")
    page.get_by_role("spinbutton", name="day, Day it happened").click()
    page.keyboard.type("15092025")
    add.click()
    expect(page.get_by_text("Added. Everybody who looks")).to_be_visible()
    line = page.locator("[class*=st-key-event-]")
    expect(line).to_contain_text(WORDS)
    expect(line).to_contain_text(OVER_TIME.title)
    expect(line).to_contain_text("Shown")
    settle(page)
    assert faults(page) == []
    assert noted(page, own_url)
    for button, state, stands in (("Take back", "Taken back by", False), ("Put back", "Shown", True)):
        go(page, f"{own_url}/data")
        line.get_by_role("button", name=button).click()
        expect(line).to_contain_text(state)
        assert noted(page, own_url) is stands
