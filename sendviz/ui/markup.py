"""An exhibit's words and tables as HTML of our own: headings, scopes, every piece of data escaped."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from itertools import groupby

from sendviz.answer import Answer, words_of
from sendviz.figures.areas import AREA, PART, PERIOD, newest, on_screen
from sendviz.selection import not_filtered_by
from sendviz.tables import Table, html, small_number_rule, table, texts
from sendviz.vocabulary import Exhibit

CHART, TABLE, COUNTED = ("chart", "Chart"), ("table", "Table"), ("counted", "What is counted")


def head(answer: Answer) -> str:
    """The headline, what is shown, by which filters and when, and which filters in force do not act on it."""
    exhibit = answer.exhibit
    when = answer.period if exhibit.latest else answer.span
    what = ", ".join(filter(None, (exhibit.title, when)))
    acting = replace(answer.selection.for_row(exhibit.row), start=None, end=None)  # `when` says the months
    shown = " · ".join(filter(None, (what, acting.words() if acting or acting.limit else "")))
    ignored = f'<p class="ignored">{escape(_ignored(answer))}</p>' if answer.ignored else ""
    return (
        f'<div class="head"><h2 id="{exhibit.id}" tabindex="-1">{escape(answer.headline)}</h2>'
        f"<p>{escape(shown)}</p>{ignored}</div>"
    )


def rooms(heights: Mapping[str, int]) -> str:
    """What keeps the height of each exhibit's chart free. Apart from the headlines, since a style that comes anew has
    the browser work out every element's again."""
    rules = " ".join(f".st-key-exhibit-{name} {{ --chart: {height}px; }}" for name, height in heights.items())
    return f"<style>{rules}</style>"


def _ignored(answer: Answer) -> str:
    """Not filtered by locality: figures from NHS providers are not told apart by it."""
    said, by = not_filtered_by(answer.ignored), "it" if len(answer.ignored) == 1 else "them"
    return f"{said[:1].upper()}{said[1:]}: figures from {answer.source} are not told apart by {by}."


def views(exhibit_id: str, *choices: tuple[str, str]) -> str:
    """The choice of what to see of an exhibit. It is made in the browser alone, which keeps it (see `style.py`)."""
    inputs = "".join(
        f'<label><input type="radio" name="view-{exhibit_id}" value="{value}"{" checked" * (not n)}>'
        f"<span>{label}</span></label>"
        for n, (value, label) in enumerate(choices)
    )
    return f'<fieldset class="views"><legend>Show</legend>{inputs}</fieldset>'


def panels(answer: Answer) -> str:
    """The table, what is counted, and the line of source, date and notes. What is selected stands in the headline's
    part, so that these stay as they are, and are not drawn anew, where a filter changes nothing in them."""
    compared, others = on_screen(answer)
    shown = figures(table(compared), _other_areas(answer.exhibit, others), drawn=_drawn(compared))
    return f'<div class="panels">{shown}{comments(answer)}{counted(answer)}{source(answer)}</div>'


def _other_areas(exhibit: Exhibit, count: int) -> str:
    """Where the areas are that are not compared here."""
    if not count:
        return ""
    name = exhibit.label(AREA)
    return f"Other areas published ({count}) are in the download; choose them under {name} to see them here. "


def _drawn(answer: Answer) -> tuple[str, str] | None:
    """Where a chart draws one period alone: the heading it stands under in the table, and the period in words."""
    exhibit = answer.exhibit
    if not {AREA, PERIOD, PART} <= {*exhibit.by}:
        return None
    when = newest(exhibit, answer.figures[0].rows)
    return (exhibit.label(PERIOD), words_of(when)) if when else None


def figures(shown: Table, also: str = "", drawn: tuple[str, str] | None = None) -> str:
    """The table, to be scrolled with the keyboard; a year's row opens its months. `also` says what is not in it; of a
    very long one, paper has what is `drawn` alone (see `print.css`)."""
    body = "".join(_years(shown)) if shown.opens else f"<tbody>{_lines(shown, drawn)}</tbody>"
    label = escape(f"{shown.title}: table")
    less = drawn and f'<p class="legend on-paper">{escape(drawn[1])}; other periods are in the download.</p>'
    return (
        f'<div class="figures"><div class="scrolls" role="region" tabindex="0" aria-label="{label}">'
        f"<table>{html.heading(shown)}{body}</table></div>{less or ''}{html.legend(shown, also)}</div>"
    )


def _lines(shown: Table, drawn: tuple[str, str] | None) -> str:
    """The rows; those of a period that is not drawn are told by their class."""
    if drawn is None:
        return html.lines(shown, shown.rows)
    label, when = drawn
    place = [column.label for column in shown.columns].index(label)
    runs = groupby(shown.rows, key=lambda row: row.cells[place].text == when)
    return "".join(
        html.lines(shown, [*rows]).replace("<tr>", "<tr>" if there else '<tr class="undrawn">') for there, rows in runs
    )


def _years(shown: Table) -> Iterator[str]:
    """Each year as a group of its own with a box that opens the group of its months."""
    for level, rows in groupby(shown.rows, key=lambda row: row.level):
        if level:
            yield f'<tbody class="months">{html.lines(shown, list(rows))}</tbody>'
            continue
        for row in rows:
            year, first = row.cells[0].text, shown.columns[0]
            rest = html.cells(shown, row).split("</th>", 1)[1]
            label = _opener(year) if year.isdigit() else escape(year)
            yield f'<tbody><tr class="year"><th scope="row"{html.side(first)}>{label}</th>{rest}</tr></tbody>'


def _opener(year: str) -> str:
    return f'<label><input type="checkbox" class="opens" name="{year}" aria-label="Months of {year}">{year}</label>'


def counted(answer: Answer) -> str:
    """What each measure counts and on what basis, and how small numbers are treated."""
    rule = small_number_rule(answer.below, answer.rounding)
    return f'<div class="counted">{html.definitions(answer, rule)}</div>'


def source(answer: Answer) -> str:
    """Source, data date, notes, and what happened meanwhile, in one line."""
    parts = [f"Source: {answer.provenance}", *answer.notes]
    happened = "".join(f' · <span class="happened">{escape(event.words)}</span>' for event in answer.events)
    return f'<p class="source">{escape(" · ".join(parts))}{happened}</p>'


def comments(answer: Answer) -> str:
    """Free text to read, under the values of its dimensions."""
    listed = texts(answer)
    if listed is None:
        return ""
    label = escape(listed.title)
    return f'<div class="texts" role="region" tabindex="0" aria-label="{label}">{html.quotations(listed)}</div>'


def nothing(answer: Answer) -> str:
    """In place of figures where the selection leaves none."""
    words = (
        "Nothing is left of this by the filters in force." if answer.chosen else "Nothing has been loaded for this yet."
    )
    return f'<p class="nothing">{words}</p>'
