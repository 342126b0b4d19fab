"""The store and what it answers, opened once for everybody who looks, and looked at once in each run of a page."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from threading import Lock

import streamlit as st

from sendviz import figures
from sendviz.answer import Answer
from sendviz.datasets.settings import Setting
from sendviz.selection import Selection, Where
from sendviz.settings import BadSetting, settings
from sendviz.start import open_store
from sendviz.store import Store, StoreUnavailable
from sendviz.ui.markdown import plain
from sendviz.vocabulary import Exhibit, Row

_VERSION = "version of the data"
_opening = Lock()


def opened() -> Store:
    """The store, opened by whoever asks first; BadSetting or StoreUnavailable when there is none."""
    with _opening:
        return _store()


def store() -> Store:
    """The store; when it or a setting cannot be used, one sentence says so on the screen and the page ends there."""
    if not _store.cache_info().currsize:
        with st.spinner("Opening the data…"):
            return _store_or_words()
    return _store_or_words()


def _store_or_words() -> Store:
    try:
        return opened()
    except (BadSetting, StoreUnavailable) as error:
        st.error(plain(str(error)), icon=":material/error:")
        st.stop()


@lru_cache(maxsize=1)
def _store() -> Store:
    return open_store(settings())


def look() -> None:
    """Looks whether the data have changed: once at the start of a run, so that a page shows one state of them."""
    st.session_state[_VERSION] = store().version()


def version() -> int:
    """The version of the data that this run shows."""
    found: int = st.session_state[_VERSION]
    return found


def options(name: str, limit: Where = ()) -> tuple[str, ...]:
    """A filter's values, for whoever may see no more than the limit."""
    return _options(version(), name, limit)


def elsewhere(limit: Where) -> frozenset[str]:
    """The names of places that are not opened to whoever may see no more than the limit."""
    return _elsewhere(version(), limit) if limit else frozenset()


def schools_of(trusts: Sequence[str]) -> tuple[str, ...]:
    """The schools that belong to these trusts, as the register names them."""
    seen: int | None = st.session_state.get(_VERSION)  # none before a visit's first look
    return _schools(store().version() if seen is None else seen, tuple(trusts))


def months(rows: Iterable[type[Row]]) -> tuple[str, ...]:
    """The months that these datasets cover, as links carry them."""
    return _months(version(), frozenset(rows))


def sample() -> bool:
    """Whether the data are the sample."""
    return _sample(version())


def answer(exhibit: Exhibit, selection: Selection) -> Answer:
    """What the exhibit answers to the selection, protected."""
    return figures.answer(exhibit, selection, opened(), settings())


def dark() -> bool:
    """Whether the person looks at the dark theme."""
    return st.context.theme.type == "dark"


@lru_cache(maxsize=512)
def _options(_: int, name: str, limit: Where) -> tuple[str, ...]:
    return tuple(opened().options(name, limit))


@lru_cache(maxsize=256)
def _elsewhere(_: int, limit: Where) -> frozenset[str]:
    with opened().reading(limit) as data:
        return data.elsewhere()


@lru_cache(maxsize=256)
def _schools(_: int, trusts: tuple[str, ...]) -> tuple[str, ...]:
    wanted = {trust.casefold() for trust in trusts}
    found = opened().rows(Setting, ("school", "trust"))
    return tuple(sorted({school for school, trust in found if (trust or "").casefold() in wanted}))


@lru_cache(maxsize=64)
def _months(_: int, rows: frozenset[type[Row]]) -> tuple[str, ...]:
    return tuple(sorted({f"{m:%Y-%m}" for row in rows for m in opened().covered(row) if isinstance(m, dt.date)}))


@lru_cache(maxsize=4)
def _sample(_: int) -> bool:
    return opened().is_sample()
