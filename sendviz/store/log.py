"""The log: who did what and when, only ever added to, each entry sealed with the one before it."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, func, insert, select, text, true

from sendviz.selection import Selection
from sendviz.store.beside import changing
from sendviz.store.fixed import log
from sendviz.store.uploads import now

FIRST = "0" * 64  # stands before the first entry
IN_TURN = 7_363_850  # the advisory lock that those who add on PostgreSQL take in turn


class Deed(StrEnum):
    """What can be done that is logged."""

    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    REFUSED = "refused"
    LOADED = "loaded"
    PUBLISHED = "published"
    DISCARDED = "discarded"
    UNDONE = "undone"
    REDONE = "redone"
    DOWNLOADED = "downloaded"
    ROWS = "downloaded rows"
    PRESENTED = "presented"
    CHANGED = "changed"
    RETIRED = "retired"


@dataclass(frozen=True)
class Entry:
    """One deed: its number, when (in UTC), who, what, in which words, and its seal."""

    id: int
    at: dt.datetime
    who: str
    deed: Deed
    words: dict[str, str]
    seal: str

    @property
    def about(self) -> str:
        """What it was about, in a line."""
        return "; ".join(f"{name}: {value}" for name, value in self.words.items())

    def in_words(self) -> dict[str, Any]:
        """What is told of it to people, by what it is called."""
        return {"number": self.id, "when": self.at, "who": self.who, "what": self.deed.value, "about": self.about}


@dataclass(frozen=True)
class Wanted:
    """Which entries are looked for: whose, of which deed, from which day to which, as this machine counts days."""

    who: str = ""
    deed: str = ""
    first: dt.date | None = None
    last: dt.date | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """What such an entry fulfils."""
        found = [log.c.who == self.who] if self.who else []
        found += [log.c.deed == self.deed] if self.deed else []
        found += [log.c.at >= _begin(self.first)] if self.first else []
        return [*found, *([log.c.at < _begin(self.last + dt.timedelta(days=1))] if self.last else [])]


ANY = Wanted()


def about(exhibits: Iterable[str], selection: Selection) -> dict[str, str]:
    """What a download or a presentation is of, in the log's words: the exhibits' ids, and the selection in words and
    as its link."""
    link = {"link": selection.link()} if selection else {}
    return {"exhibits": ", ".join(exhibits), "selection": selection.words(), **link}


class Log:
    """The store's log. Any use may raise StoreUnavailable, in one sentence."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, who: str, deed: Deed, /, **words: str) -> None:
        """Adds an entry. `words` name what it was about (exhibits, selection, upload): never anything about a pupil."""
        with changing(self._engine) as connection:
            _add(connection, who, deed, words)

    def add_within(self, deeds: Connection, who: str, deed: Deed, /, **words: str) -> None:
        """The same of a deed that changes the store, at the end of its transaction: with PostgreSQL both or neither.

        With SQLite the log has a file of its own, and is written just before the deed is done: a machine that stops in
        between leaves a deed that is logged and was not done, never one that was done and is not logged.
        """
        if deeds.dialect.name == "postgresql":
            _add(deeds, who, deed, words)
        else:
            self.add(who, deed, **words)

    def entries(self, most: int | None = None, wanted: Wanted = ANY, skip: int = 0) -> tuple[Entry, ...]:
        """The entries that are looked for, newest first; `most` of them after the first `skip`."""
        query = select(log).where(true(), *wanted.conditions()).order_by(log.c.id.desc()).limit(most).offset(skip)
        with self._engine.connect() as connection:
            lines = connection.execute(query).mappings().all()
        return tuple(map(_entry, lines))

    def count(self, wanted: Wanted = ANY) -> int:
        """How many such entries there are."""
        query = select(func.count()).select_from(log).where(true(), *wanted.conditions())
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def people(self) -> tuple[str, ...]:
        """Everybody who did something, by the alphabet."""
        with self._engine.connect() as connection:
            return tuple(sorted(connection.execute(select(log.c.who).distinct()).scalars(), key=str.casefold))

    def seal(self) -> str:
        """The newest entry's seal: whoever keeps it elsewhere can tell later whether the log was written anew."""
        newest = self.entries(most=1)
        return newest[0].seal if newest else FIRST

    def broken_at(self) -> int | None:
        """The number of the first entry that was changed, or before which one is missing; None when all is well.

        Whoever can write to the database's files could still write the whole log anew: keep the newest seal elsewhere.
        """
        before = FIRST
        with self._engine.connect() as connection:
            for line in connection.execute(select(log).order_by(log.c.id)).mappings():
                if line["before"] != before or line["hash"] != _seal(line):
                    return int(line["id"])
                before = line["hash"]
        return None


def verdict(broken_at: int | None, seal: str) -> str:
    """Whether the log is whole, in a sentence."""
    if broken_at is None:
        return f"The log is whole: each entry follows from the one before it. The newest one's seal is {seal}."
    return f"The log is not whole: entry {broken_at}, or one before it, was changed or taken out."


def _add(connection: Connection, who: str, deed: Deed, words: Mapping[str, str]) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": IN_TURN})
    before = connection.execute(select(log.c.hash).order_by(log.c.id.desc()).limit(1)).scalar() or FIRST
    told = json.dumps(words, ensure_ascii=False, sort_keys=True)
    cells = {"at": now(), "who": who, "deed": deed.value, "words": told, "before": before}
    connection.execute(insert(log).values(**cells, hash=_seal(cells)))


def _begin(day: dt.date) -> dt.datetime:
    """When the day begins here, in UTC, as the table keeps it."""
    return dt.datetime.combine(day, dt.time()).astimezone(dt.UTC).replace(tzinfo=None)


def _seal(cells: Mapping[str, object] | RowMapping) -> str:
    sealed = [str(cells[name]) for name in ("at", "who", "deed", "words", "before")]
    return hashlib.sha256(json.dumps(sealed, ensure_ascii=False).encode()).hexdigest()


def _entry(line: RowMapping) -> Entry:
    when = line["at"].replace(tzinfo=dt.UTC)
    return Entry(line["id"], when, line["who"], Deed(line["deed"]), json.loads(line["words"]), line["hash"])
