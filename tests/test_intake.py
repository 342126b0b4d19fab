"""Files are checked, stored and published: all of them, or none."""

import gc
import json
from pathlib import Path

from sqlalchemy import func, select

from sendviz.datasets import ROWS
from sendviz.datasets.clusters import ClusterFunding
from sendviz.datasets.cohort import CohortPupil
from sendviz.intake import check, load
from sendviz.store import Store
from sendviz.vocabulary import Row
from tests.sheets import COHORT, FUNDING, saved

REFERRALS = """
Referral ID | Pupil ID | Referral date | Assessment type    | Source | Outcome    | School name | Phase   | Locality
R1          | A1       | 05/01/2026    | Initial Assessment | Health | Pending    | Elm Primary | Primary | Central
R2          | A2       | 09/03/2026    | Initial Assessment | Aunt   | Not agreed | Elm Primary | Primary | Central
"""


def stored(store: Store, row: type[Row]) -> int:
    """How many rows are current; of a stock, how many month ends' changes."""
    with store.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(store.table(row))).scalar_one()


def warned(store: Store, *paths: Path) -> list[str]:
    return [warning for file in load(paths, store, "Ann").files for warning in file.warnings]


def test_good_files_are_stored_and_published_together(store: Store, tmp_path: Path) -> None:
    files = [saved(tmp_path / "a.xlsx", EHCP_cohort=COHORT), saved(tmp_path / "b.xlsx", Cluster_funding=FUNDING)]
    before = store.version()
    report = load(files, store, "Ann")
    assert report.ok and report.stored and store.version() > before
    assert [(u.dataset, u.rows, u.who, u.sample) for u in store.uploads()] == [
        ("cluster_funding", 2, "Ann", False), ("ehcp_cohort", 2, "Ann", False),
    ]  # fmt: skip
    assert {file.upload for file in report.files} == {upload.id for upload in store.uploads()}
    assert stored(store, ClusterFunding) == 2
    assert report.lines() == [
        "a.xlsx, sheet EHCP cohort: 2 rows of EHCP cohort loaded.",
        "b.xlsx, sheet Cluster funding: 2 rows of Cluster funding loaded.",
    ]


def test_a_problem_in_one_file_stores_nothing_of_any(store: Store, tmp_path: Path) -> None:
    files = [
        saved(tmp_path / "a.xlsx", Cluster_funding=FUNDING),
        saved(tmp_path / "b.xlsx", EHCP_cohort=COHORT.replace("9 ", "nine")),
        tmp_path / "gone.xlsx",
    ]
    before = store.version()
    report = load(files, store, "Ann")
    assert (report.ok, report.stored, report.problems) == (False, False, 2)
    assert store.uploads() == () and store.version() == before and stored(store, ClusterFunding) == 0
    assert [file.upload for file in report.files] == [None] * 3
    assert report.lines() == [
        "b.xlsx, sheet EHCP cohort: Age: must be a whole number from 0 to 25. Found: C2 'nine'.",
        "gone.xlsx: The file cannot be opened: No such file or directory.",
        "2 problems: nothing was stored.",
    ]


def test_a_check_stores_nothing(store: Store, tmp_path: Path) -> None:
    report = check([saved(tmp_path / "a.xlsx", Cluster_funding=FUNDING)], store=store)
    assert report.ok and not report.stored and store.uploads() == ()
    assert report.lines() == ["a.xlsx, sheet Cluster funding: 2 rows of Cluster funding are good."]


def test_the_json_is_the_contract(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "a.xlsx", Cluster_funding=FUNDING.replace("Purpose ", "Purpose | Email").replace("900.50", "x")
    )
    found = check([path]).as_json()
    assert json.loads(json.dumps(found)) == {"files": [{
        "file": "a.xlsx", "dataset": "cluster_funding", "sheet": "Cluster funding", "rows": 0, "upload": None,
        "warnings": [], "dropped_columns": ["Email"], "problems": found["files"][0]["problems"],
    }]}  # fmt: skip
    assert found["files"][0]["problems"][0].keys() == {"sheet", "cell", "column", "value", "rule"}


def test_the_same_file_again_is_said_and_not_loaded_twice(store: Store, tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", Cluster_funding=FUNDING)
    load([path], store, "Ann")
    copy = path.rename(tmp_path / "b.xlsx")
    report = load([copy], store, "Bo")
    assert report.ok and len(store.uploads()) == 1 and stored(store, ClusterFunding) == 2
    assert "by Ann and is not loaded again" in report.lines()[0]
    assert report.files[0].upload == store.uploads()[0].id


def test_two_sheets_for_the_same_period_are_a_problem(store: Store, tmp_path: Path) -> None:
    other = COHORT.replace("A1", "B1").replace("A2", "B2")
    report = load(
        [saved(tmp_path / "a.xlsx", EHCP_cohort=COHORT), saved(tmp_path / "b.xlsx", EHCP_cohort=other)], store, "Ann"
    )
    assert report.lines() == [
        "b.xlsx, sheet EHCP cohort: sheet 'EHCP cohort' of a.xlsx has EHCP cohort for January 2026 too: "
        "load one of the two",
        "1 problem: nothing was stored.",
    ]
    later = COHORT.replace("31/01", "28/02")
    assert load([tmp_path / "a.xlsx", saved(tmp_path / "c.xlsx", EHCP_cohort=later)], store, "Ann").stored


def test_what_does_not_stop_a_load_is_told(store: Store, tmp_path: Path) -> None:
    first = warned(store, saved(tmp_path / "a.xlsx", Referrals=REFERRALS))
    assert first == [
        "Source not seen before: 'Aunt' (E3: 1 of 2 rows). Check the spelling.",
        "There are no rows for February 2026; January 2026 has 1, March 2026 1.",
    ]
    again = REFERRALS.replace("05/01", "05/06").replace("09/03", "09/06").replace("R1", "R3").replace("R2", "R4")
    assert warned(store, saved(tmp_path / "b.xlsx", Referrals=again)) == [
        "There are no rows for April 2026, May 2026; March 2026 has 1, June 2026 2.",
        "2 rows a month; the last upload had 0.7 (200% more). Check that all is there.",
    ]


def test_a_real_load_takes_the_samples_place(store: Store, tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", Cluster_funding=FUNDING, EHCP_cohort=COHORT)
    assert load([path], store, "sample", sample=True).stored and store.is_sample()
    assert load([path], store, "Ann").stored and not store.is_sample()


def test_the_collector_is_as_it_was(tmp_path: Path) -> None:
    check([saved(tmp_path / "a.xlsx", Cluster_funding=FUNDING)])
    assert gc.isenabled()


def test_pupils_numbers_are_nowhere_in_what_is_stored(store: Store, tmp_path: Path) -> None:
    load([saved(tmp_path / "a.xlsx", EHCP_cohort=COHORT, Referrals=REFERRALS)], store, "Ann")
    with store.engine.connect() as connection:
        for row in ROWS.values():
            lines = connection.execute(select(store.table(row))).all()
            assert not {str(cell) for line in lines for cell in line} & {"A1", "A2"}
    assert stored(store, CohortPupil) > 0
