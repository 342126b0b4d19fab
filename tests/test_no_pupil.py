"""No child anywhere: extracts with marked values are loaded, everything is visited and taken away, and no mark is found
in what stays behind, on the server or in a browser."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext
from sqlalchemy import MetaData, select
from sqlalchemy.exc import SQLAlchemyError

from sendviz import intake
from sendviz.store import Deed, Store, pseudonyms
from tests import marked_values as marked
from tests.tour import Evidence, take_tour


@pytest.fixture(scope="module")
def tour(chromium: BrowserContext, tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """What a full tour left behind."""
    assert chromium.browser
    return take_tour(chromium.browser, tmp_path_factory.mktemp("tour"))


def hidden(folder: Path, number: int) -> bytes:
    """The pseudonym of a pupil."""
    return pseudonyms.pseudonyms(pseudonyms.key(folder))(f"{marked.ID}-{number}").encode()


def marks_in(*contents: bytes) -> set[str]:
    return {mark for one in contents for mark in marked.found(one)}


def test_the_officer_sees_the_faulty_cell_and_no_more(tour: Evidence) -> None:
    assert marks_in(tour.findings.encode()) == {marked.FAULT}
    copies = {name: marks_in(contents) for name, contents in tour.files.items() if "marked" in name}
    assert [marked.FAULT in found for found in copies.values()] == [True]  # her own file back, with what was in it


def test_nothing_else_that_is_taken_away_names_a_child(tour: Evidence) -> None:
    others = {name: contents for name, contents in tour.files.items() if "marked" not in name}
    assert {name.rpartition(".")[2] for name in others} == {"xlsx", "pptx", "html", "json", "csv"}
    assert {name for name, contents in others.items() if marks_in(contents)} == set()


def test_no_address_names_a_child(tour: Evidence) -> None:
    assert any(url.startswith("ws:") for url in tour.urls) and any("locality=Central" in url for url in tour.urls)
    assert marks_in("\n".join(tour.urls).encode()) == set()


def test_no_browser_keeps_or_says_anything_about_a_child(tour: Evidence) -> None:
    assert len(tour.stored) > 20
    assert marks_in("\n".join((*tour.stored, *tour.said, *tour.data_page)).encode()) == set()


def test_nothing_about_a_child_is_sent_to_who_looks(tour: Evidence) -> None:
    assert any(b"had an EHC plan" in one for one in tour.sent)
    assert marks_in(*tour.sent) == set()
    assert hidden(tour.folder / "data", 1) not in b"".join(tour.sent)


def test_the_log_knows_what_was_done_and_names_no_child(tour: Evidence) -> None:
    store = Store.open(tour.settings)
    entries, broken = store.log.entries(), store.log.broken_at()
    store.close()
    done = {
        Deed.LOADED, Deed.PUBLISHED, Deed.UNDONE, Deed.REDONE, Deed.DOWNLOADED, Deed.ROWS, Deed.PRESENTED, Deed.CHANGED,
    }  # fmt: skip
    assert {entry.deed for entry in entries} == done and broken is None
    assert len([entry for entry in entries if entry.deed == Deed.DOWNLOADED]) == len(tour.files) - 1  # rows are apart
    assert marks_in(str(entries).encode()) == set()
    (kept,) = [contents.decode() for name, contents in tour.files.items() if name.endswith("log.csv")]
    _, newest, *_, last = kept.splitlines()
    assert newest.rpartition(",")[2] == last.removeprefix("newest seal,,,,,")  # that of the rows, given a moment before


def test_the_server_says_nothing_about_a_child(tour: Evidence) -> None:
    output = (tour.folder / "output").read_bytes()
    assert b"You can now view" in output
    assert marks_in(output) == set()


def test_nothing_on_the_servers_disk_names_a_child(tour: Evidence) -> None:
    kept = {path: path.read_bytes() for path in (tour.folder / "data").rglob("*") if path.is_file()}
    assert any(hidden(tour.folder / "data", 1) in contents for contents in kept.values())  # they are there, hidden
    assert {path.name for path, contents in kept.items() if marks_in(contents)} == set()
    assert [path for path in (tour.folder / "scratch").rglob("*") if path.is_file()] == []


def test_no_cell_of_the_database_names_a_child(store: Store, tmp_path: Path) -> None:
    files = [marked.extract(tmp_path / "a.xlsx"), marked.faulty(tmp_path / "b.xlsx")]
    intake.stage(files, store, "officer")
    waiting = [upload.id for upload in store.uploads()]
    store.publish(waiting, "officer")
    store.undo(waiting[0], "officer")
    cells = []
    for engine in {store.engine, store.log._engine}:
        tables = MetaData()
        tables.reflect(engine)
        with engine.connect() as connection:
            for table in tables.tables.values():
                cells += [str(cell) for line in connection.execute(select(table)) for cell in line]
    assert hidden(tmp_path / "data", 1).decode() in cells and "Elm Primary" in cells
    assert marks_in("\n".join(cells).encode()) == set()


def test_a_fault_of_the_database_does_not_repeat_what_was_to_be_written(store: Store) -> None:
    """It may end in a server's log."""
    with pytest.raises(SQLAlchemyError) as raised, store.engine.connect() as connection:
        connection.exec_driver_sql("SELECT * FROM nowhere", (marked.ID,))
    assert marks_in(str(raised.value).encode()) == set()
