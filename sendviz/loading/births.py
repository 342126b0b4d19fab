"""Age, school year and key stage worked out from a date of birth, which itself is never kept.

Key stage is by age on 31 August before the school year: early years 0-3, Reception 4, key stage 1 5-6, 2 7-10, 3 11-13,
4 14-15, 5 16-18, then 19 to 25. National curriculum year is that age minus 4.
"""

import datetime as dt
from collections.abc import Callable

from pydantic import TypeAdapter, ValidationError

from sendviz.vocabulary.dimensions import KEY_STAGES
from sendviz.vocabulary.fields import Day

OLDEST = 25
RULE = f"must be a date of birth, day first, that gives an age from 0 to {OLDEST}"
_STARTS = (0, 4, 5, 7, 11, 14, 16, 19)  # the age on 31 August at which each key stage starts
_day = TypeAdapter(Day).validate_python


def age(born: dt.date, on: dt.date) -> int:
    """Whole years on a date."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def school_age(born: dt.date, on: dt.date) -> int:
    """Whole years on 31 August before the school year (1 September to 31 August) that the date is in."""
    return age(born, dt.date(on.year if on.month >= 9 else on.year - 1, 8, 31))


def nc_year(born: dt.date, on: dt.date) -> int:
    """National curriculum year: 0 is Reception."""
    return school_age(born, on) - 4


def key_stage(born: dt.date, on: dt.date) -> str:
    """The key stage by age; early years too for a child born after that 31 August."""
    years = max(school_age(born, on), 0)
    return KEY_STAGES[sum(start <= years for start in _STARTS) - 1]


WORKED_OUT: dict[str, Callable[[dt.date, dt.date], object]] = {"age": age, "nc_year": nc_year, "key_stage": key_stage}


def worked_out(names: tuple[str, ...], birth: object, day: object) -> dict[str, object]:
    """The named columns' values on `day` for a person born on `birth`; blanks, which are problems, where `birth` is no
    date or gives no such age. A `day` that is no date has its own problem: any age will do."""
    born = _date(birth)
    if born is None:
        return dict.fromkeys(names, "")
    on = _date(day) or born + dt.timedelta(days=3653)
    if not 0 <= age(born, on) <= OLDEST:
        return dict.fromkeys(names, "")
    return {name: WORKED_OUT[name](born, on) for name in names}


def _date(value: object) -> dt.date | None:
    try:
        return _day(value)
    except ValidationError:
        return None
