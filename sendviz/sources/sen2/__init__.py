"""The SEN2 return: every EHC plan, request and placement of an authority, person by person, as sent to the department.

It comes from COLLECT as one CSV file a module (`Blade-Export_DD-MM-YYYY_person.csv` and so on), or as the one XML file
that an authority's own system makes; both have the same fields. `docs/sen2.md` has every rule of the mapping.
"""

from collections.abc import Iterator

from sendviz.loading import Form, Joined, Known, Return, Together
from sendviz.sources.sen2.cases import Cases
from sendviz.sources.sen2.cohort import cohort
from sendviz.sources.sen2.events import final_plans, placements, referrals
from sendviz.sources.sen2.period import period_of

FORMS = {
    "sen2": Form(("collection", "year"), may=("referencedate", "lea"), needed=False),
    "source": Form(("sourcelevel", "lea"), needed=False),
    "person": Form(
        ("persontableid", "personbirthdate"), may=("upn", "uniquelearnernumber", "sex"),
        aka={"gendercurrent": "sex", "gender": "sex"}, private=("personbirthdate",),
    ),
    "requests": Form(
        ("requeststableid", "receiveddate"), ("persontableid", "requestoutcome"),
        ("requestsource", "requestoutcomedate"), {"rquestsource": "requestsource"},
    ),
    "assessment": Form(("assessmenttableid", "assessmentoutcome"), ("requeststableid",), ("week20",)),
    "named_plan": Form(("namedplantableid", "startdate"), ("assessmenttableid", "ceasedate"), ("ceasereason",)),
    "plan_detail": Form(
        ("plandetailtableid", "namedplantableid"), ("urn",),
        ("ukprn", "sensetting", "placementrank", "senunitindicator", "resourcedprovisionindicator"),
    ),
    "active_plans": Form(("activeplanstableid", "requeststableid"), may=("transferla",)),
    "placement_detail": Form(
        ("placementdetailtableid", "activeplanstableid"), ("urn", "entrydate", "leavingdate"),
        ("ukprn", "sensetting", "placementrank", "senunitindicator", "resourcedprovisionindicator"),
    ),
    "sen_need": Form(("activeplanstableid", "sentype"), may=("sentyperank",)),
}  # fmt: skip


def joins(given: Return, known: Known) -> Iterator[Joined]:
    """The cohort, referrals, final plans and placements of a return."""
    if not given.parts["person"].lines:
        given.report.problem(f"there is no person in it: it is not a {given.together.name}")
        return
    if period := period_of(given):
        cases = Cases(given, known, period)
        for dataset in (cohort, referrals, final_plans, placements):
            yield dataset(given, cases)


sen2 = Together("SEN2 return", FORMS, joins)
