"""Goes through XML piece by piece, refusing entities, which no spreadsheet has and bombs are made of."""

from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from sendviz.loading.inside import damaged


def follow(
    pieces: Iterable[bytes],
    start: Callable[[str, dict[str, str]], None],
    text: Callable[[str], None] | None = None,
    end: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Tells of each element's start (its tag and attributes), of text, and of each element's end; pauses after each
    piece. FileRefused when it is no sound XML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, text, end
    parser.StartDoctypeDeclHandler = _refused
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
