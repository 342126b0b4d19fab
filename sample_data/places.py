"""The invented city: its localities, schools and settings, and the authorities around it."""

from dataclasses import dataclass
from functools import cache
from itertools import count

CITY = "Stoke-on-Trent"
NEIGHBOURS = ("Moorvale", "Ashmere County", "Weaverdale", "Northbrook")
LOCALITIES = ("Central", "North", "South")
OUTSIDE = "Outside the city"
NO_SCHOOL = "Not at a school or college"

PRIMARY_STEMS = {
    "Central": "Alderbrook|Bellfield|Bluebell Lane|Brindle Hill|Canal Side|Cobbler's Green|Copperfield|Elmhurst Road|"
    "Fernbank|Foxglove|Garden Street|Harebell|Hollins Wood|Jubilee|Kingsmead|Lantern Street|Marl Hole|Mossfield|"
    "Oakapple|Orchard Row|Potters' Bank|St Hilda's|Wharf Lane",
    "North": "Ash Green|Birchen Edge|Castle View|Clough Bottom|Dovecote|Greenway Rise|Heather Bank|Larkhill|Meadow End|"
    "Millrace|Nettlefold|Pinfold|Quarry Heights|St Cuthbert's|Swallowfield|Thornlea|Windmill Hill",
    "South": "Applegarth|Beechcroft|Brook Meadow|Cherry Orchard|Dale Lane|Fairoak|Hawthorn Park|Ivy House|Lodge Farm|"
    "Maypole|Newstead Fields|River Bend|St Wilfrid's|Sycamore Drive|Willow Tree",
}
SECONDARY_STEMS = {
    "Central": "Brookmount|Hanbury Cross|Kilnfield|Trinity Gate",
    "North": "Highmoor|Northfield Park|St Oswin's|Stonebridge",
    "South": "Blythe Water|Longmeadow|Southlands Green",
}
SPECIALIST = {
    "Central": "Kiln Lane School",
    "North": "Moorside School|Larches School",
    "South": "Meadowbank School|Springwell School",
}
INDEPENDENT = {"North": "Acorn Rise School|Hillcrest House School", "South": "The Willows School"}
PRU = {"Central": "Bridge Centre", "North": "Compass Centre"}
ALTERNATIVE = {"South": "Pathway Provision|Workshop 21"}
NURSERY = {"North": "Little Moor Nursery School|Primrose Nursery School", "South": "Oaktree Nursery School"}
COLLEGE = {"North": "Trentvale College", "South": "Southlands Sixth Form College"}
POST_16_SPECIALIST = {"South": "Bridgewater Specialist College"}
UNIVERSITY = {"Central": "University of the Potteries (invented)"}
PLAYGROUPS = {"Central": 18, "North": 13, "South": 11}
PLAYGROUP_NAMES = (
    "Acorns", "Bumblebees", "Busy Bees", "Buttercups", "Daisy Chain", "Dandelions", "Ducklings", "First Steps",
    "Giggles", "Hedgehogs", "Hopscotch", "Ladybirds", "Little Foxes", "Little Kilns", "Rainbow", "Robins",
    "Stepping Stones", "Sunflowers",
)  # fmt: skip
AWAY = {
    "Independent": "Ashmere Hall School|Beacon Hill School|Fellside School|Kestrel Court School|"
    "Northbrook Lodge School|Riverside Grange School|Weaver House School",
    "Specialist post 16": "Ashmere Valley College|Greenacre College|Weaverdale Specialist College",
    "Further Education": "Ashmere County College",
    "Special": "Moorvale Community Special School",
    "Mainstream": "Moorvale High School|Weaverdale Primary School",
}


@dataclass(frozen=True)
class School:
    """A school or setting: its (invented) number, what it is and where it lies."""

    urn: str
    name: str
    phase: str
    school_type: str
    locality: str
    status: str = "Open"
    resourced: bool = False

    @property
    def in_city(self) -> bool:
        return self.locality != OUTSIDE


def _named(names: dict[str, str], ending: str = "") -> list[tuple[str, str]]:
    return [(place, name + ending) for place, joined in names.items() for name in joined.split("|")]


def _playgroups() -> list[tuple[str, str]]:
    kinds = {"Central": "Day Nursery", "North": "Pre-school", "South": "Playgroup"}
    return [(place, f"{name} {kinds[place]}") for place, n in PLAYGROUPS.items() for name in PLAYGROUP_NAMES[:n]]


@cache
def schools() -> tuple[School, ...]:
    """Every school and setting pupils are placed at, and those that have closed."""
    kinds = (
        (_named(PRIMARY_STEMS, " Primary School"), "Primary", "Mainstream"),
        (_named(SECONDARY_STEMS, " Academy"), "Secondary", "Mainstream"),
        (_named(SPECIALIST), "Specialist", "Special"),
        (_named(INDEPENDENT), "Specialist", "Independent"),
        (_named(PRU), "PRU", "PRU"),
        (_named(ALTERNATIVE), "PRU", "AP - SEND"),
        (_named(NURSERY), "Nursery", "PVI/Nursery"),
        (_playgroups(), "PVI", "PVI/Nursery"),
        (_named(COLLEGE), "Post-16", "Further Education"),
        (_named(POST_16_SPECIALIST), "Post-16", "Specialist post 16"),
        (_named(UNIVERSITY), "Higher education", "Further Education"),
    )  # fmt: skip
    numbers = (str(number) for number in count(900_101))
    resourced = {"Fernbank Primary School", "Larkhill Primary School", "Fairoak Primary School", "Highmoor Academy"}
    made = [School(next(numbers), name, phase, kind, place, resourced=name in resourced)
            for named, phase, kind in kinds for place, name in named]  # fmt: skip
    closed = (("North", "Old Quarry Primary School"), ("South", "Marsh Street Infant School"))
    made += [School(next(numbers), name, "Primary", "Mainstream", place, "Closed") for place, name in closed]
    made += [School(next(numbers), name, away_phase(name, kind), kind, OUTSIDE) for kind, name in _named(AWAY)]
    return tuple(made)


def away_phase(name: str, school_type: str) -> str:
    """The phase of a school outside the city."""
    phases = {"Independent": "Specialist", "Special": "Specialist", "Mainstream": "Secondary"}
    return "Primary" if "Primary" in name else phases.get(school_type, "Post-16")


def settings() -> list[tuple[object, ...]]:
    """The city's schools and settings as the register of schools lists them."""
    listed = [s for s in schools() if s.in_city]
    return [(s.urn, s.name, s.phase, s.school_type, s.locality, "861", s.status) for s in listed]
