"""The 25 month ends the sample spans, and the school years they lie in."""

import datetime as dt
from random import Random

FIRST, LAST = dt.date(2024, 1, 31), dt.date(2026, 1, 31)


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month; a month past December is one of the next year."""
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


MONTH_ENDS = tuple(month_end(2024, 1 + n) for n in range(25))


def random_day(rng: Random, month: dt.date, last: int = 31) -> dt.date:
    """A weekday of the month, not after its day `last`."""
    days = [month.replace(day=day) for day in range(1, min(last, month_end(month.year, month.month).day) + 1)]
    return rng.choice([day for day in days if day.weekday() < 5])


def august(day: dt.date) -> dt.date:
    """The 31 August before the school year a day lies in."""
    return dt.date(day.year if day.month >= 9 else day.year - 1, 8, 31)


def age(born: dt.date, day: dt.date) -> int:
    """Whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
