"""What is told but does not stop a load: categories never seen before, months missing in the middle, counts that moved
since the last upload, figures that are odd."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Mapping

from sendviz.loading.extract import Extract
from sendviz.loading.moved import Before, Period, by_period, moved
from sendviz.vocabulary import Row

NAMED = 6  # values or months named before a sentence says how many more there are


def notices(
    extract: Extract, before: Before | None = None, known: Callable[[str], Collection[str]] = lambda _: ()
) -> list[str]:
    """Sentences about an extract that has been gone through. `before` is what is stored of its dataset, None where that
    is nothing; `known(field)` gives the categories already stored."""
    row, checker = extract.row, extract.checker
    now = by_period(row, checker.dates)
    return [
        *_categories(row, checker.unfamiliar(), checker.often, extract.report.rows, known),
        *_gaps(row, now, before.counts if before else {}),
        *(moved(row, now, extract.report.rows, before) if before else ()),
        *(checker.watch.sentences() if checker.watch else ()),
    ]


def _categories(
    row: type[Row], unfamiliar: Mapping[str, Mapping[str, str]], often: Mapping[str, Counter[str]], rows: int,
    known: Callable[[str], Collection[str]],
) -> list[str]:  # fmt: skip
    """Each category that is new, with the cell it first stands in and how many rows of all have it."""
    sentences = []
    for name, cells in unfamiliar.items():
        if new := [
            f"'{value}' ({f'{cell}: ' if cell else ''}{often[name][value]:,} of {rows:,} rows)"
            for value, cell in cells.items() if value not in known(name)
        ]:  # fmt: skip
            sentences.append(f"{row.field(name).title} not seen before: {_some(new)}. Check the spelling.")
    return sentences


def _gaps(row: type[Row], now: Mapping[Period, int], stored: Mapping[Period, int]) -> list[str]:
    """Months without rows between those there are: within the file, and between it and what is stored."""
    counts = {_number(month): count for month, count in {**stored, **now}.items() if isinstance(month, dt.date)}
    months = [_number(month) for month in now if isinstance(month, dt.date)]
    if not months:
        return []
    start = max((month for month in counts if month < min(months)), default=min(months))
    end = min((month for month in counts if month > max(months)), default=max(months))
    missing = [month for month in range(start, end) if month not in counts]
    if not missing:
        return []
    last, following = max(m for m in counts if m < missing[0]), min(m for m in counts if m > missing[-1])
    around = f"{_month(last)} has {counts[last]:,}, {_month(following)} {counts[following]:,}"
    return [f"There are no rows for {_some([_month(month) for month in missing])}; {around}."]


def _number(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _month(number: int) -> str:
    return f"{dt.date(number // 12, number % 12 + 1, 1):%B %Y}"


def _some(words: list[str]) -> str:
    more = len(words) - NAMED
    return ", ".join(words[:NAMED]) + (f" and {more} more" if more > 0 else "")
