"""Signing out in one tab ends what the others of the same browser can do: in a real browser, with a real provider."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from sendviz.running import RunningOrder, Slide
from sendviz.store import ACTIVE, Deed
from sendviz.ui.signin import NOBODY
from tests.browsing import settle
from tests.team import Enter, Team


@pytest.fixture
def order(team: Team) -> Iterator[int]:
    made = RunningOrder(name="To be kept", slides=(Slide(exhibit="cohort-over-time"),))
    number = team.store.orders.add(made, "officer@council.uk")
    yield number
    team.store.orders.remove(number, "officer@council.uk")


def test_the_first_press_after_signing_out_elsewhere_changes_nothing(enter: Enter, team: Team, order: int) -> None:
    data = enter("officer", "/data")
    settle(data)
    undo = data.locator("[class*=st-key-undo-]").first.get_by_role("button")
    expect(undo).to_be_visible()
    present, about = data.context.new_page(), data.context.new_page()
    present.goto(f"{team.url}/present")
    present.locator(f".st-key-delete-{order}").get_by_role("button").click()
    expect(present.get_by_role("button", name="Delete it")).to_be_visible()
    about.goto(f"{team.url}/about")
    about.get_by_role("button", name="Sign out").click()
    about.get_by_role("button", name="End session").click()
    expect(about.get_by_role("button", name="Sign in")).to_be_visible()

    undo.click()
    present.get_by_role("button", name="Delete it").click()
    for page in (data, present):
        expect(page.get_by_test_id("stAlert")).to_contain_text("You have signed out")
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert {upload.state for upload in team.store.uploads()} == {ACTIVE}
    assert team.store.orders.get(order).order.name == "To be kept"
    entries = team.store.log.entries()
    assert NOBODY not in {entry.who for entry in entries} and Deed.UNDONE not in {entry.deed for entry in entries}
