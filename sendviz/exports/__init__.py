"""Exhibits as files: which kinds there are, each made by a module of its own that is imported when it is needed."""

from collections.abc import Callable, Sequence
from functools import partial
from io import TextIOBase
from pathlib import Path
from typing import IO

from sendviz.answer import Answer
from sendviz.screens import Screen
from sendviz.settings import Settings

SLIDES = ".pptx"


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


def deck(
    screens: Sequence[Screen], target: Path | IO[bytes], template: Path | bytes | None = None,
    address: str | None = None,
) -> None:  # fmt: skip
    """Writes the screens as PowerPoint slides with charts that can be edited, in the look of `template` (a .potx or
    .pptx) if given; `address` is where the pages are served, for the links back in the speaker's notes. BadExport when
    the template cannot be used."""
    from sendviz.exports.powerpoint import BadTemplate, write

    try:
        made = write(screens, template, address)
    except BadTemplate as error:
        raise BadExport(str(error)) from None
    _put(made, target)


Write = Callable[[Sequence[Screen], Path], None]
KINDS: dict[str, Write] = {
    ".xlsx": lambda screens, target: workbook(_answers(screens), target),
    ".csv": lambda screens, target: csv(_answers(screens), target),
    ".html": offline,
    SLIDES: deck,
}


def kind(target: Path, template: Path | None = None, name: str = "") -> Write:
    """What makes a file of screens with this name's ending, in the look of the template; BadExport with one sentence
    when nothing does. `name` is the running order's."""
    ending = target.suffix.lower()
    if ending not in KINDS:
        raise BadExport(f"“{target.name}” has no known ending: it must end in {' or '.join(KINDS)}.")
    if template is None:
        return partial(offline, name=name) if KINDS[ending] is offline else KINDS[ending]
    if ending != SLIDES:
        raise BadExport(f"A template is for slides: the file's name must end in {SLIDES}.")
    return partial(deck, template=template)


def _answers(screens: Sequence[Screen]) -> list[Answer]:
    return [screen.answer for screen in screens if screen.answer]


def _put(made: bytes, target: Path | IO[bytes] | IO[str]) -> None:
    """Written in one go once it is all made, so that a fault leaves no half a file."""
    if isinstance(target, Path):
        target.write_bytes(made)
    elif isinstance(target, TextIOBase):
        target.write(made.decode())
    else:
        target.write(made)  # type: ignore[arg-type]
