"""Running orders as whoever looks may see them: not those of others that name places which are not opened to them."""

from sendviz.store import GONE, KeptOrder, NoSuchOrder, mentions
from sendviz.ui import opened, signin


def orders() -> tuple[KeptOrder, ...]:
    """The running orders there are, the one changed last first."""
    return tuple(filter(_is_open, opened.opened().orders.all()))


def order(number: int) -> KeptOrder:
    """The running order of this number; NoSuchOrder when there is none, or none for whoever looks."""
    found = opened.opened().orders.get(number)
    if not _is_open(found):
        raise NoSuchOrder(GONE)
    return found


def _is_open(kept: KeptOrder) -> bool:
    who = signin.person()
    return kept.who == who.name or not mentions(opened.elsewhere(who.limit), *kept.order.texts)
