"""Sheets that this program writes into a workbook for people to read: loading passes them over without a word."""

from collections.abc import Iterable

from sendviz.loading.cells import Cells

SIGN = "Written by sendviz for you to read; this sheet is passed over when the workbook is loaded."
_WITHIN = 3  # of a sheet's first rows with anything in them, one has the sign


def is_own(top: Iterable[tuple[int, Cells]]) -> bool:
    """Whether a sheet whose first rows are these was written by this program: no name is as sure as the sign."""
    return any(SIGN in cells for _, (_, cells) in zip(range(_WITHIN), top, strict=False))
