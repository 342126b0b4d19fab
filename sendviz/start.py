"""The store, opened: with the sample in it where it is empty."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sendviz.settings import Settings
from sendviz.store import Store, StoreUnavailable

SAMPLE = Path(__file__).parent.parent / "sample_data"
LOADED_BY = "sample"
PATIENCE = 300  # seconds to wait for another process that loads the sample


class SampleBroken(StoreUnavailable):
    """The sample in this copy of the program cannot be loaded; its text is one sentence."""


def open_store(settings: Settings) -> Store:
    """The store these settings name; one that never held anything gets the sample first, unless a setting says no.

    StoreUnavailable when there is no such store. Two processes that start at once load the sample once.
    """
    store = Store.open(settings)
    if settings.sample and not store.uploads():
        with _one_at_a_time(settings.data_dir):
            if not store.uploads():
                _load_sample(store)
    return store


def _load_sample(store: Store) -> None:
    from sendviz.intake import load

    files = sorted(path for path in SAMPLE.iterdir() if path.suffix in (".xlsx", ".csv"))
    report = load(files, store, who=LOADED_BY, sample=True)
    if not report.ok:
        raise SampleBroken(f"The sample data cannot be loaded: {report.lines()[0]}")


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Holds others back until it is left. An SQLite file is the lock: it works alike on every system, and goes with its
    process."""
    with closing(_locked(folder / "starting.lock")):
        yield


def _locked(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
    except (OSError, sqlite3.Error) as error:
        raise StoreUnavailable(
            f"The data folder {path.parent} cannot be used: {getattr(error, 'strerror', None) or error}."
        ) from error
    return lock
