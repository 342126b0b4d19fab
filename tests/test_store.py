"""The store: small tables in, current rows, changes and moves out, on both databases."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from sendviz.datasets.activities import Activity
from sendviz.datasets.clusters import ClusterFigure
from sendviz.datasets.cohort import CohortPupil, Move
from sendviz.datasets.expenditure import Spend
from sendviz.datasets.placements import Placement
from sendviz.datasets.referrals import Referral
from sendviz.store import ACTIVE, SUPERSEDED, UNDONE, NoSuchUpload, Store
from sendviz.vocabulary import Row
from tests.written import made, put, rows_of

JAN, FEB, MAR, APR = (dt.date(2026, month, 1) for month in (1, 2, 3, 4))


def load(store: Store, row: type[Row], text: str, sample: bool = False, **given: object) -> int:
    """Loads a small table as one upload; returns the upload's number."""
    with store.writing() as writer:
        adding = writer.add(row, file="a.xlsx", sheet="1", sha256=text[:64], who="officer", sample=sample)
        adding.rows(rows_of(row, text, **given))
        writer.publish()
    return store.uploads()[0].id


def at_month_ends(store: Store, *names: str) -> dict[object, int]:
    """Pupils at each covered month by these columns, added up from the changes."""
    table = store.table(CohortPupil)
    with store.engine.connect() as connection:
        found = connection.execute(select(table.c.month_end, *(table.c[n] for n in names), table.c.change)).all()
    totals: Counter[object] = Counter()
    for month in store.covered(CohortPupil):
        for day, *values, change in found:
            if day.replace(day=1) <= month:
                totals[(month, *values)] += change
    return {key if names else key[0]: count for key, count in totals.items() if count}


def moves(store: Store) -> set[tuple[object, ...]]:
    table = store.table(Move)
    with store.engine.connect() as connection:
        return set(connection.execute(select(table.c.month, table.c.from_type, table.c.to_type, table.c.pupils)))


def column_of(store: Store, row: type[Row], name: str) -> list[object]:
    table = store.table(row)
    with store.engine.connect() as connection:
        return sorted(connection.execute(select(table.c[name])).scalars())


def states(store: Store) -> list[str]:
    return [upload.state for upload in reversed(store.uploads())]


THREE_MONTHS = """
pupil_id | month_end  | school_type | locality
A        | 31/01/2026 | Mainstream  | North
A        | 28/02/2026 | Special     | North
A        | 31/03/2026 | Special     | North
B        | 31/01/2026 | Mainstream  | Central
B        | 28/02/2026 | Mainstream  | Central
C        | 31/03/2026 | Independent | Central
"""


def test_pupils_stand_at_each_month_end(store: Store) -> None:
    load(store, CohortPupil, THREE_MONTHS)
    assert at_month_ends(store) == {JAN: 2, FEB: 2, MAR: 2}
    assert at_month_ends(store, "locality")[MAR, "Central"] == 1
    assert at_month_ends(store, "school_type", "age", "urn")[MAR, "Special", 9, None] == 1
    assert moves(store) == {(FEB, "Mainstream", "Special", 1)}
    assert store.data_date(CohortPupil) == store.data_date(Move) == dt.date(2026, 3, 31)


def test_a_stock_is_held_in_memory_as_its_table_has_it(store: Store) -> None:
    load(store, CohortPupil, THREE_MONTHS)
    with store.reading() as data:
        held = data.held(CohortPupil, ["school", "age"])
        table = data.table(CohortPupil)
        lines = data.rows(select(table.c.month_end, table.c.school, table.c.age, table.c.change))
    totals: Counter[object] = Counter()
    for day, school, age, change in lines:
        totals[(day.replace(day=1), school, age)] += change
    schools = [held.values["school"][code] for code in held.codes["school"]]
    ages = [held.values["age"][code] for code in held.codes["age"]]
    found = zip([held.months[place] for place in held.month], schools, ages, strict=True)
    assert dict(zip(found, held.change.tolist(), strict=True)) == {key: n for key, n in totals.items() if n}
    assert list(held.months) == sorted(held.months)


def test_a_later_upload_takes_over_its_month_ends(store: Store) -> None:
    load(store, CohortPupil, THREE_MONTHS)
    second = load(
        store, CohortPupil, "pupil_id | month_end | school_type\nA | 28/02/2026 | Independent\nA | 30/04/2026 | Special"
    )
    assert at_month_ends(store) == {JAN: 2, FEB: 1, MAR: 2, APR: 1}
    assert moves(store) == {(FEB, "Mainstream", "Independent", 1), (MAR, "Independent", "Special", 1)}
    store.undo(second, "officer")
    assert at_month_ends(store) == {JAN: 2, FEB: 2, MAR: 2}
    assert moves(store) == {(FEB, "Mainstream", "Special", 1)}
    assert states(store) == [ACTIVE, UNDONE]


def test_at_a_missing_month_end_nobody_is_counted_and_nobody_moves(store: Store) -> None:
    load(
        store, CohortPupil, "pupil_id | month_end | school_type\nA | 31/01/2026 | Mainstream\nA | 31/03/2026 | Special"
    )
    assert store.covered(CohortPupil) == (JAN, MAR)
    assert store.covered(Move) == ()
    assert at_month_ends(store) == {JAN: 1, MAR: 1}
    assert moves(store) == set()
    load(store, CohortPupil, "pupil_id | month_end | school_type\nA | 28/02/2026 | Special")
    assert (store.covered(CohortPupil), store.covered(Move)) == ((JAN, FEB, MAR), (FEB, MAR))
    assert moves(store) == {(FEB, "Mainstream", "Special", 1)}


def test_an_upload_that_holds_nothing_any_more_is_superseded(store: Store) -> None:
    first = load(store, CohortPupil, "pupil_id | month_end\nA | 31/01/2026")
    load(store, CohortPupil, "pupil_id | month_end\nA | 31/01/2026\nB | 31/01/2026")
    assert states(store) == [SUPERSEDED, ACTIVE]
    assert at_month_ends(store) == {JAN: 2}
    store.undo(2, "officer")
    assert (states(store), at_month_ends(store)) == ([ACTIVE, UNDONE], {JAN: 1})
    store.undo(first, "officer")
    assert (at_month_ends(store), store.covered(CohortPupil), store.data_date(CohortPupil)) == ({}, (), None)


def test_events_are_replaced_by_the_months_between_first_and_last(store: Store) -> None:
    load(store, Referral, "referral_id | referral_date\n1 | 05/01/2026\n2 | 07/02/2026\n3 | 09/03/2026\n4 | 09/04/2026")
    load(store, Referral, "referral_id | referral_date\n5 | 20/01/2026\n6 | 21/03/2026")
    assert column_of(store, Referral, "referral_id") == ["4", "5", "6"]
    assert store.covered(Referral) == (JAN, FEB, MAR, APR)
    assert store.data_date(Referral) == dt.date(2026, 4, 9)
    store.undo(2, "officer")
    assert column_of(store, Referral, "referral_id") == ["1", "2", "3", "4"]


def test_a_figure_of_a_locality_is_replaced_by_month_and_locality(store: Store) -> None:
    load(store, ClusterFigure, "locality | month | value\nNorth | 2026-01 | 1\nCentral | 2026-01 | 2")
    load(store, ClusterFigure, "locality | month | value\nNorth | 2026-01 | 3")
    assert column_of(store, ClusterFigure, "value") == [2, 3]
    assert store.data_date(ClusterFigure) == dt.date(2026, 1, 31)


def test_a_dataset_without_periods_is_replaced_as_a_whole(store: Store) -> None:
    load(store, Activity, "activity | reached\nTalk | 5\nPlay | 7")
    load(store, Activity, "activity | reached\nTalk | 6")
    assert column_of(store, Activity, "reached") == [6]
    assert (states(store), store.covered(Activity)) == ([SUPERSEDED, ACTIVE], ())
    assert store.data_date(Activity) == store.uploads()[0].when.date()


def test_pounds_add_up_to_the_penny(store: Store) -> None:
    load(store, Spend, "financial_year | area | gross | recoupment\n2024/25 | A | 0.10 | 0\n2024/25 | B | 0.20 | 0.03")
    table = store.table(Spend)
    with store.engine.connect() as connection:
        assert connection.execute(select(func.sum(table.c.net_spend))).scalar() == Decimal("0.27")
    assert store.covered(Spend) == ("2024/25",)


def test_real_data_remove_the_sample(store: Store) -> None:
    load(store, CohortPupil, THREE_MONTHS, sample=True)
    load(store, Activity, "activity | reached\nTalk | 5", sample=True)
    assert store.is_sample()
    load(store, Referral, "referral_id | referral_date\n1 | 05/01/2026")
    assert not store.is_sample()
    assert (states(store), at_month_ends(store), moves(store)) == ([UNDONE, UNDONE, ACTIVE], {}, set())
    assert column_of(store, Activity, "reached") == []


def test_options_are_the_values_in_force_in_their_known_order(store: Store) -> None:
    load(store, CohortPupil, THREE_MONTHS)
    load(store, Placement, "pupil_id | school_type | school\nA | PRU | Oak\nB | Boat |\nC | | Elm")
    assert store.options("school_type") == ("Mainstream", "Special", "Independent", "PRU", "Boat", "Not recorded")
    assert store.options("school") == ("Elm", "Oak", "Not recorded")
    store.undo(2, "officer")
    assert store.options("school_type") == ("Mainstream", "Special", "Independent")


def test_an_upload_says_what_it_was(store: Store) -> None:
    before = store.version()
    with store.writing() as writer:
        adding = writer.add(Referral, file=r"C:\Users\Sam Jones\r.xlsx", sheet="R", sha256="f" * 64, who="officer")
        adding.rows(rows_of(Referral, "referral_id | referral_date\n1 | 05/01/2026\n2 | 07/02/2026"))
        adding.rows(rows_of(Referral, "referral_id | referral_date\n3 | 01/01/2026"))
    upload = store.uploads()[0]
    assert (upload.file, upload.rows, upload.first, upload.last) == ("r.xlsx", 3, "2026-01-01", "2026-02-07")
    assert abs(upload.when - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)
    assert store.version() > before
    store.undo(upload.id, "manager")
    assert store.uploads()[0].undone_by == "manager"


@pytest.mark.parametrize(("number", "words"), [(7, "There is no upload 7."), (1, "Upload 1 has been undone already.")])
def test_what_cannot_be_undone_is_said(store: Store, number: int, words: str) -> None:
    store.undo(load(store, Activity, "activity | reached\nTalk | 5"), "officer")
    with pytest.raises(NoSuchUpload, match=words):
        store.undo(number, "officer")


PUPILS = st.lists(
    st.fixed_dictionaries({
        "pupil_id": st.sampled_from("ABC"), "school_type": st.sampled_from(["Mainstream", "Special"]),
        "month_end": st.sampled_from([dt.date(2025, 12, 31), dt.date(2026, 1, 31), dt.date(2026, 3, 31)]),
    }),
    min_size=1, max_size=12, unique_by=lambda row: (row["pupil_id"], row["month_end"]),
)  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PUPILS, min_size=1, max_size=3), st.integers(0, 3))
def test_what_is_counted_is_what_was_put_in(
    store_maker: Callable[[], Store], uploads: list[list[dict]], gone: int
) -> None:
    store, held = store_maker(), {}
    for number, rows in enumerate(uploads, 1):
        put(store, [made(CohortPupil, place, cells) for place, cells in enumerate(rows)])
        if number != gone:
            for day in {row["month_end"] for row in rows}:
                held[day] = {row["pupil_id"]: row["school_type"] for row in rows if row["month_end"] == day}
    if gone and gone <= len(uploads):
        store.undo(gone, "officer")
    expected = Counter((day.replace(day=1), kind) for day, pupils in held.items() for kind in pupils.values())
    assert at_month_ends(store, "school_type") == expected
    assert at_month_ends(store, "school_type", "urn") == {(*key, None): n for key, n in expected.items()}
    follow = [(a, b) for a in held for b in held if (b.replace(day=1) - a).days == 1]
    pairs = [(b.replace(day=1), held[a][p], held[b][p]) for a, b in follow for p in held[a].keys() & held[b].keys()]
    assert moves(store) == {(*move, n) for move, n in Counter(p for p in pairs if p[1] != p[2]).items()}
