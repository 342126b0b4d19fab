"""The stage: one screen of a running order at a time, driven by keys, kept in the link."""

from pathlib import Path

import streamlit as st

from sendviz.running import Slide
from sendviz.store import Deed, NoSuchOrder, StoreUnavailable
from sendviz.ui import opened, signin, theirs
from sendviz.ui.alone import alone
from sendviz.ui.markdown import plain
from sendviz.ui.stage import faces, keys, meeting, slots, strip, words
from sendviz.ui.stage.faces import Face, Window
from sendviz.ui.stage.place import FOLLOW, KEYS, TABLE, Place, whole
from sendviz.ui.stage.shape import Shape

STYLE = f"<style>{(Path(__file__).parent.parent / 'stage.css').read_text(encoding='utf-8')}</style>"
_PLACE = "place in the presentation"


def on() -> bool:
    """Whether the link asks for a screen of a running order; whoever has left one no longer presents."""
    if alone():
        return True
    left: Place | None = st.session_state.pop(_PLACE, None)
    if left is not None:
        meeting.end(left)
    return False


def show() -> None:
    """Shows the screen that the link names, and does what has been pressed."""
    place = _place()
    if place is None:
        return
    window = Window(opened.version(), Shape.of(keys.window()), opened.dark(), signin.person().limit)
    if place.strip:
        strip.take(place)
    for does in keys.pressed():
        if keys.leaves(does, place):
            _leave(place)
        keys.act(does, place, lambda slide: faces.face(slide, window).parts)
    if place.view == FOLLOW:
        meeting.begin(place)
    place.part = min(place.part, faces.face(place.slide, window).parts)
    if st.query_params.to_dict() != place.link():  # before all else: what comes back after a fault is what it names
        st.query_params.from_dict(place.link())
    _draw(place, window)


def _place() -> Place | None:
    """Where this presentation is, or where the link begins one; None, and a sentence, where there is none."""
    link = st.query_params.to_dict()
    place: Place | None = st.session_state.get(_PLACE)
    if place is not None and place.number == whole(link, "order"):
        return place
    try:
        kept = theirs.order(whole(link, "order")).order
        order = kept.but(slides=kept.shown)
    except NoSuchOrder as error:
        _nothing(str(error))
        return None
    if not order.slides:
        _nothing("This running order has no slides yet.")
        return None
    place = Place(whole(link, "order"), order, control=link.get("live", ""))
    place.at, place.part = min(max(whole(link, "screen"), 1), place.of), max(whole(link, "part"), 1)
    _log(place, signin.presenter())
    st.session_state[_PLACE] = place
    return place


def _log(place: Place, who: str) -> None:
    """That it is presented, once as it begins. A room that waits is not sent away where that fails: it is said."""
    try:
        words = {"running order": place.order.name, "number": str(place.number)}
        opened.opened().log.add(who, Deed.PRESENTED, **words)
    except StoreUnavailable as error:
        st.toast(f"This presentation is not in the log. {error}", icon=":material/warning:", duration="long")


def _nothing(said: str) -> None:
    st.title("Nothing to present")
    st.warning(plain(said), icon=":material/co_present:")
    st.button("Back to the running orders", on_click=st.query_params.clear)


def _leave(place: Place) -> None:
    meeting.end(place)
    st.session_state.pop(_PLACE, None)
    st.query_params.clear()
    st.rerun()


def _draw(place: Place, window: Window) -> None:
    face = faces.face(place.slide, window)
    near = _near(place, window)
    place.slots = slots.assigned(place.slots, list(near))
    seen = next(name for name, where in place.slots.items() if where == (place.at, place.part))
    with st.container(key="stage"):
        st.html(STYLE)
        st.html(words.surround(place, face, window.shape, seen))
        keys.draw(place)
        with st.container(key="stage-body"):
            _strip(place, face)
            with st.container(key="stage-room"):
                drawn = {name: st.container(key=f"stage-slot-{name}") for name in slots.NAMES}
                _instead(place, face)
        with drawn[seen]:
            slots.fill(seen, face, place.part)
        _follow(place)
        for name, where in place.slots.items():
            if name != seen:
                with drawn[name]:
                    slots.fill(name, near[where], where[1])
    faces.warm(place.order.slides, window)


def _near(place: Place, window: Window) -> dict[tuple[int, int], Face]:
    """The screen that is seen, the next and the one before."""

    def parts(slide: Slide) -> int:
        return faces.face(slide, window).parts

    here = (place.at, place.part)
    found = {here: faces.face(place.slide, window)}
    for at, part in (place.onward(parts), place.back(parts)):
        found.setdefault((at, part), faces.face(place.order.slides[at - 1] if at != place.at else place.slide, window))
    return found


def _strip(place: Place, face: Face) -> None:
    """The filters, where they are asked for."""
    with st.container(key="stage-over"):
        if place.strip and face.screen.answer is not None:
            strip.draw(place, face.screen.answer.exhibit)


def _instead(place: Place, face: Face) -> None:
    """What is seen in place of the chart."""
    with st.container(key="stage-large"):
        if place.view == TABLE and face.screen.answer is not None:
            st.html(words.figures(face.screen.answer))
        elif place.view == FOLLOW:
            st.html(meeting.invitation(place))
        elif place.view == KEYS:
            st.html(words.keys())


def _follow(place: Place) -> None:
    """Keeps the phones with the wall, and says how many they are."""
    meeting.moved(place)
    with st.container(key="stage-followers"):
        if place.control:
            meeting.followers(place.control)
