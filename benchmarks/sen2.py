"""How fast a SEN2 return of 10,000 pupils becomes published figures, as CSV and as XML, beside bare reading."""

import csv
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.parsers.expat import ParserCreate

PUPILS, TIMES = 10_000, 3


def made(folder: Path) -> None:
    """Writes the return of invented pupils into a folder: eight CSV files, and the same as XML."""
    from tests.returns import as_csv, as_xml, invented

    what = invented(PUPILS)
    as_csv(folder, what)
    as_xml(folder / "return.xml", what)


def floor(paths: list[Path]) -> None:
    """Reads the files with nothing but the standard library."""
    for path in paths:
        if path.suffix == ".xml":
            ParserCreate().Parse(path.read_bytes(), True)
        else:
            with path.open(newline="", encoding="utf-8") as text:
                sum(1 for _ in csv.reader(text))


def load(paths: list[Path]) -> None:
    """Reads, joins, checks, stores and publishes them, in an SQLite database of their own."""
    from sendviz import intake
    from sendviz.settings import Settings
    from sendviz.store import Store

    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Settings(database_url=f"sqlite:///{folder}/b.db", data_dir=Path(folder)))
        report = intake.load(paths, store, "benchmark")
        store.close()
    assert report.stored, report.lines()


def _once(step: str, folder: Path, form: str) -> None:
    """Runs a step once, imports not counted, and prints seconds of one core, of the clock, and the peak in MB."""
    from sendviz import intake  # noqa: F401

    paths = sorted(folder.glob(f"*.{form}"))
    start, started = time.process_time(), time.perf_counter()
    globals()[step](paths)
    seconds = time.process_time() - start, time.perf_counter() - started
    print(json.dumps([*seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def _apart(*words: str) -> str:
    """What a process of its own prints."""
    run = [sys.executable, "-m", "benchmarks.sen2", *words]
    return subprocess.run(run, check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> None:
    """Prints, for each form, the median of three runs in processes of their own, and its ratio to the floor."""
    with tempfile.TemporaryDirectory() as folder:
        _apart(folder)
        print(f"A SEN2 return of {PUPILS:,} pupils, read, joined, stored, published; medians of {TIMES}")
        for form in ("csv", "xml"):
            base, found = ([json.loads(_apart(step, folder, form)) for _ in range(TIMES)] for step in ("floor", "load"))
            seconds, clock, peak = map(statistics.median, zip(*found, strict=True))
            least = statistics.median(run[0] for run in base)
            print(f"{form:36} {seconds:5.2f} s of a core  {seconds / least:5.1f} x floor  {clock:5.2f} s by the clock  "
                  f"peak {peak:4.0f} MB")  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) == 2:
        made(Path(sys.argv[1]))
    elif len(sys.argv) == 4:
        _once(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
    else:
        main()
