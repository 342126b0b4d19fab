"""Three places for screens, one over the other: the screen that is seen, the next and the one before, so that a change
of screen only has to show what is drawn already."""

from collections.abc import Mapping, Sequence

import streamlit as st

from sendviz.ui.stage import words
from sendviz.ui.stage.faces import Face

NAMES = ("a", "b", "c")
Where = tuple[int, int]


def assigned(before: Mapping[str, Where], wanted: Sequence[Where]) -> dict[str, Where]:
    """A slot for each screen, at most three of them: the one it is drawn in already, or else a free one."""
    kept = {name: where for name, where in before.items() if where in wanted}
    free = [name for name in NAMES if name not in kept]
    missing = [where for where in dict.fromkeys(wanted) if where not in kept.values()]
    return kept | dict(zip(free, missing, strict=False))


def fill(name: str, face: Face, part: int) -> None:
    """Draws a screen, in the slot of this name: its chart, or a part of it, or its words."""
    if not face.drawings or face.screen.answer is None:
        st.html(words.lines(face))
        return
    drawing = face.drawings[min(part, len(face.drawings)) - 1]
    # The headline over it says what it shows; a name that changed with the figures would have it drawn anew.
    alt, key = face.screen.answer.exhibit.title, f"stage-chart-{name}"
    st.vega_lite_chart(drawing.data, drawing.spec, theme=None, width="content", alt=alt, key=key)
