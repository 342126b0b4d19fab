"""Changes to running orders: saved at once, said, and taken back one by one while the page is open."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

import streamlit as st
from pydantic import ValidationError

from sendviz.running import RunningOrder
from sendviz.store import ChangedMeanwhile, KeptOrder, NameTaken, NoSuchOrder, StoreUnavailable
from sendviz.ui import opened, signin

_SESSION, _SAID, _FOCUS, _TURN = "running order being made", "said of running orders", "focus", "focus moved"
REMEMBERED = 50  # changes that can be taken back

# The element may not be drawn yet, so it is looked for until it is. The script's text is always the same, since the
# browser runs no others.
MOVE = """<script>(() => {
  let left = 40;
  const look = () => {
    const found = document.querySelector(document.querySelector("[data-focus]")?.dataset.focus ?? "none");
    if (found) {
      found.focus({preventScroll: true});
      found.scrollIntoView({block: found.matches("h2") ? "start" : "nearest"});
    }
    else if (left--) setTimeout(look, 100);
  };
  setTimeout(look, 100);
})()</script>"""


@dataclass
class _Session:
    """The running order being made: as it was seen last, and as it was before each change."""

    seen: KeptOrder
    past: list[RunningOrder] = field(default_factory=list)


def seen(kept: KeptOrder) -> None:
    """Takes note of what is on the screen: what is changed from now on was changed knowing that."""
    session: _Session | None = st.session_state.get(_SESSION)
    if session is None or session.seen.id != kept.id or session.seen.when != kept.when:
        st.session_state[_SESSION] = _Session(kept)


def order() -> RunningOrder:
    """The running order on the screen."""
    session: _Session = st.session_state[_SESSION]
    return session.seen.order


def save(words: str, made: Callable[[RunningOrder], RunningOrder], wrote: str = "") -> bool:
    """Saves what `made` makes of the order on the screen and says so; whether it could be. `wrote` is given back to
    whoever wrote it when it could not."""
    session: _Session = st.session_state[_SESSION]
    before = session.seen.order
    try:
        after = made(before)
    except ValidationError as error:
        say(" ".join(fault["msg"].removeprefix("Value error, ").capitalize() for fault in error.errors()) + ".", False)
        return False
    if after == before:
        return True
    if done := _put(session, after, wrote):
        session.past = [*session.past, before][-REMEMBERED:]
        say(f"Saved: {words}.")
    return done


def undo() -> None:
    """Takes the last change back."""
    session: _Session = st.session_state[_SESSION]
    if session.past and _put(session, session.past[-1]):
        session.past.pop()
        say("Saved: the last change is taken back.")
    if not session.past:
        focus_on(".st-key-slides h2")


def can_undo() -> bool:
    """Whether there is a change to take back."""
    return bool(st.session_state[_SESSION].past)


def attempt(action: Callable[[], None]) -> bool:
    """Does something to the store; says why where it cannot be done. Whether it could be."""
    try:
        action()
    except (ChangedMeanwhile, NameTaken, NoSuchOrder, StoreUnavailable) as error:
        say(str(error), False)
        return False
    return True


def say(words: str, good: bool = True) -> None:
    """Has this said on the page as it is drawn next."""
    st.session_state[_SAID] = (good, words)


def said() -> tuple[bool, str] | None:
    """What is to be said, once, and whether it is good news."""
    found: tuple[bool, str] | None = st.session_state.pop(_SAID, None)
    return found


def focus_on(selector: str) -> None:
    """Moves the keyboard's focus there once the page is drawn."""
    st.session_state[_FOCUS] = selector


def focus() -> None:
    """Draws what moves the focus, if it is to be moved."""
    if selector := st.session_state.pop(_FOCUS, None):
        turn = st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
        with st.container(key="unseen-focus"):
            to = f'<i data-focus="{escape(selector)}" data-turn="{turn}"></i>'
            st.html(to + MOVE, unsafe_allow_javascript=True)


def _put(session: _Session, order: RunningOrder, wrote: str = "") -> bool:
    kept = session.seen

    def change() -> None:
        orders = opened.opened().orders
        orders.change(kept.id, order, signin.presenter(), kept.when)
        session.seen = orders.get(kept.id)

    done = attempt(change)
    if not done and wrote:
        good, words = st.session_state[_SAID]
        say(f"{words} You had written: “{wrote}”", good)
    return done
