"""Every page in a real browser: reached, filtered, linked to, downloaded, and read by everybody."""

import os
import re
import signal
import tomllib
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect
from streamlit import config

from sendviz.datasets import EXHIBITS
from sendviz.selection import filters_of
from sendviz.settings import Settings
from sendviz.store import Store
from sendviz.vocabulary import Exhibit
from tests.browsing import HOUSE, Visit, serve, settle, watch

LINKED = re.findall(r'url_path="([a-z-]+)"', (HOUSE / "app.py").read_text())
EXHIBITS_OF = {path: [e for e in EXHIBITS.values() if e.page == path] for path in LINKED}
SHOWING = [path for path in LINKED if EXHIBITS_OF[path]]
FILTERED = [path for path in SHOWING if filters_of(EXHIBITS_OF[path])]
SIZES = ((1920, 1080), (1366, 768), (390, 844))
NARROW_ENOUGH = "(e => e.scrollWidth <= e.clientWidth)(document.querySelector('[data-testid=stMain]'))"
FIGURES = r"(() => [...document.querySelectorAll('.figures')].map(table => table.textContent).join('\n'))"
STREAMLITS_OWN = ("stSidebarCollapseButton", "stMainMenu", "stElementToolbar", "stHeader", "stFileUploaderDropzone")


def card(page: Page, exhibit: Exhibit) -> Locator:
    """The exhibit on the page."""
    return page.locator(f".st-key-exhibit-{exhibit.id}")


def figures(page: Page) -> str:
    """Every table of the page, seen or not."""
    return str(page.evaluate(f"{FIGURES}()"))


def until(page: Page, comparison: str, text: str) -> None:
    """Waits until the page's figures are (`===`) or no longer are (`!==`) these."""
    page.wait_for_function(f"text => ({FIGURES})() {comparison} text", arg=text)


def choose(page: Page, name: str) -> str:
    """Chooses the first value of a filter; returns it."""
    widget = page.locator(f".st-key-{name}")
    widget.locator("button").first.wait_for()
    if widget.locator("input").count():
        widget.locator("input").first.press("ArrowDown")  # opens the list; a second click would close it again
        option = page.locator("[role=option][data-key]").first
    else:
        option = widget.get_by_role("button").first
    expect(option).to_have_text(re.compile(r"\S"))  # the list is filled a moment after it opens
    chosen = option.inner_text()
    option.click()
    page.keyboard.press("Escape")
    expect(page.locator(".selection")).to_contain_text(chosen)
    settle(page)
    return chosen


def words(path: Path) -> str:
    """All the cells of a workbook, and its sheets' names."""
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()))
    cells = (str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row if c is not None)
    return "\n".join((*book.sheetnames, *cells))


def faults(page: Page) -> list[str]:
    """What axe finds wrong that is ours."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in found
        for node in rule["nodes"]
        if not any(own in str(node["target"]) + node["html"] for own in STREAMLITS_OWN)
    ]


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


@pytest.mark.parametrize("path", FILTERED)
def test_filter_download_reset(path: str, visit: Visit) -> None:
    page = visit(f"/{path}")
    everything = figures(page)
    name = filters_of(EXHIBITS_OF[path])[0]
    chosen = choose(page, name)
    until(page, "!==", everything)
    assert f"{name}=" in page.url
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download everything on this page").click()
    book = words(waiting.value.path())
    assert chosen in book
    assert all(exhibit.id[:31] in book for exhibit in EXHIBITS_OF[path])
    page.get_by_role("button", name="Reset filters").first.click()
    expect(page.locator(".selection")).not_to_contain_text(chosen)
    until(page, "===", everything)
    assert "?" not in page.url


def test_menu_keeps_the_selection(visit: Visit) -> None:
    """From page to page, also over one that cannot use it, by the menu, by a link on the page, and reloaded."""
    page = visit("/ehcp-cohort?locality=Central&locality=North&from=2024-06&to=2025-06")
    said = "Locality: Central or North · June 2024 to June 2025"
    expect(page.locator(".selection")).to_have_text(said)
    assert "January 2024" not in figures(page)
    for path in (*LINKED, ""):
        page.get_by_test_id("stSidebarNav").locator(f"a[href$='/{path}']").first.click()
        expect(page).to_have_url(re.compile(rf"/{path}\?"))
        settle(page)
        expect(page.locator(".selection")).to_have_text(said)
        if EXHIBITS_OF.get(path):
            expect(card(page, EXHIBITS_OF[path][-1])).to_be_visible()
    page.get_by_test_id("stPageLink").locator("a").first.click()
    expect(page).to_have_url(re.compile(r"/ehcp-cohort\?"))
    settle(page)
    expect(page.locator(".selection")).to_have_text(said)
    page.reload()
    expect(page.locator(".selection")).to_have_text(said)


def test_back_shows_the_page_and_the_whole_selection_there_were_before(visit: Visit) -> None:
    page = visit("/ehcp-cohort?locality=Central&city_status=In+city")
    said = "Locality: Central · City status: In city"
    page.get_by_test_id("stSidebarNav").locator("a[href$='/final-plans']").first.click()
    expect(page).to_have_url(re.compile("/final-plans"))
    settle(page)
    page.go_back()
    expect(page).to_have_url(re.compile("/ehcp-cohort"))
    settle(page)
    expect(page.locator(".selection")).to_have_text(said)
    page.get_by_role("button", name="Reset filters").first.click()
    expect(page).not_to_have_url(re.compile("city_status|locality"))
    page.go_back()
    expect(page.locator(".selection")).to_have_text(said)


def test_link_with_what_there_is_not(visit: Visit) -> None:
    page = visit("/ehcp-cohort?locality=Atlantis&locality=Central&from=1990-01&phase=%3Cb%3E")
    said = page.get_by_test_id("stAlert")
    for value in ("Locality “Atlantis”", "From “1990-01”", "Phase “<b>”"):
        expect(said).to_contain_text(value)
    expect(page.locator(".selection")).to_have_text("Locality: Central")
    assert page.url.endswith("/ehcp-cohort?locality=Central")


def test_filter_that_cannot_act_is_said(visit: Visit) -> None:
    page = visit("/ehcp-referrals?key_stage=Key stage 2&phase=Primary")
    expect(card(page, EXHIBITS["referrals-sources"])).to_contain_text("Not filtered by key stage")


def test_nothing_left(visit: Visit) -> None:
    """A selection that leaves nothing says so, with a way back."""
    page = visit("/ehcp-cohort?school_type=PRU&key_stage=Early years")
    emptied = card(page, EXHIBITS["cohort-over-time"])
    expect(emptied).to_contain_text("Nothing is left")
    emptied.get_by_role("button", name="Reset filters").click()
    expect(page.locator(".selection")).to_contain_text("everything")
    expect(emptied.get_by_test_id("stVegaLiteChart")).to_be_visible()


def test_link_to_an_exhibit(visit: Visit) -> None:
    page = visit("/ehcp-cohort#cohort-gender")
    expect(page.locator("#cohort-gender")).to_be_in_viewport()
    expect(page.locator("#cohort-gender")).to_be_focused()


def test_views_and_years_by_keyboard(visit: Visit) -> None:
    """The table opens by keyboard, a year opens its months, and both stay so when a filter changes."""
    page = visit("/ehcp-referrals")
    lines = card(page, EXHIBITS["referrals-over-time"])
    lines.get_by_label("Chart").focus()
    page.keyboard.press("ArrowRight")
    expect(lines.locator("table")).to_be_visible()
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
    os.killpg(process.pid, signal.SIGTERM)
    process.wait()
    assert found == []


def test_no_database(chromium: BrowserContext, tmp_path: Path) -> None:
    """A database that cannot be used is said in one sentence, without a traceback."""
    url, process = serve(tmp_path / "log", "mysql://localhost/sendviz", tmp_path)
    page = chromium.new_page()
    page.goto(url)
    expect(page.get_by_test_id("stAlert")).to_contain_text("SENDVIZ_DATABASE_URL is mysql://localhost/sendviz")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    page.close()
    os.killpg(process.pid, signal.SIGTERM)
    process.wait()


def test_streamlit_still_has_our_options() -> None:
    """One of them, which spares every visitor a garbage collection, is hidden: it could go without notice."""
    ours = tomllib.loads((HOUSE / ".streamlit" / "config.toml").read_text())
    assert ours["runner"]["postScriptGC"] is False
    for section in ("client", "runner", "browser", "server"):
        for name in ours[section]:
            config.get_option(f"{section}.{name}")
