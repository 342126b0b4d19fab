"""The command that lists the log: what other commands did is in it, and whether it is whole is said."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sendviz.__main__ import app
from sendviz.settings import person, settings
from tests.sheets import COHORT, saved

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs commands over an empty folder without the sample."""
    for name, value in {"DATA_DIR": tmp_path, "DATABASE_URL": f"sqlite:///{tmp_path}/s.db", "SAMPLE": 0}.items():
        monkeypatch.setenv(f"SENDVIZ_{name}", str(value))
    settings.cache_clear()
    yield lambda *words: CliRunner().invoke(app, [str(word) for word in words])
    settings.cache_clear()


def test_what_commands_did_is_listed(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path / "Jo Bloggs.xlsx", EHCP_cohort=COHORT)
    for words in (
        ("load", path), ("check", path), ("undo", 1), ("redo", 1), ("uploads",),
        ("export", "cohort-over-time", "--where", "locality=Central", "--from", "2025-01", "-o", tmp_path / "a.csv"),
    ):  # fmt: skip
        assert run(*words).exit_code == 0
    said = run("log", "--json")
    told = json.loads(said.output)
    assert (said.exit_code, told["broken_at"]) == (0, None)
    newest, *others = told["entries"]
    assert [entry["deed"] for entry in others] == ["redone", "undone", "published", "loaded"]
    assert {entry["who"] for entry in told["entries"]} == {person()}
    assert (newest["deed"], newest["words"]["exhibits"], newest["words"]["link"], newest["seal"]) == (
        "downloaded", "cohort-over-time", "?locality=Central&from=2025-01", told["newest_seal"],
    )  # fmt: skip
    printed = run("log").output
    assert "dataset: EHCP cohort; rows: 2; upload: 1" in printed and told["newest_seal"] in printed
    assert "Bloggs" not in printed  # a file may be called by a child's name


def test_a_log_that_is_not_whole_is_said_and_fails(run: Run, tmp_path: Path) -> None:
    assert run("load", saved(tmp_path / "a.xlsx", EHCP_cohort=COHORT)).exit_code == 0
    with sqlite3.connect(tmp_path / "s-live.db") as database:
        database.execute("DROP TRIGGER log_stays_update")
        database.execute("UPDATE log SET who = 'nobody' WHERE id = 2")
    broken = run("log")
    assert broken.exit_code == 3 and "The log is not whole: entry 2," in broken.output
    assert json.loads(run("log", "--json").output)["broken_at"] == 2


def test_an_export_that_cannot_be_logged_is_not_written(run: Run, tmp_path: Path) -> None:
    assert run("load", saved(tmp_path / "a.xlsx", EHCP_cohort=COHORT)).exit_code == 0
    with sqlite3.connect(tmp_path / "s-live.db") as database:
        database.execute("CREATE TRIGGER full BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END")
    refused = run("export", "cohort-over-time", "-o", tmp_path / "out.csv")
    assert refused.exit_code == 3 and "The database cannot be used" in refused.output
    assert not (tmp_path / "out.csv").exists()
