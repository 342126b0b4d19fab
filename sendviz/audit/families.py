"""Families: every selection of one or two filters of a dataset, with all that its exhibits show for each of them."""

import itertools
import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sendviz.answer import Answer
from sendviz.audit.bounds import Bounds
from sendviz.audit.kinds import Kind, kinds_of
from sendviz.audit.seen import Rule, all_withheld, said, told, withheld
from sendviz.audit.shapes import Shape, filter_axis
from sendviz.selection import Selection
from sendviz.vocabulary import Exhibit

Ask = Callable[[Exhibit, Selection], Answer]
Options = dict[str, tuple[str, ...]]  # the filters of a dataset and the values they offer
Place = tuple[int, ...]  # of a selection: 0 where a filter is not in force


@dataclass
class Family:
    """What is shown for all selections of these filters: a table for each exhibit and kind of people counted.

    `withheld` counts the figures withheld for each selection that was looked at.
    """

    filters: tuple[str, ...]
    options: Options
    shapes: dict[str, Shape]
    tables: dict[tuple[str, Kind], Bounds] = field(default_factory=dict)
    withheld: dict[Place, int] = field(default_factory=lambda: defaultdict(int))

    def selections(self) -> Iterator[tuple[Place, Selection]]:
        """Every selection of these filters, whether each is in force or not."""
        for place in self.places():
            yield place, self._selection(place)

    def places(self) -> Iterator[Place]:
        """Where those selections stand."""
        yield from itertools.product(*(range(len(self.options[name]) + 1) for name in self.filters))

    def forget(self) -> None:
        """Lets go of what was learnt, for the room it takes."""
        self.tables.clear()

    def _selection(self, place: Place) -> Selection:
        chosen = zip(self.filters, place, strict=True)
        return Selection.of({name: [self.options[name][n - 1]] for name, n in chosen if n})

    def look(self, ask: Ask, rule: Rule, left_out: Collection[Place] = ()) -> "Family":
        """Asks for all selections but those left out, and takes in what their answers tell."""
        whole = self._whole()
        for place, selection in self.selections():
            if place in left_out:
                continue
            for shape in sorted(self.shapes.values(), key=lambda shape: shape is not whole):
                answer = ask(shape.exhibit, selection)
                self._take_in(place, shape, answer, rule)
                if shape is whole and (answer.empty or (rule.off and all_withheld(answer))):
                    break  # what all others count is part of it: nobody, or too few for anything to be shown
        return self

    def _whole(self) -> Shape | None:
        """An exhibit that counts everybody whom the others count some of."""
        counted = {shape.exhibit.id: kinds_of(m)["denominator" if m.over else "numerator"]
                   for shape in self.shapes.values() for m in shape.exhibit.measures[:1]}  # fmt: skip
        for shape in self.shapes.values():
            kind = counted[shape.exhibit.id]
            if all(other == kind or other.within(kind) for other in counted.values()):
                return shape
        return None

    def _take_in(self, place: Place, shape: Shape, answer: Answer, rule: Rule) -> None:
        self.withheld[place] += withheld(answer)
        for one in told(answer, rule):
            table = self._table(shape, one.kind)
            low, high = table.low[place].reshape(-1), table.high[place].reshape(-1)
            at = shape.places(one.level, (row.at for row in one.figures.rows))
            low[at], high[at] = np.maximum(low[at], one.low), np.minimum(high[at], one.high)
        if (apart := said(answer, rule)) is not None:
            kind, least, most = apart
            cell = self._table(replace(shape, values={}, adds=frozenset(), at=((),)), kind)
            cell.low[place], cell.high[place] = least, most

    def _table(self, shape: Shape, kind: Kind) -> Bounds:
        key = shape.exhibit.id, kind
        if key not in self.tables:
            self.tables[key] = shape.table([(name, len(self.options[name])) for name in self.filters], kind)
        return self.tables[key]

    @property
    def axes(self) -> tuple[str, ...]:
        """The axes of the filters."""
        return tuple(map(filter_axis, self.filters))

    @property
    def dataset(self) -> str:
        """The dataset that all is counted from."""
        return next(iter(self.shapes.values())).exhibit.row.title()

    def regions(self) -> Iterator[tuple[frozenset[str], tuple[int | slice, ...]]]:
        """The cells of the selections in which the same filters are in force, by those filters."""
        for inside in itertools.product((False, True), repeat=len(self.filters)):
            names = frozenset(itertools.compress(self.filters, inside))
            yield names, tuple(slice(1, None) if one else 0 for one in inside)

    def spoken(self, place: Place) -> str:
        """A selection in words."""
        return self._selection(place).words()


def combinations(names: Collection[str], depth: int) -> Iterator[tuple[str, ...]]:
    """The sets of so many filters, or of all where there are fewer: each holds the selections of its subsets too."""
    yield from itertools.combinations(names, min(depth, len(names)))


def chosen(families: Sequence[Family], most: int | None, seed: int) -> list[set[Place]]:
    """For each family the selections to leave out, so that no more than `most` of two filters are looked at in all."""
    both = [(n, place) for n, one in enumerate(families) for place in one.places() if len(place) > 1 and all(place)]
    left_out: list[set[Place]] = [set() for _ in families]
    if most is not None and len(both) > most:
        for n, place in random.Random(seed).sample(both, len(both) - most):
            left_out[n].add(place)
    return left_out
