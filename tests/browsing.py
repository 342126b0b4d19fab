"""The app in a real browser: one server for the whole run, and Chromium."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

from sendviz.settings import Settings
from sendviz.store import Store

FOLDER = "SENDVIZ_TEST_SERVER"  # passed on to the workers of pytest-xdist, which share the server
HOUSE = Path(__file__).parent.parent
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PLACES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
PATIENCE = 30  # seconds: a first visit draws every chart's spec, on a busy machine
LAPTOP = ViewportSize(width=1366, height=768)

Visit = Callable[..., Page]
_started: "list[subprocess.Popen[bytes]]" = []  # held, since a worker may end before the server


def pytest_configure(config: pytest.Config) -> None:
    """The run, not its workers, chooses where the server is noted."""
    if not hasattr(config, "workerinput"):
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="sendviz-app-")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What Chromium does is tried once more where it failed, and the run's summary says so: a machine that halts a
    browser for seconds is no fault of the app, and one that fails twice is."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_unconfigure(config: pytest.Config) -> None:
    """The run stops the server, if there is one, after all its workers have ended."""
    if hasattr(config, "workerinput") or not (name := os.environ.pop(FOLDER, None)):
        return
    folder = Path(name)
    if (noted := folder / "server").exists():
        os.kill(int(noted.read_text().split()[1]), signal.SIGTERM)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def app_url(sample_settings: Settings, sample_store: Store) -> str:
    """Where the app is served, with the sample in it."""
    folder = Path(os.environ[FOLDER])
    with (folder / "starting").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        noted = folder / "server"
        if not noted.exists():
            url, process = serve(folder / "log", sample_settings.database_url, sample_settings.data_dir)
            noted.write_text(f"{url} {process.pid}")
        return noted.read_text().split()[0]


def serve(log: Path, database_url: str, data_dir: Path, port: int = 0) -> "tuple[str, subprocess.Popen[bytes]]":
    """Starts the app over a database, on any port or on this; its address, once it answers, and the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = port or free.getsockname()[1]
    environment = os.environ | {"SENDVIZ_DATABASE_URL": database_url, "SENDVIZ_DATA_DIR": str(data_dir)}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=HOUSE, env=environment, stdout=out, stderr=out, start_new_session=True)
    _started.append(process)
    url = f"http://127.0.0.1:{port}"
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):
                return url, process
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The app does not start: {log.read_text()}")


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Ends a server, at once if it does not end in time: it waits for every connection to close, and Chromium opens
    some for later that nothing ever comes through."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """The browser; a missing one fails the test and says what to install.

    It keeps a profile on disk: what the first window has fetched and compiled, the others need not, which spares each
    a third of the work of a visit. Its first window stays open, since without one it would end.
    """
    found = next(filter(None, map(shutil.which, PLACES)), None)
    if found is None:
        pytest.fail("These tests need Chromium: install the package chromium, or Google Chrome.")
    with sync_playwright() as playwright:
        profile = tmp_path_factory.mktemp("profile")
        context = playwright.chromium.launch_persistent_context(profile, executable_path=found, args=FLAGS)
        expect.set_options(timeout=PATIENCE * 1e3)
        yield context
        context.close()


@pytest.fixture
def visit(chromium: BrowserContext, app_url: str) -> Iterator[Visit]:
    """Opens an address of the app in a window of its own. Afterwards nothing may have been asked of another host, and
    the browser may have found no fault."""
    faults: list[str] = []

    def open_page(address: str = "/", theme: str = "light") -> Page:
        page = chromium.new_page()
        watch(page, app_url, faults)
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.goto(app_url + address)
        settle(page)
        return page

    yield open_page
    for page in chromium.pages[1:]:
        page.close()
    assert faults == []


def watch(page: Page, app_url: str, faults: list[str]) -> None:
    """Notes what a page asks of other hosts, and the faults the browser finds in it."""

    def said(message: ConsoleMessage) -> None:
        # Streamlit looks for its own addresses below a page's path first, and finds them a level up.
        if message.type == "error" and "/_stcore/" not in message.location["url"]:
            faults.append(message.text)

    def asked(request: Request) -> None:
        if not request.url.startswith((app_url, "data:", "blob:")):
            faults.append(request.url)

    page.set_viewport_size(LAPTOP)
    page.set_default_timeout(PATIENCE * 1e3)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", said)
    page.on("request", asked)


def settle(page: Page) -> None:
    """Waits until the page is drawn: its script has run, and each chart stands."""
    page.locator("h1").wait_for()
    page.wait_for_function(
        """() => document.querySelector('[data-test-script-state]')?.dataset.testScriptState === 'notRunning'
             && [...document.querySelectorAll('[data-testid=stVegaLiteChart]')].every(c => c.querySelector('.marks'))"""
    )
