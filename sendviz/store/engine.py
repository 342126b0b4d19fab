"""Engines: SQLite or PostgreSQL by its URL, one way to write at a time, and every fault of theirs in one sentence."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, insert, make_url, text
from sqlalchemy.exc import ArgumentError

PATIENCE = 15  # seconds to wait for another program's write, or for the server to answer
WRITERS = 7_363_849  # the advisory lock that writers on PostgreSQL take in turn
EXAMPLES = "sqlite:///data/sendviz.db or postgresql://user:password@host/database"

_SQLITE_FAULTS = {
    "locked": "{name} is in use by another program: try again in a minute",
    "busy": "{name} is in use by another program: try again in a minute",
    "readonly": "{name} cannot be written to: ask for write permission on the file and its folder",
    "full": "the disk with {name} is full: make room and try again",
    "unable to open": "{name} cannot be opened: check that the folder exists and may be written to",
    "not a database": "{name} is not a database: move it away, or set SENDVIZ_DATABASE_URL to another file",
    "malformed": "{name} is damaged: put back a copy, or move it away and load the files again",
    "disk i/o": "{name} cannot be read or written: the disk reports a fault",
}


class StoreUnavailable(Exception):
    """The database cannot be used; its text is one sentence for the person at the screen."""


def make_engine(address: str, named: str = "SENDVIZ_DATABASE_URL", patience: int = PATIENCE) -> Engine:
    """An engine for the URL of this setting, which waits so many seconds for a server that does not answer or another
    program's write; StoreUnavailable when the URL is wrong or its folder cannot be made. Its faults say nothing of the
    values in a statement, which may be a child's: they may end in a server's log."""
    url = _url(address, named)
    if url.get_backend_name() == "sqlite":
        patient = {"timeout": patience}
        engine = create_engine(url, connect_args=patient, pool_size=8, max_overflow=64, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
    else:
        engine = create_engine(
            url, isolation_level="REPEATABLE READ", pool_pre_ping=True, pool_size=8, max_overflow=24,
            hide_parameters=True, connect_args={
                "connect_timeout": patience, "tcp_user_timeout": patience * 1000, "application_name": "sendviz"
            },
        )  # fmt: skip
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", lambda context: _speak(context.original_exception, url))
    return engine


def make_reader(address: str, writer: Engine) -> Engine:
    """The engine that figures are read through: one of its own where a PostgreSQL has a role that reads alone."""
    if not address:
        return writer
    reader = make_engine(address, "SENDVIZ_READER_URL")
    if {reader.dialect.name, writer.dialect.name} != {"postgresql"}:
        raise StoreUnavailable("SENDVIZ_READER_URL goes with a SENDVIZ_DATABASE_URL of PostgreSQL, and is one itself.")
    return reader


def _url(address: str, named: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError:
        raise StoreUnavailable(f"{named} is not a database's address: write {EXAMPLES}.") from None
    if url.get_backend_name() in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername != "sqlite" or not url.database or url.database == ":memory:":
        shown = url.render_as_string(hide_password=True)
        raise StoreUnavailable(f"{named} is {shown}, which cannot be used: write {EXAMPLES}.")
    if not url.database.startswith("file:"):
        _make_file(Path(url.database))
    return url


def _make_file(path: Path) -> None:
    """Makes a database's file where missing, for its owner alone: SQLite gives the files beside it the same rights."""
    make_folder(path.parent)
    with suppress(OSError):  # it is there; what else hinders, SQLite says
        path.touch(mode=0o600, exist_ok=False)


def make_folder(folder: Path) -> None:
    """Makes the folder where missing, for its owner alone; StoreUnavailable when that fails."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "it is refused").lower()
        raise StoreUnavailable(f"The folder {folder} for the data cannot be made: {reason}.") from None


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says so, reads included
    for pragma in ("synchronous=NORMAL", "cache_size=-16384", "mmap_size=268435456"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """A connection that writes, alone: commits at the end, rolls back on an exception."""
    writing = engine.execution_options(writes=True)
    if engine.dialect.name == "postgresql":  # a repeatable read would not see what the writer waited for has written
        writing = engine.execution_options(isolation_level="READ COMMITTED")
    try:
        with writing.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS})
            yield connection
    except psycopg.Error as error:  # from a copy, which does not pass through SQLAlchemy
        _speak(error, engine.url)
        raise


def insert_many(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Inserts tuples in the order of the table's columns by the driver's quickest way."""
    if not rows:
        return
    dialect = connection.dialect
    processors = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns]
    cells = (
        map(put, values) if put else values for put, values in zip(processors, zip(*rows, strict=True), strict=True)
    )
    names = [column.name for column in table.columns]
    if dialect.name == "sqlite":
        statement = str(insert(table).compile(dialect=dialect, column_keys=names))
        connection.exec_driver_sql(statement, list(zip(*cells, strict=True)))
        return
    copying = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(copying) as copy:
        for row in zip(*cells, strict=True):
            copy.write_row(row)


def _speak(error: BaseException | None, url: URL) -> None:
    """Raises StoreUnavailable for a fault of the database's surroundings; faults of ours pass."""
    if isinstance(error, sqlite3.Error):
        for sign, words in _SQLITE_FAULTS.items():
            if sign in str(error).lower():
                raise StoreUnavailable(f"The database cannot be used: {words.format(name=url.database)}.") from error
    server = f"The database {url.database} on {url.host or 'this machine'}"
    if isinstance(error, (psycopg.errors.DiskFull, psycopg.errors.ReadOnlySqlTransaction)):
        raise StoreUnavailable(f"{server} cannot be written to: its disk is full or it takes no changes.") from error
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        raise StoreUnavailable(
            f"{server} refuses this to {url.username}: run `python -m sendviz migrate` as its owner, which sets each "
            "role's rights."
        ) from error
    if isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError)):
        raise StoreUnavailable(
            f"{server} cannot be reached: check its address, name and password, and that it runs."
        ) from error
