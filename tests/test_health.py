"""What monitors are told: whether the database answers and of which day its data are, and nothing that is secret."""

import json
import statistics
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from sendviz import __version__
from sendviz.datasets.cohort import CohortPupil
from sendviz.store import Pulse, Store
from sendviz.store.health import UNFIT
from tests.browsing import serve, stop
from tests.walled import Walled
from tests.written import put, rows_of

PASSWORD = "never-to-be-seen"
Ask = Callable[..., Pulse]
NOBODY_THERE = f"postgresql://somebody:{PASSWORD}@127.0.0.1:9/secret_name"


@pytest.fixture
def pulse_of() -> Iterator[Ask]:
    """Asks a database how it is."""
    made = []

    def ask(*urls: str) -> Pulse:
        made.append(Pulse(*urls))
        return made[-1]

    yield ask
    for pulse in made:
        pulse.close()


def url_of(store: Store) -> str:
    return store.engine.url.render_as_string(hide_password=False)


def asked(url: str) -> tuple[int, dict[str, str | None]]:
    """The status of /healthz and what it says."""
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_a_database_that_answers_is_well_and_says_its_date(
    store: Store, pulse_of: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sendviz.store.health.FRESH", 0)
    pulse = pulse_of(url_of(store))
    assert (pulse.health().fault, pulse.health().date) == ("", None)
    put(store, rows_of(CohortPupil, "pupil_id | month_end\nA | 31/01/2026\nA | 28/02/2026"))
    assert str(pulse.health().date) == "2026-02-28"


def test_a_database_of_another_form_is_not_well(store: Store, pulse_of: Ask) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE publication SET shape = 'another'"))
    assert pulse_of(url_of(store)).health().fault == UNFIT


def test_the_role_that_figures_are_read_through_is_asked_too(walled: Walled, pulse_of: Ask) -> None:
    told = pulse_of(walled.settings.database_url, walled.settings.reader_url).health()
    assert (told.fault, str(told.date)) == ("", "2026-01-31")
    lost = pulse_of(walled.settings.database_url, NOBODY_THERE).health()
    assert "secret_name on 127.0.0.1 cannot be reached" in lost.fault


def test_an_empty_database_is_not_well(database_url: str, pulse_of: Ask) -> None:
    assert pulse_of(database_url).health().fault == UNFIT


def test_a_server_that_is_not_there_is_said_within_seconds(pulse_of: Ask) -> None:
    start = time.monotonic()
    assert "cannot be reached" in pulse_of(NOBODY_THERE).health().fault
    assert time.monotonic() - start < 15


def test_it_is_answered_without_signing_in_and_quickly(app_url: str) -> None:
    status, told = asked(app_url)
    assert (status, told) == (200, {"database": "ok", "data_date": "2026-01-31", "version": __version__})
    times = []
    for _ in range(9):
        start = time.perf_counter()
        asked(app_url)
        times.append(time.perf_counter() - start)
    assert statistics.median(times) < 0.5, "some milliseconds, where nothing else is going on"


def test_without_a_database_it_says_so_and_tells_nothing_of_it(tmp_path: Path) -> None:
    url, process = serve(tmp_path / "log", NOBODY_THERE, tmp_path)
    try:
        status, told = asked(url)
        assert status == 503 and told["data_date"] is None
        assert told["database"] == "The database cannot be used: the app's own log says why."
        assert PASSWORD not in (tmp_path / "log").read_text()
    finally:
        stop(process)
