"""Texts that would do harm, in every field that takes text: nothing of them runs, and each is shown as it was written.

The browser notes a fault where a page so much as tries to run one, or asks another host for something.
"""

import datetime as dt
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from playwright.sync_api import BrowserContext, Page, expect

from sendviz import exports
from sendviz.datasets import DATASETS
from sendviz.intake import load
from sendviz.screens import Screen, screens
from sendviz.settings import Settings
from sendviz.store import Store
from sendviz.ui.markdown import JOINER
from sendviz.vocabulary import Row
from tests.browsing import HOUSE, serve, settle, stop, watch
from tests.copies import Open, drawn
from tests.hurtful import HURTS, extracts, free, order
from tests.seen import LINKED

WHO = f"officer {HURTS[0]}"
SAID = '<b onclick="pwned=8">*b*</b> [x](javascript:pwned) $x$'
LINK = (
    "?locality=[x](https://evil.example)&locality=![y](https://evil.example/p.png)&school=<img src=x onerror=pwned=9>"
)
# What would be in the page if one of the texts had been taken for HTML or Markdown.
CAME_OF_IT = """() => [
  ...(window.pwned === undefined ? [] : [`ran: ${window.pwned}`]),
  ...[...document.querySelectorAll(`img[src="x"], img[src*="evil"], [onerror], [onload], [onclick], .katex, iframe,
      a[href^="javascript" i], a[href*="evil"], script`)]
    .filter(found => found.tagName !== "SCRIPT" || (!found.type && found.textContent.includes("pwned=")))
    .map(found => found.outerHTML.slice(0, 300)),
]"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("hurtful")
    opened = Store.open(Settings(database_url=f"sqlite:///{folder}/s.db", data_dir=folder, sample=False))
    report = load(extracts(folder, HOUSE / "sample_data"), opened, WHO)
    assert report.ok, report.lines()
    opened.orders.add(order(), WHO)
    opened.events.add(dt.date(2025, 9, 15), SAID, (), WHO)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def url(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    address = store.engine.url.render_as_string()
    found, process = serve(tmp_path_factory.mktemp("app") / "log", address, Path(address.split("///")[1]).parent)
    yield found
    stop(process)


@pytest.fixture
def page(chromium: BrowserContext, url: str) -> Iterator[Page]:
    faults: list[str] = []
    opened = chromium.new_page()
    watch(opened, url, faults)
    yield opened
    opened.close()
    assert faults == []


@pytest.fixture(scope="module")
def shown(store: Store) -> tuple[Screen, ...]:
    return screens(order(), store, Settings())


def seen(page: Page) -> set[str]:
    """Which of the texts stand on the page as they were written, after looking that nothing came of any."""
    assert page.evaluate(CAME_OF_IT) == []
    told = str(
        page.evaluate("document.body.innerText + [...document.querySelectorAll('.figures')].map(t => t.textContent)")
    )
    told = " ".join(told.replace(JOINER, "").split())
    return {text for text in HURTS if text in told}


@pytest.mark.parametrize("row", DATASETS.values(), ids=list(DATASETS))
def test_every_dataset_has_some(row: type[Row], store: Store) -> None:
    """So that the rest of these tests look at something."""
    stored = set()
    for field in free(row):
        found = {str(cell) for line in store.rows(row, (field.name,)) for cell in line}
        stored |= {field.name} if any(text in cell for text in HURTS for cell in found) else set()
    assert stored == {field.name for field in free(row)}


def test_every_page_shows_them_as_they_were_written(page: Page, url: str) -> None:
    found: set[str] = set()
    for path in ("", *LINKED):
        page.goto(f"{url}/{path}")
        settle(page)
        found |= seen(page)
    assert found == set(HURTS)


def test_the_log_shows_them(page: Page, url: str) -> None:
    page.goto(f"{url}/data")
    settle(page)
    page.get_by_text("Show the log").click()
    expect(page.locator(".log").get_by_role("cell", name=WHO, exact=True).first).to_be_visible()
    seen(page)


def test_what_a_link_says_is_repeated_as_it_was_written(page: Page, url: str) -> None:
    page.goto(f"{url}/ehcp-cohort{LINK}")
    settle(page)
    expect(page.get_by_test_id("stAlert")).to_contain_text(f"“[x](https{JOINER}://evil.example)”")
    seen(page)


def test_a_running_order_is_made_of_them(page: Page, url: str) -> None:
    for link in ("?edit=1&slide=1", "?edit=1&slide=9", "?edit=1&slide=20"):
        page.goto(f"{url}/present{link}")
        settle(page)
        assert seen(page) == set(HURTS)


def test_the_wall_and_the_phones_show_them(page: Page, url: str) -> None:
    for screen in (1, 9, 18, len(order().slides) - 1):  # words, a title of its own, charts
        page.goto(f"{url}/present?order=1&screen={screen}")
        for key in ("", "t", "s"):
            page.locator(".headline h1").wait_for()
            settle(page)
            seen(page)
            page.keyboard.press(key or "Shift")
    page.goto(f"{url}/present?order=1&screen=2")
    page.locator(".headline h1").wait_for()
    page.keyboard.press("q")
    phone = page.context.new_page()
    phone.goto(page.locator(".link").inner_text())
    expect(phone.locator("h1")).to_have_text(HURTS[1])
    settle(phone)  # its table comes after its headline
    assert seen(phone) == set(HURTS)
    phone.close()


def test_a_workbook_holds_them_as_text(shown: tuple[Screen, ...], tmp_path: Path) -> None:
    made = tmp_path / "all.xlsx"
    exports.workbook([screen.answer for screen in shown if screen.answer], made)
    cells = [cell for sheet in openpyxl.load_workbook(made) for line in sheet.iter_rows() for cell in line]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert not [cell.hyperlink.target for cell in cells if cell.hyperlink and "://" in (cell.hyperlink.target or "")]
    told = "\n".join(str(cell.value) for cell in cells)
    assert {text for text in HURTS if text in told} == set(HURTS)


def test_slides_hold_them_as_text(shown: tuple[Screen, ...], tmp_path: Path) -> None:
    made = tmp_path / "all.pptx"
    exports.deck(shown, made, address="http://localhost")
    with zipfile.ZipFile(made) as parts:
        texts = {
            name: etree.fromstring(parts.read(name)) for name in parts.namelist() if name.endswith((".xml", ".rels"))
        }
    targets = [e.get("Target", "") for name, root in texts.items() if name.endswith(".rels") for e in root]
    assert not [target for target in targets if "evil" in target or target.startswith("javascript")]
    told = "\n".join("".join(root.itertext()) for root in texts.values())
    assert {text for text in HURTS if text in told} == set(HURTS)


def test_a_copy_without_network_shows_them(shown: tuple[Screen, ...], tmp_path: Path, from_disk: Open) -> None:
    made = tmp_path / "copy.html"
    exports.offline([*shown[:18], *shown[18::4]], made, order().name)  # drawing them all takes long
    assert seen(drawn(from_disk(made, (390, 844)))) == set(HURTS)  # on a phone all of it is one page
