"""Notes on charts: what happened on a day that a reader of the charts should know, kept and taken back like uploads."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, insert, select, update

from sendviz.store.engine import transaction
from sendviz.store.fixed import events as table
from sendviz.store.fixed import publication
from sendviz.store.log import Deed, Log
from sendviz.store.uploads import now

LONGEST = 60  # letters that have room on a chart


class NoSuchEvent(ValueError):
    """An event that cannot be taken back or put back; its text is one sentence."""


class BadEvent(ValueError):
    """An event that says nothing, or too much for a chart; its text is one sentence."""


@dataclass(frozen=True)
class Event:
    """What happened: its day, a short text, and the ids of the exhibits it stands on (none: on every chart by month).

    `undone_by` says who took it back.
    """

    id: int
    day: dt.date
    text: str
    exhibits: tuple[str, ...]
    who: str
    when: dt.datetime
    undone_by: str | None = None

    @property
    def month(self) -> dt.date:
        """The month it happened in, as its first day."""
        return self.day.replace(day=1)

    @property
    def words(self) -> str:
        """What happened and when: `15 September 2025: Cluster pilot starts`."""
        return f"{self.day.day} {self.day:%B %Y}: {self.text}"

    @property
    def in_force(self) -> bool:
        """Whether it stands on the charts."""
        return self.undone_by is None

    def on(self, exhibit_id: str) -> bool:
        """Whether it stands on this exhibit."""
        return self.in_force and (not self.exhibits or exhibit_id in self.exhibits)


class EventList:
    """The store's events. A change of them is a new version of the data, and is logged: by number and day, since what
    it says is in the writer's own words. Any use may raise StoreUnavailable."""

    def __init__(self, engine: Engine, log: Log) -> None:
        self._engine, self._log = engine, log

    def all(self) -> tuple[Event, ...]:
        """Every event, those taken back too, by day."""
        with self._engine.connect() as connection:
            return all_events(connection)

    def add(self, day: dt.date, text: str, exhibits: Collection[str], who: str) -> int:
        """Keeps an event and returns its number; BadEvent where its text is empty or has no room on a chart."""
        words = " ".join(text.split())
        if not 0 < len(words) <= LONGEST:
            raise BadEvent(f"The text of a note on the charts has 1 to {LONGEST} letters; this one has {len(words)}.")
        line = {"day": day, "text": words, "exhibits": " ".join(exhibits), "who": who, "added_at": now()}
        with transaction(self._engine) as connection:
            found = connection.execute(insert(table).values(**line).returning(table.c.id)).scalar_one()
            _new_version(connection)
            self._tell(connection, who, "added", found, day)
            return int(found)

    def undo(self, event_id: int, who: str) -> None:
        """Takes an event off the charts; NoSuchEvent when there is none, or it is off already."""
        gone = {"undone_by": who, "undone_at": now()}
        self._set(event_id, table.c.undone_by.is_(None), gone, who, "taken back")

    def redo(self, event_id: int, who: str) -> None:
        """Puts an event back; NoSuchEvent when there is none, or it is there."""
        back: dict[str, object] = {"undone_by": None, "undone_at": None}
        self._set(event_id, table.c.undone_by.is_not(None), back, who, "put back")

    def _set(self, event_id: int, state: ColumnElement[bool], cells: dict[str, object], who: str, how: str) -> None:
        with transaction(self._engine) as connection:
            changed = update(table).where(table.c.id == event_id, state).values(**cells).returning(table.c.day)
            day = connection.execute(changed).scalar()
            if day is None:
                raise NoSuchEvent("This note is no longer as it was: look at the list again.")
            _new_version(connection)
            self._tell(connection, who, how, event_id, day)

    def _tell(self, connection: Connection, who: str, how: str, number: int, day: dt.date) -> None:
        words = {"what": "note on charts", "how": how, "number": str(number), "day": f"{day:%d/%m/%Y}"}
        self._log.add_within(connection, who, Deed.CHANGED, **words)


def all_events(connection: Connection) -> tuple[Event, ...]:
    """Every event, by day."""
    lines = connection.execute(select(table).order_by(table.c.day, table.c.id)).mappings()
    return tuple(map(_event, lines))


def _event(cells: RowMapping) -> Event:
    when, exhibits = cells["added_at"].replace(tzinfo=dt.UTC), tuple(cells["exhibits"].split())
    return Event(cells["id"], cells["day"], cells["text"], exhibits, cells["who"], when, cells["undone_by"])


def _new_version(connection: Connection) -> None:
    connection.execute(update(publication).values(version=publication.c.version + 1))
