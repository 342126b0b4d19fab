"""What publishing would change is told before it happens, with the figures that follow when it does."""

from sendviz.datasets.cohort import CohortPupil
from sendviz.figures import Difference, differences
from sendviz.settings import Settings
from sendviz.store import Store
from tests.written import rows_of

SETTINGS = Settings(withhold_below=5)


def cohort(store: Store, pupils: int, month_end: str, staged: bool) -> int:
    lines = "\n".join(f"P{n} | {month_end} | {'Mainstream' if n % 2 else 'Special'}" for n in range(pupils))
    with store.writing() as writer:
        adding = writer.add(
            CohortPupil, file="c.xlsx", sheet="1", sha256=f"{month_end}{pupils}", who="officer", staged=staged
        )
        adding.rows(rows_of(CohortPupil, f"pupil_id | month_end | school_type\n{lines}"))
    return store.uploads()[0].id


def told(found: tuple[Difference, ...]) -> dict[str, tuple[str, str]]:
    return {one.what: (one.now, one.then) for one in found if not one.same}


def test_rows_months_and_totals_before_and_after(store: Store) -> None:
    cohort(store, 40, "31/01/2026", staged=False)
    waiting = cohort(store, 46, "28/02/2026", staged=True)
    found = told(differences(store, [waiting], SETTINGS))
    assert found["Rows"] == ("40", "86")
    assert found["Months"] == ("January 2026", "January 2026 to February 2026 (2)")
    assert found["Pupils with a plan"] == ("40 (January 2026)", "46 (February 2026)")
    store.publish([waiting], "officer")
    assert told(differences(store, [cohort(store, 50, "28/02/2026", staged=True)], SETTINGS))["Rows"] == ("86", "90")


def test_what_was_empty_before_is_said(store: Store) -> None:
    waiting = cohort(store, 40, "31/01/2026", staged=True)
    found = told(differences(store, [waiting], SETTINGS))
    assert found["Months"] == ("-", "January 2026")
    assert found["Pupils with a plan"] == ("not available", "40 (January 2026)")


def test_small_numbers_are_withheld_here_too(store: Store) -> None:
    waiting = cohort(store, 3, "31/01/2026", staged=True)
    assert told(differences(store, [waiting], SETTINGS))["Pupils with a plan"][1] == "[c] (January 2026)"
