"""The list of running orders in a real browser: copied, renamed, deleted, handed on as a file and brought in."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from sendviz.running import RunningOrder
from sendviz.store import Store
from tests.browsing import settle
from tests.meetings import MEETING, press


def test_an_order_is_copied_renamed_and_deleted(desk: Page, orders_store: Store, meeting: int) -> None:
    desk.reload()
    press(desk, "Copy Meeting")
    expect(desk.get_by_text("the copy is “Meeting (2)”")).to_be_visible()
    press(desk, "Rename Meeting (2)")
    name = desk.get_by_label("New name")
    expect(name).to_be_focused()
    name.fill("meeting")
    press(desk, "Save the name")
    expect(desk.get_by_text("There is a running order “meeting” already: choose another name.")).to_be_visible()
    name.fill("Meeting of June")
    press(desk, "Save the name")
    expect(desk.get_by_role("heading", name="Meeting of June")).to_be_visible()
    assert orders_store.orders.named("Meeting of June").order.slides == MEETING.slides
    press(desk, "Delete Meeting of June")
    expect(desk.get_by_role("button", name="Keep it")).to_be_focused()
    assert orders_store.orders.named("Meeting of June")
    press(desk, "Delete it")
    expect(desk.get_by_text("“Meeting of June” is deleted.")).to_be_visible()
    expect(desk.get_by_role("heading", name="Meeting of June")).to_have_count(0)


def test_an_order_is_handed_on_as_a_file(desk: Page, orders_store: Store, meeting: int, tmp_path: Path) -> None:
    desk.reload()
    settle(desk)
    with desk.expect_download() as waiting:
        press(desk, "Save as file Meeting")
    assert waiting.value.suggested_filename == "Meeting.json"
    file = tmp_path / "meeting.json"
    waiting.value.save_as(file)
    assert RunningOrder.read(file.read_bytes()) == MEETING
    desk.locator("input[type=file]").set_input_files(file)
    said = "There is a running order “Meeting” already, so this one came in as “Meeting (2)”."
    expect(desk.get_by_text(said)).to_be_visible()
    assert orders_store.orders.named("Meeting (2)").order.slides == MEETING.slides


def test_everything_that_is_wrong_with_a_file_is_said(desk: Page, orders_store: Store, tmp_path: Path) -> None:
    before = orders_store.orders.all()
    slides = [
        {"exhibit": "<img src=//x.example/>"},
        {"exhibit": "plans-issued", "where": {"town": ["![](//x.example)"]}},
    ]
    bad = tmp_path / "bad [*].json"
    bad.write_text(json.dumps({"form": "sendviz running order 1", "name": "", "slides": slides}))
    desk.locator("input[type=file]").set_input_files(bad)
    told = desk.get_by_role("alert")
    expect(told).to_contain_text("bad [*].json cannot be brought in:")
    expect(told.get_by_role("listitem")).to_have_text([
        re.compile("The running order's name: "), "Slide 1: there is no exhibit “<img src=//x.example/>”.",
        re.compile("Slide 2, where: there is no filter 'town'"),
    ])  # fmt: skip
    assert orders_store.orders.all() == before
