"""The identity that Streamlit keeps for a browser: whose it is, and whether it still counts."""

import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from sendviz.access import name_of

RUN_OUT, SIGNED_OUT = "Your sign-in has run out: sign in again.", "You have signed out."
REMEMBERED = 10_000  # sign-ins that were ended; the oldest have run out long before
Key = tuple[str, str, str]
_ended: OrderedDict[Key, None] = OrderedDict()  # Streamlit tells a browser's other tabs nothing of a sign-out


@dataclass(frozen=True)
class Identity:
    """One sign-in: whose, until when it counts, and what tells it from any other."""

    name: str
    until: object
    key: Key
    there: bool  # Streamlit keeps it for thirty days, whatever the provider says

    def fault(self) -> str:
        """Why it counts no more, in a sentence; "" while it does."""
        if self.key in _ended:
            return SIGNED_OUT
        return "" if isinstance(self.until, int | float) and time.time() < self.until else RUN_OUT

    def counts(self) -> bool:
        """Whether there is one that has neither run out nor been ended."""
        return self.there and not self.fault()


def claims() -> dict[str, Any]:
    """What the identity provider says of whoever looks."""
    return dict(st.user.to_dict())


def of(found: Mapping[str, Any]) -> Identity:
    """The identity with these claims."""
    name = name_of(found)
    key = (name, str(found.get("iat")), str(found.get("nonce")))
    return Identity(name, found.get("exp"), key, found.get("is_logged_in") is True)


def current() -> Identity:
    """The identity of whoever looks."""
    return of(claims())


def end() -> None:
    """Ends it for all tabs that this process serves."""
    _ended[current().key] = None
    while len(_ended) > REMEMBERED:
        _ended.popitem(last=False)
