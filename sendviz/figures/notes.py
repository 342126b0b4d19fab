"""What belongs under the figures: cases counted apart, months nobody sent, and what people wrote."""

from collections.abc import Sequence

from sendviz.answer import SHOWN, Figures, words_of
from sendviz.disclosure import is_small
from sendviz.figures import query
from sendviz.figures.places import latest_of, months_of
from sendviz.figures.said import Amount
from sendviz.rounding import BASE, TOO_FEW, Rounding
from sendviz.selection import Selection
from sendviz.store import Reading
from sendviz.vocabulary import Exhibit, Measure

ROUNDED = f"Counts are rounded to a multiple of {BASE}, each by itself, and need not add up."
NAMED = 3  # months named; more are counted


def notes(
    data: Reading, exhibit: Exhibit, selection: Selection, below: int, rounding: Rounding | None = None
) -> tuple[str, ...]:
    """Sentences to stand under the exhibit, in this order: its own, cases counted apart, months that are missing, and
    that counts are rounded."""
    rounds = ROUNDED if rounding and any(measure.of_people for measure in exhibit.measures) else ""
    apart = _counted_apart(data, exhibit, selection, below, rounding)
    return tuple(filter(None, [exhibit.note, apart, _missing(data, exhibit, selection), rounds]))


def _counted_apart(data: Reading, exhibit: Exhibit, selection: Selection, below: int, rounding: Rounding | None) -> str:
    """How many cases the exhibit's option `count also` finds: those still pending, or without a cost."""
    also: Measure | None = exhibit.options.get("count also")
    if also is None:
        return ""
    latest = latest_of(data, exhibit, selection)
    beside = [total for one in exhibit.measures for total in (one.of, one.over) if total and also.of_people]
    totals = [also.of, *beside]
    counts = [int(n or 0) for n in query.sums(data, totals, (), selection, latest).get((), [0] * len(totals))]
    if rounding is None and not counts[0]:
        return ""
    sentence: str = exhibit.options["also"]
    return sentence.format(count=spoken(counts[0], counts[1:], below, rounding))


def spoken(count: int, others: Sequence[int], below: int, rounding: Rounding | None) -> Amount:
    """A count apart in words, beside others that are shown: nothing exact where it, or what it leaves, is small."""
    if rounding is not None:
        return Amount(f"Fewer than {TOO_FEW}") if count < TOO_FEW else Amount(f"About {rounding.count(count):,}")
    if is_small(count, below):
        return Amount(f"Fewer than {below}")
    left = [abs(max(others, default=0) - count - n) for n in (0, *others)]
    return Amount("Some") if any(is_small(n, below) for n in left) else Amount(f"{count:,}", count)


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
