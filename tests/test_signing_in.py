"""Signing in with a real identity provider, in a real browser: each role sees what it should, and no more."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from sendviz.running import RunningOrder, Slide
from sendviz.settings import Settings
from sendviz.store import Deed, Wall
from tests.browsing import HOUSE, PATIENCE, settle
from tests.team import Enter, Team, free_port, provider, served
from tests.wall import stand


def menu(page: Page) -> Locator:
    """The pages in the menu."""
    return page.get_by_test_id("stSidebarNavLink")


def test_nothing_is_shown_before_signing_in(chromium: BrowserContext, team: Team) -> None:
    page = chromium.new_page()
    page.goto(f"{team.url}/ehcp-cohort?locality=Central")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert page.get_by_test_id("stSidebarNavLink").count() == 0 and page.locator(".figures").count() == 0
    assert "3,783" not in (page.text_content("body") or "")
    page.close()


def test_a_data_officer_sees_everything_and_loads(enter: Enter) -> None:
    page = enter("officer", "/data")
    expect(page.locator("input[type=file]")).to_have_count(1)
    expect(menu(page).filter(has_text="Data")).to_have_count(1)


def test_a_viewer_sees_exhibits_and_does_not_load(enter: Enter) -> None:
    page = enter("viewer", "/ehcp-cohort")
    settle(page)
    expect(page.locator(".st-key-exhibit-cohort-over-time")).to_contain_text("3,783")
    expect(menu(page).filter(has_text="About")).to_have_count(1)
    expect(menu(page).filter(has_text="Data")).to_have_count(0)
    page.goto(page.url.replace("/ehcp-cohort", "/data"))
    page.locator("h1").wait_for()
    assert page.locator("input[type=file]").count() == 0


def test_two_leads_see_only_their_own_though_an_officer_saw_everything(enter: Enter) -> None:
    officer = enter("officer", "/ehcp-cohort")
    settle(officer)
    expect(officer.locator(".st-key-exhibit-cohort-over-time")).to_contain_text("3,783")
    totals = {}
    for who, other in (("central", "North"), ("north", "Central")):
        page = enter(who, f"/ehcp-cohort?locality={other}")
        settle(page)
        said = page.locator(".st-key-exhibit-cohort-over-time h2").inner_text()
        assert "3,783" not in (page.text_content("body") or "")
        expect(page.locator(".selection")).to_contain_text(f"Opened to you: Locality {who.capitalize()}")
        expect(page.locator(".st-key-locality")).not_to_contain_text(other)
        totals[who] = said
    assert totals["central"] != totals["north"]


@pytest.mark.parametrize("who", ["stranger", "nameless", "unconfirmed"])
def test_whom_nothing_is_opened_to_sees_one_sentence(enter: Enter, team: Team, who: str) -> None:
    page = enter(who, "/ehcp-cohort")
    expect(page.get_by_test_id("stAlert")).to_contain_text("nothing here has been opened to you")
    assert page.get_by_test_id("stSidebarNavLink").count() == 0 and page.locator(".figures").count() == 0
    assert Deed.REFUSED in {entry.deed for entry in team.store.log.entries()}


def test_a_viewer_does_not_present_and_a_presenter_does(enter: Enter, team: Team) -> None:
    expect(menu(enter("presenter")).filter(has_text="Present")).to_have_count(1)
    viewer = enter("viewer", "/present?order=1&screen=2")
    expect(menu(viewer).filter(has_text="About")).to_have_count(1)
    expect(menu(viewer).filter(has_text="Present")).to_have_count(0)
    expect(viewer.locator(".st-key-stage")).to_have_count(0)


def test_phones_follow_without_signing_in_and_see_the_wall_alone(chromium: BrowserContext, team: Team) -> None:
    central = (("locality", ("Central",)),)
    made = team.store.live.begin(Wall(slide=Slide(exhibit="cohort-over-time"), limit=central))
    page = chromium.new_page()
    page.goto(f"{team.url}/follow?live={made.follow}")
    expect(page.locator("h1")).to_contain_text("pupils had an EHC plan")
    assert "3,783" not in (page.text_content("body") or "")
    assert page.get_by_test_id("stSidebarNavLink").count() == 0
    team.store.live.end(made.control)
    expect(page.locator("h1")).to_have_text("This presentation is over. Thank you.")
    page.close()


@pytest.fixture
def prepared(team: Team) -> Iterator[tuple[int, int]]:
    """Two running orders of an officer's: one of everything there is, one of North alone."""
    everything = RunningOrder(name="Of all", slides=(Slide(exhibit="cohort-over-time"),))
    north = RunningOrder(name="Of North", slides=(Slide(exhibit="plans-issued", where={"locality": ("North",)}),))
    first, second = (team.store.orders.add(order, "officer@council.uk") for order in (everything, north))
    yield first, second
    for number in (first, second):
        team.store.orders.remove(number, "officer@council.uk")


def test_a_lead_who_presents_shows_the_room_no_more_than_their_own(
    enter: Enter, team: Team, chromium: BrowserContext, prepared: tuple[int, int]
) -> None:
    page = enter("presenting lead", "/present")
    expect(page.get_by_role("heading", name="Of all")).to_be_visible()
    expect(page.get_by_role("heading", name="Of North")).to_have_count(0)
    page.goto(f"{team.url}/present?order={prepared[1]}&screen=1")
    expect(page.get_by_test_id("stAlert")).to_contain_text("This running order is no longer there")
    page.goto(f"{team.url}/present?order={prepared[0]}&screen=1")
    stand(page, "1 of 1")
    expect(page.locator(".footer")).to_contain_text("Opened to you: Locality Central")
    stage = page.locator("h1").inner_text()
    page.keyboard.press("q")
    phone = chromium.new_page()
    phone.goto(page.locator(".invitation .link").inner_text())
    expect(phone.locator("h1")).to_have_text(stage)
    expect(phone.locator("#root")).not_to_contain_text("North")
    assert "3,783" not in stage + (phone.text_content("body") or "")
    phone.close()


def test_signing_out_ends_it(enter: Enter, team: Team) -> None:
    page = enter("viewer")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()  # at the identity provider
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.goto(f"{team.url}/ehcp-cohort")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert {Deed.SIGNED_IN, Deed.SIGNED_OUT} <= {entry.deed for entry in team.store.log.entries()}


def test_a_group_lets_somebody_in_without_an_email(enter: Enter, team: Team) -> None:
    page = enter("grouped", "/about")
    expect(page.get_by_text("Signed in as grouped")).to_be_visible()
    assert "grouped" in {entry.who for entry in team.store.log.entries() if entry.deed is Deed.SIGNED_IN}


@pytest.mark.parametrize("who", ["other-audience", "other-issuer", "other-nonce"])
def test_an_identity_that_was_not_made_for_this_sign_in_counts_for_nothing(
    chromium: BrowserContext, team: Team, who: str
) -> None:
    assert chromium.browser
    page = chromium.browser.new_page()
    page.goto(f"{team.url}/final-plans?locality=Central")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=who, exact=True).click()
    expect(page).to_have_url(f"{team.url}/final-plans?locality=Central")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert page.get_by_test_id("stSidebarNavLink").count() == 0 and page.locator(".figures").count() == 0
    page.close()


def test_whoever_came_by_a_link_lands_there_after_signing_in(chromium: BrowserContext, team: Team) -> None:
    assert chromium.browser
    page = chromium.browser.new_page()
    link = f"{team.url}/final-plans?locality=Central&from=2024-01&to=2026-01#plans-timeliness"
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="officer", exact=True).click()
    settle(page)
    expect(page).to_have_url(link)
    expect(page.locator(".selection")).to_contain_text("Central")
    expect(page.locator("#plans-timeliness")).to_be_in_viewport()
    kept = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert "sendviz_wanted" not in kept and kept["_streamlit_user"]["httpOnly"]
    page.close()


@pytest.fixture
def short(sample_settings: Settings, tmp_path: Path, processes: "list[subprocess.Popen[bytes]]") -> str:
    """A server whose identities run out after twenty seconds."""
    known, identity = provider(tmp_path, seconds=20)
    processes.append(identity)
    url, app = served(tmp_path, known, sample_settings.database_url, sample_settings.data_dir)
    processes.append(app)
    return url


@pytest.mark.parametrize("path", ["/data", "/present"])
def test_a_page_that_is_not_for_everybody_is_come_by_through_the_door(
    path: str, team: Team, chromium: BrowserContext
) -> None:
    assert chromium.browser
    page = (context := chromium.browser.new_context()).new_page()
    page.goto(team.url + path)
    page.get_by_role("button", name="Sign in").wait_for()
    assert page.get_by_role("dialog").count() == 0
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="officer", exact=True).click()
    settle(page)
    expect(page.locator("[data-testid=stSidebarNavLink][aria-current=page]")).to_have_count(1)
    assert page.url == team.url + path
    context.close()


def test_an_identity_that_runs_out_is_asked_again_where_it_was(enter: Enter, short: str) -> None:
    page = enter("viewer", "/ehcp-cohort?locality=Central", short)
    settle(page)
    page.wait_for_timeout(21_000)
    page.get_by_role("button", name="Reset filters").first.click()  # the page that was open: not loaded anew
    expect(page.get_by_test_id("stAlert")).to_contain_text("Your sign-in has run out")
    expect(page.locator(".figures")).to_have_count(0)
    expect(page.get_by_test_id("stSidebarNavLink")).to_have_count(0)
    page.reload()
    expect(page.get_by_test_id("stAlert")).to_contain_text("Your sign-in has run out")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="viewer", exact=True).click()
    settle(page)
    assert "/ehcp-cohort" in page.url


@pytest.mark.parametrize("address", ["0.0.0.0", "::"])
def test_without_sign_in_no_other_computer_is_served(address: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(free_port())]
    ended = subprocess.run(
        [*command, "--server.address", address], cwd=HOUSE, capture_output=True, text=True, timeout=PATIENCE,
        env=os.environ | {"SENDVIZ_DATA_DIR": str(tmp_path)},
    )  # fmt: skip
    assert ended.returncode and "sendviz is not started: without sign-in it serves this computer alone" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_team_without_a_file_of_who_may_what_is_not_served(tmp_path: Path) -> None:
    secrets = tmp_path / "secrets.toml"
    secrets.write_text('[auth]\nredirect_uri = "http://localhost/oauth2callback"\ncookie_secret = "x"\n')
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(free_port())]
    ended = subprocess.run(
        [*command, "--server.address", "0.0.0.0", "--secrets.files", str(secrets)], cwd=HOUSE, capture_output=True,
        text=True, timeout=PATIENCE, env=os.environ | {"SENDVIZ_ACCESS": str(tmp_path / "none.toml")},
    )  # fmt: skip
    assert ended.returncode and "which says who may see what, cannot be read" in ended.stderr
