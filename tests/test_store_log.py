"""The log: everything that was done, in its order, and any change of it found out."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sendviz.datasets.cohort import CohortPupil
from sendviz.intake import load, stage
from sendviz.running import RunningOrder
from sendviz.store import Deed, NoSuchUpload, Store, Wanted
from tests.sheets import COHORT, FUNDING, saved
from tests.test_store_staging import cohort, staged


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


def test_deeds_and_visits_at_once_make_one_chain(store: Store) -> None:
    def act(number: int) -> None:
        if number % 2:
            store.orders.add(RunningOrder(name=f"Meeting {number}"), "ann")
        else:
            store.log.add("bob", Deed.DOWNLOADED, exhibits="plans-issued")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(act, range(24)))
    assert (store.log.count(), len(store.orders.all()), store.log.broken_at()) == (24, 12, None)


def told(store: Store) -> list[tuple[str, str, dict[str, str]]]:
    """Who did what, in which words, in order."""
    return [(entry.who, entry.deed.value, entry.words) for entry in reversed(store.log.entries())]


def test_what_is_done_to_uploads_is_logged_by_number_and_dataset(store: Store) -> None:
    waiting = staged(store, CohortPupil, cohort("A", "B"))
    store.publish([waiting], "ann")
    store.undo(waiting, "bob")
    store.redo(waiting, "cat")
    left = staged(store, CohortPupil, cohort("A"))
    store.discard([left], "dan")
    store.discard([left], "dan")  # nothing is left of it: nothing is done, nothing logged
    about = {"upload": str(waiting), "dataset": "EHCP cohort"}
    assert told(store) == [
        ("officer", "loaded", about | {"rows": "2"}),
        ("ann", "published", about),
        ("bob", "undone", about),
        ("cat", "redone", about),
        ("officer", "loaded", about | {"upload": str(left), "rows": "1"}),
        ("dan", "discarded", about | {"upload": str(left)}),
    ]
    assert store.log.broken_at() is None


def test_a_load_by_command_is_loaded_and_published_and_what_was_faulty_never_was(store: Store, tmp_path: Path) -> None:
    good = saved(tmp_path / "good.xlsx", EHCP_cohort=COHORT)
    bad = saved(tmp_path / "bad.xlsx", Cluster_funding=FUNDING, EHCP_cohort=COHORT.replace("| 9 ", "| 99 "))
    stage([bad], store, "ann")
    assert told(store) == []
    assert load([good], store, "ann").ok
    assert [(who, deed, words["dataset"]) for who, deed, words in told(store)] == [
        ("ann", "loaded", "EHCP cohort"), ("ann", "published", "EHCP cohort"),
    ]  # fmt: skip


def test_changes_of_orders_and_notes_are_logged(store: Store) -> None:
    order = store.orders.add(RunningOrder(name="Spring"), "ann")
    store.orders.change(order, RunningOrder(name="Summer"), "bob")
    store.orders.remove(order, "cat")
    note = store.events.add(dt.date(2025, 9, 15), "Jo Bloggs excluded", [], "ann")
    store.events.undo(note, "bob")
    store.events.redo(note, "cat")
    assert [
        (who, words["what"], words["how"], words.get("name", words.get("day"))) for who, _, words in told(store)
    ] == [
        ("ann", "running order", "made", "Spring"),
        ("bob", "running order", "changed", "Summer"),
        ("cat", "running order", "deleted", "Summer"),
        ("ann", "note on charts", "added", "15/09/2025"),
        ("bob", "note on charts", "taken back", "15/09/2025"),
        ("cat", "note on charts", "put back", "15/09/2025"),
    ]
    assert "Bloggs" not in str(told(store))


def test_what_cannot_be_logged_is_not_done(store: Store) -> None:
    waiting = staged(store, CohortPupil, cohort("A"))
    before = store.version(), store.uploads(), len(told(store))
    with store.log._engine.begin() as connection:  # as on a database that somebody has broken
        connection.execute(text("ALTER TABLE log RENAME TO gone"))
    for deed in (
        lambda: store.publish([waiting], "ann"),
        lambda: store.discard([waiting], "ann"),
        lambda: store.orders.add(RunningOrder(name="Spring"), "ann"),
        lambda: store.events.add(dt.date(2025, 9, 15), "Pilot", [], "ann"),
    ):
        with pytest.raises(DBAPIError):
            deed()
    with store.log._engine.begin() as connection:
        connection.execute(text("ALTER TABLE gone RENAME TO log"))
    assert (store.version(), store.uploads(), len(told(store))) == before
    assert not store.orders.all() and not store.events.all()


def test_a_deed_that_fails_is_not_logged(store: Store) -> None:
    with pytest.raises(NoSuchUpload):
        store.undo(99, "ann")
    with pytest.raises(NoSuchUpload), store.writing() as writer:
        writer.add(CohortPupil, file="a.xlsx", sheet="1", sha256="a" * 64, who="ann").rows([])
        writer.undo(99, "ann")
    assert told(store) == []


def test_entries_are_found_by_person_deed_and_day(store: Store) -> None:
    filled(store)
    today = dt.date.today()
    found = {
        Wanted(): 3, Wanted(who="jo@council.uk"): 2, Wanted(deed="undone"): 1,
        Wanted(who="jo@council.uk", deed="undone"): 0, Wanted(first=today): 3, Wanted(last=today): 3,
        Wanted(first=today + dt.timedelta(days=1)): 0, Wanted(last=today - dt.timedelta(days=1)): 0,
    }  # fmt: skip
    assert {wanted: store.log.count(wanted) for wanted in found} == found
    assert [len(store.log.entries(wanted=wanted)) for wanted in found] == list(found.values())
    assert [entry.id for entry in store.log.entries(2, skip=1)] == [2, 1]
    assert store.log.people() == ("al@council.uk", "jo@council.uk")
    assert store.log.seal() == store.log.entries()[0].seal
