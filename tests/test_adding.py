"""A dataset is one file: the README's own example is added to a copy of the house, loaded and exported."""

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
FILES = re.compile(r"saved as `([\w/.]+)`.*?```python\n(.*?)```", re.DOTALL)
HEADINGS = ("Result", "CASE ID", "Request date", "UPN", "Cluster", "Date held")
CASES = [(("Agreed", "Not agreed")[n % 2], f"M-{n}", "14/01/2026", f"Z{n}", "North", "") for n in range(12)]

Run = Callable[..., str]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package."""
    shutil.copytree(HOUSE / "sendviz", tmp_path / "sendviz", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.fixture
def run(copy: Path) -> Run:
    """Runs a command of the copy over an empty database of its own."""
    environment = os.environ | {"SENDVIZ_SAMPLE": "false", "PYTHONPATH": str(copy)}

    def done(*words: str) -> str:
        command = [sys.executable, "-m", "sendviz", *words]
        found = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
        assert found.returncode == 0, found.stdout + found.stderr
        return found.stdout

    return done


def test_the_readme_s_dataset_loads_and_answers(copy: Path, run: Run) -> None:
    example = FILES.search((HOUSE / "README.md").read_text())
    assert example
    (copy / example[1]).write_text(example[2])
    with (copy / "cases.csv").open("w", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *CASES])

    run("template", "mediation", "-o", "blank.xlsx")
    run("load", "cases.csv", "--as", "mediation")
    said = run("export", "mediation-agreed", "-o", "out.csv")

    assert "50.0% of mediations asked for in January 2026 ended in agreement" in said
    with (copy / "out.csv").open() as file:
        line = next(csv.DictReader(file))
    assert (line["month"], line["numerator"], line["denominator"], line["value"]) == ("2026-01", "6", "12", "0.5")


def test_a_dataset_taken_away_takes_only_its_exhibits(copy: Path, run: Run) -> None:
    before = set(re.findall(r"^[\w-]+", run("exhibits"), re.MULTILINE))
    (copy / "sendviz" / "datasets" / "survey.py").unlink()
    after = set(re.findall(r"^[\w-]+", run("exhibits"), re.MULTILINE))
    assert before - after == {"survey-responses", "survey-answers", "survey-comments"}


def test_the_readme_s_example_is_tidy(tmp_path: Path) -> None:
    example = FILES.search((HOUSE / "README.md").read_text())
    assert example
    (tmp_path / "mediation.py").write_text(example[2])
    settings = ["--config", str(HOUSE / "pyproject.toml"), str(tmp_path / "mediation.py")]
    ruff = [sys.executable, "-m", "ruff"]
    assert subprocess.run([*ruff, "check", *settings], check=False).returncode == 0
    assert subprocess.run([*ruff, "format", "--check", *settings], check=False).returncode == 0
