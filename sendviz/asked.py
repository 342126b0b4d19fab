"""What the words of a command ask for: names, filters, months; wrong ones are told with the nearest right ones."""

from collections.abc import Callable, Collection, Iterable, Mapping
from difflib import get_close_matches

from sendviz.selection import FROM, TO, Selection, filter_title
from sendviz.vocabulary.dimensions import FILTERS


class WrongWords(ValueError):
    """A word of the command that means nothing here; its text is one sentence."""


def known(what: str, name: str, names: Collection[str]) -> str:
    """The name, if there is such a one; WrongWords with the nearest ones, or all, otherwise."""
    if name in names:
        return name
    folded = {found.casefold(): found for found in names}
    near = [folded[match] for match in get_close_matches(name.casefold(), folded, n=3)]
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(names) or 'none'}."
    raise WrongWords(f"There is no {what} “{name}”; {hint}")


def pairs(where: Iterable[str], first: str | None, last: str | None) -> Mapping[str, list[str]]:
    """What `--where`, `--from` and `--to` say, by name, in the form of a link; WrongWords or BadSelection."""
    found: dict[str, list[str]] = {name: [month] for name, month in ((FROM, first), (TO, last)) if month is not None}
    for words in where:
        name, _, value = words.partition("=")
        if not value:
            raise WrongWords(f"“{words}” is not a filter: it is written NAME=VALUE, such as locality=Central.")
        found.setdefault(known("filter", name, FILTERS), []).append(value)
    Selection.read(found)  # wrong months are told before anything is opened
    return found


def selection(asked: Mapping[str, list[str]], options: Callable[[str], Collection[str]]) -> Selection:
    """The selection; WrongWords for a value that does not occur in the data (`options` gives those that do), since a
    misspelt one would export nothing."""
    found = Selection.read(asked)
    for name, values in found.where:
        for value in values:
            known(filter_title(name).lower(), value, options(name))
    return found
