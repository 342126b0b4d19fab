"""Rows for a data officer: which data, of the selection in force, and what they are needed for; then a workbook."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import streamlit as st

from sendviz.datasets import DATASETS
from sendviz.figures.rows import LONGEST, SHORTEST, NotGiven, Request, count
from sendviz.selection import Selection
from sendviz.settings import settings
from sendviz.store import StoreUnavailable
from sendviz.ui import opened, signin
from sendviz.ui.downloads import EXCEL

WHICH, WHY = "data of the rows", "reason for the rows"
OF_PUPILS_FIRST = sorted(DATASETS, key=lambda name: "pupil" not in {f.kind for f in DATASETS[name].fields.values()})
_ASKED, _SAID = "rows asked for", "said of the rows asked for"


@dataclass(frozen=True)
class _Asked:
    """What was asked for: of which dataset and selection, why, and how many rows there were."""

    dataset: str
    selection: Selection
    reason: str
    count: int


def rows(selection: Selection) -> None:
    """The question, and when it is answered the workbook; `selection` is the one in force."""
    st.html(
        '<div class="plain"><h2>Rows</h2><p>Rows about single children, under pseudonyms and without free text, as a '
        "workbook. Each download is logged with its reason, which stays in the log.</p>"
        '<p class="get">The selection in force, chosen on the other pages: '
        f"<strong>{escape(selection.words())}</strong></p></div>"
    )
    with st.form("ask-rows", enter_to_submit=False):
        st.selectbox("Which data", OF_PUPILS_FIRST, format_func=lambda name: DATASETS[name].title(), key=WHICH)
        st.text_input(
            f"What the rows are needed for, in {SHORTEST} letters or more, naming no child", key=WHY, max_chars=LONGEST,
        )  # fmt: skip
        st.form_submit_button("Ask for the rows", icon=":material/lock_open:", on_click=_ask, args=(selection,))
    if sentence := st.session_state.pop(_SAID, None):
        st.error(sentence)
    asked: _Asked | None = st.session_state.get(_ASKED)
    if asked and asked.selection == selection:
        _answer(asked)


def _ask(selection: Selection) -> None:
    dataset, reason = st.session_state[WHICH], st.session_state[WHY]
    st.session_state.pop(_ASKED, None)
    try:
        many = count(_request(dataset, selection, reason), opened.opened())
    except (NotGiven, StoreUnavailable) as error:
        st.session_state[_SAID] = str(error)
        return
    st.session_state[_ASKED] = _Asked(dataset, selection, reason, many)


def _answer(asked: _Asked) -> None:
    request = _request(asked.dataset, asked.selection, asked.reason)
    title, ignored = request.row.title(), asked.selection.ignored_by(request.row)
    words = " · ".join((request.within.words(), *([f"Not filtered by {', '.join(ignored)}"] if ignored else ())))
    if not asked.count:
        st.info(f"There are no rows of {title} for this selection.")
        return
    many = f"{asked.count:,} {'row' if asked.count == 1 else 'rows'}"
    st.html(
        f'<div class="upload active" role="status"><p><strong>{many} of {escape(title)}</strong></p>'
        f'<p class="file">{escape(words)}</p><p class="who">{escape(request.why)}</p></div>'
    )
    st.download_button(
        "Download the rows", _made(request), f"{asked.dataset} rows.xlsx", EXCEL, key="download-rows",
        on_click="ignore", icon=":material/download:",
    )  # fmt: skip


def _request(dataset: str, selection: Selection, reason: str) -> Request:
    return Request(DATASETS[dataset], selection, reason, signin.person())


def _made(request: Request) -> Callable[[], bytes]:
    """What makes the workbook, and logs it, when its button is pressed."""

    lasts = signin.lasting()

    def made() -> bytes:
        lasts()
        from sendviz.exports.rows import rows as workbook

        return workbook(request, opened.opened(), settings())

    return made
