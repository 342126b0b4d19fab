"""Signing in by the identity provider of Streamlit's secrets; alone at the computer nobody need."""

import ipaddress
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

import streamlit as st
from streamlit import config
from streamlit.auth_util import get_secrets_auth_section

from sendviz.access import ALONE, Access, Person, Role
from sendviz.selection import Where
from sendviz.settings import BadSetting, settings
from sendviz.settings import person as at_the_computer
from sendviz.store import Deed, StoreUnavailable
from sendviz.ui import identity, opened
from sendviz.ui.markdown import plain

NOBODY = "nobody known"
NOTHING: Where = (("locality", ()),)  # the limit of nobody known: no place at all
CALLBACK = "/oauth2callback"
WANTED = "sendviz_wanted"  # the cookie that keeps the page asked for while its reader signs in
KEEP = f"""<script>
document.cookie = "{WANTED}=" + encodeURIComponent(location.pathname + location.search + location.hash)
  + "; Path=/; Max-Age=600; SameSite=Lax" + (location.protocol === "https:" ? "; Secure" : "");
</script>"""
_SEEN = "signed in as"
REFUSED = (
    "You are signed in, but nothing here has been opened to you: ask the SEND service's data officer, and say that you "
    "signed in as {name}."
)
WITHOUT_GROUPS = (
    "You are signed in, but you are in more groups than your directory tells, and what is opened to you depends on "
    "them: ask whoever runs this server to let it tell the application's groups alone. You signed in as {name}."
)


class NotAllowed(StoreUnavailable):
    """The store is not open to whoever does something now; its text is one sentence for the person at the screen."""


@lru_cache(maxsize=1)
def needed() -> bool:
    """Whether people sign in: whether Streamlit's secrets name an identity provider. Found out once, when the server
    starts: a file that is taken away while it serves opens nothing."""
    return bool(get_secrets_auth_section())


def guard() -> None:
    """Ends the server with one sentence where it would be open to others without sign-in, or would not know who may see
    what."""
    try:
        if needed():
            _access()
            if settings().withhold_below == 1 and not settings().rounding:
                sys.exit(
                    "sendviz is not started: SENDVIZ_WITHHOLD_BELOW is 1, which withholds nothing. That is for a data "
                    "officer alone at a computer; where others sign in, take it off or raise it."
                )
        elif not _is_own(str(config.get_option("server.address") or "")):
            sys.exit(
                "sendviz is not started: without sign-in it serves this computer alone, at 127.0.0.1. To serve others, "
                "set up sign-in first (README, “Deploy for a team”)."
            )
    except BadSetting as error:
        sys.exit(f"sendviz is not started: {error}")


def person() -> Person:
    """Who looks; who was not let in sees and may nothing."""
    if not needed():
        return Person(at_the_computer(), ALONE.roles)
    found = _person() if identity.current().counts() else None
    return found or Person(NOBODY, frozenset(), NOTHING)


def roles(claims: Mapping[str, Any]) -> frozenset[Role]:
    """What whoever has these claims may do: nothing where their identity does not count or they were not let in."""
    found = _access().person(claims, lambda _: ()) if identity.of(claims).counts() else None
    return found.roles if found else frozenset()


def presenter() -> str:
    """The name of whoever does something now, to go with what they do, where they may make and show running orders;
    NotAllowed where they may not. What is pressed acts before its page asks whether it is open."""
    return _doer(lambda who: who.presents)


def loader() -> str:
    """The same where they may load data and write notes on charts."""
    return _doer(lambda who: who.loads)


def lasting() -> Callable[[], None]:
    """What raises NotAllowed, when it is called, if the sign-in in force now has run out or was ended since: for what
    is drawn now and pressed later, outside any run of a page."""
    if not needed():
        return lambda: None
    now = identity.current()

    def lasts() -> None:
        if fault := now.fault():
            raise NotAllowed(fault)

    return lasts


def let_in() -> None:
    """Ends the run, with the way in or one sentence, for whoever is not signed in or may see nothing."""
    if not needed():
        return
    if not identity.current().counts():
        _ask(identity.current().fault() if identity.current().there else "")
    found = _person()
    name = identity.current().name
    _log(name, found is not None)
    if found is None:
        st.html("<h1>Not open to you</h1>")
        words = WITHOUT_GROUPS if _access().misses_groups(identity.claims()) else REFUSED
        st.info(words.format(name=plain(name)), icon=":material/lock:")
        st.button("Sign out", on_click=st.logout)
        st.stop()


def leave() -> None:
    """Who is signed in, and the way out; nothing where nobody need."""
    if needed():
        with st.sidebar, st.container(key="who"):
            st.caption(f"Signed in as {plain(person().name)}")
            st.button("Sign out", key="sign-out", type="tertiary", icon=":material/logout:", on_click=_sign_out)


def _doer(may: Callable[[Person], bool]) -> str:
    if needed() and not identity.current().counts():
        raise NotAllowed(identity.current().fault() or identity.RUN_OUT)
    who = person()
    if not may(who):
        raise NotAllowed("This is not opened to you.")
    return who.name


def _ask(said: str) -> None:
    st.html("<h1>SEND figures</h1>")
    with st.container(key="unseen-wanted"):
        st.html(KEEP, unsafe_allow_javascript=True)
    if said:
        st.info(said, icon=":material/schedule:")
    st.button("Sign in", type="primary", icon=":material/login:", on_click=st.login)
    st.stop()


def _sign_out() -> None:
    """Ends this sign-in in all of the browser's tabs, whether or not it can be logged."""
    identity.end()
    with suppress(BadSetting, StoreUnavailable):
        opened.opened().log.add(identity.current().name, Deed.SIGNED_OUT)
    st.logout()


def _person() -> Person | None:
    return _access().person(identity.claims(), opened.schools_of)


def _log(name: str, known: bool) -> None:
    """Once for each sign-in that this session sees."""
    seen = identity.current().key
    if st.session_state.get(_SEEN) != seen:
        try:
            opened.opened().log.add(name, Deed.SIGNED_IN if known else Deed.REFUSED)
        except (BadSetting, StoreUnavailable) as error:
            st.error(plain(str(error)), icon=":material/error:")
            st.stop()
        st.session_state[_SEEN] = seen


@lru_cache(maxsize=1)
def _access() -> Access:
    return Access.read(settings().access)


def _is_own(address: str) -> bool:
    """Whether an address reaches this computer alone."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
