"""The log: who did what and when, only ever added to, each entry sealed with the one before it."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Engine, RowMapping, insert, select, text

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


class Log:
    """The store's log. Any use may raise StoreUnavailable, in one sentence."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, who: str, deed: Deed, **words: str) -> None:
        """Adds an entry. `words` name what it was about (exhibits, selection, file): never anything about a pupil."""
        at, told = now(), json.dumps(words, ensure_ascii=False, sort_keys=True)
        with changing(self._engine) as connection:
            if self._engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": IN_TURN})
            before = connection.execute(select(log.c.hash).order_by(log.c.id.desc()).limit(1)).scalar() or FIRST
            cells = {"at": at, "who": who, "deed": deed.value, "words": told, "before": before}
            connection.execute(insert(log).values(**cells, hash=_seal(cells)))

    def entries(self, most: int | None = None) -> tuple[Entry, ...]:
        """The entries, newest first; `most` of them."""
        with self._engine.connect() as connection:
            lines = connection.execute(select(log).order_by(log.c.id.desc()).limit(most)).mappings().all()
        return tuple(map(_entry, lines))

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


def _seal(cells: Mapping[str, object] | RowMapping) -> str:
    sealed = [str(cells[name]) for name in ("at", "who", "deed", "words", "before")]
    return hashlib.sha256(json.dumps(sealed, ensure_ascii=False).encode()).hexdigest()


def _entry(line: RowMapping) -> Entry:
    when = line["at"].replace(tzinfo=dt.UTC)
    return Entry(line["id"], when, line["who"], Deed(line["deed"]), json.loads(line["words"]), line["hash"])
