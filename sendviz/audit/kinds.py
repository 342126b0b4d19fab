"""Kinds: what a figure is a count of, so that the same people are known again in whichever exhibit they are counted."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sendviz.vocabulary import Exhibit, Measure, Not, Total

Condition = tuple[str, bool, frozenset[object]]  # column; whether one of these values, or any but these; the values


@dataclass(frozen=True)
class Kind:
    """The rows of a dataset that are counted: `only` those with one of these values, or with none of them; and the
    dimensions they are counted `across`, as those who answered are whatever their answer."""

    dataset: str
    counted: str
    only: frozenset[Condition]
    across: tuple[str, ...] = ()

    def within(self, whole: "Kind") -> bool:
        """Whether all it counts is counted in the whole too, and the whole may count more."""
        if (self.dataset, self.counted) != (whole.dataset, whole.counted) or self == whole:
            return False
        return set(self.across) <= set(whole.across) and all(
            any(_inside(mine, theirs) for mine in self.only) for theirs in whole.only
        )

    def apart_from(self, other: "Kind") -> bool:
        """Whether nobody is counted in both, since they have different values of a column."""
        return any(
            mine[0] == theirs[0] and mine[1] and theirs[1] and not mine[2] & theirs[2]
            for mine in self.only for theirs in other.only
        )  # fmt: skip

    def more_than(self, whole: "Kind") -> tuple[str, object] | None:
        """The one column and value by which it is less than the whole, where a filter could choose the same."""
        extra = self.only - whole.only
        if not self.within(whole) or len(extra) != 1 or whole.only - self.only or self.across != whole.across:
            return None
        name, among, values = next(iter(extra))
        return (name, next(iter(values))) if among and len(values) == 1 else None


def _inside(mine: Condition, theirs: Condition) -> bool:
    (name, among, values), (other, other_among, other_values) = mine, theirs
    if name != other:
        return False
    if among:
        return values <= other_values if other_among else not values & other_values
    return not other_among and other_values <= values


def kind_of(total: Total) -> Kind:
    """What a total counts."""
    only = frozenset(
        (name, not isinstance(wanted, Not), frozenset(wanted.values if isinstance(wanted, Not) else _listed(wanted)))
        for name, wanted in total.only.items()
    )
    return Kind(total.row.__name__, total.add or total.each or "rows", only)


def _listed(wanted: object) -> tuple[object, ...]:
    return wanted if isinstance(wanted, tuple) else (wanted,)


def kinds_of(measure: Measure) -> dict[str, Kind]:
    """What the numerator and the denominator of a measure count; a sum of weeks or pounds is no count."""
    found = {} if measure.over and measure.of.add else {"numerator": kind_of(measure.of)}
    return found | ({"denominator": replace(kind_of(measure.over), across=measure.across)} if measure.over else {})


def of_people(exhibits: Iterable[Exhibit]) -> list[Exhibit]:
    """The exhibits with a figure of people."""
    return [exhibit for exhibit in exhibits if any(measure.of_people for measure in exhibit.measures)]
