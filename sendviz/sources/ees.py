"""Explore Education Statistics (DfE): figures of England, its regions and authorities, as published.

One line of the file is an area, period and breakdown; each indicator kept becomes a published figure. Headings are
matched without regard to case, since they drift between releases; a total is where the breakdown is its own topic.
"""

from collections.abc import Callable, Collection, Iterator
from functools import partial

from sendviz.datasets.published import ALL, PublishedFigure
from sendviz.loading import Cells, Made, Source, Top

PLACES = {"national": ("England", "country_code", "country_name"), "regional": ("Region", "region_code", "region_name"),
          "local authority": ("LA", "new_la_code", "la_name")}  # fmt: skip
SYMBOLS = frozenset({"c", "k", "low", "u", "x", "z"})
COMMON = frozenset({"time_period", "geographic_level", "breakdown_topic", "breakdown"}) | {
    heading for _, code, name in PLACES.values() for heading in (code, name)
}
TIMELINESS = ("plans_issued_den", "plans_issued_den_ex", "plans_issued_within_20_weeks", "plans_issued_20_weeks_ex")


def period(published: object) -> str:
    """A calendar year as it is; 202425 as 2024/25."""
    text = str(published).strip()
    return f"{text[:4]}/{text[4:]}" if len(text) == 6 and text.isdigit() else text


def breakdown(topic: object, value: object) -> str:
    """`All` for a total, else topic and value together, since values such as Unknown stand under several topics."""
    topic, value = str(topic).strip(), str(value).strip()
    return ALL if value.casefold() in ("total", topic.casefold()) else f"{topic}: {value}"


def _reads(publication: str, indicators: tuple[str, ...], top: Top) -> Callable[[Cells], Iterator[Made]]:
    return partial(_records, publication, indicators, top)


def _records(publication: str, indicators: tuple[str, ...], top: Top, cells: Cells) -> Iterator[Made]:
    at = top.at
    level = str(cells[at["geographic_level"]]).strip()
    shown, code, name = PLACES.get(level.casefold(), (level, "new_la_code", "la_name"))
    columns = {
        "area_code": at[code], "area_name": at[name], "level": at["geographic_level"],
        "period": at["time_period"], "breakdown": at["breakdown"],
    }  # fmt: skip
    place = {
        "area_code": cells[at[code]], "area_name": cells[at[name]], "level": shown,
        "period": period(cells[at["time_period"]]),
        "breakdown": breakdown(cells[at["breakdown_topic"]], cells[at["breakdown"]]), "publication": publication,
    }  # fmt: skip
    for indicator in indicators:
        value = cells[at[indicator]]
        symbol = value if isinstance(value, str) and value.strip().casefold() in SYMBOLS else None
        figure = {"measure": indicator, "value": None if symbol else value, "symbol": symbol}
        yield columns | {"value": at[indicator], "measure": at[indicator]}, place | figure


def _source(publication: str, indicators: tuple[str, ...]) -> Source:
    """A publication's file: told by its headings, kept for these indicators."""

    def recognises(headings: Collection[str]) -> bool:
        return COMMON.issubset(headings) and set(indicators).issubset(headings)

    return Source(publication, PublishedFigure, recognises, partial(_reads, publication, indicators))


timeliness = _source("Education, health and care plans (DfE)", TIMELINESS)
