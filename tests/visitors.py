"""People who look, without a browser each: they speak Streamlit's own protocol through nginx, as a signed-in tab does,
and go on by themselves when the line is lost."""

import asyncio
import re
import ssl
import time
from dataclasses import dataclass, field
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.balanced import COOKIE
from tests.browsing import PATIENCE

SELECTION = re.compile(r'<p class="selection">(.*?)</p>')
AGAIN = 0.3  # seconds between tries, as Streamlit's browser side has them


@dataclass
class Visitor:
    """One tab: where it looks, whose cookies it has, and what it has seen."""

    url: str
    page: str
    query: str
    cookies: dict[str, str]
    certificate: Path
    seen: str = ""
    faults: int = 0
    socket: websockets.ClientConnection | None = field(default=None, repr=False)

    @property
    def process(self) -> int:
        """The port of the process that answers it."""
        return int(self.cookies[COOKIE])

    async def open(self) -> None:
        """Opens the page by its link, and waits until it is drawn; faults of the line are raised."""
        trusted = ssl.create_default_context(cafile=self.certificate)
        token = websockets.Subprotocol(self.cookies["_streamlit_xsrf"])
        self.socket = await websockets.connect(
            self.url.replace("http", "ws", 1) + "/_stcore/stream", ssl=trusted, max_size=None, open_timeout=PATIENCE,
            subprotocols=[websockets.Subprotocol("streamlit"), token], origin=websockets.Origin(self.url),
            additional_headers={"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())},
        )  # fmt: skip
        assert self.socket.response
        for line in self.socket.response.headers.get_all("Set-Cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        await self.look()

    async def go_on(self) -> float:
        """Waits until the line is lost, and opens the page again; when it was drawn, by the clock."""
        assert self.socket
        await self.socket.wait_closed()
        self.seen = ""
        while not self.seen:
            try:
                await self.open()
            except (OSError, websockets.WebSocketException):
                await asyncio.sleep(AGAIN)
        return time.monotonic()

    async def close(self) -> None:
        """Closes the tab."""
        if self.socket:
            await self.socket.close()

    async def look(self) -> None:
        """Has the page drawn, by the line that is there; faults of the line are raised."""
        assert self.socket
        self.seen = ""
        asked = BackMsg()
        asked.rerun_script.query_string, asked.rerun_script.page_name = self.query, self.page
        await self.socket.send(asked.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            await self._drawn()

    async def _drawn(self) -> None:
        assert self.socket
        started = False
        async for raw in self.socket:
            message = ForwardMsg.FromString(raw)  # type: ignore[arg-type]
            kind = message.WhichOneof("type")
            started = started or kind == "new_session"
            if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                self.faults += element.WhichOneof("type") == "exception"
                if found := SELECTION.search(element.html.body):
                    self.seen = found[1]
            elif kind == "script_finished" and started:
                return
