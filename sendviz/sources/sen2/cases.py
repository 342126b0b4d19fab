"""The return's modules joined: each person with their requests, plans and placements."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from sendviz.loading import Known, Line, Return
from sendviz.loading.parts import ONCE
from sendviz.sources.sen2.codes import HISTORIC, NEED, SEX, Coded
from sendviz.sources.sen2.period import Period
from sendviz.sources.sen2.places import Place, Places, rank

# Each module with the one it belongs to.
BELOW = {
    "requests": "person", "assessment": "requests", "named_plan": "assessment", "plan_detail": "named_plan",
    "active_plans": "requests", "placement_detail": "active_plans", "sen_need": "active_plans",
}  # fmt: skip


def own_number(module: str) -> str:
    """The heading of a module's own numbers."""
    return f"{module.replace('_', '')}tableid"


@dataclass
class Person:
    """A person of the return. `born` is None where that is no date, which has been told."""

    line: Line
    pupil: str
    born: dt.date | None
    gender: str
    requests: list["Request"] = field(default_factory=list)

    def plans(self) -> Iterator["Plan"]:
        """Their plans, of all requests."""
        return (plan for request in self.requests for plan in request.plans)


@dataclass
class Request:
    """A request for a needs assessment, with what came of it. `elsewhere`: the plan came from another authority."""

    line: Line
    received: dt.date | None
    elsewhere: bool
    plans: list["Plan"] = field(default_factory=list)


@dataclass
class Plan:
    """A plan, from its start until it ceased. `stays` are its placements, the first to count first; `named` is the
    setting that the plan itself names."""

    line: Line
    assessment: Line
    start: dt.date
    ceased: dt.date | None
    named: Place | None = None
    need: str = ""
    stays: list[Place] = field(default_factory=list)

    def holds(self, day: dt.date) -> bool:
        """Whether it had started by that day and not ceased by it."""
        return self.start <= day and (self.ceased is None or self.ceased > day)

    def place(self, day: dt.date) -> Place | None:
        """Where it was delivered on that day: the placement of the highest rank, else the setting the plan names."""
        return next((stay for stay in self.stays if stay.lasts(day)), self.named)


class Cases:
    """The persons of a return. What does not join, or is no date, has been told as a problem of its file."""

    def __init__(self, given: Return, known: Known, period: Period) -> None:
        self.parts, self.known, self.period = given.parts, known, period
        self.warnings: list[str] = []
        self.places = Places(given.parts, known, self.warnings)
        self._sex = Coded(self.parts["person"], "sex", SEX, self.warnings)
        self._need = Coded(self.parts["sen_need"], "sentype", NEED, self.warnings)
        keys = {name: self.parts[name].keyed(own_number(name)) for name in dict.fromkeys(BELOW.values())}
        self._below = {
            name: self.parts[name].under(own_number(parent), self.parts[parent], keys[parent])
            for name, parent in BELOW.items()
        }
        self._unnumbered, self._unnamed, self._moved_in = 0, 0, 0
        self.persons = list(self._persons(keys["person"]))
        self._tell()

    def _persons(self, lines: dict[str, Line]) -> Iterator[Person]:
        """Every person; the same pupil number on two rows is a problem, since they may not be one person."""
        part, pupils = self.parts["person"], dict[str, Line]()
        for key, line in lines.items():
            number = part.text(line, "upn") or part.text(line, "uniquelearnernumber")
            self._unnumbered += not number
            person = Person(line, number or f"{self.period.census:%Y} {key}", None, self._sex(line))
            if (first := pupils.setdefault(person.pupil, line)) is not line:
                part.problem(line, "upn", f"the same pupil number as in {part.place(first, 'upn')}: {ONCE}")
                continue
            person.born = part.day(line, "personbirthdate", must=True)
            person.requests = [self._request(request) for request in self._below["requests"].get(key, ())]
            yield person

    def _request(self, line: Line) -> Request:
        part = self.parts["requests"]
        key = part.text(line, "requeststableid")
        active = self._below["active_plans"].get(key, [])
        elsewhere = any(self.parts["active_plans"].text(row, "transferla") for row in active)
        historic = part.text(line, "requestoutcome").upper() == HISTORIC  # their dates may be lost
        request = Request(line, part.day(line, "receiveddate", must=not historic), elsewhere)
        for assessment in self._below["assessment"].get(key, ()):
            own = self.parts["assessment"].text(assessment, "assessmenttableid")
            for named in self._below["named_plan"].get(own, ()):
                if plan := self._plan(named, assessment):
                    request.plans.append(plan)
        self._moved_in += elsewhere
        self._attach(request, active)
        return request

    def _plan(self, line: Line, assessment: Line) -> Plan | None:
        """A plan; None where the row holds nothing but its numbers, as systems write where there is no plan."""
        part = self.parts["named_plan"]
        if not any(part.text(line, name) for name in ("startdate", "ceasedate", "ceasereason")):
            return None
        start = part.day(line, "startdate", must=True)
        ceased = part.day(line, "ceasedate", must=bool(part.text(line, "ceasereason")))
        if start is None:
            return None
        if ceased and ceased < start:
            part.problem(line, "ceasedate", "a plan cannot cease before it starts")
        details = self._below["plan_detail"].get(part.text(line, "namedplantableid"), [])
        places = sorted((self.places.of("plan_detail", detail) for detail in details), key=lambda place: place.rank)
        return Plan(line, assessment, start, ceased, next(iter(places), None))

    def _attach(self, request: Request, active: list[Line]) -> None:
        """Placements and needs belong to the request's plan in force, which is the last to start where there are
        several."""
        if active and not request.plans:
            self._unnamed += 1
        for line in active if request.plans else ():
            plan = max(request.plans, key=lambda plan: (plan.ceased is None, plan.start))
            key = self.parts["active_plans"].text(line, "activeplanstableid")
            stays = (self.places.stay(stay) for stay in self._below["placement_detail"].get(key, ()))
            plan.stays = sorted((stay for stay in stays if stay), key=lambda stay: (stay.rank, -stay.entry.toordinal()))
            if needs := sorted(self._below["sen_need"].get(key, ()), key=self._need_rank):
                plan.need = self._need(needs[0])

    def _need_rank(self, line: Line) -> int:
        return rank(self.parts["sen_need"], line, "sentyperank")

    def _tell(self) -> None:
        year = self.period.year
        if self._unnumbered:
            self.warnings.append(
                f"{some(self._unnumbered, 'person has', 'persons have')} neither a UPN nor a ULN: they cannot be "
                "recognised in another return or extract."
            )
        if self._unnamed:
            self.warnings.append(
                f"{some(self._unnamed, 'active plan has', 'active plans have')} no named plan, so no date from which "
                "to count them: they are left out."
            )
        if self._moved_in:
            self.warnings.append(
                f"{some(self._moved_in, 'plan', 'plans')} came from another authority during {year}; the return does "
                "not say when, so they count from the plan's own start."
            )


def some(count: int, one: str, many: str) -> str:
    """The number with the words for one or for many: 1 plan, 3 plans."""
    return f"{count:,} {one if count == 1 else many}"
