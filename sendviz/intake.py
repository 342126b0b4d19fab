"""Files on their way in: checked, then stored and published in one transaction - all of them, or none."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sendviz.datasets.settings import Setting
from sendviz.loading import (
    Extract,
    FileRefused,
    Gathering,
    Known,
    Reading,
    Report,
    School,
    SheetReport,
    schools,
)  # fmt: skip
from sendviz.loading.moved import Before
from sendviz.loading.notices import notices
from sendviz.settings import settings
from sendviz.sources import SOURCES, TOGETHER
from sendviz.store import PUBLISHED, STAGED, Store, Upload
from sendviz.store.adding import Adding
from sendviz.store.choices import by_form
from sendviz.store.writing import Writer
from sendviz.vocabulary import Row
from sendviz.vocabulary.dimensions import FILTERS

SAMPLE_MB = 50  # what comes with the program is let in whatever limit is set for people's files
Progress = Callable[[str, int], None]  # told a file's name and how many of its rows have been gone through


class File(NamedTuple):
    """A file on its way in: where it lies, and the name its owner knows it by."""

    path: Path
    name: str


class _NothingStored(Exception):
    """Ends the transaction without a trace."""


def check(
    files: Sequence[Path | File], as_dataset: str | None = None, store: Store | None = None,
    progress: Progress | None = None,
) -> Report:  # fmt: skip
    """What a load of these files would find; nothing is stored. With a store, they are compared with what is there."""
    intake = _Intake(as_dataset, store, progress=progress)
    with _collector_paused():
        for file in files:
            intake.take(file)
        intake.join()
    return intake.report


def load(
    files: Sequence[Path | File], store: Store, who: str, as_dataset: str | None = None, sample: bool = False,
    progress: Progress | None = None,
) -> Report:  # fmt: skip
    """Checks the files, stores their rows and publishes them, in one transaction: all files, or none when there is a
    problem in any. A file already loaded is said and not loaded twice. StoreUnavailable passes through."""
    intake = _Intake(as_dataset, store, sample, progress)
    try:
        with _collector_paused(), store.writing() as writer:
            for file in files:
                intake.take(file, writer, who)
            intake.join(writer, who)
            if not intake.report.ok or not intake.written:
                raise _NothingStored
            writer.publish()
    except _NothingStored:
        for report in intake.written:
            report.upload = None
    else:
        intake.report.stored = True
    return intake.report


def stage(
    files: Sequence[Path | File], store: Store, who: str, as_dataset: str | None = None,
    progress: Progress | None = None,
) -> Report:  # fmt: skip
    """Checks the files and stores the rows of those without a problem, each file by itself, to be published by their
    uploads' numbers: until then nobody sees them. StoreUnavailable passes through."""
    intake = _Intake(as_dataset, store, progress=progress, staged=True)
    with _collector_paused(), store.writing() as writer:
        for file in files:
            intake.take(file, writer, who)
        intake.join(writer, who)
        writer.publish()
        faulty = {report.file for report in intake.report.files if report.counted}
        gone = [report for report in intake.written if report.file in faulty]
        writer.discard([report.upload for report in gone if report.upload is not None], who)
    for report in gone:
        report.upload = None
    return intake.report


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Python's cyclic garbage collector costs a load a third of its time: rows have no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Intake:
    """The files of one check or load, taken one after another into one report."""

    def __init__(
        self, as_dataset: str | None, store: Store | None, sample: bool = False, progress: Progress | None = None,
        staged: bool = False,
    ) -> None:  # fmt: skip
        self.report = Report()
        self.written: list[SheetReport] = []
        self._as_dataset, self._sample, self._staged = as_dataset, sample, staged
        self._progress = progress or (lambda name, rows: None)
        self._most = SAMPLE_MB if sample else settings().max_upload_mb
        self._store = store if store and not sample and not store.is_sample() else None  # what to compare with
        uploads = store.uploads() if store else ()
        self._uploads = [upload for upload in uploads if upload.state in PUBLISHED and upload.sample == sample]
        self._waiting = [upload for upload in uploads if upload.state == STAGED]
        self._choices = by_form(store.choices()) if store else {}
        self._files: dict[str, str] = {}
        self._gathering, self._schools = Gathering(), dict[str, School]()
        self._covered: dict[tuple[type[Row], tuple[str, ...]], str] = {}

    def take(self, file: Path | File, writer: Writer | None = None, who: str = "") -> None:
        """Goes through a file; its rows are written while nothing is wrong with any file (or, staged, with it)."""
        path, name = file if isinstance(file, File) else (Path(file), Path(file).name)
        self._progress(name, 0)
        reading = Reading(
            path, self._most, SOURCES, self._as_dataset, name, TOGETHER, self._choices
        )  # fmt: skip
        whole = SheetReport(name)
        try:
            sha256 = reading.sha256()
            if words := self._loaded_before(sha256, whole):
                whole.warnings.append(words)
            else:
                self._files[sha256] = name
                self._discard_waiting(sha256, writer, who)
                for extract in reading.extracts():
                    self._write(extract, sha256, writer, who)
                self._gathering.add(name, sha256, reading.parts)
        except FileRefused as refused:
            whole.problem(str(refused))
        self.report.files += [*reading.reports, *([whole] if whole.counted or whole.warnings else [])]

    def join(self, writer: Writer | None = None, who: str = "") -> None:
        """Goes through what makes sense only together with other sheets or files, once all files have been taken."""
        for given in self._gathering.returns:
            if not given.whole and (words := self._loaded_before(given.sha256, given.report)):
                given.report.warnings.append(words)
            else:
                self._discard_waiting(given.sha256, writer, who)
                for extract in given.extracts(self._known()):
                    self.report.files.append(extract.report)
                    self._write(extract, given.sha256, writer, who)
            if self._staged and not given.whole and (faulty := given.faulty()):
                given.report.problem(f"nothing of it can be loaded before {', '.join(faulty)} is put right")
            self.report.files += [given.report] if given.report.counted or given.report.warnings else []

    def _discard_waiting(self, sha256: str, writer: Writer | None, who: str) -> None:
        """The same file, checked again: it waits once."""
        if writer and self._staged:
            writer.discard([upload.id for upload in self._waiting if upload.sha256 == sha256], who)

    def _known(self) -> Known:
        stored = self._store.rows(Setting, ("urn", *School._fields)) if self._store else ()
        return Known(settings().area, schools(stored) | self._schools)

    def _loaded_before(self, sha256: str, whole: SheetReport) -> str | None:
        """Says so when a file with this content was loaded before, or came with the same load."""
        if first := self._files.get(sha256):
            return f"This is the same file as {first}."
        if upload := next((upload for upload in self._uploads if upload.sha256 == sha256), None):
            whole.dataset, whole.upload = upload.dataset, upload.id
            return f"This file was loaded on {upload.when:%d/%m/%Y} by {upload.who} and is not loaded again."
        return None

    def _write(self, extract: Extract, sha256: str, writer: Writer | None, who: str) -> None:
        report, adding = extract.report, None
        for batch in extract.batches():
            if extract.row is Setting:
                self._schools |= schools(batch)
            if writer and not report.counted and (self._staged or self.report.ok):
                adding = adding or self._adding(extract, sha256, writer, who)
                adding.rows(batch)
            self._progress(report.file, report.rows)
        self._cover(extract)
        report.warnings += self._notices(extract)

    def _adding(self, extract: Extract, sha256: str, writer: Writer, who: str) -> Adding:
        report = extract.report
        adding = writer.add(
            extract.row, file=report.file, sheet=report.sheet, sha256=sha256, who=who, sample=self._sample,
            staged=self._staged,
        )  # fmt: skip
        report.upload = adding.upload_id
        self.written.append(report)
        return adding

    def _cover(self, extract: Extract) -> None:
        """A problem where another sheet of this load covers the same dataset and period."""
        here = f"sheet '{extract.report.sheet}' of {extract.report.file}"
        clashes: dict[str, list[str]] = {}
        for scope in sorted(extract.checker.scopes()):
            other = self._covered.setdefault((extract.row, scope), here)
            if other != here:
                clashes.setdefault(other, []).append(", ".join(scope))
        for other, scopes in clashes.items():
            period = f" for {scopes[0]}" if scopes[0] else ""
            more = f" and {len(scopes) - 1} more" if len(scopes) > 1 else ""
            extract.report.problem(f"{other} has {extract.row.title()}{period}{more} too: load one of the two")

    def _notices(self, extract: Extract) -> list[str]:
        store = self._store
        if extract.report.counted:
            return []  # the fair copy will tell
        if store is None:
            return notices(extract)
        last = next((upload for upload in self._uploads if upload.dataset == extract.row.dataset), None)
        before = (
            Before(store.counts(extract.row), last.file, last.when.date(), last.rows, _months(last)) if last else None
        )
        return notices(extract, before, lambda name: store.options(name) if name in FILTERS else ())


def _months(upload: Upload) -> int:
    """How many months an upload spans; 1 where it has no dates."""
    first, last = (text.split("-") for text in (upload.first or "", upload.last or ""))
    if len(first) < 2 or len(last) < 2:
        return 1
    return (int(last[0]) - int(first[0])) * 12 + int(last[1]) - int(first[1]) + 1
