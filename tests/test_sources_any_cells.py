"""Whatever stands in the cells of a foreign format becomes rows or problems, never a traceback."""

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendviz.intake import check

FORMATS = {
    "form": ["ID", "Start time", "Completion time", "Email", "Name", "Phase", "School name", "Which?", "Why?"],
    "schools": ["URN", "LA (name)", "EstablishmentName", "TypeOfEstablishment (name)", "EstablishmentStatus (name)",
                "PhaseOfEducation (name)", "StatutoryLowAge", "StatutoryHighAge"],
    "years": ["AcademicYear", "LA", "LAEstab", "SchoolName", "URN"],
    "lists": ["Organisation Type", "Organisation Code", "Organisation Name", "(CYP) Audiology", "(A) Audiology"],
    "autism": ["", "REPORTING_PERIOD_START", "SECONDARY_LEVEL", "METRIC_VALUE"],
}  # fmt: skip
LIKELY = [
    "",
    "1",
    "-1",
    "2.5",
    "1e400",
    "A;B;",
    "Primary",
    "Stoke-on-Trent",
    "Open",
    "National",
    "RRE",
    "31/01/2026",
    "#N/A",
    "Total waiting list by service, May 2025",
    "Number waiting over 52 weeks by service, May 2025",
]
CELLS = st.sampled_from(LIKELY) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12
)


@pytest.mark.parametrize("name", FORMATS)
@given(st.data())
def test_any_cells_become_rows_or_problems(name: str, data: st.DataObject) -> None:
    width = len(FORMATS[name])
    lines = data.draw(st.lists(st.lists(CELLS, min_size=1, max_size=width + 1), max_size=8))
    above = data.draw(st.lists(st.lists(CELLS, min_size=1, max_size=1), max_size=2))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([*above, FORMATS[name], *lines])
        report = check([path])
    assert all("\n" not in line and "Error" not in line for line in report.lines())
