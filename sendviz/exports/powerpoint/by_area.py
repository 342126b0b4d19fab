"""Charts of areas held against each other: lines over the years beside a ranking, and shares of a whole."""

from collections.abc import Mapping, Sequence
from typing import Any

from sendviz.answer import SHOWN, Answer
from sendviz.charts.compare import Compared
from sendviz.charts.palette import LIGHT
from sendviz.charts.parts import DOT, NAME
from sendviz.charts.roles import colours
from sendviz.exports.powerpoint.by_category import PAIRS, parts_of
from sendviz.exports.powerpoint.sheets import Kind, Label, Plot, Series, Sheet
from sendviz.figures.areas import CHOSEN, COUNTRY, NEIGHBOUR, OWN, REGION, ROLES
from sendviz.vocabulary import Unit

Record = Mapping[str, Any]
THICK = dict(zip(ROLES, (1.25, 2.25, 3.0, 3.0, 4.5), strict=True))  # points
SET_BESIDE = (OWN, COUNTRY, CHOSEN, REGION)  # roles drawn where parts are compared, the first four areas of them


def compare(_: Answer, shape: Compared, records: Sequence[Record]) -> list[Sheet]:
    """The years as lines, neighbours in the background, and the newest year's figures from the highest down."""
    periods = tuple(sorted({record[shape.when] for record in records}))
    by_area: dict[str, list[Record]] = {}
    for record in records:
        by_area.setdefault(record[shape.names], []).append(record)
    series = tuple(_line(name, part, periods, shape.when) for name, part in by_area.items())
    over_time = Plot(Kind.LINES, periods, series, shape.unit)
    ranked = [record for record in records if record["ranked"]]
    ranked.sort(key=lambda record: (record["value"] is None, -(record["value"] or 0)))
    if not ranked:
        return [Sheet((over_time,))]
    return [Sheet((over_time, _ranking(ranked, shape.names, shape.unit)), widths=(0.56, 0.44))]


def _line(name: str, records: Sequence[Record], periods: Sequence[str], when: str) -> Series:
    role = records[0]["role"]
    found = {record[when]: record for record in records}
    return Series(
        name, tuple(found[at]["value"] if at in found else None for at in periods), colours(LIGHT)[role],
        colours(LIGHT, words=True)[role], Label.NONE if role == NEIGHBOUR else Label.NAMED,
        tuple(found[at]["mark"] or SHOWN if at in found and role == OWN else SHOWN for at in periods),
        thick=THICK[role],
    )  # fmt: skip


def _ranking(records: Sequence[Record], names: str, unit: Unit) -> Plot:
    when = records[0]["ranked"]
    own = Series(
        when, tuple(record["value"] for record in records), LIGHT.context, LIGHT.ink, Label.ALL,
        tuple(record["mark"] or SHOWN for record in records), tuple(colours(LIGHT)[r["role"]] for r in records),
    )  # fmt: skip
    return Plot(Kind.BARS, tuple(record[names] for record in records), (own,), unit, when, small=True)


def parts(answer: Answer, _: None, records: Sequence[Record]) -> list[Sheet]:
    """A few areas' shares of a whole beside each other, this area's largest part first."""
    part_at = {record["line"]: record["name"] for record in records if record["kind"] == NAME}
    dots = {(record["name"], record["line"]): record for record in records if record["kind"] == DOT}
    role_of = {record["name"]: record["role"] for record in dots.values() if record["role"] in SET_BESIDE}
    areas = sorted(role_of, key=lambda name: SET_BESIDE.index(role_of[name]))[: len(SET_BESIDE)]
    most = max((record["value"] or 0 for record in dots.values()), default=None)
    unit = answer.exhibit.measures[0].unit
    pieces = parts_of(list(part_at), PAIRS if len(areas) < 3 else 8)
    made = [
        Plot(Kind.BARS, tuple(part_at[line] for line in lines),
             tuple(_share(name, role_of[name], [dots.get((name, line)) for line in lines]) for name in areas),
             unit, most=most)
        for lines in pieces
    ]  # fmt: skip
    return [Sheet((plot,), name=f"{n} of {len(made)}" if len(made) > 1 else "") for n, plot in enumerate(made, start=1)]


def _share(name: str, role: str, records: Sequence[Record | None]) -> Series:
    values = tuple(record["value"] if record else None for record in records)
    marks = tuple(record["mark"] or SHOWN if record else SHOWN for record in records)
    return Series(name, values, colours(LIGHT)[role], LIGHT.ink, Label.ALL, marks)
