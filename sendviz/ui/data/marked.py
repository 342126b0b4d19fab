"""The marked copy: the officer's own file back, with what is wrong marked in it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from sendviz import apart
from sendviz.intake import File
from sendviz.loading import Report, marked_name
from sendviz.scratch import scratch
from sendviz.settings import settings
from sendviz.ui.data.names import name_of
from sendviz.ui.downloads import EXCEL, file_name, logged
from sendviz.ui.markdown import plain


def copies(dropped: Sequence[Any], report: Report) -> None:
    """A button for each file with faulty cells."""
    faulty = [file for file in dropped if _has_cells(report, name_of(file))]
    if not faulty:
        return
    with st.container(key="marked", horizontal=True):
        for number, file in enumerate(faulty):
            name = name_of(file)
            called = marked_name(Path(file_name(name)))
            st.download_button(
                f"Marked copy of {plain(name)}", logged(_made(file, report), what="marked copy of a faulty file"),
                called, EXCEL, on_click="ignore",
                key=f"marked-{number}-{file.file_id}", icon=":material/edit_note:",
                help="Your own file, with each faulty cell marked and a first sheet that lists them. Put it right "
                "there and drop it again.",
            )  # fmt: skip


def _has_cells(report: Report, name: str) -> bool:
    return any(problem.cell for sheet in report.files if sheet.file == name for problem in sheet.problems)


def _made(file: Any, report: Report) -> Callable[[], bytes]:
    return partial(_copy, file, report)


def _copy(file: Any, report: Report) -> bytes:
    with scratch() as folder:
        path, to = folder / "file", folder / "copy"
        path.write_bytes(file.getbuffer())
        apart.mark(File(path, name_of(file)), report, to, settings())
        return to.read_bytes()
