"""What a person sees and does on a page."""

import re
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import openpyxl
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, TimeoutError, expect

from sendviz.datasets import EXHIBITS
from sendviz.selection import filters_of
from sendviz.vocabulary import Exhibit
from tests.browsing import HOUSE, settle

LINKED = re.findall(r'url_path="([a-z-]+)"(?!.*hidden)', (HOUSE / "app.py").read_text())
EXHIBITS_OF = {path: [e for e in EXHIBITS.values() if e.page == path] for path in LINKED}
SHOWING = [path for path in LINKED if EXHIBITS_OF[path]]
FILTERED = [path for path in SHOWING if filters_of(EXHIBITS_OF[path])]
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


def pick(page: Page, title: str, value: str) -> None:
    """Chooses a value from the list of this title, which is opened again where a run of the page has closed it."""
    option = page.get_by_role("option", name=value)
    for _ in range(5):
        if not option.is_visible():
            page.get_by_label(title, exact=True).press("ArrowDown")
        with suppress(TimeoutError):
            return option.click(timeout=5000)
    raise AssertionError(f"{value} cannot be chosen under {title}")


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
