"""A file becomes extracts: one for each sheet that is recognised, read as its batches are asked for."""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from sendviz.datasets import DATASETS
from sendviz.loading import headings
from sendviz.loading.cells import Cells, blank
from sendviz.loading.headings import Choices
from sendviz.loading.layout import Layout, Source, Top, columns_of, of_sheet, of_source
from sendviz.loading.own import is_own
from sendviz.loading.parts import Part
from sendviz.loading.readers import Book, Sheet, book
from sendviz.loading.report import FileRefused, SheetReport
from sendviz.loading.suggestions import ask
from sendviz.loading.validation import Checker
from sendviz.vocabulary import Row

if TYPE_CHECKING:
    from sendviz.loading.together import Together

TOTALS = frozenset({"total", "totals", "grand total", "sub total", "subtotal", "sub-total"})
BEGIN = "TtGgSs "  # how totals begin: looked at first, since it is asked of every row
SOME = 3  # sheets or rows named before a sentence says how many more there are
LOOKED_AT = 250  # rows kept of a sheet's start, to tell what is in its columns
FORCED = 0.25  # of a dataset's headings a sheet needs when a person says what it is


class Extract:
    """One sheet's rows. Its report is complete once the batches have been gone through."""

    def __init__(self, layout: Layout, rows: Iterator[tuple[int, Cells]], faulty: bool, report: SheetReport) -> None:
        self.row, self.report = layout.row, report
        self.checker = Checker(layout, report, faulty)
        self._layout, self._rows = layout, rows

    def batches(self) -> Iterator[list[Row]]:
        """The good rows, in lists of up to a thousand; may be called once. FileRefused where reading fails."""
        totals: list[int] = []
        yield from self.checker.batches(self._layout.records(self._below(totals)))
        if totals:
            rows = f"rows {', '.join(map(str, totals[:SOME]))}" if len(totals) > 1 else f"row {totals[0]}"
            more = f" and {len(totals) - SOME:,} more" if len(totals) > SOME else ""
            self.report.warnings.append(f"Left out as totals of other rows: {rows}{more}.")
        if not self.report.rows and not self.report.counted and not self._layout.sparse:
            self.report.problem("there are no rows below the headings")

    def _below(self, totals: list[int]) -> Iterator[tuple[int, Cells]]:
        """The rows below the headings without totals, which are the sum of others."""
        for number, cells in self._rows:
            first = cells[0] if cells and cells[0] != "" else next((cell for cell in cells if cell != ""), "")
            if type(first) is str and first[:1] in BEGIN and first.strip(" :").lower() in TOTALS:
                totals.append(number)
            else:
                yield number, cells


class Reading:
    """One file on its way in. Gone through once, `extracts` gives the sheets recognised one at a time, each to be gone
    through before the next; then `reports` has all there is to say, and `parts` what makes sense only together with
    other sheets or files."""

    def __init__(
        self, path: Path, most_mb: int, sources: Sequence[Source] = (), as_dataset: str | None = None, name: str = "",
        together: "Sequence[Together]" = (), choices: Choices | None = None,
    ) -> None:  # fmt: skip
        self.path, self.name, self.reports = path, name or path.name, list[SheetReport]()
        self.parts: list[tuple[Together, Part]] = []
        self._together, self._choices = together if as_dataset is None else (), choices or {}
        self._most_mb, self._as_dataset = most_mb, as_dataset
        self._met: dict[str, dict[object, object]] = {}  # what a foreign format keeps from one sheet to the next
        self._only = DATASETS.get(as_dataset or "")
        self._sources = [source for source in sources if self._only in (None, source.row)]

    def sha256(self) -> str:
        """The file's fingerprint; FileRefused when it cannot be read."""
        try:
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise FileRefused(f"The file cannot be opened: {error.strerror or error}.") from None

    def extracts(self) -> Iterator[Extract]:
        """The sheets recognised; FileRefused when there is none, or the file cannot be read."""
        if self._as_dataset and not self._only:
            raise FileRefused(f"There is no dataset '{self._as_dataset}'; there are: {', '.join(DATASETS)}.")
        found = book(self.path, self._most_mb, self.name)
        unknown: dict[str, list[tuple[int, Cells]]] = {}
        empty = True
        for sheet in found.sheets:
            rows = sheet.rows()
            first = list(islice(((number, cells) for number, cells in rows if not blank(cells)), LOOKED_AT))
            if not first or is_own(first):
                continue
            empty = False
            report = SheetReport(self.name, sheet.name)
            top = first[: headings.TOP]
            if self._part(sheet, top, chain(first[headings.TOP :], rows), report):
                self.reports.append(report)
                continue
            if layout := self._layout(sheet, first, report):
                report.dataset = layout.row.dataset
                below = chain((row for row in first if row[0] > layout.start), rows)
                self.reports.append(report)
                yield Extract(layout, below, sheet.faulty(), report)
            elif report.counted:
                self.reports.append(report)
            else:
                unknown[sheet.name] = first
        self._finish(found, unknown, empty)

    def _part(
        self, sheet: Sheet, top: list[tuple[int, Cells]], rows: Iterator[tuple[int, Cells]], report: SheetReport
    ) -> bool:
        """Whether the sheet is a part of a format that comes in several; then it is read and kept."""
        for together in self._together:
            if found := together.read(sheet, top, rows, report):
                self.parts.append((together, found))
                return True
        return False

    def _layout(self, sheet: Sheet, first: list[tuple[int, Cells]], report: SheetReport) -> Layout | None:
        """The sheet's layout: of a foreign format, else of the dataset asked for, else of the one that the sheet's
        name says, else of the one whose headings it has."""
        top = first[: headings.TOP]
        for place, (number, cells) in enumerate(top):
            at = columns_of(cells)
            if source := next((source for source in self._sources if source.recognises(at.keys())), None):
                above = tuple(cells for _, cells in top[:place])
                met = self._met.setdefault(source.name, {})
                return of_source(source, Top(self.name, sheet.name, above, number, cells, at, report, met))
        if self._only:
            matched = headings.find(top, [self._only], FORCED, self._choices)
        elif row := headings.named(sheet.name):
            if (matched := headings.find(top, [row], 0, self._choices)) is None:
                report.dataset = row.dataset
                titles = ", ".join(field.title for field in headings.required(row))
                report.problem(f"no row has the headings of {row.title()}: {titles}")
                if likely := headings.likeliest(top, row):
                    ask(likely, [f for f in headings.required(row) if f.name not in likely.at], first, report)
        else:
            matched = headings.find(top, DATASETS.values(), choices=self._choices)
        return of_sheet(matched, report, first) if matched else None

    def _finish(self, found: Book, unknown: dict[str, list[tuple[int, Cells]]], empty: bool) -> None:
        """Sheets that are not recognised are worth a warning, unless there are no others: then a person who says what
        the file is, is asked which columns hold it."""
        if empty:
            raise FileRefused("The file is empty: no sheet that can be seen has any rows.")
        if not self.reports and self._only:
            self._ask(self._only, unknown)
        if not self.reports:
            more = f" and {len(unknown) - SOME} more sheets" if len(unknown) > SOME else ""
            sheets = ", ".join(f"'{name}'" for name in [*unknown][:SOME]) + more
            titles = ", ".join(row.title() for row in DATASETS.values())
            dataset = self._only.title() if self._only else f"any dataset ({titles})"
            raise FileRefused(f"The headings of {sheets} are not those of {dataset}: "
                              "compare them with the dataset's template.")  # fmt: skip
        self.reports[0].warnings += found.warnings
        read = {report.sheet for report in self.reports}
        self.reports[0].warnings += [f"Sheet '{name}' was not read." for name in unknown if name not in read]

    def _ask(self, row: type[Row], unknown: dict[str, list[tuple[int, Cells]]]) -> None:
        """Reports the sheet with the widest row of headings as one of this dataset of which columns are missing."""
        found = {name: headings.likeliest(first[: headings.TOP], row) for name, first in unknown.items()}
        if likely := {name: heads for name, heads in found.items() if heads and len(heads.others()) > 1}:
            name = max(likely, key=lambda name: len(likely[name].others()))
            self.reports.append(SheetReport(self.name, name, row.dataset))
            report = self.reports[0]
            ask(likely[name], headings.check(likely[name], report), unknown[name], report)
