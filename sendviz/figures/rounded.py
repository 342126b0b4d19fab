"""Grids become rounded figures: counts to a multiple of 5, and what is worked out of such counts."""

from sendviz.answer import NOT_AVAILABLE, SHOWN, WITHHELD, Figure, Figures
from sendviz.figures.levels import Grid, Pair
from sendviz.figures.places import At, Level
from sendviz.rounding import FOR_A_SHARE, TOO_FEW, Rounding, of_three_figures


def rounded(grid: Grid, rounding: Rounding) -> dict[Level, Figures]:
    """A measure's figures of people, rounded, at each level. Each stands by itself: totals need not add up."""
    figure = _count if grid.measure.over is None else _mean if grid.measure.of.add else _share
    return {
        level: Figures(grid.measure, level, tuple([figure(at, pair, rounding) for at, pair in figures.items()]))
        for level, figures in grid.levels.items()
    }


def _count(at: At, pair: Pair, rounding: Rounding) -> Figure:
    count = pair[0]
    if count is None:
        return Figure(at, None, None, None, NOT_AVAILABLE)
    if count < TOO_FEW:
        return Figure(at, None, None, None, WITHHELD)
    shown = rounding.count(count)
    return Figure(at, shown, None, shown, SHOWN)


def _share(at: At, pair: Pair, rounding: Rounding) -> Figure:
    part, whole = pair
    if part is None or whole is None:
        return Figure(at, None, None, None, NOT_AVAILABLE)
    over = None if whole < TOO_FEW else rounding.count(whole)
    if over is None or whole < FOR_A_SHARE or part < TOO_FEW:
        return Figure(at, None, over, None, WITHHELD)
    shown = min(rounding.count(part), over)
    return Figure(at, shown, over, shown / over, SHOWN)


def _mean(at: At, pair: Pair, rounding: Rounding) -> Figure:
    total, people = pair
    if total is None or people is None:
        return Figure(at, None, None, None, NOT_AVAILABLE)
    over = None if people < TOO_FEW else rounding.count(people)
    if over is None or people < FOR_A_SHARE:
        return Figure(at, None, over, None, WITHHELD)
    mean = of_three_figures(total / people)
    return Figure(at, mean * over, over, mean, SHOWN)
