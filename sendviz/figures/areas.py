"""Areas held against each other: which stand in an exhibit, at which period, and what its headline says of them."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from sendviz.answer import NOT_AVAILABLE, Answer, Figure, Figures, words_of
from sendviz.figures.places import At
from sendviz.figures.providers import ENGLAND
from sendviz.figures.said import Pieces, Said, amount, shown
from sendviz.selection import Selection
from sendviz.settings import Settings
from sendviz.vocabulary import Exhibit, Unit

AREA, PERIOD, PART = "area_name", "period", "part"
NEIGHBOUR, REGION, COUNTRY, CHOSEN, OWN = ROLES = ("neighbour", "region", "country", "chosen", "area")  # as drawn


def beside(exhibit: Exhibit, selection: Selection, at: Sequence[At], settings: Settings) -> Selection:
    """The selection with the areas that are always compared beside those chosen: this one, its region, England and its
    neighbours. An area that nothing is known of is left alone, so that the answer can say that nothing is left."""
    chosen = selection.values.get(AREA, ())
    if AREA not in exhibit.by or not chosen:
        return selection
    there = {str(key[exhibit.by.index(AREA)]) for key in at}
    if there.isdisjoint(chosen):
        return selection
    always = {settings.area, settings.compared_region, ENGLAND, *settings.compared_neighbours} & there
    return replace(selection, where=Selection.of(selection.values | {AREA: (*chosen, *always)}).where)


def chosen(exhibit: Exhibit, selection: Selection, at: Sequence[At]) -> list[At]:
    """The places a selection leaves of dimensions whose figures stand apart: an area not chosen is not missing."""
    kept = {exhibit.by.index(name): values for name, values in selection.where if name in exhibit.apart}
    return [key for key in at if all(key[place] in values for place, values in kept.items())]


def roles(answer: Answer, names: Iterable[str]) -> dict[str, str]:
    """The role of each area that is drawn; others in the data are left to the table."""
    there = set(names)
    role_of = dict.fromkeys(neighbours(answer), NEIGHBOUR)
    role_of |= {str(answer.options.get("region")): REGION, ENGLAND: COUNTRY}
    role_of |= {
        name: CHOSEN for name in answer.selection.values.get(AREA, ()) if role_of.get(name, NEIGHBOUR) == NEIGHBOUR
    }
    role_of |= {str(answer.options.get("area")): OWN}
    return {name: role for name, role in role_of.items() if name in there}


def neighbours(answer: Answer) -> tuple[str, ...]:
    """The statistical neighbours, those chosen too."""
    named = answer.options.get("neighbours")
    return named if isinstance(named, tuple) else ()


def on_screen(answer: Answer) -> tuple[Answer, int]:
    """The answer with the areas compared alone, this one first, and how many others there are: a release has all the
    country's.

    Further measures that nobody gives of these areas are left out too.
    """
    if AREA not in answer.exhibit.by:
        return answer, 0
    place = answer.exhibit.by.index(AREA)
    names = {str(row.at[place]) for figures in answer.figures for row in figures.rows}
    role_of = roles(answer, names)
    if not role_of or answer.totals:
        return answer, 0
    order = {name: -ROLES.index(role) for name, role in role_of.items()}
    kept = [
        replace(
            f, rows=tuple(sorted((r for r in f.rows if r.at[place] in order), key=lambda r: order[str(r.at[place])]))
        )
        for f in answer.figures
    ]
    given = [f for f in kept[1:] if any(row.mark != NOT_AVAILABLE for row in f.rows)]
    return replace(answer, figures=(kept[0], *given)), len(names) - len(role_of)


def unheard_of(exhibit: Exhibit, area: str, options: Callable[[str], Collection[str]]) -> tuple[str, ...]:
    """A note where areas are compared and this one is not among those published: its name may be another there.
    `options` gives a filter's values."""
    if AREA not in exhibit.by or not (published := options(AREA)) or area in published:
        return ()
    return (f"No area called {area} is published: SENDVIZ_AREA is to be the name as the publisher writes it",)


def spoken_of(exhibit: Exhibit, figures: Figures, at: Sequence[At]) -> Sequence[At]:
    """The places whose periods an exhibit of areas is about: those its first measure has figures for."""
    return [row.at for row in figures.rows if shown(row)] or at if AREA in exhibit.by else at


def newest(exhibit: Exhibit, rows: Sequence[Figure]) -> str | None:
    """The newest period that at least half as many areas have figures for as any other: not one of a single area."""
    area, period = exhibit.by.index(AREA), exhibit.by.index(PERIOD)
    areas = Counter(when for when, _ in {(str(row.at[period]), row.at[area]) for row in rows if shown(row)})
    most = max(areas.values(), default=0)
    return max((when for when, count in areas.items() if count * 2 >= most), default=None)


def compared(said: Said) -> Pieces:
    """The pieces of a headline about this area and England, at the newest period that areas have in common."""
    by = said.exhibit.by
    if AREA not in by or PERIOD not in by:
        return {}
    rows = [row for row in said.figures[0].rows if shown(row)]
    when = newest(said.exhibit, rows)
    now = [row for row in rows if str(row.at[by.index(PERIOD)]) == when]
    own, other = ([row for row in now if row.at[by.index(AREA)] == name] for name in (said.area, ENGLAND))
    if when is None or not own:
        return {}
    first = min(str(row.at[by.index(PERIOD)]) for row in rows)
    pieces = said.times(when) | ({"first_period": words_of(first)} if first != when else {})
    if PART in by:
        return pieces | _furthest(said, own, other)
    for name, found in (("area", own), ("england", other)):
        if found:
            value = found[0].value or 0
            pieces |= {f"{name}_value": amount(said.unit, value), f"{name}_moved": _moved(said.unit, value)}
    return pieces


def _furthest(said: Said, own: Sequence[Figure], other: Sequence[Figure]) -> Pieces:
    """The part in which this area's share differs most from England's, if any differs as shown."""
    place = said.exhibit.by.index(PART)
    theirs = {row.at[place]: row.value or 0 for row in other}
    both = [row for row in own if row.at[place] in theirs]
    if not both:
        return {}
    best = max(both, key=lambda row: abs((row.value or 0) - theirs[row.at[place]]))
    if said.unit.rounded(best.value or 0) == said.unit.rounded(theirs[best.at[place]]):
        return {}
    return {
        "apart_in_sentence": said.named(words_of(best.at[place])),
        "apart_value": amount(said.unit, best.value),
        "apart_england": amount(said.unit, theirs[best.at[place]]),
    }


def _moved(unit: Unit, value: float) -> str:
    """`rose by 53%`, `fell by 3%`, `stayed as they were`: what a rise since the first period comes to."""
    moved = unit.rounded(value)
    return f"{'rose' if moved > 0 else 'fell'} by {abs(moved):,}{unit.after}" if moved else "stayed as they were"
