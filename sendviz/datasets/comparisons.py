"""How areas compare, by figures published of all of them: what is measured, and what is shown of it."""

from sendviz.datasets.published import NEEDS_OF_NEW_PLANS, NEW_PLANS, PublishedFigure
from sendviz.datasets.wholes import ALL, NEEDED, PLACED
from sendviz.vocabulary import COUNT, GROWTH, PUBLISHED, SHARE, Exhibit, Measure, Not, Total, Unit

PAGE = "compare"
BY = ("area_name", "level", "period")
PARTS_BY = (*BY, "part")
RELEASE = "(Education, health and care plans, DfE)"
SIZE = (
    "Areas differ in size and the release has no population, so each is held against its own first year: the rise "
    "since then, of what it was then."
)
THREE_COUNTS = (
    "Not to be taken for one another: plans in force are those of the January of a school year; new plans, assessments "
    "that led to a plan and plans in the 20-week figures are three counts of one calendar year, each from a table of "
    "its own."
)


def _count(*measures: str) -> Total:
    return Total(PublishedFigure, add="value", only={"measure": measures, "breakdown": ALL})


def _in_force(*measures: str) -> Total:
    """The tables of new plans have the same indicators."""
    only = {"measure": measures, "breakdown": ALL, "publication": Not(NEW_PLANS, NEEDS_OF_NEW_PLANS)}
    return Total(PublishedFigure, add="value", only=only)


def _published(title: str, measure: str, why: str, unit: Unit = COUNT, since: str | None = None) -> Measure:
    return Measure(title, of=_count(measure), unit=unit, since=since, counts=PUBLISHED, why=why)


def _share(title: str, parts: tuple[str, ...], whole: str, why: str) -> Measure:
    return Measure(
        title, of=_in_force(*parts), over=_in_force(whole), across=("part",), unit=SHARE, counts=PUBLISHED,
        why=f"{why} {RELEASE}.",
    )  # fmt: skip


timeliness = Measure(
    "Plans issued within 20 weeks, excluding exceptions, as published",
    of=_count("plans_issued_20_weeks_ex"), over=_count("plans_issued_den_ex"),
    unit=SHARE, counts=PUBLISHED, good="high",
    why=f"Plans issued within 20 weeks, of all plans issued, both without cases where an exception applies {RELEASE}. "
        "Published as it stands: small numbers are the publisher's to withhold.",
)  # fmt: skip
plans_growth = _published(
    "Plans in force: rise since the first year", "ehcplans",
    f"{SIZE} Plans in force in the January of each school year {RELEASE}.", GROWTH, "period",
)  # fmt: skip
plans = _published(
    "Plans in force", "ehcplans", f"Plans in force in the January of the school year {RELEASE}. {THREE_COUNTS}",
)  # fmt: skip
sen_support = _published(
    "Pupils on SEN support", "sen_support",
    "Pupils with special educational needs and no plan, where an area publishes it (here: Wakefield's SEND strategy).",
)  # fmt: skip
requests_growth = _published(
    "Requests for an assessment: rise since the first year", "requests_received_in_year",
    f"{SIZE} Requests for an EHC needs assessment received in the calendar year {RELEASE}.", GROWTH, "period",
)  # fmt: skip
requests = _published(
    "Requests for an assessment", "requests_received_in_year",
    f"Requests for an EHC needs assessment (section 36, Children and Families Act 2014) received in the calendar year "
    f"{RELEASE}.",
)  # fmt: skip
led_growth = _published(
    "Assessments that led to a plan: rise since the first year", "assess_issued",
    f"{SIZE} Drawn for this count of the three: in the release of 2025, new plans are one same figure for seven "
    "authorities in 2022.",
    GROWTH, "period",
)  # fmt: skip
led = _published(
    "Assessments that led to a plan", "assess_issued",
    f"Assessments that ended in the calendar year in a decision to issue a plan {RELEASE}.",
)  # fmt: skip
new_plans = _published(
    "New plans", "new_ehc_plans", f"Plans that started in the calendar year {RELEASE}.",
)  # fmt: skip
in_20_weeks = _published(
    "Plans in the 20-week figures", "plans_issued_den",
    f"Plans issued in the calendar year that the 20-week figures are worked out of, exceptions included {RELEASE}.",
)  # fmt: skip
need_share = _share(
    "Share of plans by primary need", NEEDED, "ehc_plans",
    "Plans in force with each primary need, of all plans in force: a share, so that areas of any size compare",
)  # fmt: skip
placement_share = _share(
    "Share of plans by placement", PLACED, "ehcplans",
    "Plans in force by where the pupil is placed in January, of all plans in force: a share, so that areas of any size "
    "compare. Mainstream includes resourced provision, SEN units and independent mainstream schools",
)  # fmt: skip


def _compared(name: str, title: str, measures: tuple[Measure, ...], headline: str, note: str = "") -> Exhibit:
    return Exhibit(name, title, measures, BY, chart="compare", page=PAGE, apart=BY, headline=headline, note=note)


def _by_part(name: str, title: str, measure: Measure) -> Exhibit:
    return Exhibit(
        name, title, (measure,), PARTS_BY, chart="compare parts", page=PAGE, apart=PARTS_BY,
        headline="Widest difference from England {when}: {apart_in_sentence}, {apart_value} of plans in {area} and "
                 "{apart_england} in England",
    )  # fmt: skip


compare_timeliness = _compared(
    "compare-timeliness", "Plans issued within 20 weeks, compared", (timeliness,),
    "In {period}, {area} issued {area_value} of plans within 20 weeks, excluding exceptions"
    "[; England issued {england_value}]",
)  # fmt: skip
compare_plans = _compared(
    "compare-plans", "Rise in plans in force since the first year, compared", (plans_growth, plans, sen_support),
    "Plans in {area} {area_moved} from {first_period} to {period}[; in England they {england_moved}]", THREE_COUNTS,
)  # fmt: skip
compare_requests = _compared(
    "compare-requests", "Rise in requests for an assessment since the first year, compared",
    (requests_growth, requests),
    "Requests for an assessment in {area} {area_moved} from {first_period} to {period}"
    "[; in England they {england_moved}]",
)  # fmt: skip
compare_new_plans = _compared(
    "compare-new-plans", "New plans in a year, three published counts, compared",
    (led_growth, led, new_plans, in_20_weeks),
    "Assessments that led to a plan in {area} {area_moved} from {first_period} to {period}"
    "[; in England they {england_moved}]", THREE_COUNTS,
)  # fmt: skip
compare_need = _by_part(
    "compare-primary-need", "Primary need as a share of plans in force, compared", need_share
)  # fmt: skip
compare_placements = _by_part(
    "compare-placements", "Placements as a share of plans in force, compared", placement_share
)  # fmt: skip
