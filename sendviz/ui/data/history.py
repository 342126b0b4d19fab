"""What was loaded: by whom, when, which file, rows and period, and what has become of it; taken back and put back."""

from html import escape

import streamlit as st

from sendviz.answer import words_of
from sendviz.datasets import ROWS
from sendviz.store import ACTIVE, STAGED, SUPERSEDED, UNDONE, NoSuchUpload, StoreUnavailable, Upload
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
    name = plain(f"upload {upload.id}, {upload.file}")
    if upload.state in (ACTIVE, SUPERSEDED):
        st.button("Undo", key=f"undo-{upload.id}", icon=":material/undo:", help=f"Takes back {name}",
                  on_click=_do, args=("undo", upload.id))  # fmt: skip
    elif upload.state == UNDONE and not upload.sample:
        st.button("Put back", key=f"redo-{upload.id}", icon=":material/redo:", help=f"Puts back {name}",
                  on_click=_do, args=("redo", upload.id))  # fmt: skip
    elif upload.state == STAGED:
        st.button("Publish", key=f"publish-{upload.id}", icon=":material/publish:", help=f"Publishes {name}",
                  on_click=_do, args=("publish", upload.id))  # fmt: skip
        st.button("Remove", key=f"remove-{upload.id}", icon=":material/delete:", help=f"Removes {name}",
                  on_click=_do, args=("remove", upload.id))  # fmt: skip


def _do(what: str, upload: int) -> None:
    try:
        store, who = opened.opened(), signin.loader()
        if what == "undo":
            store.undo(upload, who)
        elif what == "redo":
            store.redo(upload, who)
        elif what == "publish":
            store.publish([upload], who)
        else:
            store.discard([upload], who)
    except (NoSuchUpload, StoreUnavailable) as error:
        st.session_state[SAID] = (False, str(error))
