"""The blank sheets to fill in, one for each dataset."""

from collections.abc import Callable
from functools import partial
from io import BytesIO

import streamlit as st

from sendviz.datasets import DATASETS
from sendviz.ui.downloads import EXCEL
from sendviz.vocabulary import Row


def templates() -> None:
    """A button for each dataset's template."""
    st.html(
        '<div class="plain"><h2>Templates</h2><p>A blank sheet for each kind of data: what each column takes, lists to '
        "choose from, and an example. Filled in, it loads as it is.</p></div>"
    )
    with st.container(key="templates", horizontal=True):
        for name, row in DATASETS.items():
            st.download_button(
                row.title(), _made(row), f"{name}.xlsx", EXCEL, key=f"template-{name}", on_click="ignore",
                icon=":material/download:",
            )  # fmt: skip


def _made(row: type[Row]) -> Callable[[], bytes]:
    return partial(_template, row)


def _template(row: type[Row]) -> bytes:
    from sendviz.loading import template

    target = BytesIO()
    template(row, target)
    return target.getvalue()
