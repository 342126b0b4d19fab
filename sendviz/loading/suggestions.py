"""Headings nobody foresaw: which columns of a sheet may be the one that is missing, by their names and by their cells.

A name is close when most of its words, or of its letters, are those of one of the field's headings. Cells speak for a
column when nearly all of them are what the field takes: dates, numbers within its limits, categories on its list, or
for a reference, all different. Words alone say nothing, since every cell may be read as words.
"""

import datetime as dt
import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from pydantic_core import PydanticCustomError

from sendviz.loading.cells import Cells, address, normal
from sendviz.loading.headings import Headings, asked, form
from sendviz.loading.personal import personal
from sendviz.loading.report import Question, SheetReport, Suggestion
from sendviz.vocabulary import Field
from sendviz.vocabulary.fields import plain

MOST = 3  # suggestions for a field
CELLS = 200  # cells of a column looked at
CLOSE, GOOD = 0.6, 0.9  # how much of a name, and of a column's cells, speaks for it
DOUBTFUL = 0.5  # where fewer of its cells are what the field takes, a name alone does not make a column likely
HELD, SURE = 0.7, 0.8  # how close a name is that has all a heading's words; from when on it is enough by itself
START = 4  # letters two words have in common that are forms of one: final, finalised


def ask(found: Headings, missing: Sequence[Field], first: Sequence[tuple[int, Cells]], report: SheetReport) -> None:
    """Puts a question for each missing field into the report, with what there is to choose from; and for one that may
    be left out, where a column's name is like it: what is there under another name is not to be lost without a word."""
    below = [cells for number, cells in first if number > found.number]
    report.form = form(found.row, found.cells)
    report.unused = [label for label in found.others().values() if not personal(label)]
    report.questions = [Question(f.name, f.title, suggestions(f, found, below)) for f in missing]
    for field in asked(found.row):
        if field.optional and field.name not in found.at and field not in missing:
            likely = suggestions(field, found, below)
            report.questions += [Question(field.name, field.title, likely, needed=False)] * bool(likely)


def suggestions(field: Field, found: Headings, below: Sequence[Cells]) -> tuple[Suggestion, ...]:
    """The columns that may be the field's, best first, each with the reason; never one that says who a person is. For a
    field that may be left out, the name at least has to be like it."""
    ranked = []
    for column, label in found.others().items():
        if personal(label):
            continue
        name, close = _closest(label, field)
        if field.optional and close < CLOSE:
            continue
        cells = [cells[column] for cells in below if column < len(cells) and plain(cells[column])][:CELLS]
        good, words = _content(cells, field)
        if cells and good < DOUBTFUL and _speaks_against(field, close):
            continue
        reasons = [f"its name is like '{name}'"] * (close >= CLOSE) + [words] * (good >= GOOD)
        if reasons:
            cell = address(found.number, column)
            suggestion = Suggestion(label, cell, " and ".join(reasons))
            ranked.append((0.6 * close + 0.4 * good, -column, suggestion))
    return tuple(suggestion for *_, suggestion in sorted(ranked, reverse=True)[:MOST])


def _closest(label: str, field: Field) -> tuple[str, float]:
    """The field's heading that is nearest to the label, and how near, from 0 to 1."""
    return max(((name, _near(label, name)) for name in (field.title, *field.aliases)), key=lambda pair: pair[1])


def _near(one: str, other: str) -> float:
    letters = SequenceMatcher(None, normal(one), normal(other)).ratio()
    words, others = _words(one), _words(other)
    alike = sum(any(_alike(word, known) for known in others) for word in words)
    shared = 2 * alike / (len(words) + len(others)) if words and others else 0
    return max(letters, shared, HELD if others and set(others) <= set(words) else 0)


def _words(text: str) -> list[str]:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).casefold()
    return re.findall(r"[a-z]+|\d+", re.sub(r"\blocal (education )?authority\b|\blea\b", "la", spaced))


def _alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= START and one[:START] == other[:START])


def _content(cells: Sequence[object], field: Field) -> tuple[float, str]:
    """The share of the cells that speak for the field, and what they say in words."""
    if not cells or field.takes is None:
        return 0.0, ""
    if field.kind == "category" and field.known:
        known = [_read(cell, field) in field.known for cell in cells]
        return _share(known), f"{_many(known)} what is on the list of {field.title}"
    if not _accepts("any words", field):
        accepted = [_accepts(cell, field) for cell in cells]
        return _share(accepted), f"{_many(accepted)} {field.takes.words}"
    if field.kind != "category" and field.takes.example:
        references = [bool(re.search(r"\d", plain(cell))) and not isinstance(cell, dt.date) for cell in cells]
        apart = len(set(map(plain, cells))) / len(cells)
        return min(apart, _share(references)), "its cells are references, hardly any of them twice"
    return 0.0, ""


def _speaks_against(field: Field, close: float) -> bool:
    """Whether cells that the field does not take rule a column out: those of a list, which may grow, unless the name is
    sure; any others, unless the field takes any words."""
    return close < SURE if field.known else not _accepts("any words", field)


def _accepts(cell: object, field: Field) -> bool:
    """Whether the field takes the cell; a bare number is seldom a date, though it can be read as one."""
    bare = isinstance(cell, int | float) and field.kind in ("day", "month", "period")
    return not bare and _read(cell, field) is not None


def _read(cell: object, field: Field) -> object:
    try:
        return field.takes.read(cell) if field.takes else None
    except PydanticCustomError:
        return None


def _share(held: Sequence[bool]) -> float:
    return sum(held) / len(held)


def _many(held: Sequence[bool]) -> str:
    return f"{sum(held)} of its first {len(held)} cells hold"
