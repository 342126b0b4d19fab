"""Workbooks, made when they are asked for."""

import re
from collections.abc import Sequence
from io import BytesIO

import streamlit as st

from sendviz.selection import Selection
from sendviz.ui import opened
from sendviz.vocabulary import Exhibit

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_of(exhibits: Sequence[Exhibit], selection: Selection, name: str, label: str = "Excel") -> None:
    """A button that downloads what these exhibits answer to the selection as one workbook."""

    def made() -> bytes:
        from sendviz.exports import workbook

        target = BytesIO()
        workbook([opened.answer(exhibit, selection) for exhibit in exhibits], target)
        return target.getvalue()

    st.download_button(
        label,
        made,
        f"{name}.xlsx",
        EXCEL,
        key=f"excel-{name}",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def file_name(name: str) -> str:
    """A name that people gave, as a file may be called on every system."""
    return " ".join(re.sub(r"[^\w ,.()&'-]+", " ", name).split()).strip(". ") or "sendviz"
