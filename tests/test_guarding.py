"""The wall in PostgreSQL: each role does what it must and is refused the rest, and a reader sees what it said."""

from collections.abc import Callable

import psycopg
import pytest
from psycopg import sql

from sendviz.datasets import ROWS, of_people
from sendviz.intake import load
from sendviz.running import RunningOrder, Slide
from sendviz.start import SAMPLE
from sendviz.store import Deed, Store, StoreUnavailable, Wall
from sendviz.store.tables import TABLES, Tables
from sendviz.vocabulary import Row, column
from sendviz.vocabulary.dimensions import Locality, Pupil
from sendviz.vocabulary.fields import Day, Identifier
from tests.walled import Walled, make_roles
from tests.written import put, rows_of

EVERYTHING = {"locality": "everything", "school": "everything"}
OF_CENTRAL = {"locality": "{Central}", "school": "everything"}
CENTRAL = (("locality", ("Central",)),)
COUNTED = {TABLES.counted(row).name: row for row in ROWS.values()}
every_table = pytest.mark.parametrize("table", COUNTED)


def seen(walled: Walled, table: str, said: dict[str, str], query: str = "count(*)") -> list[tuple[object, ...]]:
    """What the reader sees in a table after saying this."""
    with psycopg.connect(walled.urls["reader"]) as connection:
        for name, value in said.items():
            connection.execute("SELECT set_config(%s, %s, true)", (f"sendviz.{name}", value))
        return connection.execute(sql.SQL(f"SELECT {query} FROM {table}")).fetchall()


@every_table
def test_a_reader_that_says_nothing_sees_nothing(walled: Walled, table: str) -> None:
    assert seen(walled, table, {}) == [(0,)]
    assert seen(walled, table, dict.fromkeys(EVERYTHING, "")) == [(0,)]  # as a setting is left by a transaction
    assert seen(walled, table, EVERYTHING) > [(0,)]


@every_table
def test_half_a_word_is_none(walled: Walled, table: str) -> None:
    assert seen(walled, table, {"locality": "everything"}) == [(0,)]


@every_table
def test_a_limited_reader_sees_its_own_rows_alone(walled: Walled, table: str) -> None:
    row = COUNTED[table]
    if "locality" in row.fields:
        assert set(seen(walled, table, OF_CENTRAL, "DISTINCT locality")) == {("Central",)}
    elif of_people(row):
        assert seen(walled, table, OF_CENTRAL) == [(0,)]
    else:
        assert seen(walled, table, OF_CENTRAL) == seen(walled, table, EVERYTHING)


def test_a_wall_stands_round_every_table_of_rows(walled: Walled) -> None:
    walls = walled.ask("owner", "SELECT relname FROM pg_class WHERE relrowsecurity")
    assert {name for (name,) in walls} == set(TABLES.metadata.tables)


@pytest.mark.parametrize(
    "asked",
    [
        "SELECT * FROM uploads", "SELECT count(*) FROM uploads", "SELECT * FROM log", "SELECT * FROM running_orders",
        "SELECT * FROM presentations", "SELECT * FROM choices", "SELECT key_check FROM publication",
        "SELECT scope FROM scopes", "SELECT pupil_id FROM referrals", "SELECT * FROM ehcp_cohort_spells",
        "INSERT INTO events DEFAULT VALUES", "DELETE FROM events", "CREATE TABLE mine (id int)",
        "UPDATE publication SET version = 1", "SELECT analyse_read_tables()",
    ],
)  # fmt: skip
def test_a_reader_is_refused_all_else(walled: Walled, asked: str) -> None:
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)):
        walled.ask("reader", asked)


@pytest.mark.parametrize(
    "asked",
    [
        "DROP TABLE referrals", "DELETE FROM log", "UPDATE log SET who = 'nobody'", "TRUNCATE log",
        "CREATE TABLE mine (id int)", "ALTER TABLE referrals DISABLE ROW LEVEL SECURITY",
        "DROP TRIGGER log_stays ON log", "UPDATE alembic_version SET version_num = '0001'", "SET ROLE sendviz_owner",
    ],
)  # fmt: skip
def test_a_loader_is_refused_what_would_change_the_house(walled: Walled, asked: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        walled.ask("loader", asked)


def test_the_loader_does_all_that_the_app_does(make_walled: Callable[..., Walled]) -> None:
    walled = make_walled()
    store = Store.open(walled.settings)
    try:
        report = load([SAMPLE / "EHCP cohort.xlsx", SAMPLE / "Referrals.xlsx"], store, who="tests")
        known = "SELECT reltuples > 0 FROM pg_class WHERE relname = 'ehcp_cohort_changes'"
        assert report.ok and walled.ask("owner", known) == [(True,)]
        upload = store.uploads()[0]
        store.undo(upload.id, "tests")
        store.redo(upload.id, "tests")
        number = store.orders.add(RunningOrder(name="Spring", slides=(Slide(exhibit="plans-issued"),)), "tests")
        store.orders.remove(number, "tests")
        note = store.events.add(upload.when.date(), "Pilot starts", (), "tests")
        store.events.undo(note, "tests")
        meeting = store.live.begin(Wall(slide=Slide(exhibit="plans-issued")))
        store.live.seen(meeting.follow, "a phone")
        assert store.live.count(meeting.control) == 1
        store.live.end(meeting.control)
        store.log.add("tests", Deed.LOADED, file="sample")
        assert store.log.broken_at() is None
        store.discard([], "tests")
        assert store.options("locality", CENTRAL) == ("Central",)
    finally:
        store.close()


def test_a_new_version_is_left_to_the_owner_in_one_sentence(make_walled: Callable[..., Walled]) -> None:
    walled = make_walled()
    walled.ask("owner", "UPDATE publication SET shape = 'another'")
    with pytest.raises(StoreUnavailable, match="its tables are not yet those of this version's datasets: run"):
        Store.open(walled.settings)
    walled.ask("owner", "UPDATE alembic_version SET version_num = '0003'")
    with pytest.raises(
        StoreUnavailable, match="is at 0003, this version needs 0005: run `python -m sendviz migrate` as its"
    ):
        Store.open(walled.settings)
    walled.ask("owner", "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreUnavailable, match="newer version of this program"):
        Store.open(walled.settings)


def test_a_database_made_before_its_roles_is_taken_over(make_walled: Callable[..., Walled]) -> None:
    walled = make_walled()
    administrator = walled.owner.model_copy(update={"database_url": walled.urls["administrator"]})
    walled.ask("administrator", "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM sendviz_loader, sendviz_reader")
    walled.ask("administrator", "ALTER TABLE referrals OWNER TO sendviz")
    Store.open(administrator).close()
    with pytest.raises(StoreUnavailable, match="run `python -m sendviz migrate` as its owner"):
        Store.open(walled.settings)
    make_roles(walled.urls["administrator"])
    Store.migrate(walled.owner)
    opened = Store.open(walled.settings)
    assert opened.version() == 0 and opened.options("locality") == ()
    opened.close()


class Visit(Row, title="Visits", dataset="visits", when="day", unique=("visit_id",)):
    """A dataset that somebody adds."""

    visit_id: Identifier = column("Visit ID")
    pupil_id: Pupil
    day: Day = column("Day")
    locality: Locality


def test_a_new_dataset_has_its_wall_without_a_line_written_for_it(make_walled: Callable[..., Walled]) -> None:
    walled = make_walled()
    tables = Tables(ROWS | {"visits": Visit})
    Store.migrate(walled.owner, tables)
    store = Store.open(walled.settings, tables)
    put(store, rows_of(Visit, "visit_id | locality\n1 | Central\n2 | North\n3 | North"))
    assert seen(walled, "visits", {}) == [(0,)]
    assert seen(walled, "visits", OF_CENTRAL, "visit_id") == [("1",)]
    assert seen(walled, "visits", EVERYTHING) == [(3,)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        seen(walled, "visits", EVERYTHING, "pupil_id")
    store.undo(store.uploads()[0].id, "tests")
    assert seen(walled, "visits", EVERYTHING) == [(0,)]
    store.close()
