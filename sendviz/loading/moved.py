"""What was loaded before beside what is loaded now: counts that moved by more than a fifth, with both figures."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sendviz.vocabulary import Row

MOVED = 0.2  # of the figure before: a larger change is worth a warning
CHECK = "Check that all is there."
Period = dt.date | str  # a month, by its first day; or a period as written


@dataclass(frozen=True)
class Before:
    """What is stored of a dataset: the rows of each period it covers, and the last upload (its file, its day, its rows,
    and how many months it spans)."""

    counts: Mapping[Period, int] = field(default_factory=dict)
    file: str = ""
    day: dt.date | None = None
    rows: int = 0
    months: int = 1


def by_period(row: type[Row], counts: Mapping[Period, int]) -> dict[Period, int]:
    """Counts of dates or periods, added up by month where the dataset is dated."""
    if not row.is_dated():
        return dict(counts)
    months = Counter[Period]()
    for day, count in counts.items():
        if isinstance(day, dt.date):
            months[day.replace(day=1)] += count
    return dict(months)


def moved(row: type[Row], now: Mapping[Period, int], rows: int, before: Before) -> list[str]:
    """Sentences about counts that moved: of a period that is loaded again, of a stock from one month end to the next,
    and of rows in all (a month, of what is dated) since the last upload.

    Only of datasets whose uploads replace whole periods, or everything: of others, the last upload may have been of
    something else.
    """
    if row.replaces and row.replaces != (row.when,):
        return []
    return [
        *_again(now, before.counts),
        *(_month_to_month(now, before.counts) if row.stock else ()),
        *_in_all(row, now, rows, before),
        *(_in_its_place(now, before) if row.replaces else _instead(before)),
    ]


def _again(now: Mapping[Period, int], stored: Mapping[Period, int]) -> list[str]:
    pairs = {period: (stored[period], count) for period, count in now.items() if period in stored}
    far = {period: pair for period, pair in pairs.items() if _far(*pair)}
    if not far:
        return []
    worst = max(far, key=lambda period: abs(far[period][1] - far[period][0]) / far[period][0])
    then, count = far[worst]
    more = f", and {_more(far, 'period')} moved by over {MOVED:.0%}" if len(far) > 1 else ""
    return [f"{_name(worst)} has {_rows(count)} and had {then:,} before ({_change(then, count)}){more}. {CHECK}"]


def _month_to_month(now: Mapping[Period, int], stored: Mapping[Period, int]) -> list[str]:
    """The largest move between two month ends, of which the later is loaded now."""
    known = {**stored, **now}
    pairs = {month: (known[last], count) for month, count in now.items() if (last := _month_before(month)) in known}
    far = {month: pair for month, pair in pairs.items() if _far(*pair)}
    if not far:
        return []
    worst = max(far, key=lambda month: abs(far[month][1] - far[month][0]) / far[month][0])
    then, count = far[worst]
    more = f", and {_more(far, 'month')} moved by over {MOVED:.0%}" if len(far) > 1 else ""
    last = _name(_month_before(worst))
    return [f"{_name(worst)} has {_rows(count)} and {last} {then:,} ({_change(then, count)}){more}. {CHECK}"]


def _in_all(row: type[Row], now: Mapping[Period, int], rows: int, before: Before) -> list[str]:
    if now and now.keys() <= before.counts.keys():  # each is held against its own figure before
        return []
    months = [period.year * 12 + period.month for period in now if isinstance(period, dt.date)]
    count, then = rows / (max(months) - min(months) + 1 if months else 1), before.rows / before.months
    if not _far(then, count):
        return []
    a_month = " a month" if months else ""
    return [f"{_rows(count)}{a_month}; the last upload had {_few(then)} ({_change(then, count)}). {CHECK}"]


def _in_its_place(now: Mapping[Period, int], before: Before) -> list[str]:
    """Where a new upload replaces the periods it has: which of them there were, and how many rows."""
    again = sorted((period for period in now if before.counts.get(period)), key=str)
    if not again:
        return []
    span = " to ".join(dict.fromkeys((_name(again[0]), _name(again[-1]))))
    then, count = (sum(counts[period] for period in again) for counts in (before.counts, now))
    return [
        f"This takes the place of what was loaded for {span} ({_rows(then)}, now {count:,}): to have that back, undo "
        "this upload."
    ]


def _instead(before: Before) -> list[str]:
    """One upload at a time counts where a new one replaces everything: which one it was, so that it can be had back."""
    if not before.day:
        return []
    return [f"This takes the place of {before.file}, loaded on {before.day:%d/%m/%Y} ({_rows(before.rows)}): to "
            "have that back, undo this upload."]  # fmt: skip


def _more(far: Collection[Period], what: str) -> str:
    return f"{len(far) - 1} more {what}{'s' if len(far) > 2 else ''}"


def _far(before: float, now: float) -> bool:
    return bool(before) and abs(now - before) > MOVED * before


def _change(before: float, now: float) -> str:
    return f"{abs(now - before) / before:.0%} {'more' if now > before else 'fewer'}"


def _few(count: float) -> str:
    return f"{count:,.0f}" if count >= 10 or count == int(count) else f"{count:.1f}"


def _rows(count: float) -> str:
    return f"{_few(count)} {'row' if count == 1 else 'rows'}"


def _name(period: Period) -> str:
    return f"{period:%B %Y}" if isinstance(period, dt.date) else period


def _month_before(month: Period) -> Period:
    return (month - dt.timedelta(days=1)).replace(day=1) if isinstance(month, dt.date) else ""
