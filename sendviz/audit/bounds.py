"""Bounds: the least and the most that each count of a table can be, and what follows for them from sums."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
ENDLESS = 1_000_000  # more people than there are in any cell: nothing is known of it


@dataclass
class Bounds:
    """The least and the most of every cell; an axis has a name and, where it adds up, the sum at place 0."""

    axes: tuple[str, ...]
    low: Numbers
    high: Numbers
    adds: frozenset[str] = field(default_factory=frozenset)  # the axes whose place 0 is the sum of the others

    @classmethod
    def unknown(cls, axes: Sequence[str], shape: Sequence[int], adds: Sequence[str]) -> "Bounds":
        """Nothing known, but that no count is below nought."""
        return cls(tuple(axes), np.zeros(shape, np.int64), np.full(shape, ENDLESS, np.int64), frozenset(adds))

    def like(self) -> "Bounds":
        """Another of this shape of which nothing is known."""
        return Bounds.unknown(self.axes, self.low.shape, sorted(self.adds))

    def at(self, axis: str, place: int | slice) -> "Bounds":
        """The cells at a place of an axis, which goes; or at several. What is learnt of them is learnt of these."""
        n = self.axes.index(axis)
        where: tuple[Any, ...] = (slice(None),) * n + (place, ...)
        axes = self.axes if isinstance(place, slice) else self.axes[:n] + self.axes[n + 1 :]
        adds = self.adds - {axis} if isinstance(place, slice) else self.adds & set(axes)
        return Bounds(axes, self.low[where], self.high[where], adds)

    def along(self, axes: Sequence[str]) -> "Bounds":
        """The same cells with the axes in this order."""
        order = [self.axes.index(name) for name in axes]
        return Bounds(tuple(axes), self.low.transpose(order), self.high.transpose(order), self.adds)

    def renamed(self, old: str, new: str) -> "Bounds":
        """The same cells with an axis called by another name."""
        return Bounds(tuple(new if name == old else name for name in self.axes), self.low, self.high, self.adds)

    def totals(self, axes: Sequence[str]) -> "Bounds | None":
        """The cells of these axes alone, at the sum of every other; None where another has no sum."""
        found = self
        for name in self.axes:
            if name not in axes:
                if name not in self.adds:
                    return None
                found = found.at(name, 0)
        return found.along([name for name in axes if name in found.axes])

    def known(self, low: Numbers, high: Numbers) -> bool:
        """Takes in that the cells lie between these; whether that was news."""
        new_low, new_high = np.maximum(self.low, low), np.minimum(self.high, high)
        news = bool((new_low != self.low).any() or (new_high != self.high).any())
        self.low[...], self.high[...] = new_low, new_high
        return news

    def contradictory(self) -> bool:
        """Whether some cell would have to be more than it can be: then something that was taken for true is not."""
        return bool((self.low > self.high).any())


def same(one: Bounds, other: Bounds) -> bool:
    """Takes in that two tables tell of the same people; whether that was news."""
    beside = other.along(one.axes)
    return one.known(beside.low, beside.high) | beside.known(one.low, one.high)


def same_along(table: Bounds, axis: str) -> bool:
    """Takes in that a table tells the same at every place of an axis; whether that was news."""
    n = table.axes.index(axis)
    return table.known(table.low.max(axis=n, keepdims=True), table.high.min(axis=n, keepdims=True))


def sum_of(whole: Bounds, parts: Sequence[Bounds]) -> bool:
    """Takes in that the parts, cell by cell, add up to the whole; whether that was news."""
    low, high = np.add.reduce([part.low for part in parts]), np.add.reduce([part.high for part in parts])
    news = whole.known(low, high)
    for part in parts:
        news |= part.known(whole.low - (high - part.high), whole.high - (low - part.low))
    return news


def sums_along(table: Bounds, axis: str) -> bool:
    """Takes in that place 0 of an axis is the sum of the others; whether that was news."""
    n = table.axes.index(axis)
    low, high = np.moveaxis(table.low, n, 0), np.moveaxis(table.high, n, 0)
    before_low, before_high = low.copy(), high.copy()
    least, most = low[1:].sum(axis=0), high[1:].sum(axis=0)
    np.maximum(low[:1], least, out=low[:1])
    np.minimum(high[:1], most, out=high[:1])
    np.minimum(high[1:], high[:1] - (least - before_low[1:]), out=high[1:])
    np.maximum(low[1:], low[:1] - (most - before_high[1:]), out=low[1:])
    return bool((low != before_low).any() or (high != before_high).any())
