"""A folder that other systems put files into: what loads moves on, what cannot stays with its report beside it."""

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

from sendviz import apart
from sendviz.loading import Report
from sendviz.settings import Settings
from sendviz.store import Store, one_at_a_time

LOADED, REPORT = "loaded", ".report.txt"
STILL = 5  # seconds since its last change after which a file is taken to be whole
PASSED_OVER = (".", "~$")  # how the names of files begin that are other programs' own


def load(folder: Path, settings: Settings, who: str) -> Report:
    """Loads and publishes every file of the folder that has no problem, all at once, and moves it to `loaded/` in it.

    A file with a problem stays, and a text of its name and `.report.txt` says what to mend; the text goes when the file
    loads. A file changed a moment ago is left for the next time. It may be run again at any time, also when it was
    broken off, and twice at once: the second waits. StoreUnavailable when the database cannot be used.
    """
    with one_at_a_time(settings.data_dir / "folder.lock"):
        files = list(_waiting(folder))
        if not files:
            return Report(stored=True)
        report = apart.stage(files, settings, who)
        new = [file.upload for file in report.files if file.upload is not None and file.rows]
        store = Store.open(settings)
        try:
            if new:
                store.publish(new, who)
        finally:
            store.close()
        report.stored = True
        for path in files:
            _settle(path, report.about(path.name))
    return report


def _waiting(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        ours = path.name.startswith(PASSED_OVER) or path.name.endswith(REPORT)
        if path.is_file() and not ours and time.time() - path.stat().st_mtime >= STILL:
            yield path


def _settle(path: Path, report: Report) -> None:
    beside = path.with_name(path.name + REPORT)
    if not report.ok:
        beside.write_text("\n".join(report.lines()) + "\n", encoding="utf-8")
        return
    beside.unlink(missing_ok=True)
    (path.parent / LOADED).mkdir(exist_ok=True)
    path.replace(path.parent / LOADED / f"{dt.datetime.now():%Y-%m-%d %H%M%S} {path.name}")
