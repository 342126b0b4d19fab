"""Spells: a pupil's state at month ends as runs in which nothing about it changed."""

import datetime as dt
from collections.abc import Iterable, Iterator

from sendviz.vocabulary import month_end

Run = tuple[dt.date, dt.date]


def next_month_end(day: dt.date) -> dt.date:
    """The month end after this one."""
    return month_end(day + dt.timedelta(days=1))


def runs(month_ends: Iterable[dt.date]) -> Iterator[Run]:
    """The unbroken runs of these month ends: the first, and the month end after the last."""
    start = until = None
    for day in sorted(month_ends):
        if start is not None and until is not None and day != until:
            yield start, until
        if day != until:
            start = day
        until = next_month_end(day)
    if start is not None and until is not None:
        yield start, until


class Gathering:
    """Gathers states met in any order, and gives them back as spells.

    A state's month ends are the bits of one number, so that 100,000 rows need little memory.
    """

    def __init__(self) -> None:
        self._bits: dict[dt.date, int] = {}
        self._states: dict[tuple[object, ...], int] = {}

    def add(self, day: dt.date, state: tuple[object, ...]) -> None:
        """This state held at this month end."""
        self.all([day], [state])

    def all(self, days: Iterable[dt.date], states: Iterable[tuple[object, ...]]) -> None:
        """These states held at these month ends, one each."""
        bits, known = self._bits, self._states
        for day, state in zip(days, states, strict=True):
            bit = bits.get(day) or bits.setdefault(day, 1 << len(bits))
            known[state] = known.get(state, 0) | bit

    @property
    def month_ends(self) -> list[dt.date]:
        """All month ends met, in order."""
        return sorted(self._bits)

    def spells(self) -> Iterator[tuple[object, ...]]:
        """Each state with its runs: first month end, the month end after the last, and the state's values."""
        found: dict[int, list[Run]] = {}
        for state, bits in self._states.items():
            if (spans := found.get(bits)) is None:
                spans = found[bits] = list(runs(day for day, bit in self._bits.items() if bits & bit))
            for span in spans:
                yield *span, *state
