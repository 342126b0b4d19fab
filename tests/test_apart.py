"""Intake in a process of its own: the same report, stopped at its limits, and at whatever moment it ends nothing is
half stored."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from sendviz import apart, intake
from sendviz.datasets.activities import Activity
from sendviz.datasets.cohort import CohortPupil
from sendviz.settings import Settings
from sendviz.store import STAGED, Store, StoreUnavailable
from tests.sheets import COHORT, comma_separated, saved

ACTIVITIES = "Activity | Kind | Reached | Approximate\n{} | Event | {} | N"
MOMENTS, ROWS = 20, 4_000


@pytest.fixture
def ours(database_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=database_url, data_dir=tmp_path / "data", sample=False)


def activities(store: Store) -> list[str]:
    with store.engine.connect() as connection:
        return sorted(connection.execute(select(store.table(Activity).c.activity)).scalars())


def many(path: Path, rows: int, word: str) -> Path:
    lines = [f"{word} {n},Event,{n % 50},N" for n in range(rows)]
    path.write_text("\n".join(("Activity,Kind,Reached,Approximate", *lines)))
    return path


def test_it_says_what_intake_says(ours: Settings, tmp_path: Path) -> None:
    path = saved(tmp_path / "cohort.xlsx", EHCP_cohort=COHORT.replace("31/01/2026 | A2", "30/01/2026 | A2"))
    with_problem = apart.load([path], ours, "officer")
    assert with_problem == intake.check([path])
    assert [problem.cell for problem in with_problem.files[0].problems] == ["A3"]


def test_it_stores_and_publishes_or_only_stores(ours: Settings, tmp_path: Path) -> None:
    talk, walk = (comma_separated(tmp_path / f"{n}.csv", ACTIVITIES.format(n, 5)) for n in ("talk", "walk"))
    told: list[tuple[str, int]] = []
    assert apart.load([talk], ours, "officer", "activities").stored
    waiting = apart.stage([intake.File(walk, "Walk.csv")], ours, "officer", "activities", lambda *a: told.append(a))
    store = Store.open(ours)
    assert activities(store) == ["talk"]
    assert next((u.file, u.state, u.who) for u in store.uploads()) == ("Walk.csv", STAGED, "officer")
    assert told == [("Walk.csv", 0), ("Walk.csv", 1)]
    store.publish([file.upload for file in waiting.files if file.upload], "officer")
    assert activities(store) == ["walk"]
    store.close()


def test_of_several_files_those_without_a_problem_are_staged(ours: Settings, tmp_path: Path) -> None:
    good = comma_separated(tmp_path / "good.csv", ACTIVITIES.format("Talk", 5))
    bad = saved(tmp_path / "bad.xlsx", EHCP_cohort=COHORT.replace("| 9 ", "| 99 "))
    report = apart.stage([bad, good], ours, "officer")
    store = Store.open(ours)
    assert [(file.file, file.upload is not None, file.counted) for file in report.files] == [
        ("bad.xlsx", False, 1), ("good.csv", True, 0)
    ]  # fmt: skip
    assert [(upload.file, upload.state) for upload in store.uploads()] == [("good.csv", STAGED)]
    with store.engine.connect() as connection:
        kept = store._tables.kept[CohortPupil.dataset]
        assert connection.execute(select(func.count()).select_from(kept)).scalar_one() == 0
    store.close()


def test_a_file_that_asks_for_too_much_memory_is_named(tmp_path: Path) -> None:
    ours = Settings(database_url=f"sqlite:///{tmp_path}/s.db", data_dir=tmp_path, sample=False, reading_mb=200)
    head, line = (line.split("|") for line in COHORT.strip().splitlines()[:2])
    rows = [",".join([line[0].strip(), f"P{n}", *(cell.strip() for cell in line[2:])]) for n in range(300_000)]
    path = tmp_path / "large.csv"
    path.write_text("\n".join((",".join(cell.strip() for cell in head), *rows)))
    (report,) = apart.load([path], ours, "officer").files
    assert report.file == "large.csv"
    assert "more than the 200 MB of memory" in report.problems[0].rule
    store = Store.open(ours)
    assert store.uploads() == ()
    store.close()


def test_a_file_that_takes_too_long_is_named(tmp_path: Path) -> None:
    ours = Settings(database_url=f"sqlite:///{tmp_path}/s.db", data_dir=tmp_path, sample=False, reading_seconds=5)
    path = tmp_path / "endless.csv"
    os.mkfifo(path)  # nobody writes into it
    start = time.monotonic()
    (report,) = apart.check([path], ours).files
    assert "longer than the 5 seconds" in report.problems[0].rule
    assert time.monotonic() - start < 10


def test_a_database_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "s.db").write_text("no database at all, but long enough to be taken for one " * 20)
    ours = Settings(database_url=f"sqlite:///{tmp_path}/s.db", data_dir=tmp_path, sample=False)
    with pytest.raises(StoreUnavailable, match="is not a database"):
        apart.check([comma_separated(tmp_path / "a.csv", ACTIVITIES.format("Talk", 5))], ours)


def killed(ours: Settings, path: Path, after: float) -> None:
    """A load that is killed this many seconds after it has begun to read the file."""
    job = {"do": apart.LOAD, "files": [(str(path), path.name)], "who": "officer", "as": "activities"}
    words, pipe = [sys.executable, "-m", "sendviz.apart"], subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, env=os.environ | ours.environment()) as process:
        assert process.stdin and process.stdout
        process.stdin.write(json.dumps(job).encode())
        process.stdin.close()
        process.stdout.readline()
        time.sleep(after)
        process.kill()


def test_killed_at_any_moment_the_old_data_or_the_new_are_there_whole(ours: Settings, tmp_path: Path) -> None:
    chance = random.Random(20260131)
    old = many(tmp_path / "0.csv", ROWS, "Old")
    start = time.monotonic()
    assert apart.load([old], ours, "officer", "activities").stored
    whole = time.monotonic() - start
    store, last, stood = Store.open(ours), "Old", 0
    for moment in range(1, MOMENTS + 1):
        killed(ours, many(tmp_path / f"{moment}.csv", ROWS, f"New{moment}"), chance.uniform(0, whole))
        found = {name.split()[0] for name in activities(store)}
        assert (len(activities(store)), found) in ((ROWS, {last}), (ROWS, {f"New{moment}"}))
        assert len([upload for upload in store.uploads() if upload.state == "active"]) == 1
        stood += last in found
        last = found.pop()
    assert stood  # some were killed in time
    assert apart.load([many(tmp_path / "end.csv", 3, "End")], ours, "officer", "activities").stored
    assert activities(store) == ["End 0", "End 1", "End 2"]
    store.close()
