"""Requests for an EHC needs assessment: who asked, and what was decided."""

import datetime as dt
from random import Random

from sample_data import counts
from sample_data.months import LAST, MONTH_ENDS, random_day
from sample_data.places import School, schools
from sample_data.workbook import Sheet

HEADINGS = (
    "Referral reference", "Stud ID", "Date received", "Type of assessment", "Source of referral", "Outcome",
    "Date of decision", "School", "URN", "Phase", "Cluster", "SEN team",
)  # fmt: skip
ABOVE = (
    "EHC needs assessment requests, January 2024 to January 2026",
    "Extracted 02/02/2026. Sample data: invented pupils.",
)
PHASES = {"Primary": 60, "Secondary": 19, "PVI": 9, "Nursery": 4, "Specialist": 3, "PRU": 2, "Post-16": 3}
SHARES = (("Parent", 0.24), ("Health", 0.11), ("Social care", 0.085))  # the rest: schools
SMALLEST = 5  # a month in which fewer came from social care had none
FEW_FROM_ELSEWHERE = {5: 2, 13: 1, 20: 3}  # months with a small number of others
AGREED, PENDING = "Assessment agreed", "Pending"
Row = tuple[object, ...]


def referrals() -> list[Row]:
    """Every referral, oldest first."""
    rng = Random("sendviz sample: referrals")
    rows = []
    for n, month in enumerate(MONTH_ENDS):
        received = sorted(random_day(rng, month) for _ in range(counts.REFERRALS[n]))
        outcomes = _outcomes(rng, n)
        sources = _sources(rng, n)
        rows += [_row(rng, *line) for line in zip(received, outcomes, sources, strict=True)]
    return [(f"R-{n:05d}", f"X999{500_000 + n:09d}", *row) for n, row in enumerate(rows, start=1001)]


def sheet() -> Sheet:
    """As the case system exports it: with a title above the headings."""
    return Sheet("Referrals", HEADINGS, referrals(), above=ABOVE)


def _outcomes(rng: Random, n: int) -> list[str]:
    """Outcomes of the nth month; the pending ones are the last to have arrived."""
    agreed, pending = counts.AGREED[n], counts.PENDING[n]
    others = counts.REFERRALS[n] - agreed - pending
    withdrawn = others // 9
    decided = [AGREED] * agreed + ["Withdrawn"] * withdrawn + ["Not agreed"] * (others - withdrawn)
    rng.shuffle(decided)
    return decided + [PENDING] * pending


def _sources(rng: Random, n: int) -> list[str]:
    total = counts.REFERRALS[n]
    sources = ["Other"] * FEW_FROM_ELSEWHERE.get(n, 0)
    for source, share in SHARES:
        how_many = round(total * share * rng.uniform(0.9, 1.15))
        sources += [source] * (how_many if how_many >= SMALLEST else 0)
    sources += ["School"] * (total - len(sources))
    rng.shuffle(sources)
    return sources


def _row(rng: Random, received: dt.date, outcome: str, source: str) -> Row:
    decided = min(received + dt.timedelta(days=rng.randint(18, 42)), LAST) if outcome != PENDING else None
    kind = rng.choices(("Initial Assessment", "Re-Assessment", "LA Transfer during assessment"), (94, 4, 2))[0]
    school = _school(rng)
    team = f"{school.locality} team"
    return (received, kind, source, outcome, decided, school.name, school.urn, school.phase, school.locality, team)


def _school(rng: Random) -> School:
    phase = rng.choices(list(PHASES), list(PHASES.values()))[0]
    return rng.choice([s for s in schools() if s.phase == phase and s.in_city and s.status == "Open"])
