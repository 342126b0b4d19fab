"""Where a native chart's axes reach to, and where its plot area stands: worked out here, so that every program that
opens the file draws the same, and rules can be put over the months."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, log10

from sendviz.exports.powerpoint.fitting import Box, height, width
from sendviz.exports.powerpoint.sheets import Kind, Label, Plot, Series
from sendviz.vocabulary import SHARE, Unit

TEXT, SMALL_TEXT, STRONG, TITLE = 14, 12, 18, 16  # points
GAP = 0.1  # inches between words and what they are about
SWATCH = 0.35  # inches of a legend's square and of the space round it
WIDEST_NAMES = 0.46  # of a chart's width
ROUND = (1, 2, 3, 6, 12, 24, 36, 60, 120)  # months
STEPS = (1, 2, 2.5, 3, 4, 5, 10)  # of a power of ten, from line to line of the grid
APART, MOST_STEPS = 0.6, 5  # inches between lines of the grid, and how many there are


@dataclass(frozen=True)
class Scale:
    """An axis of figures: from, to and the step of its grid."""

    low: float
    high: float
    step: float


@dataclass(frozen=True)
class Frame:
    """A chart's own measures in inches: the whole, the plot area in it, and the axis of its figures."""

    width: float
    height: float
    area: Box
    scale: Scale

    def down(self, value: float) -> float:
        """How far from the chart's top a figure stands."""
        return self.area.bottom - (value - self.scale.low) / (self.scale.high - self.scale.low) * self.area.height


def text_size(plot: Plot) -> int:
    """The size of axis labels and figures, in points."""
    many = plot.kind is Kind.BARS and len(plot.categories) * len(plot.series) > 14
    return SMALL_TEXT if plot.small or many else TEXT


def said(unit: Unit, value: float) -> str:
    """The figure as it will be written by `number_format`, to measure it."""
    return unit.words(value)


def number_format(unit: Unit) -> str:
    """The number format of figures written in a chart: that of a workbook, with the unit where it is a word."""
    return f'{unit.excel}"{unit.after}"' if unit.after.startswith(" ") else unit.excel


def measure(plot: Plot, across: float, down: float, above: float = 0.0) -> Frame:
    """The measures of a chart this many inches wide and high, with so much kept free above its plot area."""
    head = title_height(plot, across) + legend_height(plot, across) + above
    if plot.kind in (Kind.BARS, Kind.STACKED):
        left = min(max((width(name, text_size(plot)) for name in _categories(plot)), default=0) * 1.06 + GAP,
                   across * WIDEST_NAMES)  # fmt: skip
        area = Box(left, head, max(across - left - GAP, 0.5), max(down - head - 0.05, 0.3))
        return Frame(across, down, area, _scale_of_bars(plot, area.width))
    half = text_size(plot) / 72 * 0.6  # a line of words is that much higher than what it stands beside
    head, foot = head + half, half if plot.above else text_size(plot) / 72 * 1.9
    scale = _scale(plot, max(down - head - foot, 0.3))
    left = max(width(said(plot.unit, scale.high), text_size(plot)), width(said(plot.unit, scale.low), text_size(plot)))
    right = max((_end_width(plot, series) for series in plot.series), default=0)
    area = Box(left + GAP, head, max(across - left - GAP - right, 0.5), max(down - head - foot, 0.3))
    return Frame(across, down, area, scale)


def aligned(frames: Sequence[Frame]) -> list[Frame]:
    """The measures of charts over each other, with their plot areas from the same left to the same right."""
    left = max(frame.area.left for frame in frames)
    right = min(frame.area.right for frame in frames)
    return [replace(f, area=Box(left, f.area.top, max(right - left, 0.5), f.area.height)) for f in frames]


def _categories(plot: Plot) -> list[str]:
    return [name + mark for name, mark in zip(plot.categories, marks(plot), strict=True)]


def marks(plot: Plot) -> list[str]:
    """What is added to each category's name where its figure is missing: ` [c]`."""
    given = plot.series[0].marks if plot.series else ()
    found = [f" [{mark}]" if mark else "" for mark in given]
    return found + [""] * (len(plot.categories) - len(found))


def title_height(plot: Plot, across: float) -> float:
    """The inches that the chart's own title takes."""
    return height(plot.title, SMALL_TEXT + 1 if plot.small else TITLE, across, bold=True) + GAP if plot.title else 0.0


def legend_height(plot: Plot, across: float) -> float:
    """The inches that the legend takes under it."""
    if not plot.legend:
        return 0.0
    taken = sum(width(series.name, text_size(plot)) + SWATCH for series in plot.series)
    return ceil(taken / across) * text_size(plot) / 72 * 1.5 + GAP


def _end_width(plot: Plot, series: Series) -> float:
    """The room that words at the end of a line need."""
    if plot.kind is not Kind.LINES or series.label is Label.NONE or series.last is None:
        return 0.05
    return width(end_words(plot, series), label_size(plot, series), bold=True) * 1.05 + 2 * GAP


def end_words(plot: Plot, series: Series) -> str:
    """What stands at the end of a line."""
    value = series.values[series.last or 0] or 0
    words = {Label.NAMED: f"{series.name}  {said(plot.unit, value)}", Label.NAME: series.name}
    return words.get(series.label, said(plot.unit, value))


def label_size(plot: Plot, series: Series) -> int:
    """The size of figures written in the chart: larger for a line that stands alone."""
    alone = plot.kind is Kind.LINES and series.label is Label.LAST and not plot.small
    return STRONG if alone else text_size(plot)


def _reach(plot: Plot) -> tuple[float, float]:
    found = [value for series in plot.series for value in series.values if value is not None]
    return min([0.0, *found]), max([0.0, *found, *([plot.most] if plot.most else [])])


def _scale(plot: Plot, down: float) -> Scale:
    """From nought (or below it) to a round number, in as many steps as the height has room for."""
    low, high = _reach(plot)
    if high - low <= 0:
        high = low + (1 / plot.unit.scale if plot.unit is not SHARE else 1)
    rough = (high - low) / min(max(round(down / APART), 1), MOST_STEPS)
    power = 10 ** floor(log10(rough))
    steps = (power * times for times in STEPS if power * times >= rough * 0.999)
    least = 1 / plot.unit.scale / 10**plot.unit.decimals  # the smallest difference that the unit can show
    step = max(next((step for step in steps if abs(step / least - round(step / least)) < 1e-6), least), least)
    return Scale(floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, step)


def _scale_of_bars(plot: Plot, across: float) -> Scale:
    """To where the longest bar leaves room for its figure; shares of a whole to the whole."""
    if plot.kind is Kind.STACKED:
        return Scale(0.0, 1.0, 0.25)
    low, high = _reach(plot)
    written = [said(plot.unit, v) for series in plot.series for v in series.values if v is not None]
    needs = max((width(words, text_size(plot), bold=True) for words in written), default=0) + 2 * GAP
    room = max(across - needs * (2 if low < 0 else 1), across * 0.4)
    span = (high - low) or 1.0
    beyond = span * (across / room - 1)
    return Scale(low - beyond / 2 if low < 0 else 0.0, high + (beyond / 2 if low < 0 else beyond) or 1.0, span)


def every(plot: Plot, measured: Frame) -> int:
    """Each how-manieth category is named under the chart, so that the names do not meet: of months a round number."""
    longest = max((width(name, text_size(plot)) for name in plot.categories), default=0) + 2 * GAP
    needed = ceil(len(plot.categories) * longest / measured.area.width)
    if not plot.months:
        return max(needed, 1)
    return next((step for step in ROUND if step >= needed), needed)
