"""How the rows of a sheet become records: the values of each field, and the column each came from."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from sendviz.loading.births import RULE, WORKED_OUT, worked_out
from sendviz.loading.cells import Cells, blank
from sendviz.loading.headings import Headings, asked, check
from sendviz.loading.personal import of_birth, personal
from sendviz.loading.report import SheetReport
from sendviz.loading.suggestions import ask
from sendviz.vocabulary import Row
from sendviz.vocabulary.fields import plain


class Record(NamedTuple):
    """A row to be: its number in the sheet, the column (from 0) of each field found, and a value for every field."""

    number: int
    columns: Mapping[str, int]
    values: dict[str, object]


Records = Callable[[Iterable[tuple[int, Cells]]], Iterator[Record]]
Place = Callable[[int, int], tuple[SheetReport, str]]  # of a record's number and column: the file's report, the cell
Made = tuple[Mapping[str, int], dict[str, object]]  # of a record: the column of each field, and every field's value


@dataclass(frozen=True)
class Top:
    """How a sheet of a foreign format begins: the file's and sheet's name, the rows above its heading row, and the
    heading row with its number (from 1). `at` is the column (from 0) of each heading, as headings are compared; of
    headings that stand there twice, the first. A format may add to the `report`, and may keep in `met` what it needs
    to know in the file's later sheets."""

    file: str
    sheet: str
    above: tuple[Cells, ...]
    number: int
    headings: Cells
    at: Mapping[str, int]
    report: SheetReport
    met: dict[object, object]


@dataclass(frozen=True)
class Source:
    """A foreign format, told by its headings (in lower case, as published), and how its sheets become records.

    row        the dataset it becomes
    reads      looks at a sheet's top and gives what turns one row of cells into records' columns and values: none, one
               or many
    whole      instead of `reads`, for a sheet that must be seen whole or ends with something to say: turns a sheet's
               top and its rows into records
    private    whether a column of this heading holds who a person is: it is then named as left out
    ours       whether people fill it in: then categories never seen before are worth a warning
    sparse     whether a sheet may have nothing to keep
    """

    name: str
    row: type[Row]
    recognises: Callable[[Collection[str]], bool]
    reads: Callable[[Top], Callable[[Cells], Iterable[Made]]] | None = None
    whole: Callable[[Top, Iterable[tuple[int, Cells]]], Iterator[Record]] | None = None
    private: Callable[[str], bool] = personal
    ours: bool = False
    sparse: bool = False


@dataclass(frozen=True)
class Layout:
    """What a sheet holds and how to read it.

    start     the heading row's number: records begin below it
    headings  the headings as found, by column
    words     a field's rule where it is worked out from another column
    private   columns whose values are not to be shown, not even in a problem
    ours      whether people fill it in: then categories never seen before are worth a warning
    sparse    whether a sheet without a row to keep is no fault
    place     where a value came from, when records are joined from several files
    """

    row: type[Row]
    start: int
    headings: Mapping[int, str]
    records: Records
    words: Mapping[str, str] = field(default_factory=dict)
    private: frozenset[int] = frozenset()
    ours: bool = True
    sparse: bool = False
    place: Place | None = None


def of_sheet(found: Headings, report: SheetReport, first: Sequence[tuple[int, Cells]] = ()) -> Layout:
    """The layout of a sheet with a dataset's own headings. Adds the headings' problems to the report, what to ask about
    them by the sheet's `first` rows, and names the columns that are left out because they hold who a person is."""
    others = found.others()
    report.dropped_columns += [label for label in others.values() if personal(label)]
    birth = next((column for column, label in others.items() if of_birth(label)), None)
    wanting = tuple(name for name in WORKED_OUT if name in found.row.model_fields and name not in found.at)
    if birth is None or found.row.when not in found.at:
        wanting = ()
    ask(found, check(found, report, wanting), first, report)
    columns = found.at | (dict.fromkeys(wanting, birth) if birth is not None else {})
    headings = {column: found.label(column) for column in columns.values()}
    report.matched = {found.label(column): found.row.field(name).title for name, column in found.at.items()}
    return Layout(
        found.row, found.number, headings, _reader(found, columns, wanting), dict.fromkeys(wanting, RULE),
        frozenset({birth} if birth is not None else ()),
    )  # fmt: skip


def _reader(found: Headings, columns: Mapping[str, int], wanting: tuple[str, ...]) -> Records:
    """Reads rows by the columns of the fields. Fields without a column are None; blank rows are left out."""
    places = list(found.at.values())
    names = list(found.at)
    absent: dict[str, object] = dict.fromkeys(f.name for f in asked(found.row) if f.name not in columns)
    pick = itemgetter(*places) if len(places) > 1 else lambda cells: (cells[places[0]],)
    width = max(places) + 1
    when, birth = found.at.get(found.row.when or ""), columns[wanting[0]] if wanting else -1

    def records(rows: Iterable[tuple[int, Cells]]) -> Iterator[Record]:
        for number, cells in rows:
            if len(cells) < width:
                cells = [*cells, *[""] * (width - len(cells))]
            picked = pick(cells)
            if picked[0] == "" and blank(picked):
                continue
            values = dict(zip(names, picked, strict=False))  # as many by their making
            if absent:
                values |= absent
            if wanting and when is not None:
                born = cells[birth] if birth < len(cells) else ""
                values |= worked_out(wanting, born, cells[when])
            yield Record(number, columns, values)

    return records


def of_source(source: Source, top: Top) -> Layout:
    """The layout of a foreign format's sheet that begins like this. Names the columns left out because they hold who a
    person is."""
    width = len(top.headings)
    labels = {column: plain(cell) for column, cell in enumerate(top.headings)}
    top.report.dropped_columns += [label for label in labels.values() if label and source.private(label)]
    read = source.whole or _row_by_row(source)

    def records(rows: Iterable[tuple[int, Cells]]) -> Iterator[Record]:
        padded = ((number, [*cells, *[""] * (width - len(cells))]) for number, cells in rows)
        return read(top, ((number, cells) for number, cells in padded if not blank(cells)))

    return Layout(source.row, top.number, labels, records, ours=source.ours, sparse=source.sparse)


def _row_by_row(source: Source) -> Callable[[Top, Iterable[tuple[int, Cells]]], Iterator[Record]]:
    assert source.reads, f"{source.name} must say how its rows are read"
    reads = source.reads

    def records(top: Top, rows: Iterable[tuple[int, Cells]]) -> Iterator[Record]:
        read = reads(top)
        for number, cells in rows:
            for columns, values in read(cells):
                yield Record(number, columns, values)

    return records


def columns_of(headings: Cells) -> dict[str, int]:
    """The column of each foreign heading; of those that stand there twice, the first."""
    at: dict[str, int] = {}
    for column, cell in enumerate(headings):
        at.setdefault(lowered(cell), column)
    return at


def lowered(cell: object) -> str:
    """A foreign heading as it is compared: without case and outer spaces."""
    return str(cell).strip().casefold()
