"""What a lead may see: the same as if the store held nothing else, whatever else is asked for."""

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sendviz.answer import Answer
from sendviz.datasets import EXHIBITS
from sendviz.figures import answer
from sendviz.selection import Selection
from sendviz.settings import Settings
from sendviz.store import Store
from sendviz.vocabulary import Exhibit

CENTRAL = (("locality", ("Central",)),)
BY_LOCALITY = [e for e in EXHIBITS.values() if "locality" in e.row.fields]
WITH_FIGURES = {"cohort-over-time", "plans-issued", "placements-by-type", "referrals-table", "cluster-measures"}
OF_PEOPLE = [e for e in EXHIBITS.values() if any(measure.of_people for measure in e.measures)]


def _whole(number: float | None) -> float | None:
    """A sum of fractions, however it was added up."""
    return None if number is None else round(number, 6)


def numbers(found: Answer) -> list[object]:
    """Every figure of an answer that is not nought, at every level, by where it stands."""
    levels = {found.exhibit.by: found.figures} | found.totals
    return sorted(
        repr((level, n, row._replace(numerator=_whole(row.numerator), value=_whole(row.value))))
        for level, figures in levels.items()
        for n, one in enumerate(figures)
        for row in one.rows
        if row.numerator != 0 and row.mark != "x"
    )


@pytest.mark.parametrize("exhibit", BY_LOCALITY, ids=lambda e: e.id)
def test_a_limit_shows_what_a_filter_would(exhibit: Exhibit, sample_store: Store, sample_settings: Settings) -> None:
    limited = answer(exhibit, Selection().limited_to(CENTRAL), sample_store, sample_settings)
    filtered = answer(exhibit, Selection.of({"locality": ["Central"]}), sample_store, sample_settings)
    assert numbers(limited) == numbers(filtered)
    assert numbers(limited) or exhibit.id not in WITH_FIGURES
    assert (limited.texts, limited.notes) == (filtered.texts, filtered.notes)
    assert "Opened to you: Locality Central" in limited.selection.words()


@pytest.mark.parametrize("exhibit", BY_LOCALITY, ids=lambda e: e.id)
def test_a_filter_never_widens_a_limit(exhibit: Exhibit, sample_store: Store, sample_settings: Settings) -> None:
    elsewhere = Selection.of({"locality": ["North"]}).limited_to(CENTRAL)
    found = answer(exhibit, elsewhere, sample_store, sample_settings)
    assert found.empty and not numbers(found) and not found.texts


@pytest.mark.parametrize("exhibit", [e for e in OF_PEOPLE if e not in BY_LOCALITY], ids=lambda e: e.id)
def test_people_who_cannot_be_told_apart_are_not_shown(
    exhibit: Exhibit, sample_store: Store, sample_settings: Settings
) -> None:
    found = answer(exhibit, Selection().limited_to(CENTRAL), sample_store, sample_settings)
    assert found.headline == "Not shown to you: these figures cannot be limited to locality Central"
    assert found.empty and not any(figures.rows for figures in found.figures) and not found.totals


def values_seen(found: Answer, name: str) -> Iterator[object]:
    """The values of a dimension under which an answer has figures."""
    levels = {found.exhibit.by: found.figures} | found.totals
    for level, figures in levels.items():
        if name in level:
            yield from (row.at[level.index(name)] for one in figures for row in one.rows)


def test_other_places_are_not_even_named(sample_store: Store, sample_settings: Settings) -> None:
    for exhibit in BY_LOCALITY:
        found = answer(exhibit, Selection().limited_to(CENTRAL), sample_store, sample_settings)
        assert set(values_seen(found, "locality")) <= {"Central"}


def test_a_limit_to_nothing_shows_nothing(sample_store: Store, sample_settings: Settings) -> None:
    for exhibit in BY_LOCALITY:
        found = answer(exhibit, Selection().limited_to((("locality", ()),)), sample_store, sample_settings)
        assert found.empty and not numbers(found)


def test_the_filters_offer_what_may_be_seen(sample_store: Store) -> None:
    schools = sample_store.options("school")
    own = sample_store.options("school", CENTRAL)
    assert sample_store.options("locality", CENTRAL) == ("Central",)
    assert own and set(own) < set(schools)
    assert sample_store.options("school", (("locality", ()),)) == ()


def test_a_limit_is_in_no_link_and_is_never_widened_by_another() -> None:
    both = Selection().limited_to(CENTRAL).limited_to((("locality", ("North",)),))
    assert both.query() == {}
    assert both.limit == (("locality", ("Central",)), ("locality", ("North",)))


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_asked_no_more_is_counted_than_there_is_in_ones_own(
    sample_store: Store, sample_settings: Settings, data: st.DataObject
) -> None:
    """An attacker picks filters and months; what comes is what the same filters give within the locality."""
    exhibit = data.draw(st.sampled_from(BY_LOCALITY))
    names = data.draw(st.lists(st.sampled_from(["locality", "school_type", "phase", "school"]), unique=True))
    where = {
        name: data.draw(st.lists(st.sampled_from(found), min_size=1, max_size=3))
        for name in names
        if (found := sample_store.options(name)) and name in exhibit.row.fields
    }
    month = data.draw(st.sampled_from([None, dt.date(2024, 6, 1), dt.date(2025, 1, 1)]))
    limited = answer(exhibit, Selection.of(where, month).limited_to(CENTRAL), sample_store, sample_settings)
    own = ["Central"] if "locality" not in where or "Central" in where["locality"] else ["nowhere"]
    within = answer(exhibit, Selection.of(where | {"locality": own}, month), sample_store, sample_settings)
    assert numbers(limited) == numbers(within)
