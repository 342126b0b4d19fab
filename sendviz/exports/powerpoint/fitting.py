"""How much room words take, near enough, so that none is written over the edge of its box."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_POINTS = 72  # in an inch
_LEADING = 1.2  # from line to line, in sizes of type
_BOLD = 1.07
# Arial's widths in sizes of type; other typefaces of slides are seldom wider.
_WIDTHS = dict.fromkeys("fijltI.,:;'|!()[]/ ·", 0.29) | dict.fromkeys("mwMW@%—", 0.87)
_CAPITAL, _OTHER = 0.69, 0.557


# What a file of slides, which is XML, cannot hold.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """The words without the characters that a slide cannot hold."""
    return _UNWRITABLE.sub(" ", text)


@dataclass(frozen=True)
class Box:
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends across."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.top + self.height

    def without_foot(self, height: float) -> "Box":
        """What is left over a strip of this height."""
        return Box(self.left, self.top, self.width, self.height - height)


def width(text: str, size: float, bold: bool = False) -> float:
    """The inches that a line of these words takes at a size in points."""
    letters = sum(_WIDTHS.get(letter, _CAPITAL if letter.isupper() else _OTHER) for letter in text)
    return letters * size / _POINTS * (_BOLD if bold else 1)


def lines(text: str, size: float, across: float, bold: bool = False) -> int:
    """How many lines the words make in a box this many inches wide."""
    return sum(1 for paragraph in text.split("\n") for _ in _wrapped(paragraph, size, across, bold))


def _wrapped(paragraph: str, size: float, across: float, bold: bool) -> Iterator[float]:
    """The width of each line; a word that is too long for a line is broken."""
    reached = 0.0
    for word in paragraph.split(" "):
        needs = width(word + " ", size, bold)
        if reached and reached + needs > across:
            yield reached
            reached = 0.0
        while needs > across > 0:
            yield across
            needs -= across
        reached += needs
    yield reached


def height(text: str, size: float, across: float, bold: bool = False) -> float:
    """The inches down that the words take in a box this many inches wide."""
    return lines(text, size, across, bold) * size * _LEADING / _POINTS


def size_for(text: str, across: float, down: float, largest: float, smallest: float, bold: bool = False) -> float:
    """The largest size, in whole points between the two, at which the words fit a box; the smallest if none does."""
    size = largest
    while size > smallest and height(text, size, across, bold) > down:
        size = max(size - 1, smallest)
    return size


def shortened(text: str, size: float, across: float, down: float) -> str:
    """The words, cut with an ellipsis where even at this size they would not fit."""
    while height(text, size, across) > down and len(text) > 1:
        text = text[: int(len(text) * 0.95) - 1].rstrip(" ,·") + "…"
    return text
