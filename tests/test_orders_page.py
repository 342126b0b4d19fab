"""Running orders in a real browser: made, moved by keyboard, kept and handed on, and what is said of what is wrong."""

import json
import os
import re
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, TimeoutError, expect

from sendviz.running import RunningOrder, Slide
from sendviz.settings import Settings
from sendviz.start import open_store
from sendviz.store import Store
from tests.browsing import serve, settle, watch
from tests.seen import faults, words

SIZES = ((1920, 1080), (1366, 768), (390, 844))
NARROW_ENOUGH = "(e => e.scrollWidth <= e.clientWidth)(document.querySelector('[data-testid=stMain]'))"
MEETING = RunningOrder(
    name="Meeting",
    slides=(
        Slide(title="Agenda", text="Plans\nHealth", note="Say *welcome* <b>"),
        Slide(exhibit="plans-issued", where={"locality": ("North",)}, note="Slowly"),
        Slide(exhibit="plans-issued", where={"locality": ("Central",)}, table=True),
    ),
)


@pytest.fixture(scope="module")
def own_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of its own, since what is made here would show in other tests."""
    folder = tmp_path_factory.mktemp("orders-page")
    store = open_store(Settings(database_url=f"sqlite:///{folder}/s.db", data_dir=folder))
    yield store
    store.close()


@pytest.fixture(scope="module")
def own_url(own_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An app over that store."""
    address = own_store.engine.url.render_as_string()
    url, process = serve(tmp_path_factory.mktemp("app") / "log", address, Path(address.split("///")[1]).parent)
    yield url
    os.killpg(process.pid, signal.SIGTERM)
    process.wait()


@pytest.fixture
def page(chromium: BrowserContext, own_url: str) -> Iterator[Page]:
    """The list of running orders in a window of its own, in which the browser may find no fault."""
    found: list[str] = []
    page = chromium.new_page()
    watch(page, own_url, found)
    page.goto(f"{own_url}/present")
    settle(page)
    yield page
    page.close()
    assert found == []


@pytest.fixture
def meeting(own_store: Store) -> Iterator[int]:
    """A running order in the store."""
    number = own_store.orders.add(MEETING, "lead")
    yield number
    for kept in own_store.orders.all():
        if kept.id == number or kept.order.name.startswith("Meeting"):
            own_store.orders.remove(kept.id)


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


def say(page: Page, words: str) -> None:
    """Waits until the page says so."""
    expect(page.get_by_role("status")).to_contain_text(words)


def headings(page: Page) -> list[str]:
    return [text.split("\n")[-1].strip() for text in page.locator(".slide h3").all_inner_texts()]


def test_an_order_is_made_moved_by_keyboard_and_kept(page: Page, own_store: Store) -> None:
    """Two exhibits with selections of their own and a slide of words, from nothing."""
    press(page, "New")
    expect(page.locator(".st-key-order-name input")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Summer <b> [x](y)")
    page.keyboard.press("Enter")
    say(page, "Saved: it is called “Summer <b> [x](y)” now.")
    add(page, "Final plans issued within 20 weeks")
    page.locator(".st-key-locality").get_by_role("button", name="Central").click()
    expect(page.locator(".st-key-add")).to_contain_text("They get the selection in force: Locality: Central")
    add(page, "Mean weeks from request")
    press(page, "Add a slide of words")
    expect(page.get_by_label("Title")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Break")
    page.keyboard.press("Tab")
    page.keyboard.type("Tea <i>\nTen minutes")
    page.keyboard.press("Tab")
    expect(page.locator(".on-the-wall")).to_have_text("BreakTea <i>Ten minutes")
    press(page, "Move slide 3 up", "Enter")
    expect(page.get_by_role("button", name="Move slide 2 up")).to_be_focused()
    expect(page.locator(".st-key-panel h2")).to_have_text("Slide 2 of 3")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Move slide 1 down")).to_be_focused()
    page.reload()
    settle(page)
    assert headings(page) == ["Break", "Final plans issued within 20 weeks", "Mean weeks from request to final plan"]
    expect(page.locator(".slide").last).to_contain_text("Locality: Central")
    kept = own_store.orders.named("Summer <b> [x](y)").order
    assert [slide.where for slide in kept.slides] == [{}, {}, {"locality": ("Central",)}]
    press(page, "All running orders")
    expect(page.get_by_role("button", name="Present Summer <b> [x](y)", exact=True)).to_be_enabled()


def test_a_slide_is_changed_and_each_change_taken_back(
    page: Page, own_url: str, own_store: Store, meeting: int
) -> None:
    opened(page, own_url, meeting, 2)
    title = page.get_by_label("Title in place of the headline")
    expect(title).to_have_attribute("placeholder", re.compile("plans were issued"))
    title.fill("How many?")
    title.press("Enter")
    expect(page.locator(".headed")).to_have_text("On the wall it is headed How many?")
    page.get_by_label("Speaker's note").fill("Look at June")
    page.get_by_label("Speaker's note").press("Tab")
    say(page, "Saved: slide 2.")
    expect(page.locator(".slide").nth(1)).to_contain_text("Note: Look at June")
    page.get_by_text("With its table on a slide").click()
    expect(page.locator(".slide").nth(1)).to_contain_text("with its table")
    press(page, "No filters")
    expect(page.locator(".st-key-panel .get")).to_contain_text("No filters: everything there is")
    page.locator(".st-key-locality").get_by_role("button", name="South").click()
    press(page, "Use the selection now in force")
    expect(page.locator(".st-key-panel .source")).to_contain_text("Locality: South")
    changed = own_store.orders.get(meeting).order.slides[1]
    wanted = Slide(
        exhibit="plans-issued", title="How many?", note="Look at June", where={"locality": ("South",)}, table=True
    )
    assert changed == wanted
    for where in ("No filters", "Locality: North"):
        press(page, "Undo")
        expect(page.locator(".st-key-panel .get")).to_contain_text(where)
    press(page, "Remove slide 2", "Enter")
    say(page, "Saved: slide 2 is removed.")
    expect(page.get_by_role("button", name="Edit slide 2")).to_be_focused()
    press(page, "Undo")
    expect(page.locator(".slide")).to_have_count(3)


def test_an_order_is_copied_renamed_and_deleted(page: Page, own_store: Store, meeting: int) -> None:
    page.reload()
    press(page, "Copy Meeting")
    expect(page.get_by_text("the copy is “Meeting (2)”")).to_be_visible()
    press(page, "Rename Meeting (2)")
    name = page.get_by_label("New name")
    expect(name).to_be_focused()
    name.fill("meeting")
    press(page, "Save the name")
    expect(page.get_by_text("There is a running order “meeting” already: choose another name.")).to_be_visible()
    name.fill("Meeting of June")
    press(page, "Save the name")
    expect(page.get_by_role("heading", name="Meeting of June")).to_be_visible()
    assert own_store.orders.named("Meeting of June").order.slides == MEETING.slides
    press(page, "Delete Meeting of June")
    expect(page.get_by_role("button", name="Keep it")).to_be_focused()
    assert own_store.orders.named("Meeting of June")
    press(page, "Delete it")
    expect(page.get_by_text("“Meeting of June” is deleted.")).to_be_visible()
    expect(page.get_by_role("heading", name="Meeting of June")).to_have_count(0)


def test_an_order_is_handed_on_as_a_file(page: Page, own_store: Store, meeting: int, tmp_path: Path) -> None:
    page.reload()
    settle(page)
    with page.expect_download() as waiting:
        press(page, "Save as file Meeting")
    assert waiting.value.suggested_filename == "Meeting.json"
    file = tmp_path / "meeting.json"
    waiting.value.save_as(file)
    assert RunningOrder.read(file.read_bytes()) == MEETING
    page.locator("input[type=file]").set_input_files(file)
    said = "There is a running order “Meeting” already, so this one came in as “Meeting (2)”."
    expect(page.get_by_text(said)).to_be_visible()
    assert own_store.orders.named("Meeting (2)").order.slides == MEETING.slides


def test_everything_that_is_wrong_with_a_file_is_said(page: Page, own_store: Store, tmp_path: Path) -> None:
    before = own_store.orders.all()
    slides = [
        {"exhibit": "<img src=//x.example/>"},
        {"exhibit": "plans-issued", "where": {"town": ["![](//x.example)"]}},
    ]
    bad = tmp_path / "bad [*].json"
    bad.write_text(json.dumps({"form": "sendviz running order 1", "name": "", "slides": slides}))
    page.locator("input[type=file]").set_input_files(bad)
    told = page.get_by_role("alert")
    expect(told).to_contain_text("bad [*].json cannot be brought in:")
    expect(told.get_by_role("listitem")).to_have_text([
        re.compile("The running order's name: "), "Slide 1: there is no exhibit “<img src=//x.example/>”.",
        re.compile("Slide 2, where: there is no filter 'town'"),
    ])  # fmt: skip
    assert own_store.orders.all() == before


def test_who_saves_second_is_told_and_sees_the_newer(page: Page, own_url: str, own_store: Store, meeting: int) -> None:
    opened(page, own_url, meeting, 1)
    own_store.orders.change(meeting, MEETING.but(slides=MEETING.slides[:2]), "Ann")
    page.get_by_label("Speaker's note").fill("Mine")
    page.get_by_label("Speaker's note").press("Tab")
    say(page, "Ann has changed this running order meanwhile: it is shown as it is now, so do your change again.")
    say(page, "You had written: “Mine”")
    expect(page.locator(".slide")).to_have_count(2)
    assert own_store.orders.get(meeting).order.slides == MEETING.slides[:2]
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()


def test_what_is_no_longer_there_is_said(page: Page, own_url: str, own_store: Store, meeting: int) -> None:
    gone = MEETING.written().replace('"exhibit": "plans-issued"', '"exhibit": "plans-late"', 1)
    own_store.orders.change(meeting, RunningOrder.kept(gone.replace("Central", "Atlantis")), "Ann")
    opened(page, own_url, meeting, 3)
    assert headings(page)[1] == "“plans-late” is no longer there"
    expect(page.locator(".slide").nth(1)).to_contain_text("This slide is left out when presenting.")
    expect(page.locator(".slide").nth(2)).to_contain_text("Not in the data, so left out: Locality “Atlantis”.")
    expect(page.locator("#plans-issued")).to_be_visible()
    opened(page, own_url, meeting, 2)
    expect(page.get_by_role("alert")).to_contain_text("it is kept, and left out when presenting")
    opened(page, own_url, 999)
    expect(page.get_by_role("alert")).to_contain_text("This running order is no longer there")


def test_an_order_is_taken_away_as_one_workbook(page: Page, own_url: str, meeting: int, tmp_path: Path) -> None:
    opened(page, own_url, meeting)
    with page.expect_download() as waiting:
        press(page, "Excel")
    assert waiting.value.suggested_filename == "Meeting.xlsx"
    book = words(waiting.value.path())
    assert all(
        word in book for word in ("plans-issued (2)", "Selection: Locality: North", "Selection: Locality: Central")
    )
    press(page, "PowerPoint template")
    (tmp_path / "mine.pptx").write_bytes(b"PK\x03\x04 no presentation")
    page.locator("input[type=file]").set_input_files(tmp_path / "mine.pptx")
    expect(page.get_by_text("mine.pptx is not a PowerPoint file")).to_be_visible()


def test_on_paper_are_the_slides_with_their_notes(page: Page, own_url: str, meeting: int) -> None:
    opened(page, own_url, meeting, 2)
    page.emulate_media(media="print")
    expect(page.locator(".slide .note").first).to_have_text("Note: Say *welcome* <b>")
    expect(page.locator(".st-key-panel")).to_be_hidden()
    expect(page.get_by_role("button", name="Edit slide 1")).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybody_can_read_it_on_every_screen(page: Page, own_url: str, meeting: int, theme: str) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    for slide in (None, 1, 2):
        if slide is None:
            page.reload()
            settle(page)
        else:
            opened(page, own_url, meeting, slide)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_function(f"innerWidth == {width} && {NARROW_ENOUGH}")
            assert faults(page) == []
