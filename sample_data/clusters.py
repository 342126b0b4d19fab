"""Each locality's monthly return, the pilot's funding, and the register of schools and settings."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from random import Random

from sample_data.lives import History
from sample_data.months import MONTH_ENDS
from sample_data.places import LOCALITIES, settings
from sample_data.workbook import Sheet

RETURNS = MONTH_ENDS[8:]  # September 2024 on
ATTENDANCE = {"Central": 93.4, "North": 92.6, "South": 93.1}  # per cent
SUSPENSIONS = {"Central": 88, "North": 104, "South": 71}  # a month
SEASON = {9: 0.7, 10: 0.95, 11: 1.25, 12: 0.85, 1: 1.0, 2: 0.8, 3: 1.2, 4: 0.7, 5: 0.95, 6: 1.1, 7: 0.6, 8: 0}
WINTER = {9: 1.0, 10: 0.5, 11: -0.4, 12: -1.3, 1: -0.6, 2: -0.2, 3: 0.1, 4: 0.2, 5: 0.3, 6: 0.0, 7: -0.5}
NOT_GIVEN = ("South", dt.date(2025, 11, 30))  # a return that came without its attendance
FUNDING = (
    ("Central", "Revenue for interventions and training", "Revenue", 210_000, "2025/26"),
    ("Central", "Capital for inclusive environments", "Capital", 175_000, "2025/26"),
    ("Central", "Commissioned sector-led improvement partner", "Revenue", 110_000, "2025/26"),
)
Row = tuple[object, ...]


def measures(history: History, referrals: Iterable[Row]) -> Sheet:
    """The returns, a blank row after each locality's; moves and requests agree with the cohort and the referrals."""
    rng = Random("sendviz sample: clusters")
    moves = Counter((place, month) for month, place, _ in history.moves)
    requests = Counter((row[10], (row[2].year, row[2].month)) for row in referrals)  # type: ignore[attr-defined]
    rows: list[Row] = []
    for place in LOCALITIES:
        for month in RETURNS:
            name = f"{month:%B %Y}"
            rows += _attendance(rng, place, month, name)
            suspended = round(SUSPENSIONS[place] * SEASON[month.month] * rng.uniform(0.85, 1.15))
            rows.append((place, name, "Suspensions", suspended, "count"))
            rows.append((place, name, "Moves", moves[place, month] + _others_moved(rng, month), "count"))
            rows.append((place, name, "Assessment requests", requests[place, (month.year, month.month)], "count"))
        rows.append(())
    return Sheet("Cluster measures", ("Locality name", "Month", "Measure", "Value", "Unit"), rows[:-1])


def _attendance(rng: Random, place: str, month: dt.date, name: str) -> list[Row]:
    if month.month == 8:
        return []  # schools are closed
    given = (place, month) != NOT_GIVEN
    share = round(ATTENDANCE[place] + WINTER[month.month] + rng.uniform(-0.3, 0.3), 1)
    return [(place, name, "Attendance", share if given else None, "%")]


def _others_moved(rng: Random, month: dt.date) -> int:
    """Pupils without a plan who moved too."""
    return 0 if month.month == 8 else rng.randint(3, 9)


def funding() -> Sheet:
    """The sums of the pilot, in pounds."""
    return Sheet("Cluster funding", ("Cluster", "Funding purpose", "Revenue/capital", "Sum", "FY"), FUNDING)


def register() -> Sheet:
    """The city's schools and settings."""
    headings = (
        "URN", "EstablishmentName", "School phase", "Type of school", "Locality", "LA (code)",
        "EstablishmentStatus (name)",
    )  # fmt: skip
    return Sheet("Settings", headings, settings())
