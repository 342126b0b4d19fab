"""What is pressed is done by somebody who may, or not at all: also once their sign-in has run out or was ended."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sendviz.selection import Selection
from sendviz.settings import settings
from sendviz.store import Deed, Store
from sendviz.ui import downloads, identity, opened, signin
from sendviz.ui.data.rows import _made, _request
from tests.team import ACCESS, PEOPLE

SignIn = Callable[[str], None]


@pytest.fixture
def sign_in(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, claims: dict[str, Any]
) -> Iterator[SignIn]:  # fmt: skip
    """Says who the identity provider has sent, for the next hour."""
    (tmp_path / "access.toml").write_text(ACCESS)
    monkeypatch.setenv("SENDVIZ_ACCESS", str(tmp_path / "access.toml"))
    monkeypatch.setattr(signin, "needed", lambda: True)
    monkeypatch.setattr(identity, "claims", lambda: claims)
    monkeypatch.setattr(opened, "opened", lambda: store)
    settings.cache_clear()
    signin._access.cache_clear()

    def signed_in(who: str) -> None:
        now = time.time()
        claims.clear()
        claims.update(PEOPLE[who] | {"is_logged_in": True, "sub": who, "iat": now, "nonce": who, "exp": now + 3600})

    yield signed_in
    settings.cache_clear()
    signin._access.cache_clear()


@pytest.fixture
def claims() -> dict[str, Any]:
    return {"is_logged_in": False}


@pytest.fixture
def an_hour_later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    return lambda: monkeypatch.setattr(identity, "time", SimpleNamespace(time=lambda: time.time() + 3601))


def test_each_does_what_their_role_may(sign_in: SignIn) -> None:
    sign_in("officer")
    assert signin.loader() == signin.presenter() == "officer@council.uk"
    sign_in("presenter")
    assert signin.presenter() == "presenter@council.uk"
    with pytest.raises(signin.NotAllowed, match="This is not opened to you"):
        signin.loader()
    for who in ("viewer", "central", "stranger", "unconfirmed"):
        sign_in(who)
        for doer in (signin.loader, signin.presenter):
            with pytest.raises(signin.NotAllowed, match="This is not opened to you"):
                doer()


def test_whose_sign_in_has_run_out_does_nothing(sign_in: SignIn, an_hour_later: Callable[[], None]) -> None:
    sign_in("officer")
    an_hour_later()
    for doer in (signin.loader, signin.presenter):
        with pytest.raises(signin.NotAllowed, match="Your sign-in has run out"):
            doer()


def test_who_never_signed_in_does_nothing(sign_in: SignIn) -> None:
    with pytest.raises(signin.NotAllowed, match="Your sign-in has run out"):
        signin.loader()


def test_a_sign_in_that_was_ended_counts_no_more_and_the_next_does(sign_in: SignIn) -> None:
    sign_in("officer")
    identity.end()
    with pytest.raises(signin.NotAllowed, match="You have signed out"):
        signin.loader()
    assert signin.person().name == signin.NOBODY
    sign_in("officer")
    assert signin.loader() == "officer@council.uk"


def test_ended_sign_ins_are_not_remembered_without_end(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "REMEMBERED", 1)
    sign_in("viewer")
    first = identity.current()
    identity.end()
    sign_in("officer")
    identity.end()
    assert not first.fault() and identity.current().fault()


def test_nobody_is_shown_nothing(sign_in: SignIn, an_hour_later: Callable[[], None]) -> None:
    sign_in("central")
    an_hour_later()
    assert not signin.person().roles and signin.person().limit == signin.NOTHING


def test_a_download_that_was_drawn_before_is_not_given_after(
    sign_in: SignIn, store: Store, an_hour_later: Callable[[], None]
) -> None:
    sign_in("viewer")
    given = downloads.logged(lambda: b"figures", what="Excel")
    assert given() == b"figures"
    identity.end()
    with pytest.raises(signin.NotAllowed, match="You have signed out"):
        given()
    sign_in("officer")
    another = downloads.logged(lambda: b"figures", what="Excel")
    rows = _made(_request("ehcp_cohort", Selection(), "for the governors' meeting"))
    an_hour_later()
    for made in (another, rows):
        with pytest.raises(signin.NotAllowed, match="Your sign-in has run out"):
            made()
    assert [(entry.who, entry.deed) for entry in store.log.entries()] == [("anybody@schools.uk", Deed.DOWNLOADED)]


def test_where_nobody_signs_in_whoever_is_there_does_everything(store: Store) -> None:
    assert signin.loader() == signin.presenter() == signin.person().name
    signin.lasting()()
