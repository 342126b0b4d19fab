"""What publishing would change: rows, months and totals of each dataset, as they are shown now and as they would be."""

from collections.abc import Collection
from dataclasses import dataclass

from sendviz.answer import words_of
from sendviz.datasets import MEASURES, ROWS
from sendviz.figures.key_numbers import key_number_of
from sendviz.figures.query import sums
from sendviz.selection import Selection
from sendviz.settings import Settings
from sendviz.store import Reading, Store
from sendviz.vocabulary import MONTH, PUBLISHED, Measure, Row, Total

Lines = dict[tuple[str, str], str]  # by dataset and what is told of it


@dataclass(frozen=True)
class Difference:
    """Something told of a dataset, as it is shown now and as it would be; `-` where there is nothing."""

    dataset: str
    what: str
    now: str
    then: str

    @property
    def same(self) -> bool:
        """Whether publishing would leave it as it is."""
        return self.now == self.then


def differences(store: Store, upload_ids: Collection[int], settings: Settings) -> tuple[Difference, ...]:
    """What would change in the datasets of these staged uploads, small numbers withheld. NoSuchUpload when one is no
    longer waiting."""
    waiting = {upload.dataset for upload in store.uploads() if upload.id in upload_ids}
    rows = [row for name, row in ROWS.items() if name in waiting]
    with store.reading() as data:
        now = _told(data, rows, settings)
    with store.supposing(upload_ids) as data:
        then = _told(data, rows, settings)
    return tuple(Difference(*key, now.get(key, "-"), then.get(key, "-")) for key in {**then, **now})


def _told(data: Reading, rows: Collection[type[Row]], settings: Settings) -> Lines:
    lines: Lines = {}
    for row in rows:
        lines[(row.title(), "Rows")] = f"{_rows(data, row):,}"
        if row.when:
            lines[(row.title(), "Months" if row.is_dated() else "Periods")] = _periods(data, row)
        for measure in (measure for measure in MEASURES if measure.row is row and _adds_up(measure)):
            number = key_number_of(measure, data, settings)
            lines[(row.title(), measure.title)] = f"{number.text} ({number.period})" if number.period else number.text
    return lines


def _adds_up(measure: Measure) -> bool:
    """Whether one figure of the measure, over all there is, says something."""
    return measure.counts != PUBLISHED and not measure.across


def _rows(data: Reading, row: type[Row]) -> int:
    """The rows in force; of a stock, the pupils of all month ends together."""
    found = sums(data, [Total(row)], (MONTH,) if row.stock else (), Selection())
    return int(sum(values[0] or 0 for values in found.values()))


def _periods(data: Reading, row: type[Row]) -> str:
    """First and last, and how many."""
    covered = data.covered(row)
    if not covered:
        return "-"
    first, last = words_of(covered[0]), words_of(covered[-1])
    return first if first == last else f"{first} to {last} ({len(covered)})"
