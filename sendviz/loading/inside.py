"""What lies inside a workbook's packed parts: how far its sheets reach, and the cells that its reader cannot tell."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sendviz.loading.look import SAVE_AGAIN
from sendviz.loading.report import FileRefused

CHUNK = 1 << 18  # stays in the processor's own memory while it is looked through
# Cells from A1 to the last filled row and column, for each of which the reader takes 40 bytes, and filled ones, for
# which it takes 55 more while it reads: 450 MB at most.
MOST_CELLS, MOST_FILLED = 7_000_000, 4_700_000
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of Excel and of LibreOffice
MOST_SHEETS = 500
MOST_TEXT = 200_000_000  # bytes of the texts that cells share, which are all held at once
MOST_LISTED = 5_000_000  # bytes of a part that lists others
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


@dataclass
class Inside:
    """How far a sheet's filled cells reach (the last row from 1, the last column from 0), how many there are where
    they may be too many, by row its faulty cells (their columns and what is wrong with them), and whether some may be
    merged."""

    last_row: int = 0
    last_column: int = 0
    filled: int = 0
    faults: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    merged: bool = True

    def reach(self, row: int, column: int) -> None:
        """There is a filled cell in this row (from 1) and column (from 0)."""
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)

    def fault(self, row: int, column: int, words: str) -> None:
        """There is a cell whose value cannot be used."""
        self.faults.setdefault(row, []).append((column, words))

    @property
    def too_far(self) -> bool:
        """Whether the cells reach so far that reading them would take all memory, or beyond what a sheet can have."""
        outside = self.last_row > MOST_ROWS or self.last_column >= MOST_COLUMNS
        return outside or self.last_row * (self.last_column + 1) > MOST_CELLS

    def bounded(self, sheet: str) -> "Inside":
        """Itself; FileRefused where the cells reach too far."""
        if self.filled > MOST_FILLED:
            raise too_much(sheet)
        if self.too_far:
            raise FileRefused(
                f"Sheet '{sheet}' spans {self.last_row:,} rows and {self.last_column + 1:,} columns, more than can be "
                "read: delete what stands beyond the data, or save the sheet as CSV."
            )
        return self


def too_much(sheet: str) -> FileRefused:
    """What is said of a sheet that is too large."""
    return FileRefused(f"Sheet '{sheet}' has more than can be read from a workbook: save the sheet as CSV.")


def pieces(path: Path, part: str) -> Iterator[bytes]:
    """A part's bytes, some at a time; none where there is no such part. FileRefused when it is damaged."""
    try:
        with zipfile.ZipFile(path) as packed, packed.open(part) as stream:
            while piece := stream.read(CHUNK):
                yield piece
    except KeyError:
        return
    except DAMAGED:
        raise damaged() from None


def small(path: Path, part: str) -> bytes:
    """A part that lists other parts; FileRefused when it is damaged, or longer than such a list is."""
    content = b""
    for piece in pieces(path, part):
        content += piece
        if len(content) > MOST_LISTED:
            raise damaged()
    return content


def without_entities(path: Path, part: str) -> bytes:
    """Such a part where it is XML; FileRefused where it declares entities, which none does that a person saved, or is
    written in an encoding that would hide them."""
    content = small(path, part)
    if b"<!DOCTYPE" in content or b"\0" in content:
        raise damaged()
    return content


def damaged() -> FileRefused:
    """What is said of a workbook that cannot be opened."""
    return FileRefused(f"The workbook is damaged and cannot be opened. {SAVE_AGAIN}")


def sound(path: Path, *parts: str) -> None:
    """Goes through parts that the reader opens without asking; FileRefused when one is damaged, unpacks to something
    else than it says, or holds more text than memory should."""
    if (size := sum(len(piece) for part in parts for piece in pieces(path, part))) > MOST_TEXT:
        raise FileRefused(
            f"The workbook's texts unpack to {size / 1e6:,.0f} MB, more than a real extract's. {SAVE_AGAIN}"
        )
