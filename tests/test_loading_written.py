"""What is written to a spreadsheet of any kind is what is read from it, cell by cell."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from sendviz.loading.readers import book
from tests import workbooks

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8)
NUMBERS = st.floats(-1e9, 1e9).map(lambda number: round(number, 6))
TELLING = st.sampled_from(["", "00123", "31/02/2024", "=1+1", "#x", '"', ",;"])
Placed = dict[tuple[int, int], object]


def placed(numbered: Iterable[tuple[int, Sequence[object]]]) -> Placed:
    """The cells that are not blank, by row (from 1) and column (from 0)."""
    return {(row, column): cell for row, cells in numbered for column, cell in enumerate(cells) if cell != ""}


def found(path: Path) -> Placed:
    return placed(row for sheet in book(path, 50).sheets for row in sheet.rows())


@pytest.mark.parametrize("kind", ["xlsx", "xlsb", "ods", "xml"])
@given(table=st.lists(st.lists(TEXTS | NUMBERS | TELLING, min_size=1, max_size=5), min_size=1, max_size=6))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, kind: str, table: workbooks.Table) -> None:
    path = tmp_path_factory.mktemp("values") / f"f.{kind}"
    if kind == "xlsx":
        with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as out:
            sheet = out.add_worksheet("Money")
            for number, row in enumerate(table):
                for column, value in enumerate(row):
                    (sheet.write_string if isinstance(value, str) else sheet.write_number)(number, column, value)
    else:
        workbooks.WRITERS[kind](path, table)
    assert found(path) == placed(enumerate(table, 1))


@pytest.mark.parametrize("kind", ["html", "csv"])
@given(table=st.lists(st.lists(TEXTS | TELLING, min_size=6, max_size=6), min_size=1, max_size=6))
def test_texts_that_are_written_are_read(
    tmp_path_factory: pytest.TempPathFactory, kind: str, table: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("texts") / f"f.{kind}"
    table = [["Locality", "Purpose", "a", "b", "c", "d"], *table]
    if kind == "html":
        workbooks.web_page(path, table)
    else:
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(table)
    assert found(path) == placed(enumerate(table, 1))
