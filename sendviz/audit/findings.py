"""Findings: what the audit looked at, and how much of it could be worked out."""

from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sendviz.audit.attack import Attack, Label, Reach
from sendviz.audit.bounds import Bounds
from sendviz.audit.families import Family

Cells = NDArray[np.bool_]
EXAMPLES = 5  # of what was worked out, named for each reach
Shared = tuple[Reach, str, str, tuple[str, Label], frozenset[str]]  # cells that several families have
EXACT, NEARLY = "exact", "nearly"


@dataclass
class Findings:
    """What was looked at, and what an attacker could work out of it.

    below       counts of people under this, but nought, are small
    figures     the counts that the figures tell of; `withheld` how many figures are withheld
    wrong       whether figures contradicted each other: then the attack itself is not to be trusted
    examples    where something was worked out, by reach; the counts themselves are left out
    """

    below: int
    exhibits: int = 0
    selections: int = 0
    figures: int = 0
    withheld: int = 0
    wrong: bool = False
    examples: dict[Reach, list[str]] = field(default_factory=lambda: {reach: [] for reach in Reach})
    _counts: dict[tuple[Reach, str], int] = field(default_factory=dict)
    _shared: dict[Shared, Cells] = field(default_factory=dict)
    _looked: set[Hashable] = field(default_factory=set)

    def exact(self, reach: Reach) -> int:
        """How many small counts could be worked out to the person."""
        return self._found(reach, EXACT)

    def nearly(self, reach: Reach) -> int:
        """How many more were known to be small, and not nought, for certain."""
        return self._found(reach, NEARLY)

    def _found(self, reach: Reach, how: str) -> int:
        shared = (int(cells.sum()) for key, cells in self._shared.items() if key[:2] == (reach, how))
        return self._counts.get((reach, how), 0) + sum(shared)

    def take(self, family: Family) -> None:
        """Attacks a family of selections with more and more laid side by side, and takes in what that finds."""
        self._look(family)
        attack = Attack(family)
        for reach in Reach:
            attack.work(reach)
            self.wrong |= attack.contradicted()
            for name, table in attack.tables.items():
                small = (table.low >= 1) & (table.high < self.below) & _figures(family, name[0], table)
                for how, cells in (
                    (EXACT, small & (table.low == table.high)),
                    (NEARLY, small & (table.low < table.high)),
                ):
                    if cells.any():
                        self._add(reach, how, family, name, cells)

    def _add(self, reach: Reach, how: str, family: Family, name: tuple[str, Label], cells: Cells) -> None:
        """Counts cells; those of selections that several families have once, whichever of them finds them out."""
        for filters, region in family.regions():
            found = cells[region]
            if len(filters) == len(family.filters):
                self._counts[reach, how] = self._counts.get((reach, how), 0) + int(found.sum())
            elif found.any():
                key = (reach, how, family.dataset, name, filters)
                self._shared[key] = self._shared[key] | found if key in self._shared else found.copy()
        for place in np.argwhere(cells)[: EXAMPLES if how == EXACT else 0]:
            where = family.spoken(tuple(place[: len(family.filters)]))
            if len(self.examples[reach]) < EXAMPLES and (text := f"{name[0]}: {where}") not in self.examples[reach]:
                self.examples[reach].append(text)

    def _look(self, family: Family) -> None:
        """Counts selections and figures, each once."""
        for filters, region in family.regions():
            if (key := (family.dataset, filters)) in self._looked:
                continue
            self._looked.add(key)
            inside = [bool(isinstance(part, slice)) for part in region]
            asked = {place: n for place, n in family.withheld.items() if [n > 0 for n in place] == inside}
            self.selections += len(asked)
            self.withheld += sum(asked.values())
            for (exhibit, _), table in family.tables.items():
                shown = _figures(family, exhibit, table)[(0,) * len(family.filters)]
                self.figures += len(asked) * int(shown.sum())


def _figures(family: Family, exhibit: str, table: Bounds) -> Cells:
    """The cells of a table that stand for a figure of the exhibit; of sums that no exhibit has, none."""
    shape = family.shapes[exhibit.split(" and ")[0]]
    axes = [name for name in shape.values if name in table.axes]
    shown = shape.figures()
    for n, name in reversed(list(enumerate(shape.values))):
        if name not in table.axes:
            shown = np.moveaxis(shown, n, 0)[0 if name in shape.adds else -1]
    order = [axes.index(name) for name in table.axes if name in axes]
    return np.broadcast_to(shown.transpose(order), table.low.shape)
