"""What a lead may see: the same as if the store held nothing else, whatever else is asked for."""

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sendviz.answer import Answer
from sendviz.datasets import EXHIBITS
from sendviz.datasets.referrals import Referral
from sendviz.figures import answer, forget
from sendviz.selection import Selection, Where
from sendviz.settings import Settings
from sendviz.store import Store, mentions
from sendviz.vocabulary import Exhibit
from tests.written import put, rows_of

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


def test_caches_that_an_officer_warmed_are_no_leads(sample_store: Store, sample_settings: Settings) -> None:
    at_once(sample_store, sample_settings)


def at_once(store: Store, given: Settings) -> None:
    """An officer looks at everything; then two leads and the officer at the same time: each sees what is theirs."""
    limits: tuple[Where, ...] = ((), CENTRAL, (("locality", ("North",)),))
    asked = [(exhibit, Selection().limited_to(limit)) for exhibit in EXHIBITS.values() for limit in limits]
    alone = []
    for exhibit, selection in sorted(asked, key=lambda one: len(one[1].limit)):
        forget()
        alone.append((exhibit, selection, answer(exhibit, selection, store, given)))
    forget()
    for exhibit in EXHIBITS.values():
        answer(exhibit, Selection(), store, given)
    with ThreadPoolExecutor(6) as people:
        found = list(people.map(lambda one: answer(one[0], one[1], store, given), alone))
    for (exhibit, selection, own), one in zip(alone, found, strict=True):
        assert one == own
        if selection.limit and "locality" in exhibit.row.fields:
            assert set(values_seen(one, "locality")) <= set(selection.limit[0][1])


# What is theirs is not even named


@pytest.mark.parametrize(
    ("text", "names_one"),
    [
        ("North", True), ("what is new in NORTH, and why", True), ("St. Mary's (C of E)", True), ("Elm-Oak", True),
        ("Northern lights", False), ("Elms", False), ("St. Mary's", False), ("", False),
    ],
)  # fmt: skip
def test_a_name_is_a_word_of_its_own(text: str, names_one: bool) -> None:
    assert mentions(frozenset({"North", "Elm", "St. Mary's (C of E)"}), text) == names_one
    assert not mentions(frozenset(), text)


def test_a_note_that_names_another_place_is_not_theirs(store: Store, tmp_path: Path) -> None:
    cells = "1 | 10/01/2026 | Central | Oak\n2 | 12/02/2026 | North | Elm"
    put(store, rows_of(Referral, f"referral_id | referral_date | locality | school\n{cells}"))
    day = dt.date(2026, 1, 20)
    for text in ("Pilot starts", "Oak moves", "ELM closes for good", "Northern lights", "North and Central merge"):
        store.events.add(day, text, (), "officer")
    exhibit = EXHIBITS["referrals-over-time"]
    own = Settings(data_dir=tmp_path)
    found = answer(exhibit, Selection().limited_to(CENTRAL), store, own)
    assert [event.text for event in found.events] == ["Pilot starts", "Oak moves", "Northern lights"]
    assert "ELM" not in found.alt and len(answer(exhibit, Selection(), store, own).events) == 5
