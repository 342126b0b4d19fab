"""Which time a SEN2 return speaks of: the calendar year before its census day, and the month ends in it."""

import datetime as dt
import re
from dataclasses import dataclass

from sendviz.loading import Return
from sendviz.vocabulary import month_end

_EXPORTED = re.compile(r"(?<!\d)\d{2}-\d{2}-(\d{4})(?!\d)")  # Blade-Export_28-01-2025_person.csv


@dataclass(frozen=True)
class Period:
    """The census day, on which the return's plans and placements stand."""

    census: dt.date

    @property
    def year(self) -> int:
        """The calendar year whose requests, new plans and ceased plans the return has."""
        return self.census.year - 1

    @property
    def month_ends(self) -> list[dt.date]:
        """The month ends whose plans the return has all of: from the December before its year to the census day."""
        ends = [dt.date(self.year - 1, 12, 31)]
        while (after := month_end(ends[-1] + dt.timedelta(days=1))) <= self.census:
            ends.append(after)
        return ends

    def has(self, day: dt.date | None) -> bool:
        """Whether a day is in its year."""
        return day is not None and day.year == self.year


def census_day(year: int) -> dt.date:
    """The third Thursday of January, the department's census day."""
    first = dt.date(year, 1, 1)
    return first + dt.timedelta(days=(3 - first.weekday()) % 7 + 14)


def period_of(given: Return) -> Period | None:
    """The return's period: by its reference date, else its year, else the date of export in its files' names; None,
    with a problem, where it has none of them."""
    head = given.parts["sen2"]
    years = [match[1] for file in given.files if (match := _EXPORTED.search(file))]
    if head.lines:
        if census := head.day(head.lines[0], "referencedate"):
            return Period(census)
        years = [head.text(head.lines[0], "year"), *years]
    year = next((int(year) for year in years if re.fullmatch(r"20\d\d", year)), None)
    if year:
        return Period(census_day(year))
    given.report.problem(
        "nothing says which year it is for: add its file ..._sen2.csv, or put the date of export back into the "
        "files' names, as in Blade-Export_28-01-2025_person.csv"
    )
    return None
