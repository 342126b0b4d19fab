"""The log on the page: who did what, looked for by person, deed and day; whether it is whole; and its downloads."""

import datetime as dt
from html import escape

import streamlit as st

from sendviz.store import Deed, Entry, Wanted, verdict
from sendviz.store.log import Log
from sendviz.ui import opened
from sendviz.ui.downloads import EXCEL, logged

AT_ONCE = 100  # entries on a page
HEADINGS = ("Number", "When", "Who", "What", "About")
_READ = "log read through"  # in the session: up to which seal, and where it was broken
_UNSEEN = ("link",)  # words that are for programs: the selection says the same


def log() -> None:
    """The entries, newest first, once they are asked for: to see whether all fit together, all are read."""
    st.html(
        '<div class="plain"><h2>Log</h2><p>Who signed in, loaded, published, took back, changed, downloaded and '
        "presented what. It is only ever added to, and holds nothing about a child.</p></div>"
    )
    if not st.toggle("Show the log", key="show-log"):
        return
    found = opened.opened().log
    broken, seal = _read_through(found)
    (st.success if broken is None else st.error)(verdict(broken, seal))
    wanted = _wanted(found.people())
    many = found.count(wanted)
    page = _page(many)
    st.html(_table(found.entries(AT_ONCE, wanted, (page - 1) * AT_ONCE), many))
    _downloads(wanted)


def _read_through(found: Log) -> tuple[int | None, str]:
    """Where the log is broken, if it is, and its newest seal: read in each visit, and again when there is a newer."""
    seal = found.seal()
    if st.session_state.get(_READ, ("", None))[0] != seal:
        st.session_state[_READ] = (seal, found.broken_at())
    return st.session_state[_READ][1], seal


def _wanted(people: tuple[str, ...]) -> Wanted:
    with st.container(key="log-wanted", horizontal=True, vertical_alignment="bottom"):
        who = st.selectbox("Who", people, index=None, placeholder="Everybody", key="log-who")
        deed = st.selectbox("What", [deed.value for deed in Deed], index=None, placeholder="Everything", key="log-deed")
        first = st.date_input("From day", None, key="log-first", format="DD/MM/YYYY")
        last = st.date_input("To day", None, key="log-last", format="DD/MM/YYYY")
    return Wanted(who or "", deed or "", _day(first), _day(last))


def _day(chosen: object) -> dt.date | None:
    return chosen if isinstance(chosen, dt.date) else None


def _page(many: int) -> int:
    """Which hundred is shown, from 1."""
    pages = -(-many // AT_ONCE)
    return int(st.pagination(pages, key=f"log-page-{pages}")) if pages > 1 else 1


def _table(entries: tuple[Entry, ...], many: int) -> str:
    heads = "".join(f'<th scope="col">{heading}</th>' for heading in HEADINGS)
    count = "No entries." if not many else f"{many:,} {'entry' if many == 1 else 'entries'}, the newest first."
    return (
        f'<div class="plain changes log"><p role="status">{count}</p><div class="scrolls" role="region" tabindex="0" '
        f'aria-label="Log"><table><thead><tr>{heads}</tr></thead><tbody>{"".join(map(_line, entries))}</tbody></table>'
        "</div></div>"
    )


def _line(entry: Entry) -> str:
    when = entry.at.astimezone()
    words = ((name, text) for name, text in entry.words.items() if name not in _UNSEEN)
    about = "<br>".join(f"{escape(name)}: {escape(text)}" for name, text in words)
    cells = (str(entry.id), f"{when:%d/%m/%Y %H:%M}", escape(entry.who), escape(entry.deed.value), about)
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _downloads(wanted: Wanted) -> None:
    """What is looked for, all of it, as files; a download of the log is logged too."""
    kept = opened.opened().log

    def separated() -> bytes:
        from sendviz.exports import log

        seal = kept.seal()  # as it is then
        return log.separated(kept.entries(wanted=wanted), seal)

    def workbook() -> bytes:
        from sendviz.exports import log

        seal = kept.seal()
        return log.workbook(kept.entries(wanted=wanted), seal, verdict(kept.broken_at(), seal))

    with st.container(key="log-downloads", horizontal=True):
        for label, made, file, kind in (
            ("CSV of the log", separated, "log.csv", "text/csv"),
            ("Excel of the log", workbook, "log.xlsx", EXCEL),
        ):
            st.download_button(label, logged(made, what="log"), file, kind, key=f"take-{file}", on_click="ignore",
                               icon=":material/download:")  # fmt: skip
