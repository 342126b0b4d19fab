"""Files dropped on the page: read apart, with progress, their rows stored unseen until they are published."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from sendviz import apart
from sendviz.datasets import DATASETS
from sendviz.intake import File
from sendviz.loading import Report
from sendviz.scratch import scratch
from sendviz.settings import settings
from sendviz.store import StoreUnavailable
from sendviz.ui import opened, signin
from sendviz.ui.data import findings
from sendviz.ui.data.columns import questions
from sendviz.ui.data.marked import copies
from sendviz.ui.data.names import name_of
from sendviz.ui.data.publishing import publishing
from sendviz.ui.markdown import plain

TYPES = ("xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv", "txt", "xml", "html")
ROUND, TAKEN = "round of files", "files taken"  # in the session: a number for each round, and what was found in it


@dataclass(frozen=True)
class Taken:
    """A round of files: which they were, under what name they were read, and what was found."""

    files: tuple[str, ...]
    as_dataset: str | None
    report: Report

    @property
    def uploads(self) -> list[int]:
        """The uploads that wait to be published."""
        return [file.upload for file in self.report.files if file.upload is not None and file.rows]


def drop() -> None:
    """The place to drop files, what was found in them, and the button that publishes them."""
    round_ = st.session_state.setdefault(ROUND, 0)
    with st.container(key="drop"):
        dropped = st.file_uploader(
            "Drop spreadsheets here: any number, from any system. Nothing is shown to others until you publish it.",
            TYPES, accept_multiple_files=True, key=f"dropped-{round_}", max_upload_size=settings().max_upload_mb,
        )  # fmt: skip
        as_dataset = _said_to_be(round_) if dropped else None
    taken: Taken | None = st.session_state.get(TAKEN)
    names = tuple(file.file_id for file in dropped)
    if (taken.files, taken.as_dataset) != (names, as_dataset) if taken else bool(names):
        taken = _take(dropped, names, as_dataset, taken)
    if taken and taken.files:
        st.html(findings.of(taken.report))
        copies(dropped, taken.report)
        questions(taken.report, _again)
        publishing(taken.report, taken.uploads, _next_round)


def _said_to_be(round_: int) -> str | None:
    """What the officer says the files are, where their headings do not."""
    titles = {row.title(): name for name, row in DATASETS.items()}
    chosen = st.selectbox(
        "What the files are", ["Told by their headings", *titles], key=f"as-{round_}",
        help="Choose a dataset only where a file was not recognised.",
    )  # fmt: skip
    return titles.get(chosen)


def _next_round() -> None:
    """Makes room for other files."""
    st.session_state[ROUND] += 1
    st.session_state.pop(TAKEN, None)


def _again() -> None:
    """Has the files read once more."""
    before: Taken = st.session_state[TAKEN]
    st.session_state[TAKEN] = Taken((), before.as_dataset, before.report)


def _take(dropped: Sequence[Any], names: tuple[str, ...], as_dataset: str | None, before: Taken | None) -> Taken:
    """Reads the files, in place of those that were there before."""
    try:
        if before and before.uploads:
            opened.opened().discard(before.uploads, signin.loader())
        report = _staged(dropped, as_dataset) if dropped else Report()
    except StoreUnavailable as error:
        st.error(plain(str(error)), icon=":material/error:")
        st.stop()
    st.session_state[TAKEN] = Taken(names, as_dataset, report)
    return Taken(names, as_dataset, report)


def _staged(dropped: Sequence[Any], as_dataset: str | None) -> Report:
    bar = st.progress(0.0, "Reading…")
    met: dict[str, None] = {}

    def progress(name: str, rows: int) -> None:
        met[name] = None
        bar.progress(min((len(met) - 0.5) / len(dropped), 1.0), f"{plain(name)}: {rows:,} rows read")

    with scratch() as folder:
        files = []
        for number, file in enumerate(dropped):  # a name is never used as a path
            path = folder / str(number)
            path.write_bytes(file.getbuffer())
            files.append(File(path, name_of(file)))
        report = apart.stage(files, settings(), signin.loader(), as_dataset, progress)
    bar.empty()
    return report
