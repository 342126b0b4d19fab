"""A team's server: the app that signs people in, a real identity provider, and a browser for each person."""

import json
import os
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, StorageState, expect

from sendviz.settings import Settings
from sendviz.store import Store
from tests.browsing import HOUSE, PATIENCE, stop

PEOPLE = {
    "officer": {"email": "officer@council.uk"},
    "central": {"email": "central@council.uk"},
    "north": {"email": "north@council.uk"},
    "presenter": {"email": "presenter@council.uk"},
    "presenting lead": {"email": "lead@council.uk"},
    "viewer": {"email": "anybody@schools.uk"},
    "stranger": {"email": "stranger@elsewhere.uk"},
    "nameless": {"groups": ["SEND"]},
    "grouped": {"groups": ["SEND reading group"]},
    "other-audience": {"email": "officer@council.uk", "aud": "another app"},
    "other-issuer": {"email": "officer@council.uk", "iss": "https://elsewhere.example"},
    "other-nonce": {"email": "officer@council.uk", "nonce": "of another sign-in"},
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
email = "lead@council.uk"
roles = ["lead", "presenter"]
locality = ["Central"]
[[people]]
email = "presenter@council.uk"
roles = ["presenter"]
[[people]]
domain = "schools.uk"
roles = ["viewer"]
[[people]]
group = "SEND reading group"
roles = ["viewer"]
"""
Enter = Callable[..., Page]


@dataclass(frozen=True)
class Team:
    """A server with sign-in: where it is, where its store is, and what it signs cookies with."""

    url: str
    store: Store
    secret: str


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
        stop(process)


@pytest.fixture(scope="module")
def team(
    tmp_path_factory: pytest.TempPathFactory, sample_store: Store, sample_settings: Settings,
    processes: "list[subprocess.Popen[bytes]]",
) -> Team:  # fmt: skip
    folder = tmp_path_factory.mktemp("team")
    known, identity = provider(folder, 3600)
    processes.append(identity)
    url, app = served(folder, known, sample_settings.database_url, sample_settings.data_dir)
    processes.append(app)
    secrets = tomllib.loads((folder / f"secrets-{urlsplit(url).port}.toml").read_text())
    return Team(url, sample_store, secrets["auth"]["cookie_secret"])


@pytest.fixture(scope="module")
def cookies_of() -> dict[tuple[str, str], StorageState]:
    """What the browsers of those who have signed in keep, by the address and by who they are."""
    return {}


@pytest.fixture
def enter(chromium: BrowserContext, team: Team, cookies_of: dict[tuple[str, str], StorageState]) -> Iterator[Enter]:
    """Opens a page for somebody, in a browser of their own, who signs in or has kept the cookies of having done so."""
    contexts = []

    def entered(who: str, path: str = "/", url: str = team.url) -> Page:
        assert chromium.browser
        kept = cookies_of.get((url, who))
        contexts.append(chromium.browser.new_context(storage_state=kept))
        page = contexts[-1].new_page()
        if not kept:
            sign_in(page, who, url)
            cookies_of[url, who] = contexts[-1].storage_state()
        if kept or path != "/":
            page.goto(url + path)
        page.locator("h1").wait_for()
        return page

    yield entered
    for context in contexts:
        context.close()


def sign_in(page: Page, who: str, url: str) -> None:
    """Signs somebody in."""
    page.goto(url)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=who, exact=True).click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
