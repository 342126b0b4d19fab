"""Links that nobody was given: who opens many wrong ones waits, and a room that follows the right one never does."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Subprotocol
from websockets.sync.client import connect

from sendviz.running import Slide
from sendviz.settings import Settings
from sendviz.store import Store, Wall
from tests.browsing import serve, stop

GUESSED = "Too many wrong links were opened from your network. Try again in a minute."
OVER, SHOWN = "This presentation is over.", "Agenda"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, copy_sample: Callable[[Path], str]) -> Iterator[tuple[str, Store]]:
    """A server of its own, since it remembers who guessed, and its store."""
    folder: Path = tmp_path_factory.mktemp("guessed")
    database = copy_sample(folder)
    store = Store.open(Settings(database_url=database, data_dir=folder))
    url, process = serve(folder / "log", database, folder)
    yield url, store
    stop(process)
    store.close()


def told(url: str, link: str, address: str) -> str:
    """What the phones' page shows for this link to who asks from this address, by way of a proxy."""
    asked, found = BackMsg(), []
    asked.rerun_script.page_name, asked.rerun_script.query_string = "follow", f"live={link}"
    stream = url.replace("http", "ws", 1) + "/_stcore/stream"
    headers = {"X-Forwarded-For": address}
    with connect(stream, subprotocols=[Subprotocol("streamlit")], max_size=None, additional_headers=headers) as socket:
        socket.send(asked.SerializeToString())
        for raw in socket:
            message = ForwardMsg.FromString(raw)  # type: ignore[arg-type]
            if message.WhichOneof("type") == "script_finished":
                break
            found.append(message.delta.new_element.html.body)
    return "\n".join(found)


def test_who_guesses_waits_and_the_room_goes_on(room: tuple[str, Store]) -> None:
    url, store = room
    known, new = (store.live.begin(Wall(slide=Slide(title=SHOWN))) for _ in range(2))
    assert SHOWN in told(url, known.follow, "127.0.0.11")
    for number in range(30):
        assert OVER in told(url, f"guess-{number}", "127.0.0.11")
    assert GUESSED in told(url, "guess-31", "127.0.0.11")
    assert GUESSED in told(url, new.follow, "127.0.0.11"), "a guess that is right is not let in either"
    assert SHOWN in told(url, known.follow, "127.0.0.11"), "the room, which has one address, follows its own link"
    assert SHOWN in told(url, new.follow, "127.0.0.12")


def test_a_room_of_phones_is_no_guesser_when_its_presentation_ends(room: tuple[str, Store]) -> None:
    url, store = room
    made = store.live.begin(Wall(slide=Slide(title=SHOWN)))
    store.live.end(made.control)
    for _ in range(40):
        assert OVER in told(url, made.follow, "127.0.0.13")
