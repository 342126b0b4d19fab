"""What was loaded: by whom, when, which file, rows and period, and what has become of it; taken back and put back."""

from collections.abc import Callable
from html import escape

import streamlit as st

from sendviz.answer import words_of
from sendviz.datasets import ROWS
from sendviz.store import ACTIVE, STAGED, SUPERSEDED, UNDONE, NoSuchUpload, Store, StoreUnavailable, Upload
from sendviz.ui import opened, signin
from sendviz.ui.data.publishing import SAID, said
from sendviz.ui.markdown import plain

SHOWN = 20
STATES = {
    ACTIVE: "Shown", SUPERSEDED: "Replaced by later uploads", UNDONE: "Taken back", STAGED: "Waits to be published"
}  # fmt: skip


def history() -> None:
    """The uploads, newest first, each with what can be done with it."""
    said()
    st.html('<div class="plain"><h2>What was loaded</h2></div>')
    uploads = opened.opened().uploads()
    if len(uploads) > SHOWN and not st.toggle(f"All {len(uploads)} uploads", key="all-uploads"):
        uploads = uploads[:SHOWN]
    with st.container(key="history"):
        for upload in uploads:
            with st.container(key=f"upload-{upload.id}", horizontal=True, vertical_alignment="center"):
                st.html(_line(upload))
                _choice(upload)


def _line(upload: Upload) -> str:
    title = ROWS[upload.dataset].title() if upload.dataset in ROWS else upload.dataset
    when = upload.when.astimezone()
    span = " to ".join(dict.fromkeys(words_of(part[:7]) for part in (upload.first, upload.last) if part))
    rows = f"{upload.rows:,} {'row' if upload.rows == 1 else 'rows'}"
    sheet = f", sheet {upload.sheet}" if upload.sheet else ""
    held = escape(", ".join(filter(None, (rows, span))))
    return (
        f'<div class="upload {upload.state}"><p><strong>{escape(title)}</strong> {held}</p>'
        f'<p class="file">{escape(upload.file)}{escape(sheet)}</p>'
        f'<p class="who">Upload {upload.id}, {when.day} {when:%B %Y, %H:%M}, {escape(upload.who)}. '
        f"<span>{STATES[upload.state]}</span></p></div>"
    )


def _choice(upload: Upload) -> None:
    if upload.state in (ACTIVE, SUPERSEDED):
        _button(upload, "Undo", "Takes back", "undo", lambda store, who: store.undo(upload.id, who))
    elif upload.state == UNDONE and not upload.sample:
        _button(upload, "Put back", "Puts back", "redo", lambda store, who: store.redo(upload.id, who))
    elif upload.state == STAGED:
        _button(upload, "Publish", "Publishes", "publish", lambda store, who: store.publish([upload.id], who))
        _button(upload, "Remove", "Removes", "delete", lambda store, who: store.discard([upload.id], who))


def _button(upload: Upload, label: str, does: str, icon: str, do: Callable[[Store, str], None]) -> None:
    """A button that does this to the upload, in the name of whoever presses it."""

    def press() -> None:
        try:
            do(opened.opened(), signin.loader())
        except (NoSuchUpload, StoreUnavailable) as error:
            st.session_state[SAID] = (False, str(error))

    name = plain(f"upload {upload.id}, {upload.file}")
    st.button(label, key=f"{icon}-{upload.id}", icon=f":material/{icon}:", help=f"{does} {name}", on_click=press)
