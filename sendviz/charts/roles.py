"""Which part an area plays where areas are compared: this one, England, its region, its neighbours, one chosen."""

from collections.abc import Iterable

import altair as alt

from sendviz.answer import Answer
from sendviz.charts.look import Look
from sendviz.figures.areas import AREA, ENGLAND

NEIGHBOUR, REGION, COUNTRY, CHOSEN, OWN = ROLES = ("neighbour", "region", "country", "chosen", "area")  # as drawn


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


def coloured(look: Look, words: bool = False) -> alt.Color:
    """The colour of each role, for marks or for words; neighbours stay in the background."""
    colours = look.palette
    marks = [colours.context, colours.quiet, colours.series[1], colours.series[2], colours.series[0]]
    texts = [colours.quiet, colours.quiet, colours.words[1], colours.words[2], colours.words[0]]
    return alt.Color(
        field="role", type="nominal", legend=None,
        scale=alt.Scale(domain=list(ROLES), range=texts if words else marks),
    )  # fmt: skip
