"""What is told but does not stop a load: categories never seen before, months missing in the middle, odd figures."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping

from sendviz.loading.extract import Extract
from sendviz.vocabulary import Row

NAMED = 6  # values or months named before a sentence says how many more there are

MOVED = 0.2  # of the last upload's rows: a larger change is worth a warning


def notices(
    extract: Extract, covered: Collection[object] = (), known: Callable[[str], Collection[str]] = lambda _: ()
) -> list[str]:
    """Sentences about an extract that has been gone through. `covered` are the months (first days) already stored for
    its dataset; `known(field)` gives the categories already stored."""
    return [
        *_categories(extract.row, extract.checker.unfamiliar(), known),
        *_gaps(extract.row, extract.checker.dates, covered),
        *(extract.checker.watch.sentences() if extract.checker.watch else ()),
    ]


def moved(extract: Extract, rows: int, months: int) -> list[str]:
    """A sentence where the rows a month differ by more than a fifth from the last upload's `rows` in `months`."""
    dates = [_number(day) for day in extract.checker.dates if isinstance(day, dt.date)]
    now = extract.report.rows / (max(dates) - min(dates) + 1 if dates else 1)
    before = rows / months
    if not before or abs(now - before) <= MOVED * before:
        return []
    a_month = " a month" if dates else ""
    change = f"{abs(now - before) / before:.0%} {'more' if now > before else 'fewer'}"
    return [f"{now:,.0f} rows{a_month}: {change} than in the last upload ({before:,.0f}). Check that all is there."]


def _categories(
    row: type[Row], unfamiliar: Mapping[str, Mapping[str, str]], known: Callable[[str], Collection[str]]
) -> list[str]:
    sentences = []
    for name, cells in unfamiliar.items():
        if new := [
            f"'{value}' ({cell})" if cell else f"'{value}'" for value, cell in cells.items() if value not in known(name)
        ]:
            sentences.append(f"{row.field(name).title} not seen before: {_some(new)}. Check the spelling.")
    return sentences


def _gaps(row: type[Row], dates: Iterable[object], covered: Collection[object]) -> list[str]:
    """Months without rows between those there are: within the file, and between it and what is stored."""
    months = {_number(day) for day in dates if isinstance(day, dt.date)}
    if not months:
        return []
    stored = {_number(day) for day in covered if isinstance(day, dt.date)}
    start = max((month for month in stored if month < min(months)), default=min(months))
    end = min((month for month in stored if month > max(months)), default=max(months))
    missing = [month for month in range(start, end) if month not in months | stored]
    names = [f"{dt.date(month // 12, month % 12 + 1, 1):%B %Y}" for month in missing]
    return [f"There are no rows for {_some(names)}."] if names else []


def _number(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _some(words: list[str]) -> str:
    more = len(words) - NAMED
    return ", ".join(words[:NAMED]) + (f" and {more} more" if more > 0 else "")
