"""The pieces of a headline that name the largest category, how it moved in a year, and what grew most."""

import datetime as dt
from collections.abc import Sequence

from sendviz.answer import NOT_AVAILABLE, WITHHELD, Figure, words_of
from sendviz.figures.providers import PERIOD
from sendviz.figures.said import Pieces, Said, amount, change_words, joined, shown
from sendviz.vocabulary import MONTH, NOT_RECORDED, SHARE

FINANCIAL_YEAR = "financial_year"
NAMELESS = (MONTH, FINANCIAL_YEAR, "setting")  # times, and what another dimension already implies
TIED = 3  # categories named when several come first together


def top(said: Said) -> Pieces:
    """The largest category, its figure, its share of the whole, and the one that grew most in a year.

    Nothing when it cannot be known because another that is withheld may be larger. `tied` where several come first
    together, `alone` where there is one category only.
    """
    if PERIOD in said.exhibit.by:  # those of providers and areas are spoken of elsewhere
        return {}
    rows, names = _candidates(said)
    there = [row for row in rows if row.mark == WITHHELD or (shown(row) and row.value)]
    found = [row for row in there if shown(row)]
    if not found or names in ((), (MONTH,)):
        return {}
    best = max(found, key=lambda row: row.value or 0)
    if not _sure(said, rows, best):
        return {}
    value = amount(said.unit, best.value)
    pieces = _time(said, names, best)
    first = [row for row in found if said.unit.rounded(row.value or 0) == said.unit.rounded(best.value or 0)]
    if len(first) > 1:
        labels = [_label(said, names, row) for row in first]
        if "{top_in_sentence}" in said.exhibit.headline:  # categories; others are names
            labels = [said.named(label) for label in labels]
        named = joined(labels) if len(labels) <= TIED else f"{len(labels)} of them"
        return pieces | {"tied": named, "tied_value": value}
    label = _label(said, names, best)
    pieces |= {f"top_{name}": words_of(at) for name, at in zip(names, best.at, strict=True)}
    pieces |= {"top": label, "top_in_sentence": said.named(label), "top_value": value}
    pieces |= {"alone": label} if len(there) == 1 else {}
    if said.unit is said.count and (whole := all_there_is(said)):
        pieces["top_share"] = amount(SHARE, (best.value or 0) / whole)
    return pieces | _moved(said, names, best) | _riser(said, rows, names, label)


def _candidates(said: Said) -> tuple[list[Figure], tuple[str, ...]]:
    """The figures among which the largest is named, and their dimensions: those of the category an exhibit chooses, of
    all but the months, or of the newest time."""
    by = said.exhibit.by
    chosen = (str(said.exhibit.options.get("category")),)
    without_month = tuple(name for name in by if name != MONTH)
    apart = tuple(name for name in by if name in said.exhibit.apart)
    for level in (chosen, () if said.exhibit.row.stock else without_month, apart):
        if level not in ((), by) and said.level(*level):
            return _recorded(said.level(*level)[0].rows), level
    rows = [row for row in said.figures[0].rows if row.mark != NOT_AVAILABLE]
    if rows and (time := next((name for name in (MONTH, FINANCIAL_YEAR) if name in by), None)):
        at = by.index(time)
        newest = max(str(row.at[at]) for row in rows)
        rows = [row for row in rows if str(row.at[at]) == newest]
    return _recorded(rows), by


def _recorded(rows: Sequence[Figure]) -> list[Figure]:
    return [row for row in rows if NOT_RECORDED not in row.at]


def _sure(said: Said, rows: Sequence[Figure], best: Figure) -> bool:
    """Whether none that is withheld can be larger: what the shown leave of the whole says so of counts."""
    if (said.rounded and said.unit is said.count) or all(row.mark != WITHHELD for row in rows):
        return True  # what is withheld when counts are rounded is less than any that is shown
    if said.exhibit.measures[0].over is not None or (whole := all_there_is(said)) is None:
        return False
    return whole - sum(row.value or 0 for row in rows) < (best.value or 0)


def _label(said: Said, names: tuple[str, ...], row: Figure) -> str:
    labels = [words_of(value) for name, value in zip(names, row.at, strict=True) if _names_it(said, name)]
    return ", ".join(labels)


def _names_it(said: Said, name: str) -> bool:
    """Whether a dimension belongs in the category's name; an exhibit may choose one."""
    if chosen := said.exhibit.options.get("category"):
        return bool(name == chosen)
    return name not in NAMELESS and said.exhibit.row.fields[name].kind != "flag"


def _time(said: Said, names: tuple[str, ...], best: Figure) -> Pieces:
    """The period the largest is of, and the whole of that period where there is a total of it."""
    time = next((name for name in (MONTH, FINANCIAL_YEAR) if name in names), None)
    if time is None:
        return {}
    at = best.at[names.index(time)]
    pieces = said.times(at)
    yearly = said.level(time)
    whole = yearly[0].at(at) if yearly else None
    if whole and shown(whole):
        pieces["value"] = amount(said.unit, whole.value)
    return pieces


def all_there_is(said: Said) -> float | None:
    """What a share is of: the stock at its newest month, or everything together. None where it is not shown."""
    found = said.level(MONTH) if said.exhibit.row.stock and said.level(MONTH) else said.level()
    rows = [row for row in found[0].rows if row.mark != NOT_AVAILABLE] if found else []
    return rows[-1].value if rows and shown(rows[-1]) else None


def _year_before(said: Said, names: tuple[str, ...], row: Figure) -> tuple[Figure | None, dt.date | None]:
    """The same category a year before, and when that was."""
    if not said.exhibit.row.stock:
        return None, None
    if MONTH in names:
        at = names.index(MONTH)
        month: dt.date = row.at[at]  # type: ignore[assignment]
        earlier = month.replace(year=month.year - 1)
        return said.figures[0].at(*row.at[:at], earlier, *row.at[at + 1 :]), earlier
    if said.before is None or said.newest is None:
        return None, None
    return said.before.at(*row.at), said.newest.replace(year=said.newest.year - 1, day=1)


def _moved(said: Said, names: tuple[str, ...], best: Figure) -> Pieces:
    """How the largest changed in a year."""
    before, earlier = _year_before(said, names, best)
    if not shown(before) or before is None or earlier is None:
        return {}
    since = f"in {words_of(earlier)}"
    return {"top_on_year": change_words(said.unit, best.value or 0, before.value or 0, since)}


def _riser(said: Said, rows: Sequence[Figure], names: tuple[str, ...], label: str) -> Pieces:
    """What grew most in a year: the largest itself, or another; nothing where two grew as much, or one may have grown
    more that is withheld."""
    grown: list[tuple[float, str]] = []
    since = None
    for row in rows:
        before, since = _year_before(said, names, row)
        if before is None or WITHHELD in (row.mark, before.mark):
            return {}
        if shown(row) and shown(before):
            grown.append(((row.value or 0) - (before.value or 0), _label(said, names, row)))
    grown.sort(reverse=True)
    if since is None or not grown or grown[0][0] <= 0 or (len(grown) > 1 and grown[0][0] == grown[1][0]):
        return {}
    (most, riser), pieces = grown[0], Pieces(riser_since=words_of(since))
    change = amount(said.unit, most)
    return pieces | ({"top_rise": change} if riser == label else {"riser": said.named(riser), "riser_rise": change})
