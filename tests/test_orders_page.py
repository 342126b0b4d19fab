"""A running order in a real browser: made, moved by keyboard, changed, and what is said of what is wrong."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from playwright.sync_api import Page, expect

from sendviz.running import RunningOrder, Slide
from sendviz.store import Deed, Store, Wanted
from sendviz.store.log import Log
from tests.browsing import settle
from tests.meetings import MEETING, add, headings, opened, press, say
from tests.seen import faults, words

SIZES = ((1920, 1080), (1366, 768), (390, 844))
NARROW_ENOUGH = "(e => e.scrollWidth <= e.clientWidth)(document.querySelector('[data-testid=stMain]'))"


def test_an_order_is_made_and_kept(desk: Page, orders_store: Store) -> None:
    """Two exhibits with selections of their own and a slide of words, from nothing."""
    press(desk, "New")
    expect(desk.locator(".st-key-order-name input")).to_be_focused()
    desk.keyboard.press("Control+a")
    desk.keyboard.type("Summer <b> [x](y)")
    desk.keyboard.press("Enter")
    say(desk, "Saved: it is called “Summer <b> [x](y)” now.")
    add(desk, "Final plans issued within 20 weeks")
    desk.locator(".st-key-locality").get_by_role("button", name="Central").click()
    expect(desk.locator(".st-key-add")).to_contain_text("They get the selection in force: Locality: Central")
    add(desk, "Mean weeks from request")
    press(desk, "Add a slide of words")
    expect(desk.get_by_label("Title")).to_be_focused()
    desk.keyboard.press("Control+a")
    desk.keyboard.type("Break")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Tea <i>\nTen minutes")
    desk.keyboard.press("Tab")
    expect(desk.locator(".on-the-wall")).to_have_text("BreakTea <i>Ten minutes")
    desk.reload()
    settle(desk)
    assert headings(desk) == ["Final plans issued within 20 weeks", "Mean weeks from request to final plan", "Break"]
    expect(desk.locator(".slide").nth(1)).to_contain_text("Locality: Central")
    kept = orders_store.orders.named("Summer <b> [x](y)").order
    assert [slide.where for slide in kept.slides] == [{}, {"locality": ("Central",)}, {}]
    press(desk, "All running orders")
    expect(desk.get_by_role("button", name="Present Summer <b> [x](y)", exact=True)).to_be_enabled()


def test_a_slide_is_moved_by_keyboard_alone(desk: Page, orders_url: str, orders_store: Store, meeting: int) -> None:
    opened(desk, orders_url, meeting, 3)
    press(desk, "Move slide 3 up", "Enter")
    expect(desk.get_by_role("button", name="Move slide 2 up")).to_be_focused()
    expect(desk.locator(".st-key-panel-head h2")).to_have_text("Slide 2 of 3")
    settle(desk)
    desk.keyboard.press("Space")
    expect(desk.get_by_role("button", name="Move slide 1 down")).to_be_focused()
    expect(desk.locator(".st-key-panel-head h2")).to_have_text("Slide 1 of 3")
    agenda, north, central = MEETING.slides
    assert orders_store.orders.get(meeting).order.slides == (central, agenda, north)


def test_a_slide_is_changed_and_each_change_taken_back(
    desk: Page, orders_url: str, orders_store: Store, meeting: int
) -> None:
    opened(desk, orders_url, meeting, 2)
    title = desk.get_by_label("Title in place of the headline")
    expect(title).to_have_attribute("placeholder", re.compile("plans were issued"))
    title.fill("How many?")
    title.press("Enter")
    expect(desk.locator(".headed")).to_have_text("On the wall it is headed How many?")
    desk.get_by_label("Speaker's note").fill("Look at June")
    desk.get_by_label("Speaker's note").press("Tab")
    say(desk, "Saved: slide 2 is changed.")
    expect(desk.locator(".slide").nth(1)).to_contain_text("Note: Look at June")
    desk.get_by_text("With its table on a slide").click()
    expect(desk.locator(".slide").nth(1)).to_contain_text("with its table")
    press(desk, "No filters")
    expect(desk.locator(".st-key-panel .get strong")).to_contain_text("No filters: everything there is")
    desk.locator(".st-key-locality").get_by_role("button", name="South").click()
    press(desk, "Use the selection now in force")
    expect(desk.locator(".st-key-panel .head")).to_contain_text("Locality: South")
    changed = orders_store.orders.get(meeting).order.slides[1]
    wanted = Slide(
        exhibit="plans-issued", title="How many?", note="Look at June", where={"locality": ("South",)}, table=True
    )
    assert changed == wanted
    for where in ("No filters", "Locality: North"):
        press(desk, "Undo")
        expect(desk.locator(".st-key-panel .get strong")).to_contain_text(where)
    press(desk, "Remove slide 2", "Enter")
    say(desk, "Saved: slide 2 is removed.")
    expect(desk.get_by_role("button", name="Edit slide 2")).to_be_focused()
    press(desk, "Undo")
    expect(desk.locator(".slide")).to_have_count(3)


def test_who_saves_second_is_told_and_sees_the_newer(
    desk: Page, orders_url: str, orders_store: Store, meeting: int
) -> None:
    opened(desk, orders_url, meeting, 1)
    orders_store.orders.change(meeting, MEETING.but(slides=MEETING.slides[:2]), "Ann")
    desk.get_by_label("Speaker's note").fill("Mine")
    desk.get_by_label("Speaker's note").press("Tab")
    say(desk, "Ann has changed this running order meanwhile: it is shown as it is now, so do your change again.")
    say(desk, "You had written: “Mine”")
    expect(desk.locator(".slide")).to_have_count(2)
    assert orders_store.orders.get(meeting).order.slides == MEETING.slides[:2]
    expect(desk.get_by_role("button", name="Undo")).to_be_disabled()


def test_what_is_no_longer_there_is_said(desk: Page, orders_url: str, orders_store: Store, meeting: int) -> None:
    left = MEETING.written().replace("plans-issued", "plans-late", 1).replace("Central", "Atlantis")
    left = left.replace('"where": {', '"where": {"town": [], ')
    orders_store.orders.change(meeting, RunningOrder.kept(left), "Ann")
    opened(desk, orders_url, meeting, 3)
    assert headings(desk)[1] == "“plans-late” is no longer there"
    expect(desk.locator(".slide").nth(1)).to_contain_text("This slide is left out when presenting.")
    expect(desk.locator(".slide").nth(2)).to_contain_text("Not in the data: Locality “Atlantis”, the filter “town”.")
    expect(desk.locator(".st-key-panel .nothing")).to_have_text("Nothing is left of this by the filters in force.")
    opened(desk, orders_url, meeting, 2)
    expect(desk.get_by_role("alert")).to_contain_text("it is kept, and left out when presenting")
    opened(desk, orders_url, 999)
    expect(desk.get_by_role("alert")).to_contain_text("This running order is no longer there")


def test_an_order_is_taken_away_as_one_workbook(desk: Page, orders_url: str, meeting: int, tmp_path: Path) -> None:
    opened(desk, orders_url, meeting)
    with desk.expect_download() as waiting:
        press(desk, "Excel")
    assert waiting.value.suggested_filename == "Meeting.xlsx"
    book = words(waiting.value.path())
    assert all(
        word in book for word in ("plans-issued-2", "Selection: Locality: North", "Selection: Locality: Central")
    )
    press(desk, "PowerPoint template")
    (tmp_path / "mine.pptx").write_bytes(b"PK\x03\x04 no presentation")
    desk.locator("input[type=file]").set_input_files(tmp_path / "mine.pptx")
    expect(desk.get_by_text("mine.pptx is not a PowerPoint file")).to_be_visible()
    with ZipFile(tmp_path / "vast.pptx", "w", ZIP_DEFLATED) as vast:
        vast.writestr("ppt/presentation.xml", b" " * 20_000_000)
    desk.locator("input[type=file]").set_input_files(tmp_path / "vast.pptx")
    expect(desk.get_by_text("vast.pptx unpacks to 20 MB, more than a template does")).to_be_visible()


def test_on_paper_are_the_slides_with_their_notes(desk: Page, orders_url: str, meeting: int) -> None:
    opened(desk, orders_url, meeting, 2)
    desk.emulate_media(media="print")
    expect(desk.locator(".slide .note").first).to_have_text("Note: Say *welcome* <b>")
    expect(desk.locator(".st-key-panel")).to_be_hidden()
    expect(desk.get_by_role("button", name="Edit slide 1")).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybody_can_read_it_on_every_screen(desk: Page, orders_url: str, meeting: int, theme: str) -> None:
    desk.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    for slide in (None, 1, 2):
        if slide is None:
            desk.reload()
            settle(desk)
        else:
            opened(desk, orders_url, meeting, slide)
        for width, height in SIZES:
            desk.set_viewport_size({"width": width, "height": height})
            desk.wait_for_function(f"innerWidth == {width} && {NARROW_ENOUGH}")
            assert faults(desk) == []


@contextmanager
def disk_full(log: Log) -> Iterator[None]:
    """Nothing can be logged."""
    with log._engine.begin() as connection:
        connection.exec_driver_sql("CREATE TRIGGER full BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'full'); END")
    try:
        yield
    finally:
        with log._engine.begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER full")


def test_what_cannot_be_logged_is_not_given(desk: Page, orders_url: str, orders_store: Store, meeting: int) -> None:
    page, log = opened(desk, orders_url, meeting), orders_store.log
    before, given = log.count(Wanted(deed=Deed.DOWNLOADED)), []
    page.on("download", lambda download: given.append(download))
    with disk_full(log):
        press(page, "Excel")
        expect(page.get_by_text("Failed to generate")).to_be_visible()
    assert given == []
    with page.expect_download():
        press(page, "Excel")
    assert log.count(Wanted(deed=Deed.DOWNLOADED)) == before + 1


def test_a_presentation_goes_on_though_it_cannot_be_logged(
    desk: Page, orders_url: str, orders_store: Store, meeting: int
) -> None:
    """A room waits: it is said, and shown all the same."""
    with disk_full(orders_store.log):
        desk.goto(f"{orders_url}/present?order={meeting}&screen=1")
        expect(desk.get_by_test_id("stToast")).to_contain_text("This presentation is not in the log.")
        expect(desk.locator("h1")).to_have_text("Agenda")
