"""Where people sign in, no file goes up or down without: not into the server's memory, not by a download's address."""

import json
import time
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, FilePayload, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from sendviz.running import Slide
from sendviz.store import Wall
from sendviz.ui.web.files import CLOSED
from tests.browsing import settle
from tests.sheets import FUNDING
from tests.team import PEOPLE, Enter, Team
from tests.test_headers import asked

USER = "_streamlit_user"
UP, DOWN = ("PUT", "/_stcore/upload_file/none/none"), ("GET", "/media/none.xlsx")


def cookie(secret: str, who: str, seconds: float = 600, **more: object) -> str:
    """The cookie of somebody who signed in, which runs out after so long."""
    claims = {"origin": "http://localhost", "is_logged_in": True, "exp": time.time() + seconds, "sub": who}
    signed = create_signed_value(secret, USER, json.dumps(claims | PEOPLE.get(who, {}) | more))
    return f"{USER}={signed.decode()}"


def refused(team: Team, what: tuple[str, str], cookies: str) -> bool:
    """Whether this is refused for want of sign-in; what is let through meets Streamlit, which knows no such file."""
    method, path = what
    status, headers, said = asked(team.url + path, method, b"x" * 10, Cookie=cookies)
    assert headers["X-Content-Type-Options"] == "nosniff"
    return (status, said) == (403, CLOSED)


@pytest.mark.parametrize("what", [UP, ("POST", UP[1]), ("DELETE", UP[1]), DOWN, ("HEAD", DOWN[1])])
def test_nobody_unknown_gives_or_takes_a_file(team: Team, what: tuple[str, str]) -> None:
    status, _, _ = asked(team.url + what[1], what[0], b"x")
    assert status == 403


@pytest.mark.parametrize("what", [UP, DOWN])
def test_no_cookie_but_a_true_one_of_now_opens_files(team: Team, what: tuple[str, str]) -> None:
    good = cookie(team.secret, "officer")
    assert not refused(team, what, good)
    for bad in (
        "", f"{USER}=", f"{USER}=nonsense", good[:-1] + ("A" if good[-1] != "A" else "B"),
        cookie("of another server", "officer"), cookie(team.secret, "officer", -1),
        cookie(team.secret, "officer", is_logged_in=False), cookie(team.secret, "officer", exp=None),
        cookie(team.secret, "stranger"), cookie(team.secret, "unconfirmed"),
    ):  # fmt: skip
        assert refused(team, what, bad), bad


def test_who_only_looks_takes_files_and_gives_none(team: Team) -> None:
    for who in ("viewer", "central"):
        assert refused(team, UP, cookie(team.secret, who)) and not refused(team, DOWN, cookie(team.secret, who))
    assert not refused(team, UP, cookie(team.secret, "presenter"))


def test_a_download_is_had_by_its_address_while_signed_in_alone(enter: Enter, team: Team) -> None:
    page = enter("officer", "/data")
    settle(page)
    dropped = FilePayload(name="new.csv", mimeType="text/csv", buffer=FUNDING.replace("|", ",").encode())
    page.locator("input[type=file]").set_input_files([dropped])
    expect(page.get_by_role("heading", name="What was found")).to_be_visible()
    page.get_by_role("button", name="Leave it").click()
    page.goto(f"{team.url}/ehcp-cohort")
    settle(page)
    with page.expect_download() as waiting:
        page.locator(".st-key-exhibit-cohort-over-time").get_by_role("button", name="Excel").click()
    address = waiting.value.url
    assert "/media/" in address
    assert page.context.request.get(address).status == 200
    assert asked(address)[0] == 403


def test_phones_and_the_way_in_need_no_such_file(chromium: BrowserContext, team: Team) -> None:
    made = team.store.live.begin(Wall(slide=Slide(exhibit="cohort-over-time")))
    page = chromium.new_page()
    denied: list[str] = []
    page.on("response", lambda answer: denied.append(answer.url) if answer.status == 403 else None)
    page.goto(f"{team.url}/follow?live={made.follow}")
    expect(page.locator("h1")).to_contain_text("pupils had an EHC plan")
    expect(page.get_by_test_id("stVegaLiteChart")).to_be_visible()
    page.goto(team.url)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    team.store.live.end(made.control)
    page.close()
    assert denied == []


def loaded(team: Team, address: str, method: str = "PUT", megabytes: int = 50) -> int:
    """What is answered to a file of this size, of which the server need not read a byte to refuse it."""
    server = HTTPConnection(urlsplit(team.url).netloc, timeout=30)
    server.putrequest(method, UP[1])
    for name, value in (("Cookie", cookie(team.secret, "officer")), ("X-Forwarded-For", address)):
        server.putheader(name, value)
    server.putheader("Content-Length", str(megabytes << 20))
    server.endheaders()
    status = server.getresponse().status
    server.close()
    return status


def test_twenty_of_the_largest_files_a_minute_are_taken_from_an_address(team: Team) -> None:
    busy, other = "192.0.2.201", "192.0.2.202"
    for _ in range(19):
        assert loaded(team, busy) == 403  # by Streamlit, for want of its token
        assert loaded(team, busy, "DELETE") == 403  # counts for nothing
    for _ in range(50):
        assert loaded(team, busy, megabytes=0) == 403
    assert loaded(team, busy) == 403
    assert loaded(team, busy) == loaded(team, busy, megabytes=0) == 429
    assert loaded(team, other) == 403
