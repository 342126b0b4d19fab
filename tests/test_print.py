"""Every page on paper: A4 landscape, its tables in full, nothing that is for the hand, in light colours."""

import re
import unicodedata
from io import BytesIO

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browsing import HOUSE, Visit
from tests.seen import EXHIBITS_OF, LINKED, card, choose

A4_LANDSCAPE = (842, 595)  # points
DRAWN = """count => {
  const cards = [...document.querySelectorAll('[class*=st-key-exhibit-]:has(.views)')];
  return cards.length === count && cards.every(c => !c.querySelector('[value=chart]') || c.querySelector('.marks'));
}"""
LAST_ROW = """table => [...[...table.querySelectorAll('tr')].filter(row => row.checkVisibility()).at(-1).cells]
  .map(cell => cell.textContent)"""
TOO_WIDE = """() => [...document.querySelectorAll('.marks, .figures table')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1).length"""
CUT_OFF = """() => [...document.querySelectorAll('.scrolls, .texts, .selection')]
  .filter(e => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1).length"""
# Words that are pale, with their colours; those inside a chart's bars stand on a colour.
PALE = """() => [...document.querySelectorAll('[data-testid=stMain] *, .st-key-exhibit-cohort-over-time .marks text')]
  .filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
  .map(e => [e, getComputedStyle(e)])
  .map(([e, look]) => [e.textContent.slice(0, 40), e instanceof SVGElement ? look.fill : look.color])
  .filter(([words, colour]) => colour.match(/[0-9.]+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0) > 400)"""
PAPER = {"width": 1032, "height": 703}  # A4 landscape without its margins, in the browser's pixels


def drawn(page: Page, path: str) -> Page:
    """The page when each of its exhibits stands."""
    page.wait_for_function(DRAWN, arg=len(EXHIBITS_OF.get(path, ())))
    return page


def printed(page: Page) -> PdfReader:
    """The page as a PDF, as the browser saves it."""
    return PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))


def close(text: str) -> str:
    """A text without its spaces and ligatures: lines break elsewhere on paper."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("path", ["", *LINKED])
def test_a_page_prints_in_full(path: str, visit: Visit) -> None:
    page = drawn(visit(f"/{path}"), path)
    page.emulate_media(media="print")
    words = [page.locator("h1").inner_text(), *page.locator(".selection, .sample").all_inner_texts()]
    for exhibit in EXHIBITS_OF.get(path, ()):
        shown = card(page, exhibit)
        words += [shown.locator("h2").inner_text(), *shown.locator(".figures table").evaluate(LAST_ROW)]
        words += [exhibit.measures[0].why, shown.locator(".source").text_content() or ""]
    paper = printed(page)
    texts = [sheet.extract_text() for sheet in paper.pages]
    found = close(" ".join(texts))
    assert {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in paper.pages} == {A4_LANDSCAPE}
    assert [text for text in words if close(text) not in found] == []
    assert [number for number, text in enumerate(texts, 1) if not text.strip()] == [], "sheets with nothing on them"
    assert "Resetfilters" not in found and "Downloadeverything" not in found
    if EXHIBITS_OF.get(path):
        nothing_is_wider_than_the_paper_or_cut_off(page)


def nothing_is_wider_than_the_paper_or_cut_off(page: Page) -> None:
    """Waits until that is so of the page."""
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)  # type: ignore[arg-type]
    page.wait_for_function(f"({TOO_WIDE})() === 0 && ({CUT_OFF})() === 0")


@pytest.mark.parametrize("path", ["ehcp-cohort", "data", "about"])
def test_it_is_light_from_the_dark_theme_too(path: str, visit: Visit) -> None:
    page = drawn(visit(f"/{path}", theme="dark"), path)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(PALE) == []


def test_what_is_chosen_on_the_screen_changes_nothing_but_the_selection(visit: Visit) -> None:
    """A view left on its table prints the chart too; years that are shut print their months."""
    page = drawn(visit("/ehcp-referrals"), "ehcp-referrals")
    for exhibit in EXHIBITS_OF["ehcp-referrals"]:
        card(page, exhibit).get_by_role("radio", name="Table").check()
    chosen = choose(page, "locality")
    page.emulate_media(media="print")
    for exhibit in EXHIBITS_OF["ehcp-referrals"]:
        assert (card(page, exhibit).locator(".marks").first.bounding_box() or {})["height"] > 50
    found = close(" ".join(sheet.extract_text() for sheet in printed(page).pages))
    assert close(f"Locality: {chosen}") in found and "March2025" in found


def test_the_rules_are_kept_apart() -> None:
    rules = {path.name: path.read_text() for path in (HOUSE / "sendviz" / "ui").glob("*.css")}
    assert [name for name, text in rules.items() if "@media print" in text] == ["print.css"]
