"""What a lead is answered, held against a store in which there is nothing but what is theirs."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, make_url, not_, or_

from sendviz.datasets import EXHIBITS, MEASURES, ROWS
from sendviz.figures import answer, key_number
from sendviz.selection import Selection, Where
from sendviz.settings import Settings
from sendviz.store import Store
from sendviz.store.engine import transaction
from sendviz.store.tables import TABLES
from sendviz.vocabulary import Measure
from sendviz.vocabulary.dimensions import FILTERS

MONTHS = [dt.date(2024, 1, 1), dt.date(2024, 6, 1), dt.date(2025, 1, 1), dt.date(2025, 9, 1), dt.date(2026, 1, 1)]
LEADS = ["one locality", "two localities", "three schools", "a school nobody knows", "a school in another locality"]
Where_ = dict[str, list[str]]


class Oracle(NamedTuple):
    """A limit, and a copy of the sample's store without any row beyond it that figures are counted from. (Loaded anew,
    it would not know that a pupil moved into a special school of theirs from a mainstream one elsewhere.)"""

    limit: Where
    store: Store


@pytest.fixture(scope="module", params=LEADS)
def oracle(
    request: pytest.FixtureRequest, sample_store: Store, sample_settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Oracle]:  # fmt: skip
    limit = limit_of(request.param, sample_store)
    copy = tmp_path_factory.mktemp("oracle") / "sendviz.db"
    original = str(make_url(sample_settings.database_url).database)
    with closing(sqlite3.connect(original)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    store = Store.open(sample_settings.model_copy(update={"database_url": f"sqlite:///{copy}"}))
    with transaction(store.engine) as connection:
        for row in ROWS.values():
            table = TABLES.counted(row)
            beyond = [not_(table.c[column].in_(values)) for column, values in limit if column in row.fields]
            if beyond:
                connection.execute(delete(table).where(or_(*beyond)))
    yield Oracle(limit, store)
    store.close()


def limit_of(lead: str, store: Store) -> Where:
    central, north = (store.options("school", (("locality", (name,)),)) for name in ("Central", "North"))
    return {
        "one locality": (("locality", ("Central",)),),
        "two localities": (("locality", ("Central", "North")),),
        "three schools": (("school", (central[0], central[5], north[2])),),
        "a school nobody knows": (("school", ("Nowhere Primary",)),),
        "a school in another locality": (("locality", ("Central",)), ("school", (north[0],))),
    }[lead]


@given(data=st.data())
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_lead_is_answered_as_if_there_were_nothing_else(
    oracle: Oracle, sample_store: Store, sample_settings: Settings, data: st.DataObject
) -> None:
    """Whoever asks may know names of others', and ask for them."""
    exhibit = data.draw(st.sampled_from(list(EXHIBITS.values())))
    names = data.draw(st.lists(st.sampled_from(FILTERS), max_size=2, unique=True))
    where: Where_ = {
        name: data.draw(st.lists(st.sampled_from(found), min_size=1, max_size=3))
        for name in names
        if (found := sample_store.options(name))
    }
    start, end = sorted(data.draw(st.lists(st.sampled_from(MONTHS), min_size=2, max_size=2)))
    asked = Selection.of(where, *data.draw(st.sampled_from([(None, None), (start, None), (None, end), (start, end)])))
    limited = asked.limited_to(oracle.limit)
    found = answer(exhibit, limited, sample_store, sample_settings)
    assert found == answer(exhibit, limited, oracle.store, sample_settings)
    if limited.refuses(exhibit.row):
        assert found.headline.startswith("Not shown to you") and not found.totals and not found.texts
        assert not any(figures.rows for figures in found.figures)
        return
    own = answer(exhibit, asked, oracle.store, sample_settings)
    assert found == replace(own, selection=found.selection, as_of=found.as_of)


@pytest.mark.parametrize("measure", [m for m in MEASURES if not m.since], ids=lambda measure: measure.title)
def test_a_key_number_is_of_nothing_else(
    measure: Measure, oracle: Oracle, sample_store: Store, sample_settings: Settings
) -> None:
    limited = Selection().limited_to(oracle.limit)
    found = key_number(measure, limited, sample_store, sample_settings)
    assert found == key_number(measure, limited, oracle.store, sample_settings)


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_offers_nothing_else(name: str, oracle: Oracle, sample_store: Store) -> None:
    assert sample_store.options(name, oracle.limit) == oracle.store.options(name, oracle.limit)
