"""A folder of files: what is right is loaded and moves on, what is not stays with its report, and twice is once."""

import os
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from sendviz import folder
from sendviz.datasets.activities import Activity
from sendviz.settings import Settings
from sendviz.store import Store
from tests.sheets import COHORT, comma_separated, saved

ACTIVITIES = "Activity | Kind | Reached | Approximate\n{} | Event | 5 | N"


@pytest.fixture
def ours(database_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=database_url, data_dir=tmp_path / "data", sample=False)


@pytest.fixture
def incoming(tmp_path: Path) -> Path:
    """A folder with a good file, a faulty one, and one that Excel has open."""
    made = tmp_path / "incoming"
    made.mkdir()
    comma_separated(made / "Activities.csv", ACTIVITIES.format("Talk"))
    saved(made / "cohort.xlsx", EHCP_cohort=COHORT.replace("| 9 ", "| 99 "))
    (made / "~$cohort.xlsx").write_bytes(b"someone")
    return rested(made)


def rested(made: Path) -> Path:
    for path in made.iterdir():
        os.utime(path, (time.time() - 60,) * 2)
    return made


def names(made: Path) -> list[str]:
    return sorted(str(path.relative_to(made)) for path in made.rglob("*") if path.is_file())


def activities(ours: Settings) -> list[str]:
    store = Store.open(ours)
    with store.engine.connect() as connection:
        found = sorted(connection.execute(select(store.table(Activity).c.activity)).scalars())
    store.close()
    return found


def test_what_is_right_moves_on_and_what_is_not_stays_with_its_report(ours: Settings, incoming: Path) -> None:
    report = folder.load(incoming, ours, "scheduler")
    assert (report.problems, activities(ours)) == (1, ["Talk"])
    *beside, moved = [name for name in names(incoming) if name != "~$cohort.xlsx"]
    assert beside == ["cohort.xlsx", "cohort.xlsx.report.txt"]
    assert moved.startswith("loaded/") and moved.endswith(" Activities.csv")
    said = (incoming / "cohort.xlsx.report.txt").read_text()
    assert "Age: must be a whole number from 0 to 25. Found: C2 '99'." in said

    saved(incoming / "cohort.xlsx", EHCP_cohort=COHORT)
    assert folder.load(rested(incoming), ours, "scheduler").ok
    assert "cohort.xlsx.report.txt" not in names(incoming)
    assert len([name for name in names(incoming) if name.startswith("loaded/")]) == 2


def test_again_changes_nothing_even_if_a_run_was_broken_off_before_it_moved_the_file(
    ours: Settings, incoming: Path
) -> None:
    folder.load(incoming, ours, "scheduler")
    comma_separated(incoming / "again.csv", ACTIVITIES.format("Talk"))
    report = folder.load(rested(incoming), ours, "scheduler")
    store = Store.open(ours)
    assert len(store.uploads()) == 1
    store.close()
    assert any("is not loaded again" in warning for file in report.files for warning in file.warnings)
    assert "again.csv" not in names(incoming)


def test_a_file_that_is_still_being_written_is_left_alone(ours: Settings, tmp_path: Path) -> None:
    comma_separated(tmp_path / "Activities.csv", ACTIVITIES.format("Talk"))
    assert folder.load(tmp_path, ours, "scheduler").files == []
    assert (tmp_path / "Activities.csv").exists()


def test_two_at_once_load_each_file_once(ours: Settings, incoming: Path) -> None:
    Store.open(ours).close()
    runs = [threading.Thread(target=folder.load, args=(incoming, ours, "scheduler")) for _ in range(2)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    store = Store.open(ours)
    assert [(upload.file, upload.state) for upload in store.uploads()] == [("Activities.csv", "active")]
    store.close()
