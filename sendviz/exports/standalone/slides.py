"""A screen as HTML: headline, charts, footer, table, what is counted, and the presenter's note; all data escaped."""

import datetime as dt
from collections.abc import Sequence
from html import escape

from sendviz.answer import Answer
from sendviz.exports.standalone.drawings import Drawings
from sendviz.figures.areas import on_screen
from sendviz.screens import Screen
from sendviz.tables import html, small_number_rule, table, texts

LONG = 110  # letters of a headline from which it is set in smaller type


def article(screen: Screen, place: int, places: int, name: str, drawings: Drawings, made: dt.date) -> str:
    """The screen, `place` of `places` in what is called `name`; its charts are put into the drawings."""
    lines = [line.strip() for line in screen.slide.text.splitlines() if line.strip()]
    title = screen.title or lines.pop(0)  # a slide of words may have lines alone
    inside = _words(lines) if screen.answer is None else _exhibit(screen, screen.answer, drawings, made)
    size = ' class="long"' if len(title) > LONG else ""
    kind = "exhibit" if screen.answer else "words"
    return (
        f'<article class="{kind}" aria-labelledby="title-{place}">'
        f'<p class="place">{escape(name)} · {place} of {places}</p>'
        f'<h2 id="title-{place}"{size}>{escape(title)}</h2>{inside}{_note(screen)}</article>'
    )


def _words(lines: Sequence[str]) -> str:
    if len(lines) > 1:
        return f'<ul class="lines">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>'
    return "".join(f'<p class="lines">{escape(line)}</p>' for line in lines)


def _exhibit(screen: Screen, answer: Answer, drawings: Drawings, made: dt.date) -> str:
    charts = _charts(answer, drawings)
    nothing = f'<p class="lines">{escape(answer.headline)}</p>' if answer.empty and screen.slide.title else ""
    more = "" if answer.empty else _more(answer, made)
    return f"{charts}{nothing}<footer>{escape(screen.footer)}</footer>{more}"


def _charts(answer: Answer, drawings: Drawings) -> str:
    """A figure for each screen's chart, and where there are several, one of the whole for a phone."""
    places = drawings.add(answer)
    parts = max(len(places) - 1, 1)
    return "".join(
        _figure(answer.alt, place, f"Part {n} of {parts}" if parts > 1 and n <= parts else "", whole=n > parts)
        for n, place in enumerate(places, 1)
    )


def _figure(alt: str, drawing: int, part: str, whole: bool) -> str:
    caption = f"<figcaption>{part}</figcaption>" if part else ""
    label = escape(f"{alt} {part}".strip())
    kind = "whole" if whole else "part"
    chart = f'<div class="chart" role="graphics-document" aria-label="{label}" data-drawing="{drawing}"></div>'
    return f'<figure class="{kind}">{caption}{chart}</figure>'


def _more(answer: Answer, made: dt.date) -> str:
    """The table and what one must know to use its figures."""
    compared, _ = on_screen(answer)
    shown, listed = table(compared), texts(answer)
    events = [f"{event.day.day} {event.day:%B %Y}: {event.text}" for event in answer.events]
    notes = "".join(f"<p>{escape(note)}</p>" for note in (*answer.notes, *events))
    copied = f"Source: {answer.provenance}. This copy was made on {made.day} {made:%B %Y} and does not change."
    title = escape(shown.title)
    return (
        f'<div class="more" role="region" tabindex="0" aria-label="{title}: table">'
        f"<table><caption>{title}</caption>{html.heading(shown)}<tbody>{html.lines(shown, shown.rows)}</tbody></table>"
        f"{html.legend(shown)}{notes}{html.quotations(listed) if listed else ''}<h3>What is counted</h3>"
        f"{html.definitions(answer, small_number_rule(answer.below, answer.rounding))}<p>{escape(copied)}</p></div>"
    )


def _note(screen: Screen) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in screen.slide.note.splitlines() if line.strip())
    return f'<div class="note" hidden>{lines}</div>' if lines else ""
