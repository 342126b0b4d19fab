"""The filters in force: what they are, in words, in links and on the command line."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from sendviz.datasets import ROWS, of_people
from sendviz.vocabulary import Exhibit
from sendviz.vocabulary.dimensions import FILTERS
from sendviz.vocabulary.row import Row

FROM, TO = "from", "to"
NOT_OPENED = "nothing opened to you"


class BadSelection(ValueError):
    """A filter that does not exist or a month that is none; its text is one sentence."""


def filter_title(name: str) -> str:
    """The filter's label: the column's own."""
    return next(row.fields[name].title for row in ROWS.values() if name in row.fields)


def not_filtered_by(labels: Sequence[str]) -> str:
    """Not filtered by locality, home LA or dates: labels as they stand inside a sentence; "" where there are none."""
    *others, last = [label if label[:2].isupper() else label[:1].lower() + label[1:] for label in labels] or [""]
    return f"not filtered by {' or '.join(filter(None, (', '.join(others), last)))}" if labels else ""


def filters_of(exhibits: Iterable[Exhibit]) -> tuple[str, ...]:
    """The filters that act on one of these exhibits at least, in their fixed order."""
    acting = {name for exhibit in exhibits for name in exhibit.row.fields}
    return tuple(name for name in FILTERS if name in acting)


def month_words(month: dt.date) -> str:
    """January 2026."""
    return f"{month:%B %Y}"


def _month(text: str) -> dt.date:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise BadSelection(f"{text!r} is not a month: months are written like 2026-01.")
    return dt.date(int(text[:4]), int(text[5:]), 1)


Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Selection:
    """The filters in force: values by column name (several mean either), and the first and last month.

    `limit` is what whoever asks may see at all, by column name: the store reads no other rows for them. It is in no
    link, and nothing is shown of a dataset of people that has no such column. `()` is no limit.
    """

    where: Where = ()
    start: dt.date | None = None
    end: dt.date | None = None
    limit: Where = ()

    @classmethod
    def of(
        cls, where: Mapping[str, Iterable[str]] | None = None, start: dt.date | None = None, end: dt.date | None = None
    ) -> "Selection":
        """A selection in its one canonical form, so that equal selections are equal (and cached once)."""
        given = where or {}
        if unknown := [name for name in given if name not in FILTERS]:
            raise BadSelection(f"There is no filter {unknown[0]!r}; there are: {', '.join(FILTERS)}.")
        if start and end and start > end:
            raise BadSelection(f"The first month, {month_words(start)}, is after the last, {month_words(end)}.")
        kept = {name: tuple(sorted(set(given[name]))) for name in FILTERS if name in given}
        return cls(tuple((name, values) for name, values in kept.items() if values), start, end)

    @classmethod
    def read(cls, pairs: Mapping[str, Iterable[str]]) -> "Selection":
        """The selection of a link or of `--where`, `--from` and `--to`; BadSelection when it cannot be one."""
        where = {name: values for name, values in pairs.items() if name not in (FROM, TO)}
        first, last = ([*pairs.get(name, ())] for name in (FROM, TO))
        return cls.of(where, _month(first[-1]) if first else None, _month(last[-1]) if last else None)

    @classmethod
    def forgiving(
        cls, pairs: Mapping[str, Iterable[str]], known: Callable[[str], Collection[str]]
    ) -> "tuple[Selection, tuple[str, ...]]":
        """The selection of a link, and what was dropped from it as unknown, in words.

        `known(name)` gives a filter's values.
        """
        where: dict[str, list[str]] = {}
        months: dict[str, dt.date] = {}
        dropped = []
        for name, values in pairs.items():
            for value in values:
                if name in (FROM, TO) and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value):
                    months[name] = _month(value)
                elif name in FILTERS and value in known(name):
                    where.setdefault(name, []).append(value)
                elif name in FILTERS or name in (FROM, TO):
                    dropped.append(f"{filter_title(name) if name in FILTERS else name.capitalize()} “{value}”")
        start, end = months.get(FROM), months.get(TO)
        if start and end and start > end:
            start, end = end, start
        return cls.of(where, start, end), tuple(dropped)

    def limited_to(self, limit: Where) -> "Selection":
        """The same for whoever may see no more than this; a limit it has already is never widened."""
        return replace(self, limit=tuple(dict.fromkeys((*self.limit, *limit))))

    def refuses(self, row: type[Row]) -> bool:
        """Whether the dataset tells of people and cannot be limited to what may be seen."""
        return of_people(row) and any(name not in row.fields for name, _ in self.limit)

    def known_by(self, known: Callable[[str], Collection[str]]) -> "Selection":
        """The same without values that whoever asks may not know of, by `known(name)`: a filter left without any leaves
        nothing."""
        where = ((name, tuple(value for value in values if value in known(name))) for name, values in self.where)
        return replace(self, where=tuple(where))

    @cached_property
    def values(self) -> dict[str, tuple[str, ...]]:
        """The filters' values by name."""
        return dict(self.where)

    def query(self) -> dict[str, list[str]]:
        """As a link carries it: `?locality=Central&locality=North&from=2024-01`."""
        pairs = {name: list(values) for name, values in self.where}
        pairs |= {name: [f"{month:%Y-%m}"] for name, month in ((FROM, self.start), (TO, self.end)) if month}
        return pairs

    def link(self) -> str:
        """The same as text: `?locality=Central&from=2024-01`; "" when nothing is filtered."""
        return f"?{urlencode(self.query(), doseq=True)}" if self else ""

    def words(self) -> str:
        """`Locality: Central or North · January 2024 to January 2026`; `Everything` when nothing is filtered."""
        parts = [f"{filter_title(name)}: {' or '.join(values) or NOT_OPENED}" for name, values in self.where]
        if self.start and self.end:
            parts.append(f"{month_words(self.start)} to {month_words(self.end)}")
        elif self.start or self.end:
            parts.append(f"from {month_words(self.start)}" if self.start else f"to {month_words(self.end)}")  # type: ignore[arg-type]
        parts += [f"Opened to you: {filter_title(name)} {' and '.join(values)}" for name, values in self.limit]
        return " · ".join(parts) or "No filters: everything there is"

    def for_row(self, row: type[Row]) -> "Selection":
        """What of this selection acts on a dataset: equal for selections that give the same figures."""
        dated = row.is_dated()
        kept = tuple((name, values) for name, values in self.where if name in row.fields)
        return replace(self, where=kept, start=self.start if dated else None, end=self.end if dated else None)

    def ignored_by(self, row: type[Row]) -> tuple[str, ...]:
        """The labels of the filters in force that the dataset cannot use."""
        ignored = [filter_title(name) for name, _ in self.where if name not in row.fields]
        if (self.start or self.end) and self.for_row(row).start is None and self.for_row(row).end is None:
            ignored.append("Dates")
        return tuple(ignored)

    def __bool__(self) -> bool:
        """Whether any filter is in force."""
        return bool(self.where or self.start or self.end)
