"""Signing in with a real identity provider, in a real browser: each role sees what it should, and no more."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from sendviz.running import Slide
from sendviz.store import Deed, Store, Wall
from tests.browsing import HOUSE, PATIENCE, settle

PEOPLE = {
    "officer": {"email": "officer@council.uk"},
    "central": {"email": "central@council.uk"},
    "north": {"email": "north@council.uk"},
    "presenter": {"email": "presenter@council.uk"},
    "viewer": {"email": "anybody@schools.uk"},
    "stranger": {"email": "stranger@elsewhere.uk"},
    "nameless": {"groups": ["SEND"]},
    "unconfirmed": {"email": "officer@council.uk", "email_verified": False},
}
ACCESS = """
[[people]]
email = "officer@council.uk"
roles = ["data officer"]
[[people]]
email = "central@council.uk"
roles = ["lead"]
locality = ["Central"]
[[people]]
email = "north@council.uk"
roles = ["lead"]
locality = ["North"]
[[people]]
email = "presenter@council.uk"
roles = ["presenter"]
[[people]]
domain = "schools.uk"
roles = ["viewer"]
"""
Enter = Callable[..., Page]


@dataclass(frozen=True)
class Team:
    """A server with sign-in: where it is, and where its store is."""

    url: str
    store: Store


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def started(command: list[str], log: Path, health: str, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """A server of its own, once it answers."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=HOUSE, env=environment, stdout=out, stderr=out, start_new_session=True)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(health, timeout=1):
                return process
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{command[2]} does not start: {log.read_text()}")


def provider(folder: Path, seconds: int) -> "tuple[str, subprocess.Popen[bytes]]":
    """An identity provider whose identities run out after so many seconds."""
    port = free_port()
    users = [part for sub, claims in PEOPLE.items() for part in ("--user-claims", json.dumps({"sub": sub} | claims))]
    command = [sys.executable, "-m", "oidc_provider_mock", "-p", str(port), "-e", str(seconds), *users]
    known = f"http://localhost:{port}/.well-known/openid-configuration"
    return known, started(command, folder / f"provider-{port}.log", known, dict(os.environ))


def served(folder: Path, known: str, database_url: str, data_dir: Path) -> "tuple[str, subprocess.Popen[bytes]]":
    """The app, which signs people in at the provider."""
    port = free_port()
    url = f"http://localhost:{port}"
    secrets, access = folder / f"secrets-{port}.toml", folder / "access.toml"
    access.write_text(ACCESS)
    secrets.write_text(
        f'[auth]\nredirect_uri = "{url}/oauth2callback"\ncookie_secret = "{os.urandom(32).hex()}"\n'
        f'client_id = "sendviz"\nclient_secret = "one of a test"\nserver_metadata_url = "{known}"\n'
    )
    environment = os.environ | {
        "SENDVIZ_DATABASE_URL": database_url, "SENDVIZ_DATA_DIR": str(data_dir), "SENDVIZ_ACCESS": str(access),
        "AUTHLIB_INSECURE_TRANSPORT": "1",
    }  # fmt: skip
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--server.address", "localhost", "--secrets.files", str(secrets)]
    return url, started(command, folder / f"app-{port}.log", f"{url}/_stcore/health", environment)


@pytest.fixture(scope="module")
def processes() -> "Iterator[list[subprocess.Popen[bytes]]]":
    begun: list[subprocess.Popen[bytes]] = []
    yield begun
    for process in begun:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


@pytest.fixture(scope="module")
def team(
    tmp_path_factory: pytest.TempPathFactory, sample_store: Store, sample_settings: object,
    processes: "list[subprocess.Popen[bytes]]",
) -> Team:  # fmt: skip
    folder = tmp_path_factory.mktemp("team")
    known, identity = provider(folder, 3600)
    processes.append(identity)
    url, app = served(folder, known, sample_settings.database_url, sample_settings.data_dir)  # type: ignore[attr-defined]
    processes.append(app)
    return Team(url, sample_store)


@pytest.fixture
def enter(chromium: BrowserContext, team: Team) -> Iterator[Enter]:
    """Signs somebody in, in a browser of their own, and opens a page."""
    contexts = []

    def signed_in(who: str, path: str = "/", url: str = team.url) -> Page:
        assert chromium.browser
        contexts.append(chromium.browser.new_context())
        page = contexts[-1].new_page()
        page.goto(url)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name=who, exact=True).click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        if path != "/":
            page.goto(url + path)
        page.locator("h1").wait_for()
        return page

    yield signed_in
    for context in contexts:
        context.close()


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


def test_signing_out_ends_it(enter: Enter, team: Team) -> None:
    page = enter("viewer")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()  # at the identity provider
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.goto(f"{team.url}/ehcp-cohort")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert {Deed.SIGNED_IN, Deed.SIGNED_OUT} <= {entry.deed for entry in team.store.log.entries()}


def test_an_identity_that_has_run_out_is_asked_again(
    enter: Enter, sample_settings: object, tmp_path: Path, processes: "list[subprocess.Popen[bytes]]"
) -> None:
    known, identity = provider(tmp_path, seconds=20)
    processes.append(identity)
    url, app = served(tmp_path, known, sample_settings.database_url, sample_settings.data_dir)  # type: ignore[attr-defined]
    processes.append(app)
    page = enter("viewer", "/", url)
    page.wait_for_timeout(21_000)
    page.reload()
    expect(page.get_by_test_id("stAlert")).to_contain_text("Your sign-in has run out")
    assert page.locator(".figures").count() == 0


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
