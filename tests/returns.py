"""Makes SEN2 returns: of invented pupils, seeded, and as COLLECT exports them (CSV) or as systems send them (XML)."""

import csv
import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from sendviz.loading import Gathering, Known, Reading, School, SheetReport
from sendviz.sources import SOURCES, TOGETHER
from sendviz.vocabulary import Row

Module = list[dict[str, str]]
# Of each module: the module it belongs to, and its fields as they are spelt in XML.
MODULES = {
    "Person": ("", "Surname Forename PersonBirthDate Sex Ethnicity PostCode UPN UniqueLearnerNumber UPNunknown"),
    "Requests": ("Person", "ReceivedDate RequestSource RYA RequestOutcomeDate RequestOutcome RequestMediation "
                           "RequestTribunal Exported"),
    "Assessment": ("Requests", "AssessmentOutcome AssessmentOutcomeDate AssessmentMediation AssessmentTribunal "
                               "OtherMediation OtherTribunal Week20"),
    "NamedPlan": ("Assessment", "StartDate PlanRes PlanWBP PB OA DP CeaseDate CeaseReason"),
    "PlanDetail": ("NamedPlan", "URN UKPRN SENsetting SENsettingOther PlacementRank SENunitIndicator "
                                "ResourcedProvisionIndicator"),
    "ActivePlans": ("Requests", "TransferLA ReviewMeeting ReviewOutcome LastReview"),
    "PlacementDetail": ("ActivePlans", "URN UKPRN SENsetting SENsettingOther PlacementRank EntryDate LeavingDate "
                                       "SENunitIndicator ResourcedProvisionIndicator Res WBP"),
    "SENneed": ("ActivePlans", "SENtype SENtypeRank"),
}  # fmt: skip
FILES = (
    "person", "requests", "assessment", "named_plan", "plan_detail", "active_plans", "placement_detail", "sen_need",
)  # fmt: skip
YEAR = 2025
NEEDS = ("ASD", "SEMH", "SLCN", "MLD", "SLD", "PMLD", "HI", "DS")


def number(module: str) -> str:
    """The heading of a module's own numbers."""
    return f"{module.lower()}tableid"


class Made:
    """A return's modules, with the numbers that join them."""

    def __init__(self) -> None:
        self.modules: dict[str, Module] = {name: [] for name in MODULES}

    def add(self, module: str, parent: str = "", **fields: str | int | dt.date | None) -> str:
        """A new row below that row of the parent; its own number."""
        rows = self.modules[module]
        row = {number(module): f"{module[:2]}{len(rows) + 1}"}
        if MODULES[module][0]:
            row[number(MODULES[module][0])] = parent
        rows.append(row | {name: "" if value is None else str(value) for name, value in fields.items()})
        return row[number(module)]


def written(**tables: str) -> Made:
    """A return written as small tables, one a module, `_` for a blank cell; a module without a table is empty."""
    made = Made()
    for module, table in tables.items():
        heading, *lines = ([cell.strip() for cell in line.split("|")] for line in table.strip().splitlines())
        rows = ([cell.replace("_", "") for cell in line] for line in lines)
        made.modules[module] = [dict(zip(heading, row, strict=True)) for row in rows]
    return made


def invented(pupils: int, seed: int = 7) -> Made:
    """A return of so many invented persons, whose plans started, moved and ceased as plans do."""
    made, chance = Made(), random.Random(seed)
    for n in range(pupils):
        _person(made, chance, n)
    return made


def _person(made: Made, chance: random.Random, n: int) -> None:
    def day(first: dt.date, last: dt.date) -> dt.date:
        return first + dt.timedelta(days=chance.randrange((last - first).days))

    person = made.add(
        "Person", Surname="Nobody", Forename=f"Pupil {n}", PostCode="ZZ1 1ZZ", UPN=f"Z{860000000000 + n}",
        PersonBirthDate=day(dt.date(2003, 1, 1), dt.date(2017, 1, 1)), Sex=chance.choice("MF"),
    )  # fmt: skip
    received = day(dt.date(2017, 1, 1), dt.date(YEAR - 1, 12, 31))
    outcome = chance.choices("YNWA", (85, 10, 2, 3))[0] if received.year == YEAR - 1 else "H"
    request = made.add(
        "Requests", person, ReceivedDate=received, RequestSource=chance.randint(1, 5), RequestOutcome=outcome,
        RequestOutcomeDate=received + dt.timedelta(days=40) if outcome in "YN" else None,
    )  # fmt: skip
    started = received + dt.timedelta(days=chance.randint(90, 200))
    if outcome not in "YH" or started.year >= YEAR:
        return
    assessment = made.add(
        "Assessment", request, AssessmentOutcome="Y" if started.year == YEAR - 1 else "H",
        Week20=chance.choice("01") if started.year == YEAR - 1 else None,
    )  # fmt: skip
    ceased = day(dt.date(YEAR - 1, 1, 1), dt.date(YEAR - 1, 12, 31)) if chance.random() < 0.05 else None
    ceased = ceased if ceased and ceased > started else None
    plan = made.add(
        "NamedPlan",
        assessment,
        StartDate=started,
        CeaseDate=ceased,
        CeaseReason=chance.randint(1, 9) if ceased else None,
    )
    urn = 123_000 + chance.randrange(150)
    made.add("PlanDetail", plan, URN=urn, PlacementRank=1, SENunitIndicator=0, ResourcedProvisionIndicator=n % 20 == 0)
    if ceased is None:
        _active(made, chance, request, urn, started)


def _active(made: Made, chance: random.Random, request: str, urn: int, started: dt.date) -> None:
    active = made.add("ActivePlans", request, TransferLA=None)
    moved = dt.date(YEAR - 1, 9, 1) if chance.random() < 0.2 and started < dt.date(YEAR - 1, 8, 1) else None
    made.add("PlacementDetail", active, URN=urn, PlacementRank=1, EntryDate=started, LeavingDate=moved)
    if moved:
        made.add("PlacementDetail", active, SENsetting="EHE", PlacementRank=1, EntryDate=moved)
    for rank, need in enumerate(chance.sample(NEEDS, 2), 1):
        made.add("SENneed", active, SENtype=need, SENtypeRank=rank)


def as_csv(folder: Path, made: Made) -> list[Path]:
    """The return as COLLECT exports it: a file a module, headings in small letters, dates as 2024-Sep-28 00:00:00."""
    paths = []
    folder.mkdir(exist_ok=True)
    for file, (module, (parent, fields)) in zip(FILES, MODULES.items(), strict=True):
        paths.append(folder / f"Blade-Export_28-01-{YEAR}_{file}.csv")
        own = [number(module), "NativeId", *([number(parent)] if parent else [])]
        with paths[-1].open("w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out)
            writer.writerow([*own, *(name.lower() for name in fields.split())])
            for row in made.modules[module]:
                writer.writerow([row.get(name, "") for name in own] + [_blade(row.get(n, "")) for n in fields.split()])
    return paths


def _blade(value: str) -> str:
    try:
        return f"{dt.date.fromisoformat(value):%Y-%b-%d} 00:00:00"
    except ValueError:
        return value


def as_xml(path: Path, made: Made) -> Path:
    """The return as systems send it: one file, the modules nested."""
    below: dict[tuple[str, str], Module] = {}
    for module, (parent, _) in MODULES.items():
        for row in made.modules[module]:
            below.setdefault((module, row.get(number(parent), "")), []).append(row)
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n<Header><CollectionDetails><Collection>SEN2</Collection>'
        f"<Year>{YEAR}</Year><ReferenceDate>{YEAR}-01-16</ReferenceDate></CollectionDetails>"
        "<Source><SourceLevel>L</SourceLevel><LEA>861</LEA></Source></Header>\n<Persons>\n"
    )
    body = "\n".join(_elements("Person", "", below))
    path.write_text(f"{head}{body}\n</Persons>\n</Message>\n", encoding="utf-8")
    return path


def _elements(module: str, parent: str, below: Mapping[tuple[str, str], Sequence[dict[str, str]]]) -> Iterator[str]:
    for row in below.get((module, parent), ()):
        fields = MODULES[module][1].split()
        yield f"<{module}>" + "".join(f"<{n}>{escape(row[n])}</{n}>" for n in fields if row.get(n))
        for child in (name for name, (above, _) in MODULES.items() if above == module):
            yield from _elements(child, row[number(module)], below)
        yield f"</{module}>"


ONE = {
    "Person": """
        persontableid | UPN | PersonBirthDate | Sex
        P1            | A1  | 2014-10-20      | F""",
    "Requests": """
        requeststableid | persontableid | ReceivedDate | RequestSource | RequestOutcome | RequestOutcomeDate
        R1              | P1            | 2019-11-01   | 1             | H              | _""",
    "Assessment": """
        assessmenttableid | requeststableid | AssessmentOutcome | Week20
        E1                | R1              | H                 | _""",
    "NamedPlan": """
        namedplantableid | assessmenttableid | StartDate  | CeaseDate
        N1               | E1                | 2020-03-01 | _""",
    "PlanDetail": """
        plandetailtableid | namedplantableid | URN    | PlacementRank
        D1                | N1               | 100001 | 1""",
    "ActivePlans": """
        activeplanstableid | requeststableid | TransferLA
        L1                 | R1              | _""",
    "PlacementDetail": """
        placementdetailtableid | activeplanstableid | URN    | SENsetting | PlacementRank | EntryDate  | LeavingDate
        S1                     | L1                 | 100002 | _          | 1             | 2021-09-01 | _""",
    "SENneed": """
        senneedtableid | activeplanstableid | SENtype | SENtypeRank
        T1             | L1                 | SLCN    | 2
        T2             | L1                 | ASD     | 1""",
}  # fmt: skip
HEAD = "sen2tableid,collection,year,referencedate,sourcelevel,lea\n1,SEN2,2025,2025-Jan-16 00:00:00,L,861\n"
KNOWN = Known("Stoke-on-Trent", {
    "100001": School("Elm Primary", "Mainstream", "Central", "861"),
    "100002": School("Oak School", "Special", "North", "860"),
})  # fmt: skip


def made(folder: Path, what: Made, known: Known = KNOWN) -> tuple[dict[str, list[Row]], list[str]]:
    """The rows of each dataset of a return exported by COLLECT, and what is said, problems first."""
    head = folder / "Blade-Export_28-01-2025_sen2.csv"
    head.write_text(HEAD)
    return read_back([*as_csv(folder / "blades", what), head], known)


def read_back(paths: Sequence[Path], known: Known = KNOWN) -> tuple[dict[str, list[Row]], list[str]]:
    """The rows of each dataset, and what is said, problems first."""
    gathering, reports = Gathering(), list[SheetReport]()
    for path in paths:
        reading = Reading(path, 50, SOURCES, together=TOGETHER)
        assert list(reading.extracts()) == []
        gathering.add(path.name, reading.sha256(), reading.parts)
        reports += reading.reports
    rows: dict[str, list[Row]] = {}
    for extract in (extract for found in gathering.returns for extract in found.extracts(known)):
        rows[extract.row.dataset] = [row for batch in extract.batches() for row in batch]
        reports.append(extract.report)
    reports += [found.report for found in gathering.returns]
    problems = [f"{r.file} {p.cell} {p.column}: {p.rule} '{p.value}'" for r in reports for p in r.problems]
    return rows, [*problems, *(warning for report in reports for warning in report.warnings)]


def changed(**tables: str) -> Made:
    """The return of one pupil, with these modules in place of its own."""
    return written(**ONE | tables)
