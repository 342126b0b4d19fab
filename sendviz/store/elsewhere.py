"""Elsewhere: names of places that are not opened to whoever asks, and what people wrote that mentions one of them."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from sendviz.vocabulary import NOT_RECORDED


def elsewhere(everywhere: Iterable[str], own: Collection[str]) -> frozenset[str]:
    """Of all names of places those that are not one's own."""
    return frozenset(everywhere) - {*own, NOT_RECORDED, ""}


def mentions(names: frozenset[str], *texts: str) -> bool:
    """Whether one of the texts mentions a name, as a word and in capitals or not: what may be meant counts."""
    return bool(names) and any(_any_of(names).search(text) for text in texts)


@lru_cache(maxsize=64)
def _any_of(names: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names)))})(?!\w)", re.IGNORECASE)
