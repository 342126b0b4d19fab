"""The pieces of a headline about providers' figures: the largest of the newest given, what it was before, and England.

Each provider gives figures for periods of its own, so the newest of each are held against each other.
"""

import re
from collections.abc import Sequence

from sendviz.answer import Figure, words_of
from sendviz.figures.said import Pieces, Said, amount, change_words, joined, shown

ENGLAND = "England"
SERVICE, PROVIDER, PERIOD = "service", "provider", "period"


def provided(said: Said) -> Pieces:
    """The largest newest figure of a local provider, the one before it, and England's beside it. Where figures are held
    against England's, the newest period of all alone is looked at."""
    by = said.exhibit.by
    if PROVIDER not in by or PERIOD not in by:
        return {}
    rows = [row for row in said.figures[0].rows if shown(row)]
    own = [row for row in rows if row.at[by.index(PROVIDER)] != ENGLAND]
    newest = _newest(said, own)
    if not newest:
        return {}
    best = max(newest, key=lambda row: row.value or 0)
    first = [row for row in newest if said.unit.rounded(row.value or 0) == said.unit.rounded(best.value or 0)]
    if len(first) > 1 and "against" not in said.exhibit.options:
        return {"tied": joined([_whose(said, row) for row in first]), "tied_value": amount(said.unit, best.value)}
    pieces: Pieces = {f"top_{name}": words_of(value) for name, value in zip(by, best.at, strict=True)}
    pieces |= {f"top_{name}_in_sentence": said.named(str(pieces[f"top_{name}"])) for name in by}
    pieces |= {"top_value": amount(said.unit, best.value)} | said.times(best.at[by.index(PERIOD)])
    pieces |= {"alone": _whose(said, best)} if len(newest) == 1 else {}
    return pieces | _before(said, own, best) | _england(said, rows, best)


def _newest(said: Said, rows: Sequence[Figure]) -> list[Figure]:
    """The newest figure of each provider's service."""
    at = said.exhibit.by.index(PERIOD)
    newest: dict[tuple[object, ...], Figure] = {}
    for row in rows:
        series = (*row.at[:at], *row.at[at + 1 :])
        if series not in newest or str(newest[series].at[at]) < str(row.at[at]):
            newest[series] = row
    found = list(newest.values())
    if "against" in said.exhibit.options and found:
        last = max(str(row.at[at]) for row in found)
        found = [row for row in found if str(row.at[at]) == last]
    return found


def _before(said: Said, own: Sequence[Figure], best: Figure) -> Pieces:
    """The same provider's figure of the period before, if that is of the same kind: a month, a quarter, a year."""
    at = said.exhibit.by.index(PERIOD)
    period = str(best.at[at])
    earlier = [
        row for row in own
        if (*row.at[:at], *row.at[at + 1 :]) == (*best.at[:at], *best.at[at + 1 :])
        and str(row.at[at]) < period and _kind(row.at[at]) == _kind(period)
    ]  # fmt: skip
    if not earlier:
        return {}
    before = max(earlier, key=lambda row: str(row.at[at]))
    since = f"in {words_of(before.at[at])}"
    return {"on_before": change_words(said.unit, best.value or 0, before.value or 0, since)}


def _whose(said: Said, row: Figure) -> str:
    service, provider = (words_of(row.at[said.exhibit.by.index(name)]) for name in (SERVICE, PROVIDER))
    return f"{said.named(service)} at {provider}"


def _kind(period: object) -> str:
    return re.sub(r"\d", "9", str(period))


def _england(said: Said, rows: Sequence[Figure], best: Figure) -> Pieces:
    """England's figure of the same service and period, where there is one."""
    place = said.exhibit.by.index(PROVIDER)
    wanted = (*best.at[:place], ENGLAND, *best.at[place + 1 :])
    beside = next((row for row in rows if row.at == wanted), None)
    return {"england_value": amount(said.unit, beside.value)} if beside else {}
