"""How long a filter change takes on the cohort page: on the server, in a browser, and for a hundred people at once;
beside a page with one line of text."""

import asyncio
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import websockets
from playwright.sync_api import Page, sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

HOUSE = Path(__file__).parent.parent
FLOOR = "benchmarks/_one_line.py"
MONTHS = [f"{month} 2024" for month in ("January", "February", "March", "April", "May", "June", "July", "August")]
PAGE = "ehcp-cohort"
PEOPLE, THINK, SECONDS, ROUNDS = 100, 15, 60, 5
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")

# The milliseconds from now until the page has not changed for 400 ms after it changed first.
REDRAWN = """() => new Promise(done => {
  const start = performance.now();
  let last = 0, quiet = null;
  new MutationObserver((_, watching) => {
    last = performance.now() - start;
    clearTimeout(quiet);
    quiet = setTimeout(() => { watching.disconnect(); done(last); }, 400);
  }).observe(document.querySelector('[data-testid=stMain]'), {subtree: true, childList: true, characterData: true});
})"""


class Visitor:
    """One person's tab, speaking Streamlit's own protocol: sends the filter's id back with another value."""

    def __init__(self, url: str, page: str) -> None:
        self.address, self.page = url.replace("http", "ws", 1) + "/_stcore/stream", page
        self.widget = self.page_hash = ""
        self.faults = 0

    async def open(self) -> float:
        """Opens the page; the milliseconds it took."""
        self.socket = await websockets.connect(
            self.address, subprotocols=[websockets.Subprotocol("streamlit")], max_size=None, open_timeout=120
        )
        return await self.change(None)

    async def change(self, month: str | None) -> float:
        """Chooses the month the page starts from; the milliseconds until its script has run."""
        asked = BackMsg()
        asked.rerun_script.page_script_hash = self.page_hash
        asked.rerun_script.page_name = "" if self.page_hash else self.page
        if month is not None:
            state = asked.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = self.widget, month
        start = time.perf_counter()
        await self.socket.send(asked.SerializeToString())
        async with asyncio.timeout(120):
            await self._finished()
        return (time.perf_counter() - start) * 1e3

    async def _finished(self) -> None:
        started = False
        async for raw in self.socket:
            message = ForwardMsg.FromString(raw)  # type: ignore[arg-type]
            kind = message.WhichOneof("type")
            if kind == "new_session":
                started = True
            elif kind == "navigation":  # the page shown; a session begins with that of the entry script
                self.page_hash = message.navigation.page_script_hash
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                self.faults += element.WhichOneof("type") == "exception"
                if element.WhichOneof("type") == "selectbox" and element.selectbox.label == "From":
                    self.widget = element.selectbox.id
            elif kind == "script_finished" and started:
                return

    async def stay(self, until: float, out: list[float]) -> None:
        """Changes the filter every `THINK` seconds or so."""
        await asyncio.sleep(random.uniform(0, THINK))
        while time.perf_counter() < until:
            out.append(await self.change(random.choice(MONTHS)))
            await asyncio.sleep(THINK * random.uniform(0.5, 1.5))


async def one(url: str, page: str) -> float:
    """The median of changes by one person, warm: each value has been chosen before."""
    visitor = Visitor(url, page)
    await visitor.open()
    times = [await visitor.change(month) for _ in range(ROUNDS + 1) for month in MONTHS]
    await visitor.socket.close()
    return statistics.median(times[len(MONTHS) :])


async def room(url: str, page: str) -> tuple[list[float], int]:
    """The changes of many people at once, and how many of them failed."""
    people = [Visitor(url, page) for _ in range(PEOPLE)]
    for person in people:
        await person.open()
    times: list[float] = []
    until = time.perf_counter() + SECONDS
    stayed = await asyncio.gather(*(person.stay(until, times) for person in people), return_exceptions=True)
    await asyncio.gather(*(person.socket.close() for person in people), return_exceptions=True)
    return sorted(times), sum(isinstance(x, BaseException) for x in stayed) + sum(person.faults for person in people)


def in_browser(url: str, page: str) -> float:
    """The median in Chromium, from choosing a month to the last change of the page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        tab = browser.new_page(viewport={"width": 1366, "height": 768})
        tab.goto(f"{url}/{page}")
        tab.locator("h1").wait_for()
        tab.wait_for_timeout(3000)
        times = [_redrawn(tab, month) for _ in range(ROUNDS) for month in MONTHS]
        browser.close()
    return statistics.median(times[len(MONTHS) :])


def first_start(script: str, page: str, drawn: str) -> float:
    """Seconds from the start of a server over an empty folder until a browser shows what is `drawn` on its page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        start = time.perf_counter()
        with served(script) as url:
            tab = browser.new_page(viewport={"width": 1366, "height": 768})
            tab.goto(f"{url}/{page}")
            tab.locator(drawn).first.wait_for(timeout=60_000)
            taken = time.perf_counter() - start
        browser.close()
    return taken


def _redrawn(tab: Page, month: str) -> float:
    tab.get_by_role("combobox", name="From").first.click()
    option = tab.get_by_role("option", name=month, exact=True)
    option.wait_for()
    tab.evaluate(f"() => {{ window.redrawn = ({REDRAWN})() }}")
    option.click()
    return float(tab.evaluate("() => window.redrawn"))


@contextmanager
def served(script: str) -> Iterator[str]:
    """The address of a server of this script, with the sample in a database of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"SENDVIZ_DATABASE_URL": f"sqlite:///{folder}/s.db", "SENDVIZ_DATA_DIR": folder}
        command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
        server = subprocess.Popen(command, cwd=HOUSE, env=environment, stdout=subprocess.DEVNULL)
        url = f"http://127.0.0.1:{port}"
        try:
            _wait(lambda: urllib.request.urlopen(f"{url}/_stcore/health", timeout=1).read())
            yield url
        finally:
            server.terminate()
            server.wait()


def _wait(ask: Callable[[], object], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            ask()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def main() -> None:
    """Prints each figure beside its floor."""
    mine, least = first_start("app.py", PAGE, "[data-testid=stVegaLiteChart] .marks"), first_start(FLOOR, "", "h1")
    print(f"first start, empty folder to first chart in Chromium: {mine:.1f} s; one line of text: {least:.1f} s")
    with served(FLOOR) as floor, served("app.py") as url:
        asyncio.run(one(url, PAGE))  # the sample is loaded, the charts are drawn
        mine, least = asyncio.run(one(url, PAGE)), asyncio.run(one(floor, ""))
        print(f"filter change, server: {mine:.0f} ms; one line of text: {least:.1f} ms")
        mine, least = in_browser(url, PAGE), in_browser(floor, "")
        print(f"filter change, Chromium: {mine:.0f} ms; one line of text: {least:.0f} ms; {mine / least:.1f}x")
        times, failed = asyncio.run(room(url, PAGE))
        median, high = statistics.median(times), times[int(len(times) * 0.95)]
        print(
            f"{PEOPLE} people, each a change every {THINK} s: median {median:.0f} ms, 95th percentile {high:.0f} ms, "
            f"{failed} failures in {len(times)} changes"
        )


if __name__ == "__main__":
    main()
