"""Rows written as a small table: column names, then a line a row; a column left out takes a plain default."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sendviz.store import Store
from sendviz.vocabulary import Row

DEFAULTS: Mapping[str, Any] = {
    "day": dt.date(2026, 1, 31), "month": dt.date(2026, 1, 1), "flag": False, "whole": 9, "number": 1.0, "pounds": 1,
    "text": "T", "category": "", "pupil": "P", "period": "2025",
}  # fmt: skip


def rows_of(row: type[Row], text: str, **given: Any) -> list[Row]:
    """The rows of a table such as

    pupil_id | month_end  | school_type
    P1       | 31/01/2026 | Special
    """
    head, *lines = [line for line in text.strip().splitlines() if line.strip()]
    names = [cell.strip() for cell in head.split("|")]
    return [made(row, place, dict(zip(names, (cell.strip() for cell in line.split("|")), strict=True)) | given)
            for place, line in enumerate(lines)]  # fmt: skip


def made(row: type[Row], place: int, cells: Mapping[str, Any]) -> Row:
    """A row with these cells; the others plain, and apart from those of any other `place` where they must be unique."""
    plain = {name: DEFAULTS[field.kind] for name, field in row.fields.items() if not field.derived}
    apart = {name: f"{name}-{place}" for name in row.unique if row.fields[name].kind in ("text", "pupil")}
    optional = {name: None for name, field in row.fields.items() if field.nullable and not field.derived}
    return row.model_validate(plain | apart | optional | dict(cells))


def put(store: Store, *groups: Iterable[Row]) -> None:
    """Publish groups of rows, each group of one dataset, as one upload each."""
    for place, group in enumerate(groups):
        rows = list(group)
        with store.writing() as writer:
            adding = writer.add(
                type(rows[0]), file=f"{place}.xlsx", sheet="1", sha256=f"{place}-{id(rows)}", who="tests"
            )
            adding.rows(rows)
            writer.publish()
