"""Placements on the last day of the sample with what they cost a year, and high needs spend by quarter."""

import datetime as dt
from random import Random

from sample_data.lives import History
from sample_data.months import LAST
from sample_data.places import NO_SCHOOL
from sample_data.pupils import Place, Pupil
from sample_data.workbook import Sheet

PLACEMENTS = (
    "Person ID", "Placement type", "Base", "URN", "Locality", "Start date", "End date", "Annual placement cost",
    "As at",
)  # fmt: skip
COSTS = {  # pounds a year at the middle, and how far the least and the most lie from it
    "Mainstream": (6_900, 0.6), "Special": (19_800, 0.3), "Independent": (57_400, 0.4),
    "Special resource provision": (14_200, 0.2), "Further Education": (8_600, 0.5), "Specialist post 16": (31_500, 0.4),
    "AP - SEND": (23_000, 0.3), "PRU": (21_500, 0.1), "Out of school": (11_800, 0.7),
    "PVI/Nursery": (4_300, 0.4), "Personal budget": (16_400, 0.6),
}  # fmt: skip
NO_COST = {"Out of school": 0.35, "PVI/Nursery": 0.2, "Mainstream": 0.02, "Independent": 0.03}
SPEND = (
    "FY", "Quarter", "Area of spend", "School type", "Gross expenditure", "Income from recoupment", "Net expenditure",
)  # fmt: skip
AREAS = {  # area: school type, gross pounds in 2023/24, the share other authorities pay back
    ("Mainstream top-up funding", "Mainstream"): (7_420_000, 0.012),
    ("Maintained and academy special schools", "Special"): (19_600_000, 0.064),
    ("Independent and non-maintained special schools", "Independent"): (15_980_000, 0.004),
    ("Resourced provision", "Special resource provision"): (1_200_000, 0.03),
    ("Post-16 provision", "Further Education"): (2_600_000, 0.0),
    ("Post-16 provision", "Specialist post 16"): (5_640_000, 0.009),
    ("Alternative provision", "AP - SEND"): (560_000, 0.0),
    ("Alternative provision", "PRU"): (410_000, 0.02),
    ("Other support", "Out of school"): (1_720_000, 0.0),
    ("Other support", "Personal budget"): (330_000, 0.0),
    ("Early years inclusion", "PVI/Nursery"): (190_000, 0.0),
}  # fmt: skip
GROWTH = {"Independent": 1.17, "Mainstream": 1.13, "Special": 1.07}
YEARS = ("2023/24", "2024/25", "2025/26")
Row = tuple[object, ...]


def placements(history: History) -> Sheet:
    """Where each pupil is placed, and the placements that ended in the last year."""
    rng = Random("sendviz sample: placements")
    rows = [_placement(rng, pupil, pupil.place, None) for pupil in history.now]
    ended = [(pupil, place, end) for pupil in history.now for place, end in pupil.left]
    ended += [(pupil, pupil.place, month) for pupil, month in history.ceased]
    rows += [_placement(rng, pupil, place, end) for pupil, place, end in ended if end.year >= LAST.year - 1]
    rows.sort(key=lambda row: (str(row[0]), str(row[5])))
    return Sheet("Placements", PLACEMENTS, rows)


def _placement(rng: Random, pupil: Pupil, place: Place, end: dt.date | None) -> Row:
    middle, spread = COSTS[place.school_type]
    cost = round(middle * rng.triangular(1 - spread, 1 + spread), 2)
    known = rng.random() >= NO_COST.get(place.school_type, 0.005)
    school = place.school
    return (
        pupil.number, place.school_type, school.name if school else NO_SCHOOL, school.urn if school else None,
        place.locality, f"{place.since:%Y-%b-%d} 00:00:00", f"{end:%Y-%b-%d} 00:00:00" if end else None,
        cost if known else None, LAST,
    )  # fmt: skip


def expenditure() -> Sheet:
    """Gross, recouped and net spend of each area and quarter in pounds, with the total row of a ledger."""
    rng = Random("sendviz sample: expenditure")
    rows = [
        _spend(rng, year, n, quarter, area, school_type)
        for n, year in enumerate(YEARS) for quarter in range(1, 5) for area, school_type in AREAS
    ]  # fmt: skip
    totals = [round(sum(row[n] for row in rows), 2) for n in (4, 5, 6)]  # type: ignore[misc]
    return Sheet("Expenditure", SPEND, rows, total=("Total", None, None, None, *totals))


def _spend(rng: Random, year: str, n: int, quarter: int, area: str, school_type: str) -> Row:
    yearly, back = AREAS[area, school_type]
    gross = round(yearly / 4 * GROWTH.get(school_type, 1.06) ** (n + (quarter - 1) / 4) * rng.uniform(0.97, 1.03), 2)
    recouped = round(gross * back * rng.uniform(0.8, 1.2), 2)
    forecast = " (forecast)" if (year, quarter) == ("2025/26", 4) else ""
    return (year, f"Q{quarter}{forecast}", area, school_type, gross, recouped, round(gross - recouped, 2))
