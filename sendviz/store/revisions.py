"""Revisions: where a database stands among the migrations, and its way back to an earlier one."""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text, update

from sendviz.settings import Settings
from sendviz.store.engine import make_engine, transaction
from sendviz.store.fixed import publication
from sendviz.store.upgrading import MIGRATIONS, alembic


@dataclass(frozen=True)
class Revision:
    """A migration: its number, and what it brings, in its file's own words."""

    number: str
    brings: str


class NoSuchRevision(ValueError):
    """A revision that the database cannot be taken to; its text is one sentence."""


def revisions() -> tuple[Revision, ...]:
    """Every migration of this program, oldest first."""
    paths = sorted((MIGRATIONS / "versions").glob("[0-9]*.py"))
    words = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "" for path in paths)
    return tuple(Revision(path.stem[:4], " ".join(said.split())) for path, said in zip(paths, words, strict=True))


def standing(settings: Settings) -> str:
    """The number of the last migration the database has had; "" before the first."""
    with _connection(settings) as connection:
        return _standing(connection)


def go_back(settings: Settings, to: str, really: bool) -> tuple[Revision, ...]:
    """Takes the database back to an earlier revision, in one transaction; returns those taken back, newest first, and
    unless `really` does no more than that. What only they keep is deleted; the program that opens the database next
    makes the rest fit itself. NoSuchRevision where there is no such way."""
    with _connection(settings) as connection:
        back = _between(to, _standing(connection))
        if really and back:
            alembic(connection, "downgrade", to)
            connection.execute(update(publication).values(shape=None))
    return back


@contextmanager
def _connection(settings: Settings) -> Iterator[Connection]:
    engine = make_engine(settings.database_url)
    try:
        with transaction(engine) as connection:
            yield connection
    finally:
        engine.dispose()


def _between(to: str, at: str) -> tuple[Revision, ...]:
    had = [revision.number for revision in revisions() if revision.number <= at]
    if to not in had:
        raise NoSuchRevision(f"The database cannot go back to “{to}”: it has had {', '.join(had) or 'none yet'}.")
    return tuple(revision for revision in reversed(revisions()) if to < revision.number <= at)


def _standing(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
