"""Exhibits as files: which kinds there are, each made by a module of its own that is imported when it is needed."""

from collections.abc import Callable, Sequence
from io import TextIOBase
from pathlib import Path
from typing import IO

from sendviz.answer import Answer
from sendviz.screens import Screen, of_answers
from sendviz.settings import Settings

LATER = (".pptx",)


class BadExport(ValueError):
    """A kind of file that cannot be made; its text is one sentence."""


def workbook(answers: Sequence[Answer], target: Path | IO[bytes], settings: Settings | None = None) -> None:
    """Writes the answers as an accessible Excel workbook: a cover, then one table a sheet. The settings in force say
    whose figures they are and which numbers are small."""
    from sendviz.exports.excel import write

    _put(write(answers, settings), target)


def csv(answers: Sequence[Answer], target: Path | IO[bytes] | IO[str]) -> None:
    """Writes the answers as CSV, in UTF-8: one line for each figure by all of its exhibit's dimensions."""
    from sendviz.exports.separated import write

    _put(write(answers), target)


def offline(screens: Sequence[Screen], target: Path | IO[bytes], name: str = "") -> None:
    """Writes the screens as one HTML file that presents by itself, without a network; `name` is the running order's."""
    from sendviz.exports.standalone import write

    _put(write(screens, name), target)


KINDS: dict[str, Callable[[Sequence[Answer], Path], None]] = {
    ".xlsx": workbook,
    ".csv": csv,
    ".html": lambda answers, target: offline(of_answers(answers), target),
}


def kind(target: Path) -> Callable[[Sequence[Answer], Path], None]:
    """What makes a file with this name's ending; BadExport with one sentence when nothing does."""
    ending = target.suffix.lower()
    if ending in LATER:
        raise BadExport(f"{ending} files come in a later version; for now: {', '.join(KINDS)}.")
    if ending not in KINDS:
        raise BadExport(f"“{target.name}” has no known ending: it must end in {' or '.join(KINDS)}.")
    return KINDS[ending]


def _put(made: bytes, target: Path | IO[bytes] | IO[str]) -> None:
    """Written in one go once it is all made, so that a fault leaves no half a file."""
    if isinstance(target, Path):
        target.write_bytes(made)
    elif isinstance(target, TextIOBase):
        target.write(made.decode())
    else:
        target.write(made)  # type: ignore[arg-type]
