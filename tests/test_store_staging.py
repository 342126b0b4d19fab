"""Uploads that wait to be published: seen by nobody until then, looked at as if they were, put back after an undo."""

from collections.abc import Iterable

import pytest
from sqlalchemy import func, select

from sendviz.datasets.activities import Activity
from sendviz.datasets.cohort import CohortPupil
from sendviz.datasets.referrals import Referral
from sendviz.store import ACTIVE, STAGED, SUPERSEDED, UNDONE, NoSuchUpload, Reading, Store
from sendviz.vocabulary import Row
from tests.written import rows_of


def staged(store: Store, row: type[Row], text: str, staged: bool = True, sample: bool = False) -> int:
    """Stores a small table as one upload; returns its number."""
    with store.writing() as writer:
        adding = writer.add(
            row, file="a.xlsx", sheet="1", sha256=text[:64], who="officer", staged=staged, sample=sample
        )
        adding.rows(rows_of(row, text))
    return store.uploads()[0].id


def cohort(*pupils: str, month_end: str = "31/01/2026") -> str:
    return "pupil_id | month_end\n" + "\n".join(f"{pupil} | {month_end}" for pupil in pupils)


def counted(data: Reading) -> int:
    held = data.held(CohortPupil, [])
    return int(held.change.sum())


def pupils(store: Store) -> int:
    with store.reading() as data:
        return counted(data)


def states(store: Store) -> list[str]:
    return [upload.state for upload in reversed(store.uploads())]


def lines(store: Store, tables: Iterable[str]) -> int:
    kept = [store._tables.kept[name] for name in tables]
    with store.engine.connect() as connection:
        return sum(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in kept)


def test_what_is_staged_is_seen_by_nobody_until_it_is_published(store: Store) -> None:
    staged(store, CohortPupil, cohort("A"), staged=False)
    version = store.version()
    waiting = staged(store, CohortPupil, cohort("A", "B", "C"))
    assert (pupils(store), store.version(), states(store)) == (1, version, [ACTIVE, STAGED])
    store.publish([waiting], "officer")
    assert (pupils(store), states(store)) == (3, [SUPERSEDED, ACTIVE])
    store.undo(waiting, "officer")
    assert (pupils(store), states(store)) == (1, [ACTIVE, UNDONE])
    store.redo(waiting, "officer")
    assert (pupils(store), states(store)) == (3, [SUPERSEDED, ACTIVE])


def test_what_is_supposed_is_as_it_would_be_and_then_as_it_was(store: Store) -> None:
    staged(store, CohortPupil, cohort("A"), staged=False)
    before = store.version()
    waiting = staged(store, CohortPupil, cohort("A", "B"))
    with store.supposing([waiting]) as data:
        assert counted(data) == 2
    assert (pupils(store), store.version(), states(store)) == (1, before, [ACTIVE, STAGED])


def test_the_last_published_holds_a_month_whenever_it_was_stored(store: Store) -> None:
    first = staged(store, CohortPupil, cohort("A", "B", "C"))
    second = staged(store, CohortPupil, cohort("A"))
    store.publish([second], "officer")
    store.publish([first], "officer")
    assert (pupils(store), states(store)) == (3, [ACTIVE, SUPERSEDED])


def test_what_is_discarded_leaves_no_trace(store: Store) -> None:
    waiting = [staged(store, CohortPupil, cohort("A")), staged(store, Activity, "activity | reached\nTalk | 5")]
    store.discard(waiting, "officer")
    assert (store.uploads(), lines(store, ["ehcp_cohort", "activities"])) == ((), 0)
    with pytest.raises(NoSuchUpload, match="no longer waiting"):
        store.publish(waiting, "officer")


def test_what_was_published_meanwhile_is_not_discarded(store: Store) -> None:
    waiting = staged(store, CohortPupil, cohort("A"))
    store.publish([waiting], "officer")
    store.discard([waiting], "officer")
    assert pupils(store) == 1


def test_the_sample_goes_when_real_data_are_published_and_not_before(store: Store) -> None:
    sample = staged(store, CohortPupil, cohort("A"), staged=False, sample=True)
    waiting = staged(store, Referral, "referral_id | referral_date\n1 | 05/01/2026")
    assert store.is_sample()
    store.publish([waiting], "officer")
    assert (store.is_sample(), pupils(store)) == (False, 0)
    with pytest.raises(NoSuchUpload, match="sample"):
        store.redo(sample, "officer")


def test_only_what_is_undone_is_put_back_and_only_what_counts_is_undone(store: Store) -> None:
    active = staged(store, CohortPupil, cohort("A"), staged=False)
    waiting = staged(store, CohortPupil, cohort("B"))
    with pytest.raises(NoSuchUpload, match="is not undone"):
        store.redo(active, "officer")
    with pytest.raises(NoSuchUpload, match="has not been published"):
        store.undo(waiting, "officer")
    with pytest.raises(NoSuchUpload, match="There is no upload 99"):
        store.redo(99, "officer")
