"""What happened in a SEN2 return's year: requests, final plans; and the placements on its census day."""

from collections.abc import Iterator

from sendviz.datasets.placements import Placement
from sendviz.datasets.plans import FinalPlan
from sendviz.datasets.referrals import Referral
from sendviz.loading import Joined, Origins, Return
from sendviz.loading.layout import Record
from sendviz.sources.sen2.cases import Cases, Person, Request, some
from sendviz.sources.sen2.codes import FLAG, HISTORIC, REQUEST_OUTCOME, REQUEST_SOURCE, Coded
from sendviz.sources.sen2.cohort import NO_PLACE

INITIAL, AGAIN, _ = Referral.fields["assessment_type"].known


def referrals(given: Return, cases: Cases) -> Joined:
    """The requests received in the return's year. Of earlier ones a return has only those that still matter, so their
    months would come out too low; those whose plan came from another authority were made to that authority."""
    requests = cases.parts["requests"]
    origins = Origins({
        "referral_id": (requests, "requeststableid"), "pupil_id": (cases.parts["person"], "upn"),
        "referral_date": (requests, "receiveddate"), "decision_date": (requests, "requestoutcomedate"),
    })  # fmt: skip
    warnings: list[str] = []
    return given.extract(Referral, origins, _referrals(cases, origins, warnings), warnings)


def _referrals(cases: Cases, origins: Origins, warnings: list[str]) -> Iterator[Record]:
    part = cases.parts["requests"]
    source = Coded(part, "requestsource", REQUEST_SOURCE, warnings)
    outcome = Coded(part, "requestoutcome", REQUEST_OUTCOME, warnings)
    for person, request in _requests(cases):
        line = request.line
        if not cases.period.has(request.received) or request.elsewhere:
            continue
        yield Record(origins.number(person=person.line, requests=line), origins.columns, {
            "referral_id": part.text(line, "requeststableid"), "pupil_id": person.pupil,
            "referral_date": request.received, "assessment_type": _assessment(person, request),
            "source": source(line), "outcome": outcome(line), "decision_date": line.values.get("requestoutcomedate"),
            "school": "", "urn": None, "phase": "", "locality": "",
        })  # fmt: skip


def final_plans(given: Return, cases: Cases) -> Joined:
    """The plans that started in the return's year, but for those whose issue was decided in an earlier one (outcome H):
    their date is that of an amended plan."""
    plan = cases.parts["named_plan"]
    origins = Origins({
        "plan_id": (plan, "namedplantableid"), "pupil_id": (cases.parts["person"], "upn"),
        "request_date": (cases.parts["requests"], "receiveddate"), "final_issued_date": (plan, "startdate"),
    })  # fmt: skip
    warnings: list[str] = []
    return given.extract(FinalPlan, origins, _final_plans(cases, origins, warnings), warnings)


def _final_plans(cases: Cases, origins: Origins, warnings: list[str]) -> Iterator[Record]:
    part, assessments = cases.parts["named_plan"], cases.parts["assessment"]
    exception = Coded(assessments, "week20", FLAG, warnings)
    for person, request in _requests(cases):
        for plan in request.plans:
            historic = assessments.text(plan.assessment, "assessmentoutcome").upper() == HISTORIC
            if request.received is None or historic or not cases.period.has(plan.start):
                continue
            place = plan.named.values if plan.named else NO_PLACE
            number = origins.number(person=person.line, requests=request.line, named_plan=plan.line)
            yield Record(number, origins.columns, {
                "plan_id": part.text(plan.line, "namedplantableid"), "pupil_id": person.pupil,
                "request_date": request.received, "final_issued_date": plan.start,
                "assessment_type": _assessment(person, request), "exception": exception(plan.assessment),
                "la_responsible": "N" if request.elsewhere else "Y", "primary_need": plan.need,
                "school_type": place["school_type"], "locality": place["locality"],
            })  # fmt: skip


def placements(given: Return, cases: Cases) -> Joined:
    """The placements of the plans in force on the census day. A return has no costs. A placement that stands in it
    twice, as one school under two ranks, counts once."""
    stay = cases.parts["placement_detail"]
    origins = Origins({
        "pupil_id": (cases.parts["person"], "upn"), "placement_start": (stay, "entrydate"),
        "placement_end": (stay, "leavingdate"),
    })  # fmt: skip
    warnings: list[str] = []
    return given.extract(Placement, origins, _placements(cases, origins, warnings), warnings)


def _placements(cases: Cases, origins: Origins, warnings: list[str]) -> Iterator[Record]:
    twice: list[str] = []
    for person in cases.persons:
        met: set[tuple[object, ...]] = set()
        for stay in (stay for plan in person.plans() for stay in plan.stays):
            key = (stay.values["school"], stay.entry)
            if key in met:
                twice.append(cases.parts["placement_detail"].place(stay.line, "entrydate"))
                continue
            met.add(key)
            number = origins.number(person=person.line, placement_detail=stay.line)
            yield Record(number, origins.columns, {
                "pupil_id": person.pupil, "placement_start": stay.entry, "placement_end": stay.left,
                "annual_cost": None, "as_at": cases.period.census,
                **{name: value for name, value in stay.values.items() if name != "city_status"},
            })  # fmt: skip
    if twice:
        where = f"{cases.parts['placement_detail'].report.file}, {twice[0]}"
        stand = some(len(twice), "placement stands there twice and counts", "placements stand there twice and count")
        warnings.append(f"{stand} once; the first is at {where}.")


def _requests(cases: Cases) -> Iterator[tuple[Person, Request]]:
    return ((person, request) for person in cases.persons for request in person.requests)


def _assessment(person: Person, request: Request) -> str:
    """A re-assessment where the person had a plan in force, of an earlier request, when this one arrived."""
    others = (plan for other in person.requests if other is not request for plan in other.plans)
    return AGAIN if request.received and any(plan.holds(request.received) for plan in others) else INITIAL
