"""Screens as one HTML file that presents by itself, from disk and without a network: same screens, same keys."""

import datetime as dt
from collections.abc import Sequence

from sendviz.exports.cover import title
from sendviz.exports.standalone import page, slides
from sendviz.exports.standalone.drawings import Drawings
from sendviz.screens import Screen


def write(screens: Sequence[Screen], name: str = "", made: dt.date | None = None) -> bytes:
    """The file, in UTF-8: everything is in it, and the browser itself refuses any request it might make.

    `name` is the running order's, "" for what has none; `made` is the day it says it was made, today if not given.
    """
    answers = [screen.answer for screen in screens if screen.answer]
    name = name or (title(answers) if answers else "Presentation")
    drawings = Drawings()
    made = made or dt.date.today()
    articles = [slides.article(screen, n, len(screens), name, drawings, made) for n, screen in enumerate(screens, 1)]
    return page.page(name, articles, drawings).encode()
