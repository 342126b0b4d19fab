"""Every page in a real browser: reached, filtered, linked to, downloaded, and read by everybody."""

import re
import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect
from streamlit import config

from sendviz.datasets import EXHIBITS
from sendviz.settings import Settings
from sendviz.store import Store
from tests.browsing import HOUSE, Visit, serve, settle, stop, watch
from tests.seen import EXHIBITS_OF, LINKED, SHOWING, card, choose, faults

SIZES = ((1920, 1080), (1366, 768), (390, 844))
NARROW_ENOUGH = "(e => e.scrollWidth <= e.clientWidth)(document.querySelector('[data-testid=stMain]'))"


def test_every_exhibit_has_its_page() -> None:
    assert {exhibit.page for exhibit in EXHIBITS.values()} == set(SHOWING)


@pytest.mark.parametrize("path", LINKED)
def test_link(path: str, visit: Visit) -> None:
    """By its link a page shows all of each exhibit, at every size, and axe has nothing to say."""
    page = visit(f"/{path}")
    assert faults(page) == []
    for exhibit in EXHIBITS_OF[path]:
        whole = card(page, exhibit)
        headline = whole.locator(f"h2#{exhibit.id}").inner_text()
        expect(whole.get_by_text("Source:")).to_be_visible()
        expect(whole.get_by_role("button", name="Excel")).to_be_visible()
        assert whole.locator("table tbody td").count() > 0
        assert whole.locator(".counted dd").count() > 0
        if whole.get_by_label("Chart").count():
            whole.get_by_label("Chart").check()
            expect(whole.locator("[role=graphics-document]").first).to_have_accessible_name(
                re.compile(re.escape(headline))
            )
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(f"innerWidth == {width} && {NARROW_ENOUGH}")


@pytest.mark.parametrize("path", ["", *LINKED])
def test_dark(path: str, visit: Visit) -> None:
    page = visit(f"/{path}", theme="dark")
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).colorScheme") == "dark"
    assert faults(page) == []


def test_views_and_years_by_keyboard(visit: Visit) -> None:
    """The table opens by keyboard, a year opens its months, and both stay so when a filter changes."""
    page = visit("/ehcp-referrals")
    lines = card(page, EXHIBITS["referrals-over-time"])
    lines.get_by_label("Chart").focus()
    expect(lines.locator(".marks")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(lines.locator("table")).to_be_visible()
    expect(lines.locator(".marks")).to_be_hidden()
    years = card(page, EXHIBITS["referrals-table"])
    expect(years.get_by_role("rowheader", name="March 2025")).to_be_hidden()
    years.get_by_label("Months of 2025").press("Space")
    expect(years.get_by_role("rowheader", name="March 2025")).to_be_visible()
    choose(page, "locality")
    expect(years.get_by_role("rowheader", name="March 2025")).to_be_visible()
    expect(lines.locator("table")).to_be_visible()


def test_first_visit_by_link(
    chromium: BrowserContext, sample_store: Store, sample_settings: Settings, tmp_path: Path
) -> None:
    """The very first visitor of a server can come by a page's link."""
    url, process = serve(tmp_path / "log", sample_settings.database_url, sample_settings.data_dir)
    page = chromium.new_page()
    found: list[str] = []
    watch(page, url, found)
    page.goto(f"{url}/final-plans")
    settle(page)
    expect(page.get_by_test_id("stSidebarNav")).to_contain_text("Final plans")
    page.close()
    stop(process)
    assert found == []


def test_no_database(chromium: BrowserContext, tmp_path: Path) -> None:
    """A database that cannot be used is said in one sentence, without a traceback."""
    url, process = serve(tmp_path / "log", "mysql://localhost/sendviz", tmp_path)
    page = chromium.new_page()
    page.goto(url)
    expect(page.get_by_test_id("stAlert")).to_contain_text("SENDVIZ_DATABASE_URL is mysql://localhost/sendviz")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    page.close()
    stop(process)


def test_streamlit_still_has_our_options() -> None:
    """One of them, which spares every visitor a garbage collection, is hidden: it could go without notice."""
    ours = tomllib.loads((HOUSE / ".streamlit" / "config.toml").read_text())
    assert ours["runner"]["postScriptGC"] is False
    for section in ("client", "runner", "browser", "server"):
        for name in ours[section]:
            config.get_option(f"{section}.{name}")
