"""The attack: what all that is shown to a family's selections tells of the counts that are not shown."""

import itertools
from collections.abc import Callable, Iterator
from enum import IntEnum
from functools import partial

import numpy as np

from sendviz.audit.bounds import ENDLESS, Bounds, same, same_along, sum_of, sums_along
from sendviz.audit.families import Family
from sendviz.audit.kinds import Kind, kind_of
from sendviz.vocabulary import MONTH

ROUNDS = 40  # more have never taught anything that was worth the time
Label = tuple[Kind, ...]  # what a table counts; of two the first without the second; of four, the same of such rests
Fact = Callable[[], bool]  # something known to hold: it narrows bounds, and says whether that was news


class Reach(IntEnum):
    """How much an attacker lays side by side."""

    EXHIBIT = 1  # one exhibit for one selection
    SELECTION = 2  # all exhibits for one selection
    NEIGHBOURS = 3  # all exhibits for all selections


class Attack:
    """An attacker on one family, who lays more and more side by side and forgets nothing."""

    def __init__(self, family: Family) -> None:
        self.family = family
        self.stock = next(iter(family.shapes.values())).exhibit.row.stock
        self.tables: dict[tuple[str, Label], Bounds] = {(e, (kind,)): t for (e, kind), t in family.tables.items()}
        self._facts: dict[Reach, list[Fact]] = {reach: [] for reach in Reach}
        self._rests()
        self._the_same_people()
        self._sums()
        self._filters_and_dimensions()
        self._filters_and_kinds()

    def work(self, reach: Reach) -> None:
        """Takes in all that follows from what may be laid side by side, until nothing new does."""
        facts = [fact for one in Reach if one <= reach for fact in self._facts[one]]
        for _ in range(ROUNDS):
            news = [fact() for fact in facts]  # all of them: each learns from the one before
            if not any(news) or self.contradicted():
                break

    def contradicted(self) -> bool:
        """Whether some count would have to be more than it can be: then something taken for true is not."""
        return any(table.contradictory() for table in self.tables.values())

    def _pairs(self) -> Iterator[tuple[tuple[str, Label], tuple[str, Label], Bounds, Bounds]]:
        """Every two tables, the larger kind first, at the places that both have."""
        for one, other in itertools.permutations(list(self.tables), 2):
            ours, theirs = self._aligned(self.tables[one], self.tables[other])
            if ours is not None and theirs is not None:
                yield one, other, ours, theirs

    def _aligned(self, one: Bounds, other: Bounds) -> tuple[Bounds | None, Bounds | None]:
        """Both at the axes they share; of a stock at its newest month end, where one has no other."""
        if self.stock and (MONTH in one.axes) != (MONTH in other.axes):
            one, other = (table.at(MONTH, -1) if MONTH in table.axes else table for table in (one, other))
        shared = [axis for axis in one.axes if axis in other.axes]
        return one.totals(shared), other.totals(shared)

    def _rests(self) -> None:
        """Those who are in a whole but not in its part, wherever both are counted; and the same once more of these."""
        for inside in (_part_of, _part_of_rest, _rest_of_rest):
            known: set[tuple[Label, tuple[str, ...]]] = set()
            for (exhibit, whole), (other, part), ours, theirs in list(self._pairs()):
                label = (*whole, *part)
                reach = Reach.EXHIBIT if exhibit == other else Reach.SELECTION
                if exhibit != other and (label, ours.axes) in known:
                    continue
                if inside(whole, part) and not self._of_records(whole, part):
                    known.add((label, ours.axes))
                    rest = self.tables[exhibit if exhibit == other else f"{exhibit} and {other}", label] = ours.like()
                    self._facts[reach].append(partial(sum_of, ours, [theirs, rest]))
                    self._unlike(reach, ours, theirs, rest)

    def _unlike(self, reach: Reach, whole: Bounds, part: Bounds, rest: Bounds) -> None:
        """The same count is always shown alike: where whole and part are not, the rest is somebody."""
        somebody = (whole.low > 0) & (part.low > 0) & (whole.high != part.high)
        if somebody.any():
            endless = np.full(rest.high.shape, ENDLESS, np.int64)
            self._facts[reach].append(partial(rest.known, somebody.astype(np.int64), endless))

    def _of_records(self, whole: Label, part: Label) -> bool:
        """Whether the rest is what an exhibit itself counts as records and not as people: those without a cost."""
        others = (shape.exhibit.options.get("count also") for shape in self.family.shapes.values())
        kinds = [kind_of(other.of) for other in others if other is not None and not other.of_people]
        return any(kind.within(whole[0]) and kind.apart_from(part[0]) for kind in kinds)

    def _the_same_people(self) -> None:
        """Those counted in two exhibits, and those who answered beside each of the answers."""
        for (exhibit, label), (other, other_label), ours, theirs in list(self._pairs()):
            if label == other_label and exhibit < other:
                self._facts[Reach.SELECTION].append(partial(same, ours, theirs))
        for (_, label), table in self.tables.items():
            for axis in label[0].across if len(label) == 1 else ():
                self._facts[Reach.EXHIBIT].append(partial(same_along, table, axis))

    def _sums(self) -> None:
        for table in self.tables.values():
            for axis in table.axes:
                if axis in table.adds:
                    reach = Reach.NEIGHBOURS if axis in self.family.axes else Reach.EXHIBIT
                    self._facts[reach].append(partial(sums_along, table, axis))
                    total, *parts = (table.at(axis, n) for n in range(table.low.shape[table.axes.index(axis)]))
                    for one, other in itertools.permutations(parts) if len(parts) == 2 else ():
                        self._unlike(reach, total, one, other)

    def _filters_and_dimensions(self) -> None:
        """A filter's value is the same as that value of an exhibit's dimension, and no other value of it."""
        for (exhibit, _), table in self.tables.items():
            for name, axis in zip(self.family.filters, self.family.axes, strict=True):
                if name not in table.axes or name not in table.adds:
                    continue
                values = self.family.shapes[exhibit.split(" and ")[0]].values[name]
                for (n, option), (m, value) in itertools.product(
                    enumerate(self.family.options[name], 1), enumerate(values, 1)
                ):
                    filtered = table.at(axis, n)
                    if option == value:
                        self._know(Reach.NEIGHBOURS, table.at(axis, 0).at(name, m), filtered.at(name, 0))
                    else:
                        cells = filtered.at(name, m)
                        cells.known(cells.low, cells.low * 0)

    def _filters_and_kinds(self) -> None:
        """A filter's value is the same as counting only those with it, as those without an exception."""
        for (_, part), (_, whole), theirs, ours in list(self._pairs()):
            less = part[0].more_than(whole[0]) if len(part) == len(whole) == 1 else None
            if less is None or less[0] not in self.family.filters:
                continue
            axis = self.family.axes[self.family.filters.index(less[0])]
            for n, option in enumerate(self.family.options[less[0]], 1):
                filtered = theirs.at(axis, n)
                if option == less[1]:
                    self._know(Reach.NEIGHBOURS, ours.at(axis, n), filtered)
                    self._know(Reach.NEIGHBOURS, filtered, theirs.at(axis, 0))
                else:
                    filtered.known(filtered.low, filtered.low * 0)

    def _know(self, reach: Reach, one: Bounds, other: Bounds) -> None:
        self._facts[reach].append(partial(same, one, other))


def _part_of(whole: Label, part: Label) -> bool:
    return len(whole) == 1 and part[0].within(whole[0])


def _part_of_rest(whole: Label, part: Label) -> bool:
    """Whether the part is of what a rest leaves: those pending, of those not agreed."""
    return len(whole) == 2 and len(part) == 1 and part[0].within(whole[0]) and part[0].apart_from(whole[1])


def _rest_of_rest(whole: Label, part: Label) -> bool:
    """Whether both are rests, and all of the one is in the other: those late without an exception in those late."""
    if len(whole) != 2 or len(part) != 2 or not part[0].within(whole[0]):
        return False
    return part[1].only == part[0].only | whole[1].only
