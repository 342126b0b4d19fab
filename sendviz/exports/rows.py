"""Rows for a data officer as a workbook: its cover says whose they are, what they are for, and who asked when."""

from sendviz.exports.cover import SAMPLE, Pair
from sendviz.exports.excel import LONGEST_NAME
from sendviz.exports.listing import workbook
from sendviz.figures.rows import Given, Request, given
from sendviz.settings import Settings
from sendviz.store import Store

CAUTION = (
    "These are rows about single children, under pseudonyms. They are for the purpose named here and for nobody else: "
    "do not pass them on, and delete this file when the purpose is done."
)
PSEUDONYM = "Stands for the pupil's number, which is not kept. The same pupil has the same one in every dataset."
SPELL = "month ends one after another at which nothing about a pupil changed"


def rows(request: Request, store: Store, settings: Settings) -> bytes:
    """The workbook of the rows asked for, which are logged first; NotGiven or StoreUnavailable where they are not
    given."""
    sample, title = store.is_sample(), request.row.title()
    with given(request, store) as found:
        about = _about(found, settings, sample)
        return workbook(f"{title}: rows", about, title[:LONGEST_NAME], request.headings, found.lines)


def _about(given: Given, settings: Settings, sample: bool) -> list[Pair]:
    asked, at = given.request, given.at.astimezone()
    pupils = [(field.title, PSEUDONYM) for field in asked.columns if field.kind == "pupil"]
    ignored = asked.selection.ignored_by(asked.row)
    left_out = ", ".join(field.title for field in asked.left_out)
    return [
        ("Please note", CAUTION),
        *([("Please note", SAMPLE)] if sample else []),
        ("Area", settings.area),
        ("One row is", SPELL if asked.row.stock else asked.row.one),
        ("Selection", asked.within.words()),
        *([("Not filtered by", ", ".join(ignored))] if ignored else []),
        ("Rows", f"{given.count:,}"),
        ("What they are needed for", asked.why),
        ("Asked for by", asked.person.name),
        ("Given on", f"{at.day} {at:%B %Y, %H:%M}"),
        *pupils,
        *([("Left out", f"{left_out}: people write there what they like")] if left_out else []),
    ]
