"""Headings nobody foresaw: which column is it? The answer is kept for that form of file, until it is removed."""

from collections.abc import Callable
from html import escape

import streamlit as st

from sendviz.datasets import DATASETS
from sendviz.loading import Question, Report, SheetReport
from sendviz.store import NoSuchChoice, StoreUnavailable
from sendviz.ui import opened, signin
from sendviz.ui.data.publishing import SAID
from sendviz.ui.markdown import plain

NONE = "None of them"


def questions(report: Report, again: Callable[[], None]) -> None:
    """Asks, of each sheet, which column is what it lacks; `again` is called when something has been chosen."""
    for number, sheet in enumerate(report.files):
        if any(question.needed or question.suggestions for question in sheet.questions) and sheet.dataset:
            with st.form(f"columns-{number}"):
                st.html(
                    f'<div class="plain"><h2>Which column is it?</h2><p>{escape(sheet.file)}, sheet '
                    f"{escape(sheet.sheet)}. Your choice is remembered for files with these headings.</p></div>"
                )
                for question in sheet.questions:
                    _question(number, sheet, question)
                st.form_submit_button("Read again with these columns", on_click=_keep, args=(number, sheet, again))


def remembered() -> None:
    """The choices kept, each with the way to remove it."""
    found = opened.opened().choices()
    if not found:
        return
    st.html('<div class="plain"><h2>Columns chosen by people</h2></div>')
    for choice in found:
        row = DATASETS.get(choice.dataset)
        title = row.field(choice.field).title if row and choice.field in row.fields else choice.field
        with st.container(key=f"choice-{choice.id}", horizontal=True, vertical_alignment="center"):
            st.html(
                f'<div class="upload"><p><strong>{escape(title)}</strong> of {escape(row.title() if row else "")} is '
                f'“{escape(choice.heading)}”</p><p class="who">{escape(choice.who)}, {choice.when:%d/%m/%Y}</p></div>'
            )
            st.button("Remove", key=f"forget-{choice.id}", icon=":material/delete:", on_click=_forget,
                      args=(choice.id,), help=f"Files with these headings ask again for {title}")  # fmt: skip


def _question(number: int, sheet: SheetReport, question: Question) -> None:
    likely = [suggestion.heading for suggestion in question.suggestions]
    others = [heading for heading in sheet.unused if heading not in likely]
    reason = question.suggestions[0] if question.suggestions else None
    st.selectbox(
        question.title if question.needed else f"{question.title} (may be left out)", [*likely, *others], index=None,
        placeholder=NONE, key=_key(number, question),
        help=plain(f"{reason.heading} ({reason.cell}): {reason.reason}") if reason else None,
    )  # fmt: skip


def _key(number: int, question: Question) -> str:
    return f"column-{st.session_state.get('round of files', 0)}-{number}-{question.field}"


def _keep(number: int, sheet: SheetReport, again: Callable[[], None]) -> None:
    answers = {question.field: st.session_state.get(_key(number, question)) for question in sheet.questions}
    chosen = {field: heading for field, heading in answers.items() if heading}
    if not chosen or sheet.dataset is None:
        return
    try:
        opened.opened().remember(sheet.form, DATASETS[sheet.dataset], chosen, signin.loader())
    except StoreUnavailable as error:
        st.session_state[SAID] = (False, str(error))
        return
    again()


def _forget(choice: int) -> None:
    try:
        opened.opened().forget(choice, signin.loader())
    except (NoSuchChoice, StoreUnavailable) as error:
        st.session_state[SAID] = (False, str(error))
