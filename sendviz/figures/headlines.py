"""Headlines: an exhibit's answer in one sentence, made from its protected figures, to be read out."""

import datetime as dt
import re
import string
from collections.abc import Mapping

from sendviz.answer import NOT_AVAILABLE, SHOWN, WITHHELD, Figure, words_of
from sendviz.figures.areas import compared
from sendviz.figures.largest import all_there_is, top
from sendviz.figures.providers import provided
from sendviz.figures.said import Pieces, Said, amount, change_words, shown
from sendviz.vocabulary import MONTH

NO_FIGURES, NOT_YET = "No figures for this selection", "Nothing has been loaded for this yet"


def headline(said: Said) -> str:
    """The exhibit's headline; a plain sentence when what it would say is withheld, not available or level."""
    pieces = _pieces(said)
    template = said.exhibit.alone if said.exhibit.alone and "alone" in pieces else said.exhibit.headline
    return _filled(template, pieces) or _plain(said, pieces)


def headline_of_nothing(said: Said, chosen: bool) -> str:
    """The same where there are only noughts: `No pupils …` where the headline starts with how many, or else whether
    filters that act on it may have left nothing (`chosen`)."""
    pieces = _pieces(said)
    sentence = _filled(said.exhibit.headline, pieces)
    return sentence if sentence.startswith("No ") else NO_FIGURES if chosen else NOT_YET


def _filled(template: str, pieces: Pieces) -> str:
    text = re.sub(r"\[([^\]]*)\]", lambda clause: clause[1] if _complete(clause[1], pieces) else "", template)
    if not _complete(text, pieces):
        return ""
    sentence = text.format_map(pieces)
    return sentence[:1].upper() + sentence[1:]


def _complete(text: str, pieces: Mapping[str, object]) -> bool:
    return all(name is None or name in pieces for _, name, _, _ in string.Formatter().parse(text))


def _plain(said: Said, pieces: Pieces) -> str:
    """What can be said when the headline cannot: who come first together, all there is, or why there is nothing."""
    title, figures = said.exhibit.title, said.figures[0].rows
    of_people = said.exhibit.measures[0].of_people
    named = ", ".join(filter(None, (title, _time(said, pieces))))
    if "tied" in pieces:
        return f"{named}: {pieces['tied']} come first together, {pieces['tied_value']} each"
    whole = all_there_is(said)
    if whole is not None:
        of_now = said.newest or said.exhibit.row.stock
        time = str(pieces.get("period", "")) if of_now else said.span
        return f"{', '.join(filter(None, (title, time)))}: {_overall(said, whole)}"
    if of_people and any(figure.mark == WITHHELD for figure in figures):
        counted = said.exhibit.measures[0].counts
        return f"{named}: withheld, because it could tell of a small number of {counted}"
    if any(figure.mark == SHOWN for figure in figures):
        return f"{title}: {said.span or 'see the table'}"
    return f"{named}: not available"


def _time(said: Said, pieces: Pieces) -> str:
    """The time the headline is about, alone."""
    if "{in_year}" in said.exhibit.headline:
        return str(said.years[0] or said.span)
    return said.span if "{in_span}" in said.exhibit.headline else str(pieces.get("period", ""))


def _overall(said: Said, whole: float) -> str:
    if said.exhibit.measures[0].over:
        return f"{said.unit.spoken(whole)} overall"
    return f"{said.unit.spoken(whole)} in all" if whole else "none"


def _pieces(said: Said) -> Pieces:
    pieces: Pieces = {"area": said.area}
    if said.span:
        pieces |= {"span": said.span, "in_span": said.in_span, "period": said.span}
    for gather in (_newest, _latest, _whole, _year, top, provided, compared):
        pieces |= gather(said)
    return pieces


def _newest(said: Said) -> Pieces:
    """The time of an exhibit of the newest month end or day alone."""
    if said.newest is None:
        return {}
    if said.exhibit.row.stock:
        return said.times(said.newest)
    day = f"{said.newest.day} {said.newest:%B %Y}"
    return {"period": day, "when": f"on {day}"}


def _latest(said: Said) -> Pieces:
    """The newest month and the same a year before."""
    found = said.level(MONTH)
    if not found:
        return {}
    counted = "{count" in said.exhibit.headline  # nought is known where a share of nought is not
    rows = [row for row in found[0].rows if row.mark != NOT_AVAILABLE or (counted and row.numerator is not None)]
    if not rows:
        return {}
    now = rows[-1]
    month: dt.date = now.at[0]  # type: ignore[assignment]
    earlier = month.replace(year=month.year - 1)
    pieces = said.times(month)
    before, since = found[0].at(earlier), f"in {words_of(earlier)}"
    if shown(now):
        pieces["value"] = amount(said.unit, now.value)
        if before and shown(before):
            pieces["on_year"] = change_words(said.unit, now.value or 0, before.value or 0, since)
    if now.numerator is not None:
        pieces["count"] = amount(said.count, now.numerator)
        if before and before.numerator is not None:
            pieces["count_on_year"] = change_words(said.count, now.numerator, before.numerator, since)
    return pieces


def _whole(said: Said) -> Pieces:
    found = said.level()
    if not found or not found[0].rows or not shown(found[0].rows[0]):
        return {}
    total = amount(said.unit, found[0].rows[0].value)
    return {"total": total, "value": total} if said.level(MONTH) == () else {"total": total}


def _year(said: Said) -> Pieces:
    """The newest calendar year the data cover whole, and the year before it; everything together where none is."""
    found = said.totals.get(("year",), ())
    if not found:
        return {}
    year, year_before = said.years
    whole: list[tuple[Figure | None, Figure | None]]
    whole = [(figures.at(year), figures.at(year_before)) for figures in found]
    pieces: Pieces = {"in_year": f"in {year}"}
    if year is None:
        whole = [(figures.rows[0] if figures.rows else None, None) for figures in said.level()]
        pieces = {"in_year": said.in_span}
    for place, (now, before) in enumerate(whole):
        unit = said.unit_of(said.exhibit.measures[place])
        if now and shown(now):
            pieces["year_value" + (f"_{place + 1}" if place else "")] = amount(unit, now.value)
            if place == 0 and before and shown(before):
                words = change_words(unit, now.value or 0, before.value or 0, f"in {year_before}")
                pieces["on_previous_year"] = words
    return pieces
