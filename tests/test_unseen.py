"""Who has not signed in is sent nothing of the data, whatever page they ask for and wherever they say they are."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Subprotocol
from websockets.sync.client import connect

from sendviz.store import Store
from tests.browsing import HOUSE, PATIENCE
from tests.seen import LINKED
from tests.team import Team, free_port

ASKED = "school=x&locality=x&primary_need=x&home_la=x&funding_la=x&school_type=x&from=2024-01&to=2026-01"
FILTERS = ("school", "locality", "primary_need", "home_la")


def sent(url: str, page: str, said: str) -> bytes:
    """All that the server sends to a browser that asks for a page and says that it stands at an address."""
    asked = BackMsg()
    asked.rerun_script.page_name, asked.rerun_script.query_string = page, ASKED
    asked.rerun_script.context_info.url = said
    stream = url.replace("http", "ws", 1) + "/_stcore/stream"
    found = []
    with connect(stream, subprotocols=[Subprotocol("streamlit")], max_size=None, open_timeout=PATIENCE) as socket:
        socket.send(asked.SerializeToString())
        for raw in socket:
            found.append(raw)
            if ForwardMsg.FromString(raw).WhichOneof("type") == "script_finished":  # type: ignore[arg-type]
                return b"".join(found)  # type: ignore[arg-type]
    raise AssertionError("the server hung up")


@pytest.mark.parametrize("page", ["", "follow", *LINKED])
@pytest.mark.parametrize("said", ["{url}/{page}", "{url}/?", "{url}/follow", "elsewhere"])
def test_nothing_of_the_data_is_sent_to_who_has_not_signed_in(
    page: str, said: str, team: Team, sample_store: Store
) -> None:
    values = {value.encode() for name in FILTERS for value in sample_store.options(name) if len(value) > 6}
    assert len(values) > 50
    found = sent(team.url, page, said.format(url=team.url, page=page))
    assert {value for value in values if value in found} == set()
    assert b"Sign out" not in found


def test_a_team_is_not_shown_small_numbers(tmp_path: Path) -> None:
    secrets, access = tmp_path / "secrets.toml", tmp_path / "access.toml"
    secrets.write_text('[auth]\nredirect_uri = "http://localhost/oauth2callback"\ncookie_secret = "x"\n')
    access.write_text('[[people]]\ndomain = "council.uk"\nroles = ["viewer"]\n')
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(free_port())]
    ended = subprocess.run(
        [*command, "--server.address", "127.0.0.1", "--secrets.files", str(secrets)], cwd=HOUSE, capture_output=True,
        text=True, timeout=PATIENCE, env=os.environ | {"SENDVIZ_ACCESS": str(access), "SENDVIZ_WITHHOLD_BELOW": "1"},
    )  # fmt: skip
    assert ended.returncode and "SENDVIZ_WITHHOLD_BELOW is 1, which withholds nothing" in ended.stderr
