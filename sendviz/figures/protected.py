"""Grids become figures, small numbers withheld: the one point where figures leave for a chart, a table or a file."""

from collections.abc import Callable, Collection, Sequence

from sendviz.answer import NOT_AVAILABLE, SHOWN, WITHHELD, Figure, Figures
from sendviz.disclosure import withheld
from sendviz.figures.levels import Cell, Grid, Pair
from sendviz.figures.places import At, Level
from sendviz.vocabulary import SHARE, Measure, Total


def protect(grids: Sequence[Grid], below: int) -> list[dict[Level, Figures]]:
    """Each measure's figures at each level; a later measure gives way to the earlier ones it is shown beside."""
    return [_figures(grid, *_hidden(grid, grids[:place], below)) for place, grid in enumerate(grids)]


def _hidden(grid: Grid, earlier: Sequence[Grid], below: int) -> tuple[frozenset[Cell], frozenset[Cell]]:
    """The withheld figures, and the withheld denominators."""
    if not grid.measure.of_people or below <= 1:
        return frozenset(), frozenset()
    wholes: frozenset[Cell] = frozenset()
    beside = [other for other in earlier if _tells_more(other, grid)]
    if not beside and not grid.has_small(below):
        return wholes, wholes
    if grid.measure.unit is SHARE and not grid.measure.across:
        wholes = withheld(_cells(grid, lambda level, at, pair: (pair[1] or 0,)), grid.lines(), below)

    def told(level: Level, at: At, pair: Pair) -> tuple[float, ...]:
        return (*grid.told(pair), *(n for other in beside for n in _between(other, grid, level, at)))

    one = told if beside else lambda level, at, pair: grid.told(pair)
    hidden = withheld(_cells(grid, one), grid.lines(), below, already=wholes)
    if grid.measure.across:
        whole = tuple(name for name in grid.finest if name not in grid.measure.across)
        wholes = frozenset(cell for cell in hidden if cell[0] == whole)
    return hidden, wholes


def _cells(grid: Grid, told: Callable[[Level, At, Pair], tuple[float, ...]]) -> dict[Cell, tuple[float, ...]]:
    return {
        (level, at): told(level, at, pair) for level, figures in grid.levels.items() for at, pair in figures.items()
    }


def _tells_more(earlier: Grid, later: Grid) -> bool:
    """Whether an earlier measure shown beside a later one tells of people that neither tells of alone."""
    return earlier.measure.row is later.measure.row and earlier.measure.of_people


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
        part.add is None and whole.add is None and part.each == whole.each and (whole.only.items() <= part.only.items())
    )


def _figures(grid: Grid, hidden: Collection[Cell], wholes: Collection[Cell]) -> dict[Level, Figures]:
    measure = grid.measure
    if not hidden:
        return {
            level: Figures(measure, level, tuple([_shown(measure, at, pair) for at, pair in figures.items()]))
            for level, figures in grid.levels.items()
        }
    return {
        level: Figures(
            measure, level,
            tuple(
                _withheld(measure, at, pair[1], _whole(grid, level, at) in wholes) if (level, at) in hidden
                else _shown(measure, at, pair)
                for at, pair in figures.items()
            ),
        )
        for level, figures in grid.levels.items()
    }  # fmt: skip


def _whole(grid: Grid, level: Level, at: At) -> Cell:
    """Where the denominator of a figure stands by itself."""
    kept = [i for i, name in enumerate(level) if name not in grid.measure.across]
    return tuple(level[i] for i in kept), tuple(at[i] for i in kept)


def _withheld(measure: Measure, at: At, denominator: float | None, whole_too: bool) -> Figure:
    return Figure(at, None, denominator if measure.unit is SHARE and not whole_too else None, None, WITHHELD)


def _shown(measure: Measure, at: At, pair: Pair) -> Figure:
    numerator, denominator = pair
    if measure.over is None and measure.since is None:
        return Figure(at, numerator, None, numerator, SHOWN if numerator is not None else NOT_AVAILABLE)
    if numerator is None or not denominator:
        return Figure(at, numerator, denominator, None, NOT_AVAILABLE)
    return Figure(at, numerator, denominator, numerator / denominator, SHOWN)
