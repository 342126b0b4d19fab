"""Extracts, running orders and notes with texts that would do harm, were they ever taken for more than texts."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count
from pathlib import Path
from zlib import crc32

import xlsxwriter
from pydantic_core import PydanticCustomError

from sendviz.datasets import DATASETS, EXHIBITS, MEASURES
from sendviz.running import RunningOrder, Slide
from sendviz.vocabulary import Row
from sendviz.vocabulary.row import Field
from tests.sheets import read

HURTS = (
    '<img src=x onerror="pwned=1">',
    "<script>pwned=2</script>",
    "[x](javascript:pwned=3)",
    "![y](https://evil.example/p.png)",
    ':red[z] $x^2$ **b** :material/home: <a href="javascript:pwned=4">l</a>',
    "\"'><svg onload=pwned=5>",
    "</style></script><iframe srcdoc='<script>top.pwned=6</script>'>",
    "{{pwned}} ${pwned=7} `c` &lt;b&gt; www.evil.example",
)
_turns = count()
KEPT = {  # what measures count by
    value
    for measure in MEASURES
    for total in (measure.of, measure.over)
    if total is not None
    for only in total.only.values()
    for value in (only if isinstance(only, tuple | list | set | frozenset) else (only,))
}


@cache
def hurt(text: str) -> str:
    """The text with one of them after it, always the same, each in its turn; some with a formula's sign before it."""
    number = next(_turns)
    return f"{'=1+' * (number % 3 == 0)}{text} {HURTS[number % len(HURTS)]}"


def free(row: type[Row]) -> Iterator[Field]:
    """The columns of a dataset that take any text."""
    for field in row.fields.values():
        if not field.derived and field.takes and field.kind in ("text", "category") and _takes(field, hurt("Text")):
            yield field


def extract(sample: Path, row: type[Row], folder: Path) -> Path:
    """The sample's extract of this dataset, with fewer pupils, and about every second value of each of them hurtful,
    in every extract the same."""
    fields = [field for field in row.fields.values() if not field.derived]
    found = read(sample, row.dataset)[0]
    if "pupil_id" in row.fields:
        found = [one for one in found if crc32(one.pupil_id.encode()) % 5 == 0]  # type: ignore[attr-defined]
    lines = [[_cell(getattr(one, field.name)) for field in fields] for one in found]
    for field in free(row):
        _harm(lines, fields.index(field))
    made = folder / sample.name
    options = {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False}
    with xlsxwriter.Workbook(str(made), options) as book:
        sheet = book.add_worksheet(row.title())
        for number, line in enumerate([[field.title for field in fields], *lines]):
            sheet.write_row(number, 0, line)
    return made


def order() -> RunningOrder:
    """A running order of every exhibit, whose name, titles, words and notes are such texts too."""
    exhibits = list(EXHIBITS)
    shown = [Slide(exhibit=name, note=HURTS[n % len(HURTS)]) for n, name in enumerate(exhibits)]
    titled = [Slide(exhibit=exhibits[0], title=text, note=text) for text in HURTS]
    said = [Slide(title=text, text="\n\n".join(HURTS), note="\n".join(HURTS)) for text in HURTS]
    return RunningOrder(name=f"Order {HURTS[0]}", slides=(*said, *titled, *shown))


def _cell(value: object) -> object:
    return ("N", "Y")[value] if isinstance(value, bool) else value


def extracts(folder: Path, samples: Path) -> list[Path]:
    """All of them."""
    return [extract(samples / f"{row.title()}.xlsx", row, folder) for row in DATASETS.values()]


def _harm(lines: Sequence[list[object]], at: int) -> None:
    """Every second value; where nothing could be changed without losing what is counted, the first cell alone."""
    values = {str(line[at]) for line in lines if line[at] not in ("", None)} - KEPT
    chosen = {value for value in values if crc32(value.encode()) % 2}
    for line in lines if chosen else lines[:1]:
        if not chosen or str(line[at]) in chosen:
            line[at] = hurt(str(line[at] or ""))


def _takes(field: Field, text: str) -> bool:
    assert field.takes
    try:
        return bool(field.takes.read(text) == text)
    except PydanticCustomError:
        return False
