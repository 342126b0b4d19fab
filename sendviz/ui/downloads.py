"""Workbooks and slides, made when they are asked for, and logged before they are given."""

import re
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import IO

import streamlit as st

from sendviz.answer import Answer
from sendviz.selection import Selection
from sendviz.store import Deed, about
from sendviz.ui import opened, signin
from sendviz.vocabulary import Exhibit

OFFICE = "application/vnd.openxmlformats-officedocument."
EXCEL, POWERPOINT = OFFICE + "spreadsheetml.sheet", OFFICE + "presentationml.presentation"


def workbook_of(exhibits: Sequence[Exhibit], selection: Selection, name: str, label: str = "Excel") -> None:
    """A button that downloads what these exhibits answer to the selection as one workbook."""

    def write(answers: Sequence[Answer], target: IO[bytes]) -> None:
        from sendviz.exports import workbook

        workbook(answers, target)

    made = logged(
        _made(exhibits, selection, write), what="Excel", **about((exhibit.id for exhibit in exhibits), selection)
    )
    _button(label, made, f"{name}.xlsx", EXCEL, f"excel-{name}")


def slides_of(exhibits: Sequence[Exhibit], selection: Selection, path: str) -> None:
    """A button that downloads the same of the page at `path` as slides, with links back to this server."""
    address = (st.context.url or "").rstrip("/").removesuffix(path).rstrip("/") or None

    def write(answers: Sequence[Answer], target: IO[bytes]) -> None:
        from sendviz.exports import deck
        from sendviz.screens import of_answers

        deck(of_answers(answers), target, address=address)

    made = logged(
        _made(exhibits, selection, write), what="PowerPoint", **about((exhibit.id for exhibit in exhibits), selection)
    )
    _button("PowerPoint", made, f"{path}.pptx", POWERPOINT, f"slides-{path}")


def logged(made: Callable[[], bytes], /, **words: str) -> Callable[[], bytes]:
    """The same, but that it is logged before a byte is given: what cannot be logged is not given.

    Who asks is whoever the button was drawn for, as long as their sign-in lasts: when it is pressed, there is no run
    of a page to tell.
    """
    who, lasts = signin.person().name, signin.lasting()

    def given() -> bytes:
        lasts()
        contents = made()
        opened.opened().log.add(who, Deed.DOWNLOADED, **words)
        return contents

    return given


def _made(
    exhibits: Sequence[Exhibit], selection: Selection, write: Callable[[Sequence[Answer], IO[bytes]], None]
) -> Callable[[], bytes]:
    """What makes the file when its button is pressed."""

    def made() -> bytes:
        target = BytesIO()
        write([opened.answer(exhibit, selection) for exhibit in exhibits], target)
        return target.getvalue()

    return made


def _button(label: str, made: Callable[[], bytes], file: str, kind: str, key: str) -> None:
    st.download_button(
        label, made, file, kind, key=key, on_click="ignore", type="tertiary", icon=":material/download:",
    )  # fmt: skip


def file_name(name: str) -> str:
    """A name that people gave, as a file may be called on every system."""
    return " ".join(re.sub(r"[^\w ,.()&'-]+", " ", name).split()).strip(". ") or "sendviz"
