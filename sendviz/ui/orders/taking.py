"""A running order taken away: as PowerPoint, as a copy that works without a network, and as Excel; made when asked."""

from collections.abc import Callable
from io import BytesIO
from typing import IO

import streamlit as st

from sendviz.loading import packed
from sendviz.loading.packed import TEMPLATE_MB
from sendviz.running import ENDING
from sendviz.screens import Screen, screens
from sendviz.selection import Selection
from sendviz.settings import settings
from sendviz.store import KeptOrder
from sendviz.ui import opened, signin
from sendviz.ui.downloads import EXCEL, POWERPOINT, file_name, logged
from sendviz.ui.orders import words

_TEMPLATE, _REFUSED = "PowerPoint template", "PowerPoint template refused"  # in the session: name and contents
INSIDE = "ppt/presentation.xml"  # what every presentation has


def away(kept: KeptOrder) -> None:
    """The downloads, and the place for a template of one's own."""
    name, nothing = file_name(kept.order.name), not kept.order.shown
    with st.container(key="away", horizontal=True, vertical_alignment="center", width="content"):
        save_as_file(kept, "Save as file")
        for label, ending, mime, make in (
            ("PowerPoint", "pptx", POWERPOINT, _deck),
            ("Copy without network (HTML)", "html", "text/html", _offline),
            ("Excel", "xlsx", EXCEL, _workbook),
        ):
            without = nothing or (make is _workbook and not any(slide.shows for slide in kept.order.slides))
            st.download_button(
                label, logged(_made(make, kept), what=label, **_about(kept)), f"{name}.{ending}", mime,
                key=f"away-{ending}", on_click="ignore", type="tertiary", icon=":material/download:", disabled=without,
            )  # fmt: skip
        with st.popover("PowerPoint template", type="tertiary"):
            _template()


def save_as_file(kept: KeptOrder, label: str) -> None:
    """The button that hands a running order on."""
    name = file_name(kept.order.name) + ENDING
    made = logged(lambda: kept.order.written().encode(), what="file of a running order", **_about(kept))
    st.download_button(label, made, name, "application/json", key=f"file-{kept.id}",
                       on_click="ignore", icon=":material/download:", type="tertiary")  # fmt: skip


def _about(kept: KeptOrder) -> dict[str, str]:
    """What a download is of, in the log's words: its slides have selections of their own."""
    limit = {"selection": Selection().limited_to(limited).words()} if (limited := signin.person().limit) else {}
    return {"running order": kept.order.name, "number": str(kept.id), **limit}


def _made(make: Callable[..., None], kept: KeptOrder) -> Callable[[], bytes]:
    """What makes the file when its button is pressed. What it needs of this visit is looked up now: then, there is
    none."""
    template = st.session_state.get(_TEMPLATE, ("", None))[1]
    address = (st.context.url or "").rstrip("/").removesuffix("present").rstrip("/") or None
    limit = signin.person().limit

    def made() -> bytes:
        target = BytesIO()
        shown = screens(kept.order, opened.opened(), settings(), limit)
        make(shown, target, name=kept.order.name, template=template, address=address)
        return target.getvalue()

    return made


def _deck(
    shown: tuple[Screen, ...], target: IO[bytes], *, template: bytes | None, address: str | None, **_: object
) -> None:
    from sendviz.exports import deck  # when it is needed: it takes a while

    deck(shown, target, template=template, address=address)


def _offline(shown: tuple[Screen, ...], target: IO[bytes], *, name: str, **_: object) -> None:
    from sendviz.exports import offline

    offline(shown, target, name)


def _workbook(shown: tuple[Screen, ...], target: IO[bytes], **_: object) -> None:
    from sendviz.exports import workbook

    workbook([screen.answer for screen in shown if screen.answer], target)


def _template() -> None:
    chosen = st.session_state.get(_TEMPLATE)
    if chosen:
        st.html('<p class="get">PowerPoint files are made from the template dropped here.</p>')
        st.button(f"Leave {words.plain(chosen[0])} out", key="no-template", on_click=_forget)
    st.file_uploader(
        "A template of your own (.potx or .pptx), for as long as this page is open", ["potx", "pptx"],
        key="template", on_change=_take, max_upload_size=TEMPLATE_MB,
    )  # fmt: skip
    if refused := st.session_state.get(_REFUSED):
        st.error(refused)


def _take() -> None:
    file = st.session_state.get("template")
    st.session_state.pop(_REFUSED, None)
    if file is None:
        return
    if fault := _fault(file.getvalue()):
        st.session_state[_REFUSED] = f"{words.plain(file.name)} {fault}, so it cannot be a template."
    else:
        st.session_state[_TEMPLATE] = (file.name, file.getvalue())


def _forget() -> None:
    st.session_state.pop(_TEMPLATE, None)


def _fault(contents: bytes) -> str:
    """Why a file is no template, after its name; "" where it may be one. Nothing of it is unpacked."""
    try:
        parts = packed.parts(BytesIO(contents))
    except (*packed.UNREADABLE, packed.TooManyParts):
        parts = []
    if INSIDE not in {part.filename for part in parts}:
        return "is not a PowerPoint file"
    unpacked = packed.too_much(parts, len(contents), TEMPLATE_MB)
    return f"unpacks to {unpacked}, more than a template does" if unpacked else ""
