"""Levels: a measure at all of an exhibit's dimensions and at every total of them, and how they add up."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from sendviz.disclosure import Line
from sendviz.figures.places import At, Level
from sendviz.vocabulary import MONTH, Exhibit, Measure

YEAR = "year"
Cell = tuple[Level, At]  # where a figure stands: its level, and the values there
Pair = tuple[float | None, float | None]  # numerator and denominator; None is not available or none


@dataclass(frozen=True)
class Addition:
    """A level that is the sum of a finer one: `to` gives a finer place its place in it."""

    level: Level
    finer: Level
    to: Callable[[At], At]


@dataclass
class Grid:
    """One measure's numerators and denominators by level (a tuple of dimensions) and place."""

    measure: Measure
    levels: dict[Level, dict[At, Pair]]
    additions: list[Addition] = field(default_factory=list)  # the grandest total first

    @property
    def finest(self) -> Level:
        """All of the exhibit's dimensions."""
        return next(iter(self.levels))

    def lines(self) -> Iterator[Line[Cell]]:
        """Every total with its parts, the grandest first."""
        for addition in self.additions:
            groups: dict[At, list[Cell]] = defaultdict(list)
            for key in self.levels[addition.finer]:
                groups[addition.to(key)].append((addition.finer, key))
            for at, parts in groups.items():
                yield Line((addition.level, at), tuple(parts))

    def has_small(self, below: int) -> bool:
        """Whether any figure at any level tells of a small count."""
        pairs = (pair for level in self.levels.values() for pair in level.values())
        if self.measure.over is None:
            return any(0 < (numerator or 0) < below for numerator, _ in pairs)
        return any(0 < count < below for pair in pairs for count in self.told(pair))

    def told(self, pair: Pair) -> tuple[float, ...]:
        """The counts of people that showing such a figure would tell of."""
        numerator, denominator = pair
        if numerator is None and denominator is None:
            return ()
        if self.measure.over is None:
            return (numerator or 0,)
        if self.measure.of.add:
            return (denominator or 0,)  # a sum of weeks or pounds is no count: how many it is over is
        return (numerator or 0, (denominator or 0) - (numerator or 0))


def add_levels(grid: Grid, exhibit: Exhibit) -> None:
    """Gives the grid every total over dimensions that may be added up."""
    by = exhibit.by
    apart = set(by) if grid.measure.as_given else {*exhibit.apart, *grid.measure.across}
    free = [name for name in by if name not in apart and not (name == MONTH and exhibit.row.stock)]
    tiers: list[list[Addition]] = []
    for size in range(1, len(free) + 1):  # how many dimensions are added up
        pairs = [(left_out, name) for left_out in itertools.combinations(free, size) for name in left_out]
        tiers.append([_addition(by, left_out, name) for left_out, name in pairs])
        for addition in tiers[-1]:
            if addition.level not in grid.levels:
                grid.levels[addition.level] = _added(grid.levels[addition.finer], addition.to)
    if MONTH in free and (MONTH,) in grid.levels:
        tiers.append(_years(grid))
    if grid.measure.across:
        tiers.insert(0, [_those_who_answered(grid)])
    grid.additions = [addition for tier in reversed(tiers) for addition in tier]


def _addition(by: Level, left_out: Level, name: str) -> Addition:
    level = tuple(n for n in by if n not in left_out)
    finer = tuple(n for n in by if n in level or n == name)
    return Addition(level, finer, _projection(finer, level))


def _projection(finer: Level, level: Level) -> Callable[[At], At]:
    kept = [i for i, name in enumerate(finer) if name in level]
    if not kept:
        return lambda key: ()
    if len(kept) == 1:
        only = kept[0]
        return lambda key: (key[only],)
    return lambda key: tuple([key[i] for i in kept])


def _years(grid: Grid) -> list[Addition]:
    """Calendar years between the months and the whole."""
    to_year = Addition((YEAR,), (MONTH,), lambda key: (key[0].year,))  # type: ignore[attr-defined]
    grid.levels[(YEAR,)] = _added(grid.levels[(MONTH,)], to_year.to)
    return [Addition((), (YEAR,), lambda key: ()), to_year]


def _those_who_answered(grid: Grid) -> Addition:
    """Where one answer is chosen, the answers add up to those who answered: as good as a total."""
    level = tuple(name for name in grid.finest if name not in grid.measure.across)
    to = _projection(grid.finest, level)
    grid.levels[level] = {to(key): (over, over) for key, (_, over) in grid.levels[grid.finest].items()}
    return Addition(level, grid.finest, to)


def _added(finer: Mapping[At, Pair], to: Callable[[At], At]) -> dict[At, Pair]:
    """Totals of what is there; not available where nothing is."""
    totals: dict[At, Pair] = {}
    for key, (numerator, denominator) in finer.items():
        at = to(key)
        n, d = totals.get(at, (None, None))
        if numerator is not None:
            n = numerator + (n or 0)
            d = d if denominator is None else denominator + (d or 0)
        totals[at] = (n, d)
    return totals
