"""Health: whether the database answers, and of which day its data are; asked by monitors, several times a minute."""

import datetime as dt
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text

from sendviz.store.engine import StoreUnavailable, make_engine
from sendviz.store.limits import begin
from sendviz.store.reading import Reading
from sendviz.store.tables import TABLES, Tables
from sendviz.store.upgrading import fits

PATIENCE = 2  # seconds, the least that PostgreSQL's library takes
FRESH = 1.0  # seconds for which an answer is given again: whoever asks often asks the database no oftener
UNFIT = "The database is not in the form that this program needs: run python -m sendviz migrate."


@dataclass(frozen=True)
class Health:
    """What is known: `fault` is one sentence that may name the database's host, "" when all is well; `date` is the last
    day that the data speak of, None without data."""

    fault: str
    date: dt.date | None


class Pulse:
    """Asks a database by a connection of its own, so that it is answered when all others are in use; where figures are
    read through another role, by one of that role's too."""

    def __init__(self, database_url: str, reader_url: str = "", tables: Tables = TABLES) -> None:
        self._urls, self._tables = (database_url, reader_url or database_url), tables
        self._engines: dict[str, Engine] = {}
        self._one_at_a_time = threading.Lock()
        self._asked, self._last = float("-inf"), Health("", None)
        self._known: tuple[int, dt.date | None] = (-1, None)

    def health(self) -> Health:
        """How the database is, as of the last second; takes no longer than some seconds when it does not answer."""
        with self._one_at_a_time:
            if time.monotonic() - self._asked > FRESH:
                self._last = self._ask()
                self._asked = time.monotonic()
            return self._last

    def close(self) -> None:
        """Closes its connections."""
        for engine in self._engines.values():
            engine.dispose()

    def _ask(self) -> Health:
        try:
            writer, reader = self._urls
            with self._connection(writer) as connection:
                if not fits(connection, self._tables):
                    return Health(UNFIT, None)
            with self._connection(reader) as connection:
                return Health("", self._date(connection))
        except StoreUnavailable as error:
            return Health(str(error), None)

    @contextmanager
    def _connection(self, url: str) -> Iterator[Connection]:
        self._engines[url] = self._engines.get(url) or make_engine(url, patience=PATIENCE)
        with self._engines[url].connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SET LOCAL statement_timeout = '{PATIENCE}s'"))
            yield connection

    def _date(self, connection: Connection) -> dt.date | None:
        version = begin(connection, ())
        if version != self._known[0]:
            dated = [row for row in self._tables.rows.values() if row.is_dated() and not row.made_from]
            data = Reading(connection, self._tables, version, {})
            self._known = version, max(filter(None, map(data.data_date, dated)), default=None)
        return self._known[1]
