"""What belongs under the figures: cases counted apart, months nobody sent, and what people wrote."""

from collections.abc import Sequence

from sendviz.answer import SHOWN, Figures, words_of
from sendviz.disclosure import is_small
from sendviz.figures import query
from sendviz.figures.places import latest_of, months_of
from sendviz.figures.said import Amount
from sendviz.selection import Selection
from sendviz.store import Reading
from sendviz.vocabulary import Exhibit, Measure

NAMED = 3  # months named; more are counted


def notes(data: Reading, exhibit: Exhibit, selection: Selection, below: int) -> tuple[str, ...]:
    """Sentences to stand under the exhibit, in this order: its own, cases counted apart, months that are missing."""
    found = [exhibit.note, _counted_apart(data, exhibit, selection, below), _missing(data, exhibit, selection)]
    return tuple(filter(None, found))


def _counted_apart(data: Reading, exhibit: Exhibit, selection: Selection, below: int) -> str:
    """How many cases the exhibit's option `count also` finds: those still pending, or without a cost."""
    also: Measure | None = exhibit.options.get("count also")
    if also is None:
        return ""
    latest = latest_of(data, exhibit, selection)
    count = int((query.sums(data, [also.of], (), selection, latest).get(()) or [0])[0] or 0)
    if not count:
        return ""
    counted = Amount(f"Fewer than {below}") if is_small(count, below) else Amount(f"{count:,}", count)
    sentence: str = exhibit.options["also"]
    return sentence.format(count=counted)


def _missing(data: Reading, exhibit: Exhibit, selection: Selection) -> str:
    """The months inside the period that no extract covers: totals are without them."""
    months, covered = months_of(data, exhibit.row, selection)
    gone: Sequence[str] = [words_of(month) for month in months if month not in covered]
    if not gone or exhibit.latest:
        return ""
    named = " and ".join(gone) if len(gone) <= NAMED else f"{len(gone)} months between {gone[0]} and {gone[-1]}"
    return f"No extract covers {named}: not available, and not in any total."


def texts(
    data: Reading, exhibit: Exhibit, selection: Selection, below: int, figures: Figures
) -> tuple[tuple[object, ...], ...]:
    """The free text of groups of at least as many people as the threshold, each after its dimensions' values."""
    if exhibit.texts is None:
        return ()
    large = {row.at for row in figures.rows if row.mark == SHOWN and (row.value or 0) >= below}
    found = query.texts(data, exhibit.measures[0].of, exhibit.by, exhibit.texts, selection)
    return tuple(line for line in found if line[:-1] in large)
