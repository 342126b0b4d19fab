"""Get Information About Schools (DfE): the register of schools, from which this area's are kept.

Two forms are read. The establishment extract (edubasealldata…csv, or any choice of its fields that has those in
EXTRACT) from get-information-schools.service.gov.uk, downloads; and the shorter list of schools by academic year that
DfE published beside its statistics.

- Kept: the schools whose LA (name) is this area (SENDVIZ_AREA). The others are left out and counted in a warning.
- Open is "Open" and "Open, but proposed to close". "Proposed to open" is left out: nobody can be placed there yet.
- School type is by type of establishment (TYPES). Non-maintained special schools stand with the independent ones, as
  in a placements budget: neither is the authority's own.
- Phase is that of the type where it has one (a special school is Specialist whatever its pupils' ages), else
  PhaseOfEducation (name), else by the ages a school takes: up to 13 and from under 9 Primary, above that Secondary.
  Middle schools are what they are deemed. A type or phase that is not here is Not recorded, and said.
- Locality is not in the register: schools known before keep theirs (see `keeps` in datasets/settings.py).
- Of the list by academic year: the first figure of a school's number says its kind (KINDS); it was open if it is
  listed in the newest year, else it has closed. It gives its authority by number alone: of one authority, it is taken
  to be this area's, which a warning says; of several, it is a problem.
- Names of heads and proprietors, telephone numbers and addresses are never stored.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator

from sendviz.datasets.settings import Setting
from sendviz.loading import Cells, Record, Source, Top
from sendviz.loading.personal import personal
from sendviz.settings import settings
from sendviz.vocabulary import NOT_RECORDED
from sendviz.vocabulary.fields import plain

URN, NAME, LA_CODE, AUTHORITY, TRUST = "urn", "establishmentname", "la (code)", "la (name)", "trusts (name)"
TYPE, STATUS, PHASE = "typeofestablishment (name)", "establishmentstatus (name)", "phaseofeducation (name)"
YOUNGEST, OLDEST = "statutorylowage", "statutoryhighage"
EXTRACT = frozenset({URN, NAME, AUTHORITY, TYPE, STATUS})
YEARLY = frozenset({"academicyear", "la", "laestab", "schoolname", URN})
PEOPLE = ("head", "propsname")  # headings that begin so hold names
PROPOSED = "proposed to open"
OF_ITS_PHASE = None

_MAINSTREAM, _SPECIAL = ("Mainstream", OF_ITS_PHASE), ("Special", "Specialist")
_INDEPENDENT_SPECIAL, _PRU, _COLLEGE = ("Independent", "Specialist"), ("PRU", "PRU"), ("Further Education", "Post-16")
TYPES: dict[str, tuple[str, str | None]] = {
    **dict.fromkeys(
        ("Community school", "Voluntary aided school", "Voluntary controlled school", "Foundation school",
         "Academy sponsor led", "Academy converter", "Free schools", "City technology college",
         "University technical college", "Studio schools"), _MAINSTREAM,
    ),
    **dict.fromkeys(
        ("Community special school", "Foundation special school", "Academy special sponsor led",
         "Academy special converter", "Free schools special"), _SPECIAL,
    ),
    **dict.fromkeys(("Non-maintained special school", "Other independent special school"), _INDEPENDENT_SPECIAL),
    **dict.fromkeys(
        ("Pupil referral unit", "Academy alternative provision converter", "Academy alternative provision sponsor led",
         "Free schools alternative provision"), _PRU,
    ),
    **dict.fromkeys(
        ("Further education", "Sixth form centres", "Academy 16-19 converter", "Academy 16 to 19 sponsor led",
         "Free schools 16 to 19", "Academy secure 16 to 19"), _COLLEGE,
    ),
    "Local authority nursery school": ("PVI/Nursery", "Nursery"),
    "Other independent school": ("Independent", OF_ITS_PHASE),
    "Special post 16 institution": ("Specialist post 16", "Post-16"),
    "Higher education institutions": (NOT_RECORDED, "Higher education"),
    **dict.fromkeys(
        ("Secure units", "Offshore schools", "Service children's education", "Miscellaneous", "Online provider",
         "British schools overseas", "Welsh establishment", "Institution funded by other government department"),
        (NOT_RECORDED, OF_ITS_PHASE),
    ),
}  # fmt: skip
PHASES = {
    "nursery": "Nursery", "primary": "Primary", "middle deemed primary": "Primary", "secondary": "Secondary",
    "middle deemed secondary": "Secondary", "all-through": "Secondary", "all through": "Secondary",
    "16 plus": "Post-16",
}  # fmt: skip
KINDS = {
    "1": ("PVI/Nursery", "Nursery"), "2": ("Mainstream", "Primary"), "3": ("Mainstream", "Primary"),
    "4": ("Mainstream", "Secondary"), "5": ("Mainstream", "Secondary"), "6": ("Independent", NOT_RECORDED),
    "7": ("Special", "Specialist"),
}  # fmt: skip
_TYPES = {name.casefold(): kind for name, kind in TYPES.items()}
_AMONG_OTHERS = {  # numbers of pupil referral units among those of nurseries, of academies among the independent
    range(1100, 1151): ("PRU", "PRU"),
    range(6900, 7000): ("Mainstream", "Secondary"),
}


def kind_of(establishment: str, phase: str, youngest: str = "", oldest: str = "") -> tuple[str, str]:
    """The school type and phase of a type of establishment, its phase as published, and the ages it takes."""
    school_type, own = _TYPES.get(establishment.casefold(), (NOT_RECORDED, OF_ITS_PHASE))
    return school_type, own or PHASES.get(phase.casefold()) or _by_age(youngest, oldest)


def _by_age(youngest: str, oldest: str) -> str:
    if not (youngest.isdigit() and oldest.isdigit()):
        return NOT_RECORDED
    return "Primary" if int(youngest) < 9 and int(oldest) <= 13 else "Secondary"


def kind_of_number(laestab: str) -> tuple[str, str]:
    """The school type and phase that a school's number (authority and establishment, seven figures) says."""
    number = laestab[3:]
    for numbers, kind in _AMONG_OTHERS.items():
        if number.isdigit() and int(number) in numbers:
            return kind
    return KINDS.get(number[:1], (NOT_RECORDED, NOT_RECORDED))


def _private(heading: str) -> bool:
    return personal(heading) or heading.casefold().startswith(PEOPLE)


def _here(authority: object) -> bool:
    return plain(authority).casefold() == settings().area.casefold()


def _extract(top: Top, rows: Iterable[tuple[int, Cells]]) -> Iterator[Record]:
    """This area's schools; then says what was left out, and which types are not known."""
    at = top.at
    fields = {"urn": URN, "school": NAME, "phase": PHASE, "school_type": TYPE, "la_code": LA_CODE, "trust": TRUST,
              "status": STATUS}  # fmt: skip
    columns = {field: at[heading] for field, heading in fields.items() if heading in at}
    columns.setdefault("phase", at[TYPE])
    elsewhere, proposed, kept, unknown = 0, 0, 0, Counter[str]()
    for number, cells in rows:
        said = {heading: plain(cells[column]) for heading, column in at.items()}
        if not _here(said[AUTHORITY]):
            elsewhere += 1
        elif said[STATUS].casefold() == PROPOSED:
            proposed += 1
        else:
            kept += 1
            unknown[said[TYPE]] += said[TYPE].casefold() not in _TYPES
            school_type, phase = kind_of(said[TYPE], *(said.get(heading, "") for heading in (PHASE, YOUNGEST, OLDEST)))
            status = "Open" if said[STATUS].casefold().startswith("open") else said[STATUS]
            yield Record(number, columns, {
                "urn": said[URN], "school": said[NAME], "phase": phase, "school_type": school_type, "locality": "",
                "la_code": said.get(LA_CODE), "trust": said.get(TRUST), "status": status,
            })  # fmt: skip
    _say_localities(top)
    _left_out(top, elsewhere, kept + proposed)
    if proposed:
        top.report.warnings.append(f"Left out as proposed to open: {_schools(proposed)}.")
    if types := [f"'{name}' ({count})" for name, count in unknown.items() if count]:
        top.report.warnings.append(f"Types of establishment that are not known: {', '.join(types)}. Their school type "
                                   f"is {NOT_RECORDED}.")  # fmt: skip


def _say_localities(top: Top) -> None:
    top.report.warnings.append(
        f"The register has no localities: schools keep the one given before, others are {NOT_RECORDED}."
    )


def _left_out(top: Top, elsewhere: int, here: int) -> None:
    area = settings().area
    if elsewhere and not here:
        top.report.problem(
            f"no school of {area} is in the file, only {_schools(elsewhere)} of other authorities: the setting "
            "SENDVIZ_AREA says which area this is",
            column=plain(top.headings[top.at[AUTHORITY]]),
        )  # fmt: skip
    elif elsewhere:
        top.report.warnings.append(f"Left out: {_schools(elsewhere)} of other authorities than {area} (SENDVIZ_AREA).")


def _schools(count: int) -> str:
    return "1 school" if count == 1 else f"{count:,} schools"


def _yearly(top: Top, rows: Iterable[tuple[int, Cells]]) -> Iterator[Record]:
    """The schools of the list by academic year, each once as it was last listed."""
    at = top.at
    last: dict[str, tuple[str, int, Cells]] = {}
    for number, cells in rows:
        year, urn = plain(cells[at["academicyear"]]), plain(cells[at[URN]])
        if urn not in last or last[urn][0] < year:
            last[urn] = year, number, cells
    newest = max((year for year, _, _ in last.values()), default="")
    fields = {"urn": URN, "school": "schoolname", "phase": "laestab", "school_type": "laestab", "la_code": "la",
              "status": "academicyear"}  # fmt: skip
    columns = {field: at[heading] for field, heading in fields.items()}
    for urn, (year, number, cells) in last.items():
        school_type, phase = kind_of_number(plain(cells[at["laestab"]]))
        yield Record(number, columns, {
            "urn": urn, "school": cells[at["schoolname"]], "phase": phase, "school_type": school_type, "locality": "",
            "la_code": cells[at["la"]], "trust": None,
            "status": "Open" if year == newest else "Closed",
        })  # fmt: skip
    _say_localities(top)
    _one_authority(top, {plain(cells[at["la"]]) for _, _, cells in last.values()}, newest)


def _one_authority(top: Top, authorities: set[str], newest: str) -> None:
    area = settings().area
    if len(authorities) > 1:
        top.report.problem(
            f"the list has schools of {len(authorities)} authorities by number alone: keep those of {area} and leave "
            "the others out", column=plain(top.headings[top.at["la"]]),
        )  # fmt: skip
    elif authorities:
        top.report.warnings.append(
            f"An old list: the newest academic year in it is {newest[:4]}/{newest[4:]}. It names its authority only as "
            f"{authorities.pop()}; its schools are taken to be those of {area}."
        )


def _all_of(needed: Collection[str]) -> Callable[[Collection[str]], bool]:
    return lambda headings: frozenset(needed).issubset(headings)


REGISTER = "Get Information About Schools (DfE)"
extract = Source(REGISTER, Setting, _all_of(EXTRACT), whole=_extract, private=_private)
yearly = Source(f"{REGISTER}, by academic year", Setting, _all_of(YEARLY), whole=_yearly)
