"""The log: everything that was done, in its order, and any change of it found out."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sendviz.store import Deed, Store


def unlocked(store: Store, statement: str) -> None:
    """Changes the log as somebody could who owns the database and takes its guard away."""
    engine = store.log._engine
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            for deed in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER log_stays_{deed}"))
        else:
            connection.execute(text("DROP TRIGGER log_stays ON log"))
        connection.execute(text(statement))


def filled(store: Store) -> None:
    store.log.add("jo@council.uk", Deed.SIGNED_IN)
    store.log.add("jo@council.uk", Deed.DOWNLOADED, exhibits="plans-issued", selection="Locality: Central")
    store.log.add("al@council.uk", Deed.UNDONE, upload="7")


def test_what_was_done_is_listed_newest_first(store: Store) -> None:
    filled(store)
    newest, middle, _ = store.log.entries()
    assert (newest.who, newest.deed, newest.words) == ("al@council.uk", Deed.UNDONE, {"upload": "7"})
    assert middle.words == {"exhibits": "plans-issued", "selection": "Locality: Central"}
    assert store.log.entries(most=1) == (newest,)
    assert store.log.broken_at() is None


@pytest.mark.parametrize("statement", ["UPDATE log SET who = 'nobody' WHERE id = 2", "DELETE FROM log WHERE id = 2"])
def test_nothing_is_changed_or_removed(store: Store, statement: str) -> None:
    filled(store)
    with pytest.raises(DBAPIError, match="the log is only added to"), store.log._engine.begin() as connection:
        connection.execute(text(statement))
    assert len(store.log.entries()) == 3


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE log SET who = 'nobody' WHERE id = 2", 2),
        ("UPDATE log SET words = '{}' WHERE id = 2", 2),
        ("DELETE FROM log WHERE id = 2", 3),
        ("DELETE FROM log WHERE id = 1", 2),
    ],
)
def test_a_change_by_force_is_found_out(store: Store, statement: str, broken: int) -> None:
    filled(store)
    unlocked(store, statement)
    assert store.log.broken_at() == broken


def test_many_at_once_make_one_chain(store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: store.log.add(f"person {n}", Deed.SIGNED_IN), range(24)))
    assert len(store.log.entries()) == 24 and store.log.broken_at() is None
