"""The small-number rule: which figures are withheld so that nobody can work out a count of 1 to 4 people.

The rule follows the practice of DfE and NHS publications: primary suppression of small counts, then secondary
suppression until no withheld figure follows from the ones shown. Applied where figures leave `figures`, nowhere else.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Generic, NamedTuple, TypeVar

import numpy as np

Key = TypeVar("Key", bound=Hashable)
Counts = tuple[float, ...]


class Line(NamedTuple, Generic[Key]):
    """A total that is shown and the parts it is the sum of."""

    total: Key
    parts: tuple[Key, ...]


def is_small(count: float, below: int) -> bool:
    """Whether a count of people must be withheld: 1 to 4 at the usual threshold of 5. Nought is not."""
    return 0 < count < below


def withheld(
    cells: Mapping[Key, Counts], lines: Iterable[Line[Key]], below: int, already: Collection[Key] = ()
) -> frozenset[Key]:
    """The cells to withhold.

    `cells` gives for each cell every count of people that it tells of (a share tells of those who are in it and of
    those who are not). A cell is withheld when one of its counts is small; then, along each line, the next smallest
    cell as long as a withheld one or the sum of the withheld ones as a small count, could be worked out by subtraction.
    Lines come from the grandest total down, and only parts are added, so that a table and the margin of a larger table
    withhold the same cells. (A generator of lines is not run when nothing is small.)
    """
    hidden = {key for key, counts in cells.items() if any(is_small(count, below) for count in counts)}
    hidden |= {key for key in already if key in cells}
    if not hidden:
        return frozenset()
    lines_of: dict[Key, list[Line[Key]]] = defaultdict(list)
    lines = tuple(lines)
    for line in lines:
        for key in (line.total, *line.parts):
            lines_of[key].append(line)
    todo = {id(line): line for line in lines if any(key in hidden for key in (line.total, *line.parts))}
    while True:
        while todo:
            line = todo.pop(next(iter(todo)))
            if extra := _too_open(line, cells, hidden, below):
                hidden.add(extra)
                todo |= {id(touched): touched for touched in lines_of[extra]}
        if (extra := _solved(lines_of, cells, hidden)) is None:
            return frozenset(hidden)
        hidden.add(extra)
        todo |= {id(touched): touched for touched in lines_of[extra]}


def _too_open(line: Line[Key], cells: Mapping[Key, Counts], hidden: set[Key], below: int) -> Key | None:
    """The next cell of the line to withhold, if what is shown of it gives something away."""
    parts = [key for key in line.parts if key in hidden]
    if line.total in hidden:
        return None if parts else _next(line, cells, hidden)
    if not parts:
        return None
    sums = [sum(counts) for counts in zip(*(cells[key] for key in parts), strict=False)]
    if len(parts) > 1 and not any(is_small(total, below) for total in sums):
        return None
    return _next(line, cells, hidden)


def _next(line: Line[Key], cells: Mapping[Key, Counts], hidden: set[Key]) -> Key | None:
    """The smallest part still shown, noughts after all others; the total when no part is left to withhold."""
    shown = [(key not in hidden and sum(cells[key]) == 0, sum(cells[key]), place, key)
             for place, key in enumerate(line.parts) if key not in hidden]  # fmt: skip
    if shown:
        return min(shown, key=lambda entry: entry[:3])[3]
    return line.total if line.total not in hidden and len(line.parts) == 1 else None


def _solved(lines_of: Mapping[Key, list[Line[Key]]], cells: Mapping[Key, Counts], hidden: set[Key]) -> Key | None:
    """A further cell to withhold because the lines, taken together, would give a withheld one away; None when safe."""
    for group in _linked(lines_of, hidden):
        if len(group) < 2:
            continue  # a single line was judged on its own
        unknown = sorted({key for line in group for key in (line.total, *line.parts) if key in hidden}, key=repr)
        place = {key: i for i, key in enumerate(unknown)}
        equations = np.zeros((len(group), len(unknown)))
        for row, line in enumerate(group):
            for key in line.parts:
                if key in hidden:
                    equations[row, place[key]] = 1
            if line.total in hidden:
                equations[row, place[line.total]] = -1
        for column in np.flatnonzero(determined(equations)):
            for line in sorted(lines_of[unknown[column]], key=lambda line: line.total != unknown[column]):
                if (extra := _next(line, cells, hidden)) is not None:
                    return extra
    return None


def determined(equations: np.ndarray) -> np.ndarray:
    """For each unknown (column), whether a linear combination of the equations (rows) gives it alone."""
    _, singular, right = np.linalg.svd(equations, full_matrices=True)
    rank = int((singular > 1e-9).sum())
    free = right[rank:]  # a basis of what the equations leave open
    return np.asarray((np.abs(free) < 1e-9).all(axis=0))


def _linked(lines_of: Mapping[Key, list[Line[Key]]], hidden: Iterable[Key]) -> list[list[Line[Key]]]:
    """The lines that hold withheld cells, in groups that share any."""
    hidden, seen, groups = set(hidden), set(), []
    for start in sorted(hidden, key=repr):
        if start in seen:
            continue
        group: dict[int, Line[Key]] = {}
        todo = [start]
        while todo:
            key = todo.pop()
            if key in seen:
                continue
            seen.add(key)
            for line in lines_of.get(key, ()):
                if id(line) not in group:
                    group[id(line)] = line
                    todo += [k for k in (line.total, *line.parts) if k in hidden and k not in seen]
        groups.append(list(group.values()))
    return groups
