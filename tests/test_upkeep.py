"""What keeps a database in shape: forwards and back among the revisions, and what was loaded long ago deleted."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text, update
from typer.testing import CliRunner, Result

from sendviz.__main__ import app
from sendviz.datasets.cohort import CohortPupil
from sendviz.datasets.referrals import Referral
from sendviz.settings import Settings, settings
from sendviz.store import ACTIVE, STAGED, SUPERSEDED, UNDONE, Deed, Store, standing
from sendviz.store.fixed import uploads
from sendviz.store.revisions import revisions
from tests.walled import Walled
from tests.written import put, rows_of

LONG_AGO = dt.datetime(2012, 5, 1)
OLD = "pupil_id | month_end  | locality\nA | 31/01/2012 | Central\nA | 29/02/2012 | Central\nB | 29/02/2012 | North"
NEW = "pupil_id | month_end  | locality\nA | 31/03/2012 | Central\nA | 30/04/2012 | North\nC | 30/04/2012 | North"
ASKED = "referral_id | referral_date\nR1 | 05/01/2012\nR2 | 07/02/2012"
BEFORE = dt.date(2020, 1, 1)


@pytest.fixture
def command(tmp_path: Path) -> Iterator[Callable[..., Result]]:
    """Runs a command over a store's database."""

    def run(store: Store, *words: str) -> Result:
        settings.cache_clear()
        url = store.engine.url.render_as_string(hide_password=False)
        return CliRunner().invoke(
            app, [*words], env={"SENDVIZ_DATABASE_URL": url, "SENDVIZ_DATA_DIR": str(tmp_path / "data")}
        )

    yield run
    settings.cache_clear()


def aged(store: Store, *ids: int) -> None:
    """These uploads were loaded long ago."""
    with store.engine.begin() as connection:
        connection.execute(update(uploads).where(uploads.c.id.in_(ids)).values(loaded_at=LONG_AGO))


def retirements(store: Store) -> int:
    """How often the log says that something was retired."""
    return sum(entry.deed == Deed.RETIRED for entry in store.log.entries())


def seen(store: Store) -> dict[str, object]:
    """What readers of the data get."""
    found: dict[str, object] = {}
    for row in (CohortPupil, Referral):
        table = store.table(row)
        with store.reading() as data:
            found[row.dataset] = sorted(map(repr, data.rows(select(*table.c))))
            found[f"{row.dataset} covered"] = data.covered(row)
    return found


def opened(store: Store) -> Store:
    """The database opened again, as a process does that starts."""
    url = store.engine.url.render_as_string(hide_password=False)
    return Store.open(Settings(database_url=url, data_dir=store._data_dir))


@pytest.mark.parametrize("number", [revision.number for revision in revisions()])
def test_back_to_any_revision_and_forwards_again_the_data_are_as_they_were(
    store: Store, command: Callable[..., Result], number: str
) -> None:
    put(store, rows_of(CohortPupil, OLD), rows_of(Referral, ASKED))
    before = seen(store)
    said = command(store, "migrate", "--to", number, "--yes")
    assert said.exit_code == 0 and f"The database is at {number}." in said.output
    newest = revisions()[-1].number
    came = "" if number == newest else f", from {number}"
    assert f"The database is at {newest}{came}." in command(store, "migrate").output
    again = opened(store)
    assert seen(again) == before
    again.close()


def test_back_is_first_said_and_then_done(store: Store, command: Callable[..., Result]) -> None:
    put(store, rows_of(Referral, ASKED))
    newest = revisions()[-1].number
    said = command(store, "migrate", "--to", "0003")
    assert said.exit_code == 0 and "0004 is taken back, with what only it keeps" in said.output
    assert f"Nothing is done yet: it is at {newest}. Add --yes." in said.output
    assert command(store, "migrate", "--show").output == f"{newest}\n"
    assert inspect(store.engine).has_table("running_orders")
    command(store, "migrate", "--to", "0003", "--yes")
    assert not inspect(store.engine).has_table("running_orders")


@pytest.mark.parametrize("to", ["0000", "9999", "first"])
def test_there_is_no_way_to_a_revision_the_database_has_not_had(
    store: Store, command: Callable[..., Result], to: str
) -> None:
    said = command(store, "migrate", "--to", to, "--yes")
    assert said.exit_code == 2 and f"cannot go back to “{to}”: it has had 0001, 0002" in said.output
    assert "Traceback" not in said.output


def test_an_empty_database_stands_nowhere_and_is_made(database_url: str, tmp_path: Path) -> None:
    new = Settings(database_url=database_url, data_dir=tmp_path)
    assert standing(new) == ""
    Store.migrate(new)
    assert standing(new) == revisions()[-1].number


def test_what_was_loaded_long_ago_goes_as_if_it_had_never_been(store_maker: Callable[[], Store]) -> None:
    young = store_maker()
    put(young, rows_of(CohortPupil, NEW))
    expected = seen(young)
    store = store_maker()
    put(store, rows_of(CohortPupil, OLD), rows_of(Referral, ASKED), rows_of(CohortPupil, NEW))
    aged(store, 1, 2)
    retired = store.retire(BEFORE, "ada", really=True)
    assert [upload.id for upload in retired.uploads] == [1, 2]
    assert retired.gone == {"EHCP cohort": ["2012-01", "2012-02"], "Referrals": ["2012-01", "2012-02"]}
    assert seen(store) == expected
    entry = store.log.entries()[0]
    assert (entry.who, entry.deed) == ("ada", Deed.RETIRED)
    assert entry.words == {"upload": "1, 2", "loaded before": "2020-01-01"}


@pytest.mark.parametrize("state", [ACTIVE, SUPERSEDED, UNDONE, STAGED])
def test_no_row_of_a_retired_upload_is_left_in_any_table(store: Store, state: str) -> None:
    put(store, rows_of(CohortPupil, OLD), rows_of(Referral, ASKED))
    if state == SUPERSEDED:
        put(store, rows_of(CohortPupil, OLD), rows_of(Referral, ASKED))
    if state == UNDONE:
        store.undo(1, "ada")
    if state == STAGED:
        with store.writing() as writer:
            writer.add(Referral, file="a", sheet="", sha256="", who="", staged=True).rows(rows_of(Referral, ASKED))
    assert state in {upload.state for upload in store.uploads()}
    aged(store, *(upload.id for upload in store.uploads()))
    store.retire(BEFORE, "ada", really=True)
    assert store.uploads() == ()
    kept = {"publication", "log", "alembic_version"}
    with store.engine.connect() as connection:
        for name in set(inspect(connection).get_table_names()) - kept:
            assert connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar() == 0, name


def test_retiring_is_first_said_and_then_done(store: Store, command: Callable[..., Result]) -> None:
    put(store, rows_of(Referral, ASKED))
    aged(store, 1)
    before, version = seen(store), store.version()
    said = command(store, "retire", "--older-than", "6")
    assert said.exit_code == 0 and "1  referrals  0.xlsx  loaded 01/05/2012  2 rows" in said.output
    assert "Referrals: would no longer have 2012-01 to 2012-02 (2)" in said.output
    assert "Nothing is done yet. 1 uploads loaded before" in said.output
    assert (seen(store), store.version(), retirements(store)) == (before, version, 0)
    assert "are deleted." in command(store, "retire", "--older-than", "6", "--yes").output
    assert store.uploads() == () and store.version() > version


def test_what_is_young_enough_stays(store: Store, command: Callable[..., Result]) -> None:
    put(store, rows_of(Referral, ASKED))
    said = command(store, "retire", "--older-than", "1", "--yes")
    assert said.exit_code == 0 and "Nothing was loaded before" in said.output
    assert len(store.uploads()) == 1 and retirements(store) == 0
    assert command(store, "retire", "--older-than", "0").exit_code == 2


def test_the_role_that_loads_may_retire(make_walled: Callable[..., Walled]) -> None:
    store = Store.open(make_walled().settings)
    put(store, rows_of(CohortPupil, OLD), rows_of(Referral, ASKED))
    aged(store, 1, 2)
    store.retire(BEFORE, "ada", really=True)
    assert store.uploads() == () and retirements(store) == 1
    store.close()


def test_nothing_goes_that_cannot_be_logged(store: Store) -> None:
    put(store, rows_of(Referral, ASKED))
    aged(store, 1)
    before = seen(store)
    with store.log._engine.begin() as connection:
        connection.execute(text("ALTER TABLE log RENAME TO elsewhere"))
    with pytest.raises(Exception, match="log"):
        store.retire(BEFORE, "ada", really=True)
    assert seen(store) == before and len(store.uploads()) == 1
