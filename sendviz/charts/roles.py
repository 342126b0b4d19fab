"""The colour of each role an area plays where areas are compared."""

import altair as alt

from sendviz.charts.look import Look
from sendviz.charts.palette import Palette
from sendviz.figures.areas import ROLES


def colours(palette: Palette, words: bool = False) -> dict[str, str]:
    """The colour of each role, of marks or of words; neighbours stay in the background."""
    marks = (palette.context, palette.quiet, palette.series[1], palette.series[2], palette.series[0])
    texts = (palette.quiet, palette.quiet, palette.words[1], palette.words[2], palette.words[0])
    return dict(zip(ROLES, texts if words else marks, strict=True))


def coloured(look: Look, words: bool = False) -> alt.Color:
    """The same as a scale."""
    found = colours(look.palette, words)
    return alt.Color(
        field="role", type="nominal", legend=None, scale=alt.Scale(domain=list(found), range=list(found.values()))
    )
