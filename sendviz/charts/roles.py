"""The colour of each role an area plays where areas are compared."""

import altair as alt

from sendviz.charts.look import Look
from sendviz.figures.areas import ROLES


def coloured(look: Look, words: bool = False) -> alt.Color:
    """The colour of each role, for marks or for words; neighbours stay in the background."""
    colours = look.palette
    marks = [colours.context, colours.quiet, colours.series[1], colours.series[2], colours.series[0]]
    texts = [colours.quiet, colours.quiet, colours.words[1], colours.words[2], colours.words[0]]
    return alt.Color(
        field="role", type="nominal", legend=None,
        scale=alt.Scale(domain=list(ROLES), range=texts if words else marks),
    )  # fmt: skip
