"""The store's tables: as the models say on both databases, and following them when they change."""

from pathlib import Path
from typing import Annotated

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text

from sendviz.datasets.cohort import CohortPupil
from sendviz.datasets.referrals import Referral
from sendviz.settings import Settings
from sendviz.store import Store, StoreUnavailable
from sendviz.store.fixed import FIXED, LIVE
from sendviz.store.tables import Tables
from sendviz.vocabulary import Row, category, column
from sendviz.vocabulary.fields import Identifier, MaybeText, MonthEnd, PupilId
from tests.written import put, rows_of


class Visit(Row, title="Visits", dataset="visits", unique=("visit_id",), replaces=()):
    """A dataset as it was."""

    visit_id: Identifier = column("Visit ID")


class LaterVisit(Row, title="Visits", dataset="visits", unique=("visit_id",), replaces=()):
    """The same dataset with more columns."""

    visit_id: Identifier = column("Visit ID")
    purpose: Annotated[str, category()] = column("Purpose")
    note: MaybeText = column("Note", optional=True)


class Club(Row, title="Clubs", dataset="clubs", when="month_end", stock=True, unique=("month_end", "pupil_id")):
    """A stock as it was."""

    month_end: MonthEnd = column("Month end")
    pupil_id: PupilId = column("Pupil ID")


class LaterClub(Club, title="Clubs", dataset="clubs", when="month_end", stock=True, unique=("month_end", "pupil_id")):
    """The same stock with another dimension."""

    sport: Annotated[str, category()] = column("Sport")


@pytest.fixture
def opened(database_url: str, tmp_path: Path):  # type: ignore[no-untyped-def]
    """Opens the same database for other row models."""
    stores = []

    def with_rows(*rows: type[Row]) -> Store:
        stores.append(
            Store.open(Settings(database_url=database_url, data_dir=tmp_path), Tables({r.dataset: r for r in rows}))
        )
        return stores[-1]

    yield with_rows
    for store in stores:
        store.close()


def lines(store: Store, row: type[Row], *names: str) -> list[tuple[object, ...]]:
    table = store.table(row)
    with store.engine.connect() as connection:
        return sorted(tuple(line) for line in connection.execute(select(*(table.c[name] for name in names))))


def test_migrations_and_models_agree(store: Store) -> None:
    ours = store._tables.metadata
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        live = [] if connection.dialect.name == "sqlite" else [LIVE]  # SQLite keeps those in a file of their own
        both = [table for part in (FIXED, ours, *live) for table in part.sorted_tables]
        assert compare_metadata(context, [FIXED, ours, *live]) == []
        assert set(inspect(connection).get_table_names()) == {table.name for table in both} | {"alembic_version"}


def test_a_new_dataset_gets_its_table(opened) -> None:  # type: ignore[no-untyped-def]
    put(opened(Visit), rows_of(Visit, "visit_id\n1"))
    both = opened(Visit, Club)
    put(both, rows_of(Club, "pupil_id | month_end\nA | 31/01/2026"))
    assert lines(both, Visit, "visit_id") == [("1",)]
    assert lines(both, Club, "change") == [(1,)]


def test_a_new_column_is_added_to_what_is_there(opened) -> None:  # type: ignore[no-untyped-def]
    put(opened(Visit), rows_of(Visit, "visit_id\n1"))
    later = opened(LaterVisit)
    assert lines(later, LaterVisit, "visit_id", "purpose", "note") == [("1", "Not recorded", None)]
    put(later, rows_of(LaterVisit, "visit_id | purpose\n2 | Play"))
    assert lines(later, LaterVisit, "visit_id", "purpose") == [("2", "Play")]


def test_a_stock_is_added_up_anew_by_a_new_dimension(opened) -> None:  # type: ignore[no-untyped-def]
    put(opened(Club), rows_of(Club, "pupil_id | month_end\nA | 31/01/2026\nB | 31/01/2026"))
    later = opened(LaterClub)
    assert lines(later, LaterClub, "sport", "change") == [("Not recorded", 2)]


def test_opening_again_changes_nothing(opened) -> None:  # type: ignore[no-untyped-def]
    store = opened(Club)
    put(store, rows_of(Club, "pupil_id | month_end\nA | 31/01/2026"))
    version = store.version()
    assert opened(Club).version() == version


def test_a_database_of_a_newer_program_is_said(store: Store, tmp_path: Path) -> None:
    url = store.engine.url.render_as_string(hide_password=False)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(text("UPDATE publication SET shape = 'another'"))
    with pytest.raises(StoreUnavailable, match="newer version of this program"):
        Store.open(Settings(database_url=url, data_dir=tmp_path))


def test_a_stock_must_be_replaced_by_its_month_ends() -> None:
    class Odd(CohortPupil, dataset="odd", when="month_end", stock=True, replaces=("locality",)):
        pass

    with pytest.raises(ValueError, match="Odd: what a new upload replaces must say which month_end"):
        Tables({"odd": Odd})
    assert "referrals" in Tables({"referrals": Referral}).kept
