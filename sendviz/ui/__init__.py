"""The screen: the words pages are written in."""

from sendviz.ui.about import definitions, small_numbers, version
from sendviz.ui.exhibits import show, two_columns
from sendviz.ui.frame import page, run
from sendviz.ui.health import HEALTH
from sendviz.ui.numbers import KEY_NUMBERS, key_numbers, linked_numbers
from sendviz.ui.signin import guard
from sendviz.ui.uploads import loaded
from sendviz.ui.warm import ready
from sendviz.ui.web import middleware, say

__all__ = [
    "HEALTH",
    "KEY_NUMBERS",
    "definitions",
    "guard",
    "key_numbers",
    "linked_numbers",
    "loaded",
    "middleware",
    "page",
    "ready",
    "run",
    "say",
    "show",
    "small_numbers",
    "two_columns",
    "version",
]
