"""Headlines: an exhibit's answer in one sentence, made from its protected figures."""

import datetime as dt
import re
import string
from collections.abc import Mapping

from sendviz.answer import NOT_AVAILABLE, SHOWN, WITHHELD, words_of
from sendviz.figures.areas import compared
from sendviz.figures.largest import places, top
from sendviz.figures.said import Said, change_words, shown
from sendviz.vocabulary import COUNT, MONTH


def headline(said: Said) -> str:
    """The exhibit's headline; a plain sentence when its figures are withheld, not available or none."""
    pieces = _pieces(said)
    text = re.sub(
        r"\[([^\]]*)\]", lambda clause: clause[1] if _complete(clause[1], pieces) else "", said.exhibit.headline
    )
    if _complete(text, pieces):
        sentence = text.format_map(pieces)
        return sentence[:1].upper() + sentence[1:]
    title, figures = said.exhibit.title, said.figures[0].rows
    if said.exhibit.measures[0].of_people and any(figure.mark == WITHHELD for figure in figures):
        return f"{title}: withheld, because fewer than {said.below} {said.exhibit.measures[0].counts} are counted"
    if any(figure.mark == SHOWN for figure in figures):
        return f"{title}: {_shortly(said)}"
    return f"{title}: not available"


def _shortly(said: Said) -> str:
    whole = said.level()
    if whole and whole[0].rows and whole[0].rows[0].mark == SHOWN:
        return f"{said.unit.words(whole[0].rows[0].value or 0)} in all"
    return said.span or "see the table"


def _complete(text: str, pieces: Mapping[str, str]) -> bool:
    return all(name is None or name in pieces for _, name, _, _ in string.Formatter().parse(text))


def _pieces(said: Said) -> dict[str, str]:
    pieces = {"span": said.span, "area": said.area}
    for gather in (_latest, _whole, _year, top, places, compared):
        pieces |= gather(said)
    return pieces


def _latest(said: Said) -> dict[str, str]:
    """The newest month and the same a year before."""
    found = said.level(MONTH)
    if not found:
        return {}
    rows = [row for row in found[0].rows if row.mark != NOT_AVAILABLE]
    if not rows:
        return {}
    now = rows[-1]
    month: dt.date = now.at[0]  # type: ignore[assignment]
    pieces = {"period": words_of(month)}
    before = found[0].at(month.replace(year=month.year - 1))
    if shown(now):
        pieces["value"] = said.unit.words(now.value or 0)
        pieces["count"] = COUNT.words(now.numerator or 0)
        if before and shown(before):
            pieces["on_year"] = change_words(said.unit, now.value or 0, before.value or 0, "a year ago")
            pieces["count_on_year"] = change_words(COUNT, now.numerator or 0, before.numerator or 0, "a year ago")
    return pieces


def _whole(said: Said) -> dict[str, str]:
    found = said.level()
    if not found or not found[0].rows or not shown(found[0].rows[0]):
        return {}
    words = said.unit.words(found[0].rows[0].value or 0)
    return {"total": words, "value": words} if said.level(MONTH) == () else {"total": words}


def _year(said: Said) -> dict[str, str]:
    """The newest calendar year the data cover whole, and the year before it."""
    found = said.totals.get(("year",), ())
    if not found:
        return {}
    year, year_before = said.years
    whole = [(figures.at(year), figures.at(year_before)) for figures in found]
    pieces = {"in_year": f"in {year}"}
    if year is None:  # no calendar year is whole: everything together
        whole = [(figures.rows[0], None) for figures in said.level()]
        pieces = {"in_year": f"in {said.span}" if len(said.level(MONTH)[0].rows) == 1 else f"from {said.span}"}
    for place, (now, before) in enumerate(whole):
        unit = said.exhibit.measures[place].unit
        if now and shown(now):
            pieces["year_value" + (f"_{place + 1}" if place else "")] = unit.words(now.value or 0)
            if place == 0 and before and shown(before):
                words = change_words(unit, now.value or 0, before.value or 0, f"in {year_before}")
                pieces["on_previous_year"] = words
    return pieces
