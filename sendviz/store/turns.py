"""Turns: processes that must not do the same thing at once wait for each other."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sendviz.store.engine import StoreUnavailable

PATIENCE = 300  # seconds to wait for another process: one that loads the sample, or a folder of files


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Holds others back until it is left; StoreUnavailable when that takes too long, or the file cannot be made.

    An SQLite file is the lock: it works alike on every system, and goes with its process.
    """
    with closing(_locked(lock)):
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
