"""Rows for a data officer: of the selection, under pseudonyms, for a reason, logged first; and for nobody else."""

import datetime as dt
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from sendviz.access import Person, Role
from sendviz.datasets import DATASETS, EXHIBITS
from sendviz.datasets.cohort import CohortPupil
from sendviz.datasets.placements import Placement
from sendviz.datasets.plans import FinalPlan
from sendviz.datasets.survey import Answer
from sendviz.exports.rows import rows
from sendviz.figures.rows import NotGiven, Request, count, given
from sendviz.selection import Selection
from sendviz.settings import Settings
from sendviz.store import Deed, Store, StoreUnavailable
from sendviz.vocabulary import Row
from tests.test_store import load

REASON = "Tribunal bundle, case list"
OFFICER = Person("rows@council.uk", frozenset({Role.OFFICER}))
CENTRAL = (("locality", ("Central",)),)
COHORT = """
pupil_id | month_end  | school_type | locality
A        | 31/01/2026 | Mainstream  | North
A        | 28/02/2026 | Special     | North
A        | 31/03/2026 | Special     | North
B        | 31/01/2026 | Mainstream  | Central
B        | 28/02/2026 | Mainstream  | Central
"""
PLACEMENTS = """
pupil_id | school | placement_start | placement_end | as_at      | annual_cost | locality
A        | Old    | 01/01/2024      | 31/08/2024    | 31/03/2026 | 10.50       | North
A        | New    | 01/09/2024      |               | 31/03/2026 |             | North
B        | Late   | 01/03/2026      |               | 31/03/2026 | 7           | Central
"""


def asked(row: type[Row], selection: Selection = Selection(), person: Person = OFFICER) -> Request:  # noqa: B008
    return Request(row, selection, REASON, person)


def lines(store: Store, request: Request, *headings: str) -> list[tuple[object, ...]]:
    """What is given under these headings."""
    at = [request.headings.index(heading) for heading in headings]
    with given(request, store) as found:
        return [tuple(line[n] for n in at) for line in found.lines]


def test_a_stock_is_given_as_spells_that_touch_the_period(store: Store) -> None:
    load(store, CohortPupil, COHORT)
    january, february, march = (dt.date(2026, 1, 31), dt.date(2026, 2, 28), dt.date(2026, 3, 31))
    whole = [(january, january, "North"), (january, february, "Central"), (february, march, "North")]
    for selection, expected in (
        (Selection(), whole),
        (Selection.of(start=dt.date(2026, 2, 1)), whole[1:]),
        (Selection.of(start=dt.date(2026, 3, 1)), whole[2:]),
        (Selection.of(end=dt.date(2026, 1, 1)), whole[:2]),
        (Selection.of({"locality": ["Central"]}), whole[1:2]),
        (Selection.of({"locality": ["Boat"]}), []),
        (Selection.of(start=dt.date(2026, 4, 1)), []),
    ):
        request = asked(CohortPupil, selection)
        assert lines(store, request, "From month end", "To month end", "Locality") == expected
        assert count(request, store) == len(expected)


def test_a_month_end_taken_over_by_a_later_upload_is_given_once(store: Store) -> None:
    load(store, CohortPupil, COHORT)
    load(store, CohortPupil, "pupil_id | month_end | school_type\nA | 28/02/2026 | Independent")
    found = lines(store, asked(CohortPupil), "From month end", "To month end", "School type")
    assert [(first.month, last.month, kind) for first, last, kind in found] == [
        (1, 1, "Mainstream"), (1, 1, "Mainstream"), (2, 2, "Independent"), (3, 3, "Special"),
    ]  # fmt: skip


def test_placements_are_given_that_touch_the_period(store: Store) -> None:
    load(store, Placement, PLACEMENTS)
    for selection, expected in (
        (Selection(), {"Old", "New", "Late"}),
        (Selection.of(start=dt.date(2024, 8, 1)), {"Old", "New", "Late"}),
        (Selection.of(start=dt.date(2024, 9, 1)), {"New", "Late"}),
        (Selection.of({"locality": ["North"]}, dt.date(2024, 9, 1)), {"New"}),
        (Selection.of(end=dt.date(2026, 2, 1)), set()),  # no extract of that time
    ):
        assert {name for (name,) in lines(store, asked(Placement, selection), "School name")} == expected


def test_events_are_given_of_the_period(store: Store) -> None:
    load(
        store,
        FinalPlan,
        "plan_id | final_issued_date | request_date\nP1 | 05/01/2026 | 05/12/2025\nP2 | 07/02/2026 | 01/01/2026",
    )
    found = asked(FinalPlan, Selection.of(start=dt.date(2026, 2, 1)))
    assert lines(store, found, "Plan ID") == [("P2",)]


def test_pupils_are_under_the_pseudonyms_that_are_stored(store: Store) -> None:
    load(store, CohortPupil, COHORT)
    load(store, Placement, PLACEMENTS)
    pupils = {name for (name,) in lines(store, asked(CohortPupil), "Pupil ID")}
    assert pupils == {name for (name,) in lines(store, asked(Placement), "Pupil ID")}
    assert len(pupils) == 2 and all(len(str(name)) == 64 for name in pupils)


def test_nothing_loaded_is_no_rows(store: Store) -> None:
    assert [count(asked(row), store) for row in DATASETS.values()] == [0] * len(DATASETS)
    assert all(lines(store, asked(row)) == [] for row in DATASETS.values())


@pytest.mark.parametrize("row", DATASETS.values(), ids=list(DATASETS))
def test_every_dataset_is_given_but_for_what_people_write(row: type[Row], sample_store: Store) -> None:
    request = asked(row)
    with given(request, sample_store) as found:
        first = next(found.lines)
        assert found.count and len(first) == len(request.headings)
        assert not {field.title for field in row.fields.values() if field.free} & set(request.headings)


def test_what_exhibits_list_as_free_text_is_known_to_be_such() -> None:
    texts = [(exhibit.row, exhibit.texts) for exhibit in EXHIBITS.values() if exhibit.texts]
    assert texts and all(row.field(name).free for row, name in texts)
    assert "Answer" not in asked(Answer).headings and "Question" in asked(Answer).headings


@pytest.mark.parametrize(
    "person",
    [
        Person("lead@council.uk", frozenset({Role.LEAD}), CENTRAL),
        Person("presenter@council.uk", frozenset({Role.PRESENTER})),
        Person("viewer@schools.uk", frozenset({Role.VIEWER})),
        Person("lead@council.uk", frozenset({Role.LEAD, Role.PRESENTER, Role.VIEWER}), CENTRAL),
        Person("nobody known", frozenset()),  # a phone that follows
    ],
    ids=lambda person: "-".join(sorted(person.roles)) or "phone",
)
def test_nobody_else_is_given_any(person: Person, store: Store) -> None:
    load(store, CohortPupil, COHORT)
    before = store.log.count()
    request = asked(CohortPupil, person=person)
    for ask in (
        lambda: count(request, store), lambda: lines(store, request), lambda: rows(request, store, Settings()),
    ):  # fmt: skip
        with pytest.raises(NotGiven, match="Rows are given to data officers alone"):
            ask()
    assert store.log.count() == before


def test_a_limit_holds_for_an_officer_too(store: Store) -> None:
    """Somebody whose groups make them both."""
    load(store, CohortPupil, COHORT)
    load(store, Answer, "response_id | question | answer\n1 | Why? | Because")
    both = Person("jo@council.uk", frozenset({Role.OFFICER, Role.LEAD}), CENTRAL)
    elsewhere = Selection.of({"locality": ["North"]})
    assert {name for (name,) in lines(store, asked(CohortPupil, person=both), "Locality")} == {"Central"}
    assert lines(store, asked(CohortPupil, elsewhere, both)) == []
    with pytest.raises(NotGiven, match="Survey cannot be limited to what is open to you"):
        count(asked(Answer, person=both), store)


@pytest.mark.parametrize("reason", ["", "   ", "audit", "a         b", "x" * 301])
def test_a_reason_is_needed(reason: str, store: Store) -> None:
    load(store, CohortPupil, COHORT)
    before = store.log.count()
    with pytest.raises(NotGiven, match="Say in at least 10 letters, and at most 300, what the rows are needed for"):
        lines(store, Request(CohortPupil, Selection(), reason, OFFICER))
    assert store.log.count() == before


def test_it_is_logged_before_a_line_is_given(store: Store) -> None:
    load(store, CohortPupil, COHORT)
    request = asked(CohortPupil, Selection.of({"locality": ["North"]}, dt.date(2026, 2, 1)))
    with given(request, store):
        entry = store.log.entries(most=1)[0]
    assert (entry.who, entry.deed) == (OFFICER.name, Deed.ROWS)
    assert entry.words == {
        "dataset": "EHCP cohort", "selection": "Locality: North · from February 2026",
        "link": "?locality=North&from=2026-02", "rows": "1", "reason": REASON,
    }  # fmt: skip


def test_what_cannot_be_logged_is_not_given(tmp_path: Path) -> None:
    store = Store.open(Settings(database_url=f"sqlite:///{tmp_path}/s.db", data_dir=tmp_path))
    load(store, CohortPupil, COHORT)
    with store.log._engine.begin() as connection:
        connection.execute(
            text("CREATE TRIGGER full BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END")
        )
    with pytest.raises(StoreUnavailable):
        rows(asked(CohortPupil), store, Settings())
    store.close()


def test_the_workbook_says_whose_it_is_and_what_for(store: Store) -> None:
    load(store, Placement, PLACEMENTS.replace("New ", "=1+1"))
    made = rows(asked(Placement, Selection.of({"key_stage": ["Reception"]})), store, Settings(area="Stoke-on-Trent"))
    book = load_workbook(BytesIO(made))
    cover = {line[0]: line[1] for line in book["Cover"].iter_rows(min_row=2, values_only=True)}
    assert cover["What they are needed for"] == REASON and cover["Asked for by"] == OFFICER.name
    assert (cover["Rows"], cover["Not filtered by"], cover["One row is"]) == ("3", "Key stage", "a pupil's placement")
    head, *found = book["Placements"].iter_rows(values_only=True)
    lines = [dict(zip(head, line, strict=True)) for line in found]
    assert [line["Annual cost"] for line in lines if line["School name"] == "Old"] == [10.5]
    assert [line["Placement end"] for line in lines if line["School name"] == "Old"] == [dt.datetime(2024, 8, 31)]
    (formula,) = [cell for line in book["Placements"].iter_rows() for cell in line if cell.value == "=1+1"]
    assert formula.data_type == "s"
    assert {line["Active"] for line in lines} == {"Y", "N"}
