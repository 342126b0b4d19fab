"""Signing in is not tried without end, and nobody is led elsewhere by it."""

import urllib.error
import urllib.request

import pytest

from sendviz.ui.web.attempts import ADDRESSES, Attempts
from sendviz.ui.web.signing import wanted
from tests.team import Team


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_who_tries_too_often_waits_and_nobody_else() -> None:
    clock = Clock()
    attempts = Attempts(3, 60, clock)
    for _ in range(3):
        assert attempts.wait("10.0.0.7") == 0
        attempts.note("10.0.0.7")
        clock.now += 10
    assert attempts.wait("10.0.0.7") == 31 and attempts.wait("10.0.0.8") == 0
    clock.now += 31
    assert attempts.wait("10.0.0.7") == 0


def test_addresses_are_not_remembered_without_end() -> None:
    attempts = Attempts(1, 60, Clock())
    for number in range(ADDRESSES + 5):
        attempts.note(str(number))
    assert attempts.wait("0") == 0 and attempts.wait(str(ADDRESSES)) > 0


@pytest.mark.parametrize(
    "link",
    [
        "/",
        "/final-plans",
        "/final-plans?locality=Central&school=St%20John%27s&from=2024-01#plans-timeliness",
        "/send/about",
    ],
)
def test_a_page_of_ours_is_gone_back_to(link: str) -> None:
    assert wanted(urllib.request.quote(link, safe="")) == link


@pytest.mark.parametrize(
    "link",
    ["", "//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)", "/%2f/evil.example",
     "/a//evil.example", "/a?b=c\\d", "/a\r\nSet-Cookie: x=y", "/a?b\r\nLocation: //evil", "/../x", "/a#b?c/d", "/a?é",
     "/\t/evil.example", "@evil.example", ".evil.example"],
)  # fmt: skip
def test_no_other_address_is_gone_to(link: str) -> None:
    assert wanted(urllib.request.quote(link, safe="")) is None
    assert wanted(link) is None


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """An answer that leads elsewhere is looked at, not followed."""


def answer(url: str, address: str, cookie: str = "") -> tuple[int, str, str, str]:
    """Status, where to, how long to wait, and what is said to who asks from this address."""
    request = urllib.request.Request(url, headers={"X-Forwarded-For": address, "Cookie": cookie})
    try:
        found = urllib.request.build_opener(Stay).open(request, timeout=30)
    except urllib.error.HTTPError as error:
        found = error
    with found:
        headers = found.headers
        return found.status, headers["Location"] or "", headers["Retry-After"] or "", found.read().decode()


@pytest.mark.parametrize("path", ["/oauth2callback?code=guessed&state=guessed", "/auth/login?provider=guessed"])
def test_an_address_that_guesses_is_told_to_wait_and_others_sign_in(team: Team, path: str) -> None:
    guesser, other = f"192.0.2.{len(path)}", f"198.51.100.{len(path)}"
    for _ in range(20):
        assert answer(team.url + path, guesser)[0] == 302
    status, _, seconds, said = answer(team.url + path, guesser)
    assert status == 429 and 0 < int(seconds) <= 60
    assert said == f"Too many attempts to sign in from your network. Try again in {seconds} s.\n"
    assert answer(team.url + path, other)[0] == 302


def test_signing_out_is_no_attempt(team: Team) -> None:
    for _ in range(30):
        assert answer(f"{team.url}/oauth2callback", "192.0.2.99")[0] == 302


@pytest.mark.parametrize("kept", ["%2F%2Fevil.example", "https%3A%2F%2Fevil.example", "%2F%5Cevil.example"])
def test_a_cookie_from_elsewhere_leads_nowhere(team: Team, kept: str) -> None:
    status, where, _, _ = answer(f"{team.url}/oauth2callback", "192.0.2.50", f"sendviz_wanted={kept}")
    assert (status, where) == (302, "/")
