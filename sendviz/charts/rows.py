"""An answer's figures as the columns a chart draws, straight into Arrow: nothing but protected figures and their words.

Columns are named as in the CSV: dimensions by their field names, `value`, `numerator`, `denominator`, `mark`; beside
them `shown`, the text that stands in the chart, null where none does.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import pyarrow as pa

from sendviz.answer import NOT_AVAILABLE, WITHHELD, Answer, Figure, Figures
from sendviz.vocabulary import Unit

_NUMBERS = ("value", "numerator", "denominator", "share", "share_2", "before")
_PLACES = ("line", "place", "places", "lead")
_TYPES = {name: pa.float64() for name in _NUMBERS} | {name: pa.int32() for name in _PLACES}
_TYPES |= {"month": pa.date32(), "heading": pa.bool_(), "wide": pa.bool_()}
GAPS_IN_WORDS = {WITHHELD: "withheld [c]", NOT_AVAILABLE: "not available [x]"}


@dataclass(frozen=True)
class Block:
    """Lines of a chart that belong together: those of its heading, then `units` of `each` lines."""

    head: int = 0
    units: int = 1
    each: int = 1


@dataclass(frozen=True)
class Rows:
    """What a chart draws: the data, and the shape its spec is built for.

    bars     how many lines of bars (or panels) there are, so that it can be told how high it is, or be cut in parts
    lines    the line that each row of the data stands in; without, each has its own
    keys     how many lines at the top say what the others mean
    blocks   the lines after them that belong together; without, each is for itself
    letters  of the longest name that stands beside a bar
    notes    how many lines of labels stand over it, of what happened
    """

    data: pa.Table
    shape: Hashable = None
    bars: int = 0
    lines: tuple[int, ...] = ()
    keys: int = 0
    blocks: tuple[Block, ...] = ()
    letters: int = 0
    notes: int = 0


def columns(**values: Sequence[object]) -> pa.Table:
    """The columns as an Arrow table; those without a type of their own are text."""
    arrays = [pa.array(column, type=_TYPES.get(name, pa.string())) for name, column in values.items()]
    return pa.Table.from_arrays(arrays, names=list(values))


def figures(answer: Answer, place: int = 0) -> Sequence[Figure]:
    """The figures of a measure of the exhibit; none when the answer has none."""
    return answer.figures[place].rows if place < len(answer.figures) else ()


def gap_words(mark: str) -> str | None:
    """[c] or [x]; None without a mark."""
    return f"[{mark}]" if mark else None


def gaps(rows: Sequence[Figure]) -> list[str | None]:
    """For figures in the order of time: the mark of each run of gaps, once, at the middle of the run."""
    labels: list[str | None] = [None] * len(rows)
    start = 0
    for mark, run in groupby(row.mark for row in rows):
        length = sum(1 for _ in run)
        labels[start + length // 2] = gap_words(mark)
        start += length
    return labels


def ends(
    rows: Sequence[Figure], words: Callable[[float], str], value: str = "value", first: bool = False
) -> list[str | None]:
    """Gaps marked, and the last figure in words (with `first`, the first as well)."""
    labels = gaps(rows)
    there = [place for place, row in enumerate(rows) if getattr(row, value) is not None]
    for place in {*there[-1:], *(there[:1] if first else ())}:
        labels[place] = words(getattr(rows[place], value))
    return labels


def words(row: Figure | None, unit: Unit) -> str | None:
    """The figure as it is written, or its mark."""
    if row is None or row.value is None:
        return gap_words(row.mark) if row else None
    return unit.words(row.value)


def series(found: Figures | None, name: str) -> dict[object, list[Figure]]:
    """The figures one series after the other, each in the order of time, by the values of a dimension."""
    lists: dict[object, list[Figure]] = {}
    if found is not None:
        at = found.dimensions.index(name)
        for row in found.rows:
            lists.setdefault(row.at[at], []).append(row)
    return lists


def flat(lists: Iterable[Iterable[object]]) -> list[object]:
    """The lists, one after the other."""
    return [item for part in lists for item in part]
