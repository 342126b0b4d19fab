"""An invented pupil with a plan: who they are, and where they are placed now."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from sample_data import mixes
from sample_data.months import age, august
from sample_data.places import CITY, LOCALITIES, NEIGHBOURS, NO_SCHOOL, OUTSIDE, School, schools

Key = TypeVar("Key")
THREE_YEARS = dt.timedelta(days=3 * 365 + 1)
AT_NO_SCHOOL = ("Out of school", "Personal budget")
AWAY_SHARE = {
    "Independent": 0.55, "Specialist post 16": 0.5, "Further Education": 0.12, "Special": 0.02, "Mainstream": 0.005,
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where a plan is delivered: the school type and, unless out of school, the school."""

    school_type: str
    school: School | None
    locality: str
    since: dt.date


@dataclass
class Pupil:
    """A pupil with a plan; `place` and `in_care` change over the months, and `left` keeps the places before."""

    number: str
    born: dt.date
    gender: str
    need: str
    home_locality: str
    home_la: str
    funding_la: str
    in_care: bool
    place: Place
    left: list[tuple[Place, dt.date]] = field(default_factory=list)

    def school_age(self, day: dt.date) -> int:
        """Age on the 31 August before the school year."""
        return age(self.born, august(day))

    def move(self, rng: Random, school_type: str, day: dt.date) -> None:
        """Placed anew from a day on, at a school of that type."""
        self.left.append((self.place, day - dt.timedelta(days=1)))
        self.place = find_place(rng, school_type, self.home_locality, self.school_age(day), day)

    def at(self, month: dt.date) -> tuple[object, ...]:
        """The pupil's line of the cohort at a month end."""
        stage = self.school_age(month)
        place, school = self.place, self.place.school
        return (
            month, self.number, age(self.born, month), stage - 4, mixes.KEY_STAGES[stage], self.gender, self.need,
            "Y" if self.in_care else "N", self.home_la, self.funding_la,
            "Out" if place.locality == OUTSIDE else "In", place.school_type,
            school.name if school else NO_SCHOOL, school.urn if school else None, place.locality,
        )  # fmt: skip


def pick(rng: Random, shares: Mapping[Key, float]) -> Key:
    """One of the keys, by its share."""
    return rng.choices(list(shares), list(shares.values()))[0]


def _fits(school: School, school_type: str, stage: str) -> bool:
    if school_type == "Special resource provision":
        return school.resourced and (school.phase == "Primary") == (stage in ("early", "primary"))
    if school.school_type != school_type or school.phase == "Higher education":
        return False
    return school_type != "Mainstream" or (school.phase == "Primary") == (stage in ("early", "primary"))


def find_place(rng: Random, school_type: str, locality: str, stage_age: int, since: dt.date) -> Place:
    """A place at a school of the type that takes the age, near home where there is one."""
    if school_type in AT_NO_SCHOOL:
        return Place(school_type, None, locality, since)
    away = rng.random() < AWAY_SHARE.get(school_type, 0)
    fitting = [s for s in schools() if s.status == "Open" and _fits(s, school_type, mixes.stage(stage_age))]
    fitting = [s for s in fitting if s.in_city is not away] or fitting
    near = [s for s in fitting if s.locality == locality]
    chosen = near if near and rng.random() < 0.8 else fitting
    school = rng.choices(chosen, [len(chosen) - n / 2 for n in range(len(chosen))])[0]
    return Place(school_type, school, school.locality, since)


def new_pupil(rng: Random, number: int, joining: bool, day: dt.date) -> Pupil:
    """A pupil who has a plan from a day on; if not `joining`, one who has had it for some time."""
    stage_age = pick(rng, mixes.JOINING_AGES if joining else mixes.AGES)
    summer = august(day)
    born = dt.date(summer.year - stage_age, 8, 31) - dt.timedelta(days=rng.randrange(365))
    if age(born, day) < 3:
        born -= dt.timedelta(days=365)
    locality = rng.choices(LOCALITIES, (37, 33, 30))[0]
    home = CITY if rng.random() < 0.975 else rng.choice(NEIGHBOURS)
    funding = home if home != CITY and rng.random() < 0.4 else CITY
    types = (mixes.JOINING_TYPES if joining else mixes.TYPES)[mixes.stage(age(born, summer))]
    since = day if joining else max(dt.date(summer.year - rng.randrange(4), 9, 1), born + THREE_YEARS)
    return Pupil(
        f"X999{number:09d}", born, pick(rng, mixes.GENDERS), pick(rng, mixes.NEEDS), locality, home, funding,
        rng.random() < mixes.IN_CARE, find_place(rng, pick(rng, types), locality, age(born, summer), since),
    )  # fmt: skip
