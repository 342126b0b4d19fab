"""What a reader is answered in PostgreSQL: by the wall alone, should the program forget the limit, and by both."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from sendviz.datasets import EXHIBITS, ROWS, of_no_figure, of_people
from sendviz.figures import answer
from sendviz.figures.answering import answered
from sendviz.selection import Selection
from sendviz.store import Store
from sendviz.vocabulary import Exhibit, Row
from tests.test_limits import CENTRAL, at_once, numbers, values_seen
from tests.walled import Walled


@pytest.fixture(scope="module")
def store(walled: Walled) -> Iterator[Store]:
    """The app's own store, with both its roles."""
    opened = Store.open(walled.settings)
    yield opened
    opened.close()


@pytest.fixture
def without_the_first_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program forgets the limit wherever it reads rows: only the database knows it."""
    monkeypatch.setattr("sendviz.store.reading.within", lambda table, row, limit: table)
    monkeypatch.setattr(Selection, "refuses", lambda selection, row: False)


@pytest.mark.usefixtures("without_the_first_wall")
@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_wall_holds_whatever_the_program_forgets(
    store: Store, sample_store: Store, walled: Walled, data: st.DataObject
) -> None:
    exhibit = data.draw(st.sampled_from(list(EXHIBITS.values())))
    name = data.draw(st.sampled_from(["locality", "school"]))
    values = data.draw(st.lists(st.sampled_from([*sample_store.options(name), "Nowhere"]), max_size=3, unique=True))
    selection = Selection().limited_to(((name, tuple(values)),))
    with store.reading(selection.limit) as reading:
        found = answered(exhibit, selection, reading, walled.settings)
    if of_people(exhibit.row) and name not in exhibit.row.fields:
        assert not numbers(found) and not found.texts
        return
    with sample_store.reading() as everything:
        where = Selection.of({name: values}) if name in exhibit.row.fields else Selection()
        own = answered(exhibit, where, everything, walled.settings)
    if values or name not in exhibit.row.fields:
        assert numbers(found) == numbers(own)
    assert set(values_seen(found, name)) <= set(values) or not of_people(exhibit.row)


@pytest.mark.parametrize("exhibit", EXHIBITS.values(), ids=list(EXHIBITS))
def test_a_reader_is_answered_as_on_any_database(
    exhibit: Exhibit, store: Store, sample_store: Store, walled: Walled
) -> None:
    for limit in ((), CENTRAL, (("school", sample_store.options("school", CENTRAL)[:3]),)):
        selection = Selection().limited_to(limit)
        here, there = (answer(exhibit, selection, one, walled.settings) for one in (store, sample_store))
        assert (here.headline, here.texts) == (there.headline, there.texts)
        assert numbers(here) == numbers(there)


def test_connections_that_are_shared_keep_no_limit(store: Store, walled: Walled) -> None:
    at_once(store, walled.settings)


@pytest.mark.parametrize("row", [row for row in ROWS.values() if of_no_figure(row)], ids=lambda row: row.dataset)
def test_rows_under_pseudonyms_are_read_by_the_loader_within_the_limit(store: Store, row: type[Row]) -> None:
    with store.reading_rows(CENTRAL) as data:
        table = data.spells(row) if row.stock else data.table(row)
        assert table is not None
        found = data.rows(select(table.c.pupil_id, table.c.locality).distinct())
    assert found and {locality for _, locality in found} == {"Central"}


def test_what_is_read_is_as_limited_as_what_is_asked(sample_store: Store, walled: Walled) -> None:
    with sample_store.reading() as everything, pytest.raises(ValueError, match="not limited"):
        answered(EXHIBITS["plans-issued"], Selection().limited_to(CENTRAL), everything, walled.settings)
