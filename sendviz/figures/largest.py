"""The pieces of a headline that name the largest: a category, a place, what grew most."""

import datetime as dt
from collections.abc import Sequence

from sendviz.answer import NOT_AVAILABLE, WITHHELD, Figure, words_of
from sendviz.figures.said import Said, in_sentence, shown
from sendviz.vocabulary import COUNT, MONTH, SHARE

ENGLAND = "England"
FINANCIAL_YEAR = "financial_year"
NAMELESS = (MONTH, FINANCIAL_YEAR, "period", "setting", "level")  # times, and what another dimension already implies


def top(said: Said) -> dict[str, str]:
    """The largest category, its figure, its share of the whole, and the one that grew most in a year.

    Nothing when it cannot be known: a withheld share or mean may be the largest, a withheld count cannot.
    """
    rows, names = _candidates(said)
    found = [row for row in rows if shown(row)]
    unsure = said.exhibit.measures[0].over is not None and any(row.mark == WITHHELD for row in rows)
    if not found or unsure or names in ((), (MONTH,)):
        return {}
    best = max(found, key=lambda row: row.value or 0)
    labelled = {name: words_of(value) for name, value in zip(names, best.at, strict=True)}
    label = ", ".join(value for name, value in labelled.items() if _names_it(said, name, names))
    words = said.unit.words(best.value or 0)
    pieces = {f"top_{name}": value for name, value in labelled.items()}
    pieces |= {"top": label, "top_in_sentence": in_sentence(label), "top_value": words, "top_total": words}
    pieces |= _time(said, labelled, names, best)
    if said.unit is COUNT and (whole := _whole(said)):
        pieces["top_share"] = SHARE.words((best.value or 0) / whole)
    return pieces | _riser(said, rows, names, label) | _locality(said)


def _candidates(said: Said) -> tuple[list[Figure], tuple[str, ...]]:
    """The figures among which the largest is named, and their dimensions."""
    by = said.exhibit.by
    without_month = tuple(name for name in by if name != MONTH)
    apart = tuple(name for name in by if name in said.exhibit.apart)
    for level in (() if said.exhibit.row.stock else without_month, apart):
        if level not in ((), by) and said.level(*level):
            return list(said.level(*level)[0].rows), level
    rows = [row for row in said.figures[0].rows if row.mark != NOT_AVAILABLE]
    if rows and (time := next((name for name in (MONTH, FINANCIAL_YEAR) if name in by), None)):
        at = by.index(time)
        newest = max(str(row.at[at]) for row in rows)
        rows = [row for row in rows if str(row.at[at]) == newest]
    return rows, by


def _names_it(said: Said, name: str, names: tuple[str, ...]) -> bool:
    """Whether a dimension belongs in the category's name; an exhibit may choose one."""
    if chosen := said.exhibit.options.get("category"):
        return name == chosen
    return name not in NAMELESS and said.exhibit.row.fields[name].kind != "flag"


def _time(said: Said, labelled: dict[str, str], names: tuple[str, ...], best: Figure) -> dict[str, str]:
    """The period the largest is of, and the whole of that period where there is a total of it."""
    time = next((name for name in (MONTH, FINANCIAL_YEAR) if name in labelled), None)
    if time is None:
        return {}
    pieces = {"period": labelled[time]}
    yearly = said.level(time)
    whole = yearly[0].at(best.at[names.index(time)]) if yearly else None
    if whole and shown(whole):
        pieces["value"] = said.unit.words(whole.value or 0)
    return pieces


def _whole(said: Said) -> float | None:
    """What a share is of: the stock at its newest month, or everything together."""
    found = said.level(MONTH) if said.exhibit.row.stock and said.level(MONTH) else said.level()
    rows = [row for row in found[0].rows if row.mark != NOT_AVAILABLE] if found else []
    return rows[-1].value if rows and shown(rows[-1]) else None


def _riser(said: Said, rows: Sequence[Figure], names: tuple[str, ...], label: str) -> dict[str, str]:
    """What grew most in a year: the largest itself, or another."""
    if not (said.exhibit.row.stock and MONTH in names):
        return {}
    at = names.index(MONTH)
    grown: list[tuple[float, str]] = []
    for row in rows:
        month: dt.date = row.at[at]  # type: ignore[assignment]
        before = said.figures[0].at(*row.at[:at], month.replace(year=month.year - 1), *row.at[at + 1 :])
        if shown(row) and before and shown(before):
            name = ", ".join(words_of(value) for place, value in enumerate(row.at) if place != at)
            grown.append(((row.value or 0) - (before.value or 0), name))
    most, riser = max(grown, default=(0, ""))
    if most <= 0:
        return {}
    change = said.unit.words(most)
    return {"top_rise": change} if riser == label else {"riser": in_sentence(riser), "riser_rise": change}


def _locality(said: Said) -> dict[str, str]:
    """The largest locality, where figures without a time have totals by locality."""
    totals = said.totals.get(("locality",), ()) if said.exhibit.row.when is None else ()
    found = [row for row in totals[0].rows if shown(row)] if totals else []
    if not found:
        return {}
    best = max(found, key=lambda row: row.value or 0)
    return {"top": words_of(best.at[0]), "top_total": said.unit.words(best.value or 0)}


def places(said: Said) -> dict[str, str]:
    """The largest newest figure of a local provider, and England's beside it."""
    by = said.exhibit.by
    if "provider" not in by or "period" not in by:
        return {}
    at, period = by.index("provider"), by.index("period")
    found = [row for row in said.figures[0].rows if shown(row)]
    own = [row for row in found if row.at[at] != ENGLAND]
    if not own:
        return {}
    newest = max(str(row.at[period]) for row in own)
    best = max((row for row in own if row.at[period] == newest), key=lambda row: row.value or 0)
    words = said.unit.words(best.value or 0)
    pieces = {"period": words_of(newest), "area_value": words}
    if "against" in said.exhibit.options:
        label = ", ".join(str(value) for place, value in enumerate(best.at) if place != period)
        pieces |= {"top": label, "top_value": words, "top_period": words_of(newest)}
    beside = [row for row in found if row.at[at] == ENGLAND and row.at[period] == newest and _same(row, best, said)]
    return pieces | ({"england_value": said.unit.words(beside[0].value or 0)} if beside else {})


def _same(one: Figure, other: Figure, said: Said) -> bool:
    """Whether two places' figures are of the same service, where figures are of services."""
    return (
        "service" not in said.exhibit.by
        or one.at[said.exhibit.by.index("service")] == other.at[said.exhibit.by.index("service")]
    )
