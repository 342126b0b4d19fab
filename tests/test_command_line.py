"""The command line: what each command does, its exit status, and one clear line when it fails."""

import csv
import datetime as dt
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from sendviz.__main__ import app
from sendviz.datasets import DATASETS, EXHIBITS
from sendviz.figures import answer
from sendviz.selection import Selection
from sendviz.settings import settings
from sendviz.start import open_store
from sendviz.tables import table

HEADINGS = "Referral ID,Pupil ID,Referral date,Assessment type,Source,Outcome,School name,Phase,Locality"
GOOD = "R-{n},P{n},{day}/03/2025,Initial Assessment,Health,Assessment agreed,Elm School,Primary,Central"
HOUSE = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a folder where the sample has been loaded by a first command."""
    folder = tmp_path_factory.mktemp("sample")
    where = {"SENDVIZ_DATA_DIR": str(folder), "SENDVIZ_DATABASE_URL": f"sqlite:///{folder}/sendviz.db"}
    assert run(where, "uploads").exit_code == 0
    return where


@pytest.fixture
def empty(tmp_path: Path) -> dict[str, str]:
    """The environment of an empty folder that is to stay without the sample."""
    url = f"sqlite:///{tmp_path}/sendviz.db"
    return {"SENDVIZ_DATA_DIR": str(tmp_path), "SENDVIZ_DATABASE_URL": url, "SENDVIZ_SAMPLE": "0"}


@pytest.fixture(autouse=True)
def settings_of_its_own() -> Iterator[None]:
    """Each command reads its settings anew."""
    settings.cache_clear()
    yield
    settings.cache_clear()


def run(environment: dict[str, str], *words: object) -> Result:
    settings.cache_clear()
    return CliRunner().invoke(app, [str(word) for word in words], env=environment)


def file(folder: Path, *lines: str, name: str = "referrals.csv") -> Path:
    path = folder / name
    path.write_text("\n".join((HEADINGS, *lines)))
    return path


def good(count: int) -> list[str]:
    return [GOOD.format(n=n, day=n % 28 + 1) for n in range(count)]


def test_a_file_is_checked_loaded_listed_exported_and_taken_back(empty: dict[str, str], tmp_path: Path) -> None:
    path = file(tmp_path, *good(30))
    checked = run(empty, "check", path, "--as", "referrals", "--json")
    assert checked.exit_code == 0, checked.output
    (found,) = json.loads(checked.output)["files"]
    assert (found["dataset"], found["rows"], found["problems"], found["upload"]) == ("referrals", 30, [], None)
    assert json.loads(run(empty, "uploads", "--json").output) == []

    loaded = run(empty, "load", path, "--as", "referrals", "--json")
    assert loaded.exit_code == 0, loaded.output
    upload = json.loads(loaded.output)["files"][0]["upload"]
    assert upload is not None

    target = tmp_path / "out.csv"
    assert run(empty, "export", "referrals-sources", "-o", target).exit_code == 0
    lines = list(csv.DictReader(io.StringIO(target.read_text())))
    assert [line["value"] for line in lines if line["source"] == "Health"] == ["30"]

    (listed,) = json.loads(run(empty, "uploads", "--json").output)
    assert (listed["id"], listed["dataset"], listed["rows"], listed["state"]) == (upload, "referrals", 30, "active")
    undone = run(empty, "undo", upload)
    assert undone.exit_code == 0, undone.output
    again = run(empty, "undo", upload)
    assert again.exit_code == 2 and len(again.stderr.splitlines()) == 1
    assert json.loads(run(empty, "uploads", "--json").output)[0]["state"] == "undone"


def test_every_problem_is_printed_and_nothing_stored(empty: dict[str, str], tmp_path: Path) -> None:
    bad = [GOOD.format(n=1, day=99), GOOD.format(n=2, day=1).replace("P2", "")]
    path = file(tmp_path, *good(3), *bad)
    loaded = run(empty, "load", path, file(tmp_path, *good(2), name="other.csv"), "--as", "referrals")
    assert loaded.exit_code == 1
    assert "C5" in loaded.output and "B6" in loaded.output, loaded.output
    told = json.loads(run(empty, "load", path, "--as", "referrals", "--json").output)["files"]
    cells = [problem["cell"] for found in told for problem in found["problems"]]
    assert {"C5", "B6"} <= set(cells)
    assert json.loads(run(empty, "uploads", "--json").output) == []


def test_an_export_holds_the_selection_and_says_what_it_could_not_filter(
    sample: dict[str, str], tmp_path: Path
) -> None:
    target = tmp_path / "out.xlsx"
    wanted = ("cohort-over-time", "health-waits", "cohort-over-time")
    made = run(
        sample, "export", *wanted, "--where", "key_stage=Key stage 1", "--where", "key_stage=Key stage 2",
        "--from", "2025-01", "--to", "2025-06", "-o", target,
    )  # fmt: skip
    assert made.exit_code == 0, made.output
    assert "not filtered by Key stage" in made.output
    book = load_workbook(target)
    assert book.sheetnames == ["Cover", "cohort-over-time", "health-waits"]
    said = [str(cell.value) for row in book["cohort-over-time"].iter_rows() for cell in row]
    assert "Selection: Key stage: Key stage 1 or Key stage 2 · January 2025 to June 2025" in said
    assert "Sample data: invented pupils." in said
    assert sum("2025-0" in text for text in said) == 6


def test_every_exhibit_is_read_back_as_it_was_answered(
    sample: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ending in ("xlsx", "csv"):
        assert run(sample, "export", *EXHIBITS, "-o", tmp_path / f"all.{ending}").exit_code == 0
    lines = list(csv.DictReader(io.StringIO((tmp_path / "all.csv").read_text())))
    book = load_workbook(tmp_path / "all.xlsx")
    for name, value in sample.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    store = open_store(settings())
    for exhibit in EXHIBITS.values():
        given = answer(exhibit, Selection(), store, settings())
        rows = [row for figures in given.figures for row in figures.rows]
        found = [line for line in lines if line["exhibit"] == exhibit.id]
        for name in ("numerator", "denominator", "value"):
            assert [line[name] and float(line[name]) for line in found] == [
                "" if (number := getattr(row, name)) is None else number for row in rows
            ], exhibit.id
        assert [line["mark"] for line in found] == [row.mark for row in rows]
        shown = [[plain(cell.value, cell.text) for cell in row.cells] for row in table(given).rows]
        cells = list(book[exhibit.id].values)[-len(shown) :]
        assert [[plain(value, value) for value in row] for row in cells] == shown


def plain(value: object, text: object) -> object:
    """A cell as it may be compared: a number to the digits a workbook keeps, a date without time, else its text."""
    if isinstance(value, dt.date):
        return f"{value:%Y-%m-%d}"
    if not isinstance(value, int | float) or isinstance(value, bool):
        return text
    return float(f"{float(f'{value:.16g}'):.14g}")  # rounded twice on both sides, as a workbook's 16 digits are


def test_the_exhibits_are_listed(sample: dict[str, str]) -> None:
    listed = json.loads(run(sample, "exhibits", "--json").output)
    assert {entry["id"] for entry in listed} == set(EXHIBITS)
    assert listed[0].keys() == {"id", "title", "page", "dimensions"}
    assert all(exhibit in run(sample, "exhibits").output for exhibit in EXHIBITS)


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_template_is_written(dataset: str, sample: dict[str, str], tmp_path: Path) -> None:
    assert run(sample, "template", dataset, "-o", tmp_path / "t.xlsx").exit_code == 0
    assert load_workbook(tmp_path / "t.xlsx").sheetnames[0] == DATASETS[dataset].title()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["export", "cohort-overtime", "-o", "a.csv"], "did you mean cohort-over-time"),
        (["export", "cohort-age", "-o", "a.html"], "later version"),
        (["export", "cohort-age", "-o", "a.doc"], "must end in .xlsx or .csv"),
        (["export", "cohort-age", "--where", "localty=Central", "-o", "a.csv"], "did you mean locality"),
        (["export", "cohort-age", "--where", "locality", "-o", "a.csv"], "NAME=VALUE"),
        (["export", "cohort-age", "--where", "key_stage=keystage 2", "-o", "a.csv"], "did you mean Key stage 2"),
        (["export", "cohort-age", "--where", "key_stage=zzz", "-o", "a.csv"], "there are: "),
        (["export", "cohort-age", "--from", "2025", "-o", "a.csv"], "months are written like 2026-01"),
        (["export", "cohort-age", "--from", "2025-02", "--to", "2025-01", "-o", "a.csv"], "is after the last"),
        (["export", "cohort-age"], "--output"),
        (["load", "nosuch.xlsx"], "does not exist"),
        (["load", "--as", "referals", __file__], "did you mean referrals"),
        (["template", "planz", "-o", "a.xlsx"], "did you mean plans"),
        (["template", "plans", "-o", "a.csv"], "must end in .xlsx"),
        (["undo", "9999"], "no upload 9999"),
        (["undo", "one"], "valid integer"),
        (["exprot"], "export"),
        ([], "Usage"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_words_are_told_with_the_nearest_right_ones(
    words: list[str], told: str, sample: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run(sample, *words)
    assert said.exit_code == 2, said.output
    assert told in " ".join(said.output.split())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "broken",
    [
        {"SENDVIZ_DATABASE_URL": "postgresql+psycopg://nobody@localhost:1/none"},
        {"SENDVIZ_DATABASE_URL": "no url at all"},
        {"SENDVIZ_WITHHOLD_BELOW": "several"},
        {"SENDVIZ_DATABASE_URL": "sqlite:////proc/nowhere/sendviz.db"},
    ],
    ids=lambda broken: next(iter(broken.values())),
)
def test_what_fails_outside_is_one_line(broken: dict[str, str], empty: dict[str, str]) -> None:
    said = run(empty | broken, "uploads")
    assert said.exit_code == 3, said.output
    assert len(said.stderr.splitlines()) == 1 and "should not have happened" not in said.stderr, said.stderr


def test_a_file_that_cannot_be_written_is_one_line(sample: dict[str, str]) -> None:
    said = run(sample, "export", "cohort-age", "-o", "/proc/nowhere/a.csv")
    assert said.exit_code == 3 and re.fullmatch(r"/proc/nowhere/a\.csv: .+\n", said.stderr)


def test_two_first_commands_at_once_load_the_sample_once(tmp_path: Path) -> None:
    where = {"SENDVIZ_DATA_DIR": str(tmp_path), "SENDVIZ_DATABASE_URL": f"sqlite:///{tmp_path}/sendviz.db"}
    command = [sys.executable, "-m", "sendviz", "uploads", "--json"]
    both = [
        subprocess.Popen(command, env=os.environ | where, cwd=HOUSE, stdout=PIPE, stderr=PIPE, text=True)
        for _ in range(2)
    ]  # fmt: skip
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    first, second = (json.loads(out) for out, _ in said)
    assert first == second and {upload["dataset"] for upload in first} >= set(DATASETS)
    assert len({upload["sha256"] for upload in first}) == len(first)
