"""Grids become figures, small numbers withheld: the one point where figures leave for a chart, a table or a file."""

from collections.abc import Sequence

from sendviz.answer import NOT_AVAILABLE, SHOWN, WITHHELD, Figure, Figures
from sendviz.disclosure import withheld
from sendviz.figures.grid import At, Cell, Grid, Level
from sendviz.vocabulary import SHARE, Measure, Total


def protect(grids: Sequence[Grid], below: int) -> list[dict[Level, Figures]]:
    """Each measure's figures at each level; a later measure gives way to the earlier ones it is shown beside."""
    return [_figures(grid, *_hidden(grid, grids[:place], below)) for place, grid in enumerate(grids)]


def _hidden(grid: Grid, earlier: Sequence[Grid], below: int) -> tuple[frozenset[Cell], frozenset[Cell]]:
    """The withheld figures, and the withheld denominators."""
    if not grid.measure.of_people or below <= 1:
        return frozenset(), frozenset()
    wholes: frozenset[Cell] = frozenset()
    if grid.measure.unit is SHARE and not grid.measure.across:
        counts = {
            (level, at): (pair[1] or 0,) for level, figures in grid.levels.items() for at, pair in figures.items()
        }
        wholes = withheld(counts, grid.lines, below)
    told = {
        (level, at): (*grid.counts(level, at), *(n for other in earlier for n in _between(other, grid, level, at)))
        for level, figures in grid.levels.items()
        for at in figures
    }
    hidden = withheld(told, grid.lines, below, already=wholes)
    if grid.measure.across:
        whole = tuple(name for name in grid.finest if name not in grid.measure.across)
        wholes = frozenset(cell for cell in hidden if cell[0] == whole)
    return hidden, wholes


def _between(earlier: Grid, later: Grid, level: Level, at: At) -> list[float]:
    """The counts that follow from showing both: what is in the earlier measure but not in the later, nested one."""
    if at not in earlier.levels.get(level, {}):
        return []
    (a, over_a), (b, over_b) = earlier.levels[level][at], later.levels[level][at]
    told = []
    if a is not None and b is not None and _part_of(later.measure.of, earlier.measure.of):
        told.append(abs(a - b))
        if over_a is not None and over_b is not None:
            told.append(abs((over_a - a) - (over_b - b)))
    if over_a is not None and over_b is not None:
        told.append(abs(over_a - over_b))
    return told


def _part_of(part: Total, whole: Total) -> bool:
    return (
        part.add is None and whole.add is None and part.each == whole.each and whole.only.items() <= part.only.items()
    )


def _figures(grid: Grid, hidden: frozenset[Cell], wholes: frozenset[Cell]) -> dict[Level, Figures]:
    return {
        level: Figures(
            grid.measure,
            level,
            tuple(_figure(grid.measure, at, pair, (level, at) in hidden, _whole(grid, level, at) in wholes)
                  for at, pair in figures.items()),
        )
        for level, figures in grid.levels.items()
    }  # fmt: skip


def _whole(grid: Grid, level: Level, at: At) -> Cell:
    """Where the denominator of a figure stands by itself."""
    kept = [i for i, name in enumerate(level) if name not in grid.measure.across]
    return tuple(level[i] for i in kept), tuple(at[i] for i in kept)


def _figure(
    measure: Measure, at: At, pair: tuple[float | None, float | None], is_hidden: bool, whole_hidden: bool
) -> Figure:
    numerator, denominator = pair
    if is_hidden:
        shows_whole = measure.unit is SHARE and not whole_hidden
        return Figure(at, None, denominator if shows_whole else None, None, WITHHELD)
    if numerator is None or (measure.over is not None and not denominator):
        return Figure(at, numerator, denominator, None, NOT_AVAILABLE)
    return Figure(
        at, numerator, denominator, numerator / denominator if measure.over and denominator else numerator, SHOWN
    )
