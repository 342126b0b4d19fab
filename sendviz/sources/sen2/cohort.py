"""The cohort of a SEN2 return: each pupil with a plan at each month end of its year."""

import datetime as dt
from collections.abc import Iterator

from sendviz.datasets.cohort import CohortPupil
from sendviz.loading import Joined, Origins, Return
from sendviz.loading.births import OLDEST, RULE, WORKED_OUT, age
from sendviz.loading.layout import Record
from sendviz.sources.sen2.cases import Cases, Person, Plan

NO_PLACE = {"school": "", "school_type": "", "urn": None, "locality": "", "city_status": ""}


def cohort(given: Return, cases: Cases) -> Joined:
    """One row for each pupil and month end at which a plan had started and not ceased. Of several such plans, the last
    to start counts. The return does not say who is in care: that is not available, rather than no."""
    person, plan = cases.parts["person"], cases.parts["named_plan"]
    origins = Origins(
        {"pupil_id": (person, "upn"), "month_end": (plan, "startdate"), "gender": (person, "sex")}
        | dict.fromkeys(WORKED_OUT, (person, "personbirthdate"))
    )
    warnings = [*cases.warnings, *cases.places.unknown()]
    return given.extract(CohortPupil, origins, _records(cases, origins), warnings)


def _records(cases: Cases, origins: Origins) -> Iterator[Record]:
    ends, area = cases.period.month_ends, cases.known.area
    same = {"in_care": None, "home_la": area, "funding_la": area}
    for person in cases.persons:
        held = [(end, plan) for end in ends if (plan := in_force(person, end))]
        if not held or not _aged(cases, person, held):
            continue
        numbers: dict[int, int] = {}
        values = same | {"pupil_id": person.pupil, "gender": person.gender}
        for end, plan in held:
            if id(plan) not in numbers:
                numbers[id(plan)] = origins.number(person=person.line, named_plan=plan.line)
            yield Record(numbers[id(plan)], origins.columns, {**values, **at(person, plan, end)})


def in_force(person: Person, day: dt.date) -> Plan | None:
    """The plan in force on a day; of several, the last to start."""
    return max((plan for plan in person.plans() if plan.holds(day)), key=lambda plan: plan.start, default=None)


def at(person: Person, plan: Plan, end: dt.date) -> dict[str, object]:
    """What changes from month end to month end: the ages, the need and the place."""
    place = plan.place(end)
    born = person.born or end
    return {
        "month_end": end, "primary_need": plan.need, **{name: of(born, end) for name, of in WORKED_OUT.items()},
        **(place.values if place else NO_PLACE),
    }  # fmt: skip


def _aged(cases: Cases, person: Person, held: list[tuple[dt.date, Plan]]) -> bool:
    """Whether the person has an age that a pupil can have; told once, not at every month end."""
    if person.born is None:
        return False  # told when it was read
    if age(person.born, held[0][0]) >= 0 and age(person.born, held[-1][0]) <= OLDEST:
        return True
    cases.parts["person"].problem(person.line, "personbirthdate", RULE)
    return False
