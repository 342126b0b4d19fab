"""Adding: rows on their way into an upload, and the scopes they take over from earlier uploads."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Table, update

from sendviz.store.engine import insert_many
from sendviz.store.fixed import scopes, uploads
from sendviz.store.keeping import Keeping
from sendviz.store.spells import Gathering
from sendviz.vocabulary import Row

Hide = Callable[[Sequence[str]], list[str]]
Scope = tuple[object, ...]
AT_ONCE = 5_000  # spells to a statement


def getter(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """A function from a row to these columns' values, always a tuple."""
    if len(names) == 1:
        get = attrgetter(names[0])
        return lambda row: (get(row),)
    return attrgetter(*names) if names else lambda row: ()


class Adding:
    """An upload that takes rows. `rows` may be called any number of times; `finish` once, by the writer."""

    def __init__(self, connection: Connection, table: Table, row: type[Row], upload_id: int, hide: Hide) -> None:
        self.connection, self.table, self.row, self.upload_id = connection, table, row, upload_id
        self.pupils = [n for n, column in enumerate(table.columns) if column.name in row.fields
                       and row.fields[column.name].kind == "pupil"]  # fmt: skip
        self.hide = hide
        self.count = 0
        self.span: list[Any] = []

    def rows(self, batch: Sequence[Row]) -> None:
        """Takes rows, already validated, in any order."""
        raise NotImplementedError

    def finish(self) -> None:
        """Stores what is still held, and how much it was."""
        first, last = (min(self.span), max(self.span)) if self.span else (None, None)
        values = {"rows": self.count, "first": first and str(first), "last": last and str(last)}
        self.connection.execute(update(uploads).where(uploads.c.id == self.upload_id).values(**values))

    def _note(self, periods: set[Any]) -> None:
        self.span = [pick([*self.span, *periods]) for pick in (min, max)] if periods else self.span

    def _insert(self, lines: list[tuple[Any, ...]]) -> None:
        """Inserts lines in the order of the table's columns, pupils under their pseudonyms."""
        if lines and self.pupils:
            columns: list[Any] = list(zip(*lines, strict=True))
            for place in self.pupils:
                columns[place] = self.hide(columns[place])
            lines = list(zip(*columns, strict=True))
        insert_many(self.connection, self.table, lines)

    def _hold(self, held: Sequence[Scope]) -> dict[Scope, int]:
        """Records that the upload holds these scopes; returns the number of each."""
        if not held:
            return {}
        at = self.row.replaces.index(self.row.when) if self.row.when else None
        own = {"upload_id": self.upload_id, "dataset": self.row.dataset, "current": False}
        lines = [
            own | {"scope": json.dumps(scope, ensure_ascii=False), "period": None if at is None else scope[at]}
            for scope in held
        ]
        new = scopes.insert().returning(scopes.c.id, sort_by_parameter_order=True)
        return dict(zip(held, self.connection.execute(new, lines).scalars(), strict=True))


class Events(Adding):
    """Rows kept one by one, each with its scope."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._values, self._scope_of = getter(tuple(self.row.fields)), getter(self.row.replaces)
        self._held: dict[Scope, int] = {}
        self._numbers: dict[Scope, int] = {}
        self._keeping = Keeping(self.connection, self.table, self.row)

    def rows(self, batch: Sequence[Row]) -> None:
        """Takes rows and stores them."""
        batch = self._keeping.filled(batch)
        found = list(map(self._scope_of, batch))
        new = {raw: tuple(f"{v:%Y-%m}" if isinstance(v, dt.date) else v for v in raw)
               for raw in dict.fromkeys(found) if raw not in self._numbers}  # fmt: skip
        self._held |= self._hold(list(dict.fromkeys(scope for scope in new.values() if scope not in self._held)))
        self._numbers |= {raw: self._held[scope] for raw, scope in new.items()}
        values = map(self._values, batch)
        own = self.upload_id
        self._insert([(own, self._numbers[raw], *cells) for raw, cells in zip(found, values, strict=True)])
        self.count += len(batch)
        if self.row.when:
            self._note({getattr(row, self.row.when) for row in batch})

    def finish(self) -> None:
        """Takes over the months between the first and last too: a month without rows had none."""
        if not self.row.replaces and () not in self._held:
            self._hold([()])
        if self.row.is_dated() and self.row.when:
            self._fill(self.row.replaces.index(self.row.when))
        super().finish()

    def _fill(self, place: int) -> None:
        months: dict[Scope, set[str]] = defaultdict(set)
        for scope in self._held:
            months[scope[:place] + scope[place + 1 :]].add(str(scope[place]))
        for rest, held in months.items():
            gone = sorted(set(_between(min(held), max(held))) - held)
            self._hold([(*rest[:place], month, *rest[place:]) for month in gone])


class States(Adding):
    """Rows of a stock, kept as spells: one for each run of month ends in which nothing about a pupil changed."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._gathering = Gathering()
        self._when = attrgetter(self.row.when or "")
        self._state = getter([name for name in self.row.fields if name != self.row.when])

    def rows(self, batch: Sequence[Row]) -> None:
        """Takes rows; they are stored as spells when all are there."""
        self._gathering.all(map(self._when, batch), map(self._state, batch))
        self.count += len(batch)

    def finish(self) -> None:
        """Stores the spells."""
        lines: list[tuple[Any, ...]] = []
        for spell in self._gathering.spells():
            lines.append((self.upload_id, *spell))
            if len(lines) == AT_ONCE:
                self._insert(lines)
                lines = []
        self._insert(lines)
        self._hold([(f"{day:%Y-%m}",) for day in self._gathering.month_ends])
        self._note(set(self._gathering.month_ends))
        super().finish()


def _between(first: str, last: str) -> list[str]:
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(start, end + 1)]
