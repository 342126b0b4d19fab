"""Goes through XML a megabyte at a time, refusing entities, which no spreadsheet has and bombs are made of."""

from collections.abc import Iterable, Iterator
from typing import Protocol
from xml.parsers import expat

from sendviz.loading.inside import damaged


class Follower(Protocol):
    """What is told of each element as it begins and ends, and of the text between."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def text(self, text: str) -> None:
        """There is text."""

    def end(self, tag: str) -> None:
        """An element ends."""


def follow(pieces: Iterable[bytes], follower: Follower) -> Iterator[None]:
    """Hands each element to the follower, and pauses after each piece; FileRefused when it is no sound XML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = follower.start, follower.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = follower.text, _refused
    try:
        for piece in pieces:
            parser.Parse(piece)
            yield
        parser.Parse(b"", True)
        yield
    except (expat.ExpatError, ValueError, LookupError):
        raise damaged() from None


def _refused(*_: object) -> None:
    raise damaged()
