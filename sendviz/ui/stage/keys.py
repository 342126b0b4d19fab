"""The keys and the small buttons of the stage: `keys.js` hears them in the browser and tells them in their order."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from sendviz.ui.stage.place import CHART, FOLLOW, KEYS, TABLE, Parts, Place

KEY = "stage-keys"
LEAVE = "leave"
HELP = (
    ("→  Page Down  Space  Enter", "Next screen"),
    ("←  Page Up", "Screen before"),
    ("Home  End", "First and last"),
    ("S", "Filters of this screen"),
    ("Z", "Back to what was prepared"),
    ("T", "The table"),
    ("B  .", "Blank"),
    ("Q", "Follow on a phone"),
    ("F", "Full screen"),
    ("Esc", "Leave"),
)
_component = st.components.v2.component(
    "sendviz.stage",
    html='<div class="stage-buttons" role="toolbar" aria-label="Presentation"></div>\n',
    js=(Path(__file__).parent / "keys.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def pressed() -> list[str]:
    """What has been pressed since it was asked last, in order."""
    told: Any = st.session_state.get(KEY) or {}
    asked = told.get("asked")
    if not asked or _HEARD not in st.session_state:
        return []
    before, st.session_state[_HEARD] = st.session_state[_HEARD], asked["count"]
    return [str(does) for count, does in asked["presses"] if count > before]


def window() -> object:
    """The window's width and height in pixels; None until the browser has told them."""
    told: Any = st.session_state.get(KEY) or {}
    return told.get("size")


def draw(place: Place) -> None:
    """Draws the buttons, and hears the keys from now on."""
    data = {"view": place.view, "strip": place.strip, "words": place.prepared.shows is None}
    told: Any = _component(key=KEY, data=data, on_asked_change=_noted, on_size_change=_noted)
    count = (told.asked or {}).get("count", 0)
    # A browser that had a server before this one tells the presses that the other acted on.
    if st.session_state.setdefault(_HEARD, count) < count:
        st.rerun()  # pressed since this run began, or in a run that was broken off


def leaves(does: str, place: Place) -> bool:
    """Whether the key ends the presentation; what lies over the chart is closed by it first."""
    return does == LEAVE and not place.strip and place.view in (CHART, TABLE)


def act(does: str, place: Place, parts: Parts) -> None:
    """Does to the presentation what a key asks for; nothing for what is no key's."""
    if does in (FOLLOW, KEYS, TABLE) and not (does == TABLE and place.slide.shows is None):
        place.view, place.blank = CHART if place.view == does else does, False
    elif action := _ACTIONS.get(does):
        action(place, parts)


def _strip(place: Place, _: Parts) -> None:
    place.strip = not place.strip and place.slide.shows is not None
    place.view, place.blank = (CHART if place.view in (FOLLOW, KEYS) else place.view), False


def _blank(place: Place, _: Parts) -> None:
    place.blank = not place.blank


def _close(place: Place, _: Parts) -> None:
    place.strip, place.view = False, CHART


_ACTIONS: dict[str, Callable[[Place, Parts], None]] = {
    "next": lambda place, parts: place.go(*place.onward(parts)),
    "before": lambda place, parts: place.go(*place.back(parts)),
    "first": lambda place, _: place.go(1),
    "last": lambda place, _: place.go(place.of),
    "blank": _blank,
    "strip": _strip,
    "prepared": lambda place, _: place.prepare(),
    LEAVE: _close,
}
_HEARD = "presses of the stage heard"


def _noted() -> None:
    """What was told is read at the start of the run."""
