"""Running orders as they are kept: each under a name of its own, until it is removed."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, RowMapping, delete, insert, select, update

from sendviz.running import LONGEST_NAME, RunningOrder
from sendviz.store.engine import transaction
from sendviz.store.fixed import running_orders as table
from sendviz.store.log import Deed, Log
from sendviz.store.uploads import now

GONE = "This running order is no longer there: somebody may have deleted it."


class NoSuchOrder(ValueError):
    """A running order that is not there; its text is one sentence."""


class NameTaken(ValueError):
    """A name that another running order has; its text is one sentence."""


class ChangedMeanwhile(ValueError):
    """A running order that somebody else has changed since it was looked at; its text is one sentence."""


@dataclass(frozen=True)
class KeptOrder:
    """A running order in the store: its number, who changed it last and when (in UTC)."""

    id: int
    order: RunningOrder
    who: str
    when: dt.datetime


class Orders:
    """The store's running orders; a change of them is logged. Any use may raise StoreUnavailable, in one sentence."""

    def __init__(self, engine: Engine, log: Log) -> None:
        self._engine, self._log = engine, log

    def all(self) -> tuple[KeptOrder, ...]:
        """Every running order, the one changed last first."""
        with self._engine.connect() as connection:
            newest_first = select(table).order_by(table.c.changed_at.desc(), table.c.id.desc())
            lines = connection.execute(newest_first).mappings().all()
        return tuple(map(_kept, lines))

    def get(self, order_id: int) -> KeptOrder:
        """The running order of this number; NoSuchOrder when there is none."""
        with self._engine.connect() as connection:
            line = connection.execute(select(table).where(table.c.id == order_id)).mappings().first()
        if line is None:
            raise NoSuchOrder(GONE)
        return _kept(line)

    def named(self, name: str) -> KeptOrder:
        """The running order of this name, in capitals or not; NoSuchOrder, with those there are, when there is none."""
        found = self.all()
        for kept in found:
            if kept.order.name.casefold() == name.strip().casefold():
                return kept
        there = ", ".join(f"“{kept.order.name}”" for kept in found) or "none yet"
        raise NoSuchOrder(f"There is no running order “{name}”; there are: {there}.")

    def add(self, order: RunningOrder, who: str) -> int:
        """Keeps a new running order and returns its number; NameTaken when another has its name."""
        with transaction(self._engine) as connection:
            _free(connection, order.name)
            new = insert(table).values(**_cells(order, who)).returning(table.c.id)
            number = int(connection.execute(new).scalar_one())
            self._tell(connection, who, "made", number, order.name)
            return number

    def free(self, name: str) -> str:
        """The name if no other running order has it, else with the first number that makes it one: `Spring (2)`."""
        taken = {kept.order.name.casefold() for kept in self.all()}
        endings = ("", *(f" ({number})" for number in range(2, len(taken) + 2)))
        made = (name[: LONGEST_NAME - len(ending)].rstrip() + ending for ending in endings)
        return next(one for one in made if one.casefold() not in taken)

    def change(self, order_id: int, order: RunningOrder, who: str, seen: dt.datetime | None = None) -> None:
        """Puts this in the place of a running order; NoSuchOrder, or NameTaken when another has its name.

        `seen` is the time of the last change that whoever changes it has seen: ChangedMeanwhile if there is a later.
        """
        with transaction(self._engine) as connection:
            found = connection.execute(select(table).where(table.c.id == order_id)).mappings().first()
            if found is None:
                raise NoSuchOrder(GONE)
            if seen and found["changed_at"].replace(tzinfo=dt.UTC) != seen:
                raise ChangedMeanwhile(
                    f"{found['who']} has changed this running order meanwhile: it is shown as it is now, so do your "
                    "change again."
                )
            _free(connection, order.name, but=order_id)
            connection.execute(update(table).where(table.c.id == order_id).values(**_cells(order, who)))
            self._tell(connection, who, "changed", order_id, order.name)

    def remove(self, order_id: int, who: str) -> None:
        """Removes a running order; NoSuchOrder when there is none."""
        with transaction(self._engine) as connection:
            gone = delete(table).where(table.c.id == order_id).returning(table.c.name)
            name = connection.execute(gone).scalar()
            if name is None:
                raise NoSuchOrder(GONE)
            self._tell(connection, who, "deleted", order_id, name)

    def _tell(self, connection: Connection, who: str, how: str, number: int, name: str) -> None:
        words = {"what": "running order", "how": how, "number": str(number), "name": name}
        self._log.add_within(connection, who, Deed.CHANGED, **words)


def _free(connection: Connection, name: str, but: int = 0) -> None:
    others = connection.execute(select(table.c.name).where(table.c.id != but)).scalars()
    if name.casefold() in map(str.casefold, others):  # here, since SQLite's lower() knows no accents
        raise NameTaken(f"There is a running order “{name}” already: choose another name.")


def _cells(order: RunningOrder, who: str) -> dict[str, object]:
    return {"name": order.name, "slides": order.written(), "who": who, "changed_at": now()}


def _kept(cells: RowMapping) -> KeptOrder:
    order = RunningOrder.kept(cells["slides"])
    return KeptOrder(cells["id"], order, cells["who"], cells["changed_at"].replace(tzinfo=dt.UTC))
