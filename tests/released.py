"""Tables of a release written small, loaded, and what areas then show."""

from pathlib import Path

from sendviz.answer import Answer, Figure
from sendviz.figures import answer
from sendviz.intake import load
from sendviz.selection import Selection
from sendviz.settings import Settings
from sendviz.store import Store
from sendviz.vocabulary import Exhibit, Measure

STOKE, WAKEFIELD, ENGLAND = "Stoke-on-Trent", "Wakefield", "England"
PLACES = {
    ENGLAND: "National,E92000001,England,,,,,",
    STOKE: "Local authority,E92000001,England,,,E06000021,861,Stoke-on-Trent",
    WAKEFIELD: "Local authority,E92000001,England,,,E08000036,384,Wakefield",
}  # fmt: skip
HEAD = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,new_la_code,"
HEAD += "old_la_code,la_name,breakdown_topic,breakdown"
KEPT = Settings()


def release(path: Path, indicators: str, *lines: tuple[str, str, str], identifier: str = "Calendar year") -> Path:
    """A table of the release: for each area and period, what stands under the indicators."""
    body = (f"{period},{identifier},{PLACES[area]},All,All,{values}" for area, period, values in lines)
    path.write_text("\n".join((f"{HEAD},{indicators}", *body)), encoding="utf-8")
    return path


def warned(store: Store, *paths: Path) -> str:
    report = load(paths, store, "Ann")
    assert report.ok, report.lines()
    return " ".join(warning for file in report.files for warning in file.warnings)


def shown(store: Store, exhibit: Exhibit, *areas: str, kept: Settings = KEPT) -> Answer:
    return answer(exhibit, Selection.of({"area_name": areas}), store, kept)


def by_place(given: Answer, measure: Measure) -> dict[tuple[object, ...], Figure]:
    """A measure's figures by area and period, and part where there are parts."""
    rows = given.figures[given.exhibit.measures.index(measure)].rows
    return {(row.at[0], *row.at[2:]): row for row in rows}
