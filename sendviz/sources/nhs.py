"""NHS England's waiting lists: the Community Health Services SitRep, and new autism referrals (MHSDS).

The SitRep is a workbook a month (england.nhs.uk/statistics, community health services waiting lists). Its tables 4 and
4a to 4g have a line for England and each region, integrated care board and provider, and a column for each service:

- Table 4, the total waiting list, becomes the measure `Waiting list`.
- Tables 4a to 4g, those waiting by weeks, become `Over 18 weeks`: those who waited longer, of all in these tables. The
  list of table 4 is not its denominator, since some providers do not count by weeks (the publication says so). Both
  counts stand in the figure's note. A provider that gives some of these tables and not others has no share.
- The month is that of the title above the headings.
- Blank is not submitted: not available, not zero. That nobody waits is no share either.
- Of the services, those that advise on education, health and care plans are kept (SERVICES), under the names that the
  service's own extracts use. They are for children and young people: adults' have the same names without (CYP).
- Of the organisations, England and this area's own are kept (SENDVIZ_HEALTH_PROVIDERS), so that the page shows whom
  its readers know. The others and the other services are left out, which a warning says.
- Tables 1 to 3 are not read: 2 and 3 repeat England's lines of 4 to 4g, and have earlier months as revised.

New autism referrals are a CSV of England by month and age band (ASD12 of the autism statistics): every line becomes a
published figure. Its headings do not say what it counts, so its name must: one with `autism` or `asd` in it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from sendviz.datasets.health import ENGLAND, OVER_18_WEEKS, WAITING_LIST, HealthFigure
from sendviz.datasets.published import PublishedFigure
from sendviz.loading import Cells, Made, Record, Source, Top
from sendviz.loading.cells import address, blank
from sendviz.loading.report import shown
from sendviz.settings import settings
from sendviz.vocabulary.fields import plain

LEVEL, CODE, NAME = "organisation type", "organisation code", "organisation name"
YOUNG = "(cyp) "
NATIONAL = "national"
SERVICES = {
    "community paediatric service": "Community paediatrics",
    "therapy interventions: speech and language": "Speech and language therapy",
    "therapy interventions: occupational therapy": "Occupational therapy",
    "therapy interventions: physiotherapy": "Physiotherapy",
    "audiology": "Audiology",
}
LONG = 18  # weeks, the NHS Constitution's limit for consultant-led treatment

Band = tuple[int, int | None]  # weeks waited: over the first, up to the second
_WEEKS = re.compile(r"number waiting (?:over |>)?(\d+)(?:-(\d+))? weeks\b")
_IN_A_MONTH = re.compile(r", [a-z]+ \d{4}$")


@dataclass(frozen=True)
class _Line:
    """A line that is kept: its number, its cells, and the name of its organisation."""

    number: int
    cells: Cells
    provider: str


def _is_sitrep(headings: Collection[str]) -> bool:
    return {LEVEL, CODE, NAME}.issubset(headings) and any(heading.startswith(YOUNG) for heading in headings)


def _is_title(text: str) -> bool:
    return bool(_IN_A_MONTH.search(text)) and (text.startswith("total waiting list") or bool(_WEEKS.match(text)))


def _sitrep(top: Top, rows: Iterable[tuple[int, Cells]]) -> Iterator[Record]:
    """The waiting list, or at the last of the tables by weeks the share that waited over 18."""
    title = next(filter(_is_title, (plain(cell).casefold() for cells in top.above for cell in cells)), None)
    if title is None:
        top.report.problem(
            "the title above the headings must say what is counted and the month, such as 'Total waiting list by "
            "service, September 2023'"
        )  # fmt: skip
        return
    month, weeks = title.rsplit(", ")[-1], _WEEKS.match(title)
    lines, services = _kept(top, rows), _services(top)
    if weeks is None:
        yield from _lists(top, lines, services, month)
        return
    band = int(weeks[1]), int(weeks[2]) if weeks[2] else None
    waiting = {(line.provider, column): _count(top, line, column) for line in lines for column in services}
    top.met[band] = {(provider, services[column]): count for (provider, column), count in waiting.items()}
    if band[1] is None:
        yield from _shares(top, lines, services, month)


def _services(top: Top) -> dict[int, str]:
    """The columns (from 0) of the services that are kept, with our names for them."""
    young = {column: heading.removeprefix(YOUNG) for heading, column in top.at.items() if heading.startswith(YOUNG)}
    return {column: SERVICES[service] for column, service in young.items() if service in SERVICES}


def _kept(top: Top, rows: Iterable[tuple[int, Cells]]) -> list[_Line]:
    """The lines of England and this area's own organisations; says once for the file how many others there are."""
    own, met = settings().own_providers, set[str]()
    lines, others = list[_Line](), 0
    for number, cells in rows:
        code = plain(cells[top.at[CODE]]).upper()
        if plain(cells[top.at[LEVEL]]).casefold() == NATIONAL:
            lines.append(_Line(number, cells, ENGLAND))
        elif code in own:
            met.add(code)
            lines.append(_Line(number, cells, own[code] or plain(cells[top.at[NAME]])))
        else:
            others += 1
    if "told" not in top.met:
        top.met["told"] = True
        absent = "".join(f" {code} is not in the file." for code in own if code not in met)
        top.report.warnings.append(
            f"Kept: {', '.join(line.provider for line in lines)}; {', '.join(SERVICES.values())}. Left out: {others} "
            f"other organisations (SENDVIZ_HEALTH_PROVIDERS names those to keep) and other services.{absent}"
        )
    return lines


def _count(top: Top, line: _Line, column: int) -> float | None:
    """The people waiting, None where blank; a problem where it is no number."""
    cell = line.cells[column]
    if isinstance(cell, (int, float)) or blank([cell]):
        return float(cell) if isinstance(cell, (int, float)) else None
    try:
        return float(plain(cell).replace(",", ""))
    except ValueError:
        where, heading = address(line.number, column), plain(top.headings[column])
        top.report.problem("must be the number of people waiting, or blank", where, heading, shown(cell))
        return None


def _lists(top: Top, lines: Iterable[_Line], services: Mapping[int, str], month: str) -> Iterator[Record]:
    for line in lines:
        for column in services:
            yield _figure(top, line, column, services[column], WAITING_LIST, month, line.cells[column], "count")


def _shares(top: Top, lines: Iterable[_Line], services: Mapping[int, str], month: str) -> Iterator[Record]:
    bands = {band: counts for band, counts in top.met.items() if isinstance(band, tuple) and isinstance(counts, dict)}
    if not _whole(sorted(bands, key=itemgetter(0))):
        top.report.problem(
            "the tables by weeks before this one do not follow each other from 0 weeks on, with one that begins at "
            f"{LONG}: load the workbook whole"
        )
        return
    for line in lines:
        for column, service in services.items():
            found = {over: counts.get((line.provider, service)) for (over, _), counts in bands.items()}
            given = {over: count for over, count in found.items() if count is not None}
            every, long = sum(given.values()), sum(count for over, count in given.items() if over >= LONG)
            share = 100 * long / every if len(given) == len(bands) and every else None
            note = f"{long:,.0f} of {every:,.0f} waiting, by NHS England's counts" if share is not None else None
            yield _figure(top, line, column, service, OVER_18_WEEKS, month, share, "%", note)


def _whole(bands: Sequence[Band]) -> bool:
    """Whether bands of weeks, in order, leave nobody out and divide at 18. Editions differ in where the last begins."""
    begins = [over for over, _ in bands]
    return begins[:1] == [0] and LONG in begins and [to for _, to in bands] == [*begins[1:], None]


def _figure(
    top: Top, line: _Line, column: int, service: str, measure: str, month: str, value: object, unit: str,
    note: str | None = None,
) -> Record:  # fmt: skip
    columns = {"service": column, "provider": top.at[NAME], "value": column}
    return Record(line.number, columns, {
        "service": service, "provider": line.provider, "measure": measure, "period": month, "value": value,
        "unit": unit, "compared_with": None, "note": note,
    })  # fmt: skip


sitrep = Source("Community Health Services SitRep (NHS England)", HealthFigure, _is_sitrep, whole=_sitrep, sparse=True)

AUTISM = frozenset({"reporting_period_start", "secondary_level", "metric_value"})
AUTISM_MEASURE = "New referrals for suspected autism (ASD12)"


def _autism(top: Top) -> Callable[[Cells], Iterator[Made]]:
    at = top.at
    if not re.search(r"autis|asd", top.file, re.IGNORECASE):
        top.report.problem("the headings do not say what is counted, so the file's name must: autism_new_referrals.csv")
    columns = {"period": at["reporting_period_start"], "breakdown": at["secondary_level"], "value": at["metric_value"]}

    def read(cells: Cells) -> Iterator[Made]:
        yield columns, {
            "area_code": "E92000001", "area_name": ENGLAND, "level": ENGLAND, "measure": AUTISM_MEASURE,
            "period": cells[columns["period"]], "breakdown": f"Age: {plain(cells[columns['breakdown']])}",
            "value": cells[columns["value"]], "symbol": None, "publication": "Autism statistics (MHSDS, NHS England)",
        }  # fmt: skip

    return read


autism = Source("Autism statistics (MHSDS)", PublishedFigure, AUTISM.issubset, reads=_autism)
