"""The selection in a real browser: chosen, linked to, kept from page to page, taken off, and said."""

import re

import pytest
from playwright.sync_api import expect
from pptx import Presentation

from sendviz.datasets import EXHIBITS
from sendviz.selection import filters_of
from tests.browsing import Visit, settle
from tests.seen import EXHIBITS_OF, FILTERED, LINKED, card, choose, figures, until, words


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
        if EXHIBITS_OF.get(path):
            expect(page.locator(".selection")).to_have_text(said)
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
    expect(page.locator(".number", has_text="Referrals").first).to_contain_text("not filtered by key stage")


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


def test_the_page_leaves_as_slides_that_lead_back_to_it(visit: Visit) -> None:
    page = visit("/final-plans?locality=Central")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="PowerPoint").click()
    slides = Presentation(str(waiting.value.path())).slides
    for exhibit, slide in zip(EXHIBITS_OF["final-plans"], slides, strict=True):
        expect(card(page, exhibit).get_by_role("heading").first).to_have_text(slide.shapes.title.text_frame.text)
        assert slide.notes_slide.notes_text_frame.text.endswith(f"{page.url}#{exhibit.id}")
