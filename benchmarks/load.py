"""How fast a workbook becomes published figures: 100,000 cohort rows x 15 columns, beside the floor of bare reading."""

import csv
import datetime as dt
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sendviz.store import Store

ROWS, MONTHS, TIMES = 100_000, 25, 5
STEPS = ("floor", "read", "check", "load")
WORDS = {
    "floor": "bare python-calamine", "read": "read (looked at first)", "check": "read and checked",
    "load": "read, checked, stored, published",
}  # fmt: skip


def workbook(path: Path, rows: int = ROWS) -> int:
    """An extract of a cohort: as many month ends as `MONTHS`, the same pupils at each. Returns its rows."""
    import xlsxwriter

    from sendviz.datasets.cohort import CohortPupil
    from sendviz.loading.headings import asked

    chance = random.Random(20260131)
    fields = asked(CohortPupil)
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet(CohortPupil.title())
        sheet.write_row(0, 0, [field.title for field in fields])
        pupils = [_pupil(chance, number) for number in range(rows // MONTHS)]
        number = 0
        for month in range(MONTHS):
            end = dt.datetime(2024 + (month + 1) // 12, (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)
            for pupil in pupils:
                number += 1
                sheet.write_datetime(number, 0, end)
                sheet.write_row(number, 1, pupil)
                if chance.random() < 0.01:
                    pupil[10] = chance.choice(("Mainstream", "Special", "Independent"))
    return number


def _pupil(chance: random.Random, number: int) -> list[object]:
    age = chance.randrange(3, 25)
    return [
        f"Z{860000000000 + number}", age, age - 5, f"Key stage {chance.randrange(1, 6)}", chance.choice("FM"),
        chance.choice(("ASD", "SLCN", "SEMH", "MLD", "SLD")), chance.choice("YNNNNNNN"),
        "Stoke-on-Trent", "Stoke-on-Trent",
        chance.choice(("In city", "Out of city")), chance.choice(("Mainstream", "Special", "Independent")),
        f"School {number % 150}", str(120_000 + number % 150), chance.choice(("Central", "North", "South")),
    ]  # fmt: skip


def separated(path: Path) -> int:
    """The workbook beside it as separated text, twice over: the pupils of the second half are others. Returns rows."""
    from sendviz.loading.readers import book

    (sheet,) = book(path.with_suffix(".xlsx"), 50).sheets
    rows = [[_written(cell) for cell in cells] for _, cells in sheet.rows()]
    with path.open("w", newline="", encoding="utf-8") as text:
        writer = csv.writer(text)
        writer.writerows(rows)
        if path.stem.endswith("twice"):
            writer.writerows([row[0], f"{row[1]}b", *row[2:]] for row in rows[1:])
    return len(rows)


def _written(cell: object) -> object:
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def faulty(path: Path) -> int:
    """A workbook of 5,000 rows with two faults in each: problems found, and the marked copy made. Returns problems."""
    from sendviz import intake
    from sendviz.loading.marked import marked

    report = intake.check([path])
    start = time.process_time()
    marked(path, report.files, path.with_suffix(".copy"), 50)
    print(
        f"marked copy of {report.problems:,} problems: {time.process_time() - start:.1f} s of a core", file=sys.stderr
    )
    return report.problems


def faults(path: Path) -> int:
    """Writes that workbook."""
    import xlsxwriter

    from sendviz.datasets.cohort import CohortPupil
    from sendviz.loading.headings import asked

    chance = random.Random(20260131)
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(CohortPupil.title())
        sheet.write_row(0, 0, [field.title for field in asked(CohortPupil)])
        for number in range(1, 5_001):
            pupil = _pupil(chance, number)
            sheet.write_row(number, 0, ["31/01/2026", pupil[0], 99, *pupil[2:5], pupil[5], "Perhaps", *pupil[7:]])
    return 5_000


def floor(path: Path) -> int:
    """Rows read with nothing but the library."""
    from python_calamine import CalamineWorkbook

    if path.suffix == ".csv":
        with path.open(newline="", encoding="utf-8") as text:
            return sum(1 for _ in csv.reader(text)) - 1
    return sum(1 for _ in CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows()) - 1


def read(path: Path) -> int:
    """Rows read after a look at the file."""
    from sendviz.loading.readers import book

    return sum(sum(1 for _ in sheet.rows()) for sheet in book(path, 50).sheets) - 1


def check(path: Path) -> int:
    """Rows read and found good."""
    from sendviz import intake

    return sum(file.rows for file in intake.check([path]).files)


def load(path: Path) -> int:
    """Rows published in an SQLite database of their own, which is there already."""
    from sendviz import intake

    report = intake.load([path], _store(path.parent), "benchmark")
    assert report.stored, report.lines()
    return sum(file.rows for file in report.files)


@cache
def _store(folder: Path) -> "Store":
    from sendviz.settings import Settings
    from sendviz.store import Store

    made = tempfile.mkdtemp(dir=folder)
    return Store.open(Settings(database_url=f"sqlite:///{made}/b.db", data_dir=Path(made)))


def _others(folder: Path) -> None:
    """Prints what separated text and a workbook full of faults take."""
    for name, words in (("cohort", "csv"), ("twice", "csv of twice the rows")):
        path = folder / f"EHCP {name}.csv"
        path.with_suffix(".xlsx").symlink_to(folder / "cohort.xlsx")
        _apart("separated", path)
        path.with_suffix(".xlsx").unlink()
        kept = path.rename(folder / "EHCP cohort.csv")
        runs = [[json.loads(_apart(step, kept)) for step in ("floor", "load")] for _ in range(TIMES)]
        rows, seconds, _, peak = map(statistics.median, zip(*(run for _, run in runs), strict=True))
        times = statistics.median(run[1] / least[1] for least, run in runs)
        print(f"{words + ', published':36} {rows / seconds:>9,.0f} rows/s  {seconds:5.2f} s of a core  "
              f"{times:5.1f} x bare csv  peak {peak:4.0f} MB")  # fmt: skip
    _apart("faults", folder / "faults.xlsx")
    found, seconds, *_ = json.loads(_apart("faulty", folder / "faults.xlsx"))
    print(f"{found:,.0f} problems found and marked: {seconds:.1f} s of a core")


def _once(step: str, path: Path) -> None:
    """Runs a step once, imports not counted, and prints rows, seconds of one core, of the clock, and the peak in MB."""
    run: Callable[[Path], int] = globals()[step]
    from sendviz import intake  # noqa: F401

    _store(path.parent)
    start, started = time.process_time(), time.perf_counter()
    rows = run(path)
    seconds = time.process_time() - start, time.perf_counter() - started
    print(json.dumps([rows, *seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def _apart(step: str, path: Path) -> str:
    """What a process of its own prints."""
    words = [sys.executable, "-m", "benchmarks.load", step, str(path)]
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> None:
    """Prints each step's median of some runs in processes of their own, and of its ratios to the floor beside it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cohort.xlsx"
        _apart("workbook", path)  # a process that starts another hands it its own peak of memory: this one stays small
        print(f"{ROWS:,} rows x 15 columns, xlsx of {path.stat().st_size / 1e6:.1f} MB; medians of {TIMES}")
        found: dict[str, list[list[float]]] = {step: [] for step in STEPS}
        for _ in range(TIMES):
            for step in STEPS:
                found[step].append(json.loads(_apart(step, path)))
        least = [seconds for _, seconds, *_ in found["floor"]]
        for step in STEPS:
            rows, seconds, clock, peak = map(statistics.median, zip(*found[step], strict=True))
            times = statistics.median(run[1] / base for run, base in zip(found[step], least, strict=True))
            print(f"{WORDS[step]:36} {rows / seconds:>9,.0f} rows/s  {seconds:5.2f} s of a core  "
                  f"{times:5.2f} x floor  {clock:5.2f} s by the clock  peak {peak:4.0f} MB")  # fmt: skip
        _others(Path(folder))


if __name__ == "__main__":
    _once(sys.argv[1], Path(sys.argv[2])) if len(sys.argv) == 3 else main()
