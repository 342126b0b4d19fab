"""Charts by category: bars with what they are held against, under headings or not, and answers to a survey."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from math import ceil
from typing import Any

from sendviz.answer import SHOWN, Answer, words_of
from sendviz.charts.answers import SHADES, STEPS
from sendviz.charts.bars import Bars
from sendviz.charts.palette import LIGHT
from sendviz.exports.powerpoint.sheets import Kind, Label, Plot, Series, Sheet
from sendviz.tables import table
from sendviz.vocabulary import Unit

Record = Mapping[str, Any]
BARS, PAIRS = 16, 13  # on a slide: bars, and categories with two
TOGETHER = 4  # colours that can be told apart
LOW = 4  # bars: charts with so many stand two to a slide
COLOURS = dict(zip((*SHADES, *STEPS), (*LIGHT.series, LIGHT.context, *LIGHT.steps), strict=True))
INKS = dict(zip((*SHADES, *STEPS), (*LIGHT.inside, LIGHT.inside_context, *LIGHT.inside_steps), strict=True))


def bars(answer: Answer, shape: Bars, found: Sequence[Record]) -> list[Sheet]:
    """A bar for each category, in pairs where each has something to be held against; beside them what is in another
    unit."""
    unit = answer.exhibit.measures[0].unit
    records = list(_flat(found, shape.names, shape.headings))
    drawn = [record for record in records if not _only_words(record)]
    beside = tuple(f"{record['name']}: {record['shown']}" for record in records if _only_words(record))
    pairs = bool(shape.tick) and any(record["before"] is not None for record in drawn)
    numbers = [record[name] for record in drawn for name in ("value", "before") if record.get(name) is not None]
    parts = parts_of(drawn, PAIRS if pairs else BARS)
    made = [
        Plot(
            Kind.BARS, tuple(record["name"] for record in part), _bars(answer, shape.tick if pairs else "", part), unit,
            most=max(numbers, default=None),
        )
        for part in parts
    ]  # fmt: skip
    sheets = [Sheet((plot,), name=_of(place, len(made))) for place, plot in enumerate(made)]
    if beside and sheets:
        sheets[-1] = replace(sheets[-1], beside=("Also given", *beside))
    return sheets or [Sheet(beside=beside)]


def _bars(answer: Answer, tick: str | None, records: Sequence[Record]) -> tuple[Series, ...]:
    title = answer.exhibit.measures[0].title
    own = Series(title, tuple(record["value"] for record in records), LIGHT.focus, LIGHT.ink, Label.ALL,
                 tuple(record["mark"] or SHOWN for record in records))  # fmt: skip
    if not tick:
        return (own,)
    held = tuple(record["before"] for record in records)
    return own, Series(tick[:1].upper() + tick[1:], held, LIGHT.comparison, LIGHT.ink, Label.ALL)


def _flat(records: Sequence[Record], names: str, headings: bool) -> Iterator[Record]:
    """The bars with the heading they stand under in their name; a heading with words of its own is a bar itself."""
    under = ""
    for record in records:
        if headings and record["heading"]:
            under = record[names]
            if record["shown"]:
                yield {**record, "name": under}
        else:
            yield {**record, "name": f"{under}, {record[names]}" if under else record[names]}


def _only_words(record: Record) -> bool:
    """Whether it is a figure of another measure, in another unit, which is read and not drawn."""
    return record["value"] is None and not record["mark"] and bool(record["shown"]) and record.get("before") is None


def parts_of(records: Sequence[Any], most: int) -> list[Sequence[Any]]:
    """The records in parts of about one size, none longer than `most`."""
    if not records:
        return []
    each = ceil(len(records) / ceil(len(records) / most))
    return [records[start : start + each] for start in range(0, len(records), each)]


def _of(place: int, count: int) -> str:
    return f"{place + 1} of {count}" if count > 1 else ""


def tabled(answer: Answer, _shape: object, _records: object) -> list[Sheet]:
    """A table, for figures that are read better than they are looked at."""
    return [Sheet(table=table(answer))]


def answers(answer: Answer, _: None, records: Sequence[Record]) -> list[Sheet]:
    """A survey's questions: the answers of one whole stacked, two questions to a slide; those of which several could
    be ticked beside each other, a question to a slide."""
    questions = [words_of(question) for question, _ in groupby(answer.figures[0].rows, key=lambda row: row.at[0])]
    unit = answer.exhibit.measures[0].unit
    sheets: list[Sheet] = []
    for question, items in zip(questions, _questions(records), strict=True):
        if any(item["part"] == "beside" for item in items):
            sheets.append(_ticked(answer, question, items, unit))
            continue
        plot = _stacked(question, items, unit)
        room = sheets and len(sheets[-1].plots) == 1 and sheets[-1].plots[0].kind is Kind.STACKED
        if room and max(len(plot.categories), len(sheets[-1].plots[0].categories)) <= LOW:
            sheets[-1] = Sheet((*sheets[-1].plots, plot), heights=(1.0, 1.0))
        else:
            sheets.append(Sheet((plot,)))
    return [replace(sheet, name=_of(place, len(sheets))) for place, sheet in enumerate(sheets)]


def _questions(records: Sequence[Record]) -> list[list[Record]]:
    """The items of each question: a question begins with its heading, of one line or several. Of the two ways they are
    laid out on a screen, that of a page."""
    found: list[list[Record]] = []
    before = ""
    for record in (record for record in records if record["wide"] is not False):
        if record["part"] == "heading" and before != "heading":
            found.append([])
        found[-1].append(record)
        before = record["part"]
    return found


def _stacked(question: str, records: Sequence[Record], unit: Unit) -> Plot:
    groups = [record["name"] for record in records if record["part"] == "group"]
    shares = {(record["answer"], record["name"]): record for record in records if record["part"] == "share"}
    keys = [record for record in records if record["part"] == "key"]
    series = tuple(
        _series(key["name"], [shares.get((key["name"], group)) for group in groups], key["shade"], inside=True)
        for key in keys
    )
    return Plot(Kind.STACKED, tuple(groups), series, unit, question, most=1.0)


def _ticked(answer: Answer, question: str, records: Sequence[Record], unit: Unit) -> Sheet:
    groups = [record["name"] for record in records if record["part"] == "column"]
    given = [record["name"] for record in records if record["part"] == "answer"]
    found = {(record["name"], record["answer"]): record for record in records if record["part"] == "beside"}
    if len(groups) > TOGETHER:
        own = [replace(f, rows=tuple(row for row in f.rows if words_of(row.at[0]) == question)) for f in answer.figures]
        return Sheet(table=table(replace(answer, figures=tuple(own))))
    series = tuple(
        _series(group, [found.get((group, name)) for name in given], SHADES[place])
        for place, group in enumerate(groups)
    )
    return Sheet((Plot(Kind.BARS, tuple(given), series, unit, question),))


def _series(name: str, records: Sequence[Record | None], shade: str, inside: bool = False) -> Series:
    values = tuple(record["value"] if record else None for record in records)
    marks = tuple(record["mark"] or SHOWN if record else SHOWN for record in records)
    return Series(name, values, COLOURS[shade], INKS[shade] if inside else LIGHT.ink, Label.ALL, marks)
