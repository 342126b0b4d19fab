"""Final plans issued: to whom, when they were asked for, and which met the twenty weeks."""

import datetime as dt
from random import Random

from sample_data import counts
from sample_data.lives import History
from sample_data.months import MONTH_ENDS, random_day
from sample_data.pupils import Pupil
from sample_data.workbook import Sheet

HEADINGS = (
    "Plan reference", "UPN", "Date request received", "Date final issued", "Assessment type", "Exceptions",
    "LA responsible", "Primary SEN need", "Placement type", "Locality",
)  # fmt: skip
SUMMER_CLOSURE = "School closed for four weeks or more"  # regulation 10(4)(b): holidays delay plans issued in autumn
ON_TIME, LATE, OVER_A_YEAR = (98, 140), (143, 300), (371, 460)  # days
Row = tuple[object, ...]


def final_plans(history: History) -> Sheet:
    """The final plans of each month, and a few that other authorities issued."""
    rng = Random("sendviz sample: final plans")
    rows: list[Row] = []
    for n, month in enumerate(MONTH_ENDS):
        pupils = history.given[month]
        for pupil, (days, exception) in zip(pupils, _speeds(rng, n), strict=True):
            rows.append(_ours(rng, pupil, month, days, exception))
        if n % 3 == 1:
            rows.append(_theirs(rng, month, rng.choice(history.now)))
    rows.sort(key=lambda row: (row[2], row[0]))
    return Sheet("Final plans", HEADINGS, [_exported(n, row) for n, row in enumerate(rows, start=2101)])


def _speeds(rng: Random, n: int) -> list[tuple[int, str]]:
    """Days taken and exception of each plan of the nth month, in no order."""
    excused, excused_on_time = counts.EXCEPTIONS[n], counts.ON_TIME_EXCEPTIONS[n]
    on_time, slow = counts.ON_TIME_OTHERS[n], counts.OVER_A_YEAR[n]
    late = counts.PLANS[n] - excused - on_time - slow
    latest = LATE[1] - 5 * n  # late plans have become less late
    why = SUMMER_CLOSURE if MONTH_ENDS[n].month in (9, 10, 11) else "Y"
    speeds = [(rng.randint(*ON_TIME), "N") for _ in range(on_time)]
    speeds += [(rng.randint(LATE[0], latest), "N") for _ in range(late)]
    speeds += [(rng.randint(*OVER_A_YEAR), "N") for _ in range(slow)]
    speeds += [(rng.randint(*ON_TIME), why) for _ in range(excused_on_time)]
    speeds += [(rng.randint(LATE[0], latest), why) for _ in range(excused - excused_on_time)]
    rng.shuffle(speeds)
    return speeds


def _ours(rng: Random, pupil: Pupil, month: dt.date, days: int, exception: str) -> Row:
    issued = random_day(rng, month)
    kind = rng.choices(("Initial Assessment", "Re-Assessment", "LA Transfer during assessment"), (95, 3, 2))[0]
    place = pupil.left[0][0] if pupil.left else pupil.place  # as the plan named it
    asked = issued - dt.timedelta(days=days)
    return (pupil.number, asked, issued, kind, exception, "Y", pupil.need, place.school_type, place.locality)


def _theirs(rng: Random, month: dt.date, pupil: Pupil) -> Row:
    issued = random_day(rng, month)
    asked = issued - dt.timedelta(days=rng.randint(*LATE))
    kind, place = "LA Transfer during assessment", pupil.home_locality
    return (pupil.number, asked, issued, kind, "N", "N", pupil.need, "Mainstream", place)


def _exported(n: int, row: Row) -> Row:
    """The nth plan as the system exports it: with its reference, and days as text."""
    number, asked, issued, *rest = row
    return (f"FP-{n:05d}", number, f"{asked:%d/%m/%Y}", f"{issued:%d/%m/%Y}", *rest)
