"""Intake apart: files are read, checked and stored by a process of its own, under limits of memory and time.

A file made to harm, or one that its reader cannot manage, ends that process and nothing else: whatever it had written
is rolled back, and one sentence says which file it was. The two processes speak in lines of JSON.
"""

import json
import os
import subprocess  # nosec B404 # another process of this program, whose words are all our own
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sendviz.settings import Settings, settings

if TYPE_CHECKING:
    from sendviz.intake import File
    from sendviz.loading import Report

Progress = Callable[[str, int], None]
NEAR = 0.95  # of the memory allowed
CHECK, LOAD, STAGE, MARK = "check", "load", "stage", "mark"


def check(files: Sequence["Path | File"], settings: Settings, as_dataset: str | None = None) -> "Report":
    """What a load of these files would find; nothing is stored. StoreUnavailable when the database cannot be used."""
    return _ask(CHECK, files, settings, "", as_dataset)


def load(files: Sequence["Path | File"], settings: Settings, who: str, as_dataset: str | None = None) -> "Report":
    """Checks the files, stores their rows and publishes them: all files or none. StoreUnavailable as above."""
    return _ask(LOAD, files, settings, who, as_dataset)


def stage(
    files: Sequence["Path | File"], settings: Settings, who: str, as_dataset: str | None = None,
    progress: Progress | None = None,
) -> "Report":  # fmt: skip
    """Checks the files and stores, unseen, the rows of those without a problem. StoreUnavailable as above."""
    return _ask(STAGE, files, settings, who, as_dataset, progress)


def mark(file: "File", report: "Report", to: Path, settings: Settings) -> None:
    """Writes the marked copy of a file, by what was found in it. FileRefused where there cannot be one."""
    from sendviz.loading import FileRefused, Report

    found = Report([sheet for sheet in report.files if sheet.file == file.name])
    job = {"do": MARK, "files": [(str(file.path), file.name)], "report": found.written(), "to": str(to)}
    heard, in_time = _heard(job, settings)
    if not heard.get("marked"):
        raise FileRefused(
            heard.get("refused") or _outcome(heard, file.name, in_time, settings).files[0].problems[0].rule
        )


def _heard(
    job: dict[str, Any], settings: Settings, each: Callable[[dict[str, Any]], None] = lambda line: None
) -> tuple[dict[str, Any], bool]:
    """The last thing the process said of the job, `each` told all of them; and whether it kept to its time."""
    heard: dict[str, Any] = {}
    with _process(settings) as (process, in_time):
        for line in _said(process, job):
            heard = line
            each(line)
        process.wait()
    return heard, in_time()


def _ask(
    what: str, files: Sequence["Path | File"], settings: Settings, who: str, as_dataset: str | None,
    progress: Progress | None = None,
) -> "Report":  # fmt: skip
    named = [file if isinstance(file, tuple) else (file, file.name) for file in files]
    job = {"do": what, "files": [(str(path), name) for path, name in named], "who": who, "as": as_dataset}
    at = named[0][1] if named else ""

    def each(line: dict[str, Any]) -> None:
        nonlocal at
        if "file" in line:
            at = line["file"]
            if progress:
                progress(at, line["rows"])

    heard, in_time = _heard(job, settings, each)
    return _outcome(heard, at, in_time, settings)


@contextmanager
def _process(settings: Settings) -> Iterator[tuple["subprocess.Popen[str]", Callable[[], bool]]]:
    """The process, stopped when its time is over or we are done with it; and whether it kept to its time."""
    late = threading.Event()
    words = [sys.executable, "-m", "sendviz.apart"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    environment = os.environ | settings.environment() | {"PYTHONPATH": _ours(), "OPENBLAS_NUM_THREADS": "1"}
    with subprocess.Popen(  # type: ignore[call-overload]  # nosec B603 # the same
        words, text=True, encoding="utf-8", env=environment, **pipes
    ) as process:

        def stop() -> None:
            late.set()
            process.kill()

        clock = threading.Timer(settings.reading_seconds, stop)
        clock.daemon = True
        clock.start()
        try:
            yield process, lambda: not late.is_set()
        finally:
            clock.cancel()
            process.kill()


def _ours() -> str:
    """Where Python finds this package, wherever the program was started."""
    return os.pathsep.join([str(Path(__file__).parent.parent), *filter(None, [os.environ.get("PYTHONPATH", "")])])


def _said(process: "subprocess.Popen[str]", job: dict[str, Any]) -> Iterator[dict[str, Any]]:
    assert process.stdin and process.stdout
    with suppress(OSError):  # it has ended already: what it said tells why
        process.stdin.write(json.dumps(job))
        process.stdin.close()
    for line in process.stdout:
        with suppress(json.JSONDecodeError):  # broken off in the middle of a line
            yield json.loads(line)


def _outcome(heard: dict[str, Any], at: str, in_time: bool, settings: Settings) -> "Report":
    """The report; StoreUnavailable as the process met it; or a report that the file broke the process."""
    from sendviz.loading import Report, SheetReport
    from sendviz.store import StoreUnavailable

    if "report" in heard:
        return Report.read(heard["report"])
    if "unavailable" in heard:
        raise StoreUnavailable(heard["unavailable"])
    if "fault" in heard:
        raise RuntimeError(heard["fault"])
    whole = SheetReport(at)
    whole.problem(
        f"The file takes more than the {settings.reading_mb} MB of memory that reading may use (SENDVIZ_READING_MB): "
        "delete rows and columns beyond the data, or split the file."
        if in_time else
        f"Reading took longer than the {settings.reading_seconds} seconds allowed (SENDVIZ_READING_SECONDS) and was "
        "stopped: split the file."
    )  # fmt: skip
    return Report([whole])


def _work(job: dict[str, Any]) -> dict[str, Any]:
    """What the process apart does: the job, and what came of it."""
    from sendviz import intake
    from sendviz.store import Store, StoreUnavailable

    files = [intake.File(Path(path), name) for path, name in job["files"]]
    try:
        if job["do"] == MARK:
            return _marked(files[0], job)
        store = Store.open(settings())
        if job["do"] == CHECK:
            report = intake.check(files, job["as"], store, _tell)
        elif job["do"] == LOAD:
            report = intake.load(files, store, job["who"], job["as"], progress=_tell)
        else:
            report = intake.stage(files, store, job["who"], job["as"], _tell)
    except StoreUnavailable as error:
        return {"unavailable": str(error)}
    except MemoryError:
        return {}
    except Exception as error:  # noqa: BLE001 - of ours: its text may hold what stands in a cell, so only its kind is told
        return {"fault": type(error).__name__}
    return {"report": report.written()}


def _marked(file: "File", job: dict[str, Any]) -> dict[str, Any]:
    from sendviz.loading import FileRefused, Report
    from sendviz.loading.marked import marked

    try:
        marked(file.path, Report.read(job["report"]).files, Path(job["to"]), settings().max_upload_mb, file.name)
    except FileRefused as refused:
        return {"refused": str(refused)}
    return {"marked": True}


def _tell(file: str, rows: int) -> None:
    _say({"file": file, "rows": rows})


def _say(line: dict[str, Any], to: IO[str] | None = None) -> None:
    print(json.dumps(line), file=to or sys.stdout, flush=True)


def _limit(megabytes: int) -> None:
    """Bounds the memory of this process, where the system can (Windows cannot).

    Close to the bound a process may crawl for minutes from one refused allocation to the next: so it is watched too,
    and ended a little before.
    """
    with suppress(ImportError, ValueError, OSError):
        import resource

        most = megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        threading.Thread(target=_watch, args=(most * NEAR, resource.getpagesize()), daemon=True).start()


def _watch(most: float, page: int) -> None:
    """Ends this process when its data take more; returns where the system does not tell."""
    with suppress(OSError), Path("/proc/self/statm").open("rb", buffering=0) as told:
        while int(told.read().split()[5]) * page < most:
            time.sleep(0.05)
            told.seek(0)
        os._exit(1)


if __name__ == "__main__":
    _limit(settings().reading_mb)
    _say(_work(json.load(sys.stdin)))
