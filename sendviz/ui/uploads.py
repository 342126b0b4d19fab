"""What was loaded, and when."""

from html import escape

import streamlit as st

from sendviz.answer import WITHHELD, words_of
from sendviz.datasets import MEASURES, ROWS
from sendviz.disclosure import is_small
from sendviz.selection import Where
from sendviz.settings import settings
from sendviz.store import ACTIVE, Upload
from sendviz.ui import opened, signin

HEADINGS = ("Data", "Data to", "Loaded", "Rows", "File")
OF_ALL = 3  # the headings before those that are for data officers: a file's name may be a child's


def loaded() -> None:
    """Each dataset with its data date, and, for data officers, the files its figures come from."""
    uploads = [upload for upload in opened.opened().uploads() if upload.state == ACTIVE and upload.dataset in ROWS]
    person = signin.person()
    shown = len(HEADINGS) if person.loads else OF_ALL
    lines = dict.fromkeys(_cells(upload, person.limit)[:shown] for upload in uploads)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>" for cells in lines)
    heads = "".join(f'<th scope="col">{heading}</th>' for heading in HEADINGS[:shown])
    st.html(
        f'<div class="plain loaded"><h2>What was loaded when</h2><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cells(upload: Upload, limit: Where) -> tuple[str, ...]:
    row = ROWS[upload.dataset]
    with opened.opened().reading(limit) as data:
        date = data.data_date(row) if row.is_dated() else None
    data_to = f"{date.day} {date:%B %Y}" if date else words_of(upload.last or "")
    when = upload.when.astimezone()
    return row.title(), data_to, f"{when.day} {when:%B %Y, %H:%M}", _rows(upload), upload.file


def _rows(upload: Upload) -> str:
    """How many rows; nothing of people's where that is small, or where their counts are rounded."""
    given = settings()
    people = any(measure.of_people for measure in MEASURES if measure.row is ROWS[upload.dataset])
    if people and (given.rounding or is_small(upload.rows, given.withhold_below)):
        return f"[{WITHHELD}]"
    return f"{upload.rows:,}"
