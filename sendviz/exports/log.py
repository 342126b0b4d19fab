"""The log as a file: with the newest seal at its end or on its cover, to be kept where nobody can write it anew."""

import csv
import json
from collections.abc import Sequence
from io import StringIO

from sendviz.exports.listing import workbook as listing
from sendviz.store import Entry

COLUMNS = ("number", "at", "who", "deed", "words", "seal")
LAST = "newest seal"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets take a cell for a formula by


def separated(entries: Sequence[Entry], seal: str) -> bytes:
    """A line for each entry, times in UTC, words as JSON; the last line has the newest seal of all."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_line(entry) for entry in entries)
    writer.writerow((LAST, "", "", "", "", seal))
    return text.getvalue().encode()


def workbook(entries: Sequence[Entry], seal: str, verdict: str) -> bytes:
    """The same as a workbook, whose cover has the newest seal and says whether the log was whole."""
    about = [("Whether it is whole", verdict), ("Newest seal", seal), ("Entries here", f"{len(entries):,}")]
    headings = [heading.capitalize() for heading in COLUMNS]
    lines = ((e.id, e.at, e.who, e.deed.value, e.about, e.seal) for e in entries)
    return listing("Log", about, "Log", headings, lines)


def _line(entry: Entry) -> tuple[object, ...]:
    who = f"'{entry.who}" if entry.who.startswith(FORMULA) else entry.who
    words = json.dumps(entry.words, ensure_ascii=False, sort_keys=True)
    return entry.id, entry.at.isoformat(), who, entry.deed.value, words, entry.seal
