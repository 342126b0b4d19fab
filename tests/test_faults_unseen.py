"""When something breaks, whoever looks is told so in a sentence, and nothing of how the program works."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from sendviz.ui.web.faults import BROKEN
from tests.browsing import serve, settle, stop

INWARD = ("Traceback", 'File "', "sqlalchemy", "sqlite", "SELECT", ".py", "site-packages", "line ")


@pytest.fixture
def broken(chromium: BrowserContext, tmp_path: Path, copy_sample: Callable[[Path], str]) -> Iterator[tuple[Page, Path]]:
    """A page that was looked at, of a server whose tables are gone since, and the server's own log."""
    url, process = serve(tmp_path / "log", copy_sample(tmp_path), tmp_path)
    page = chromium.new_page()
    page.goto(f"{url}/final-plans")
    settle(page)
    with sqlite3.connect(tmp_path / "s.db") as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if not name.startswith("sqlite_"):
                database.execute(f'DROP TABLE "{name}"')
    database.close()
    yield page, tmp_path / "log"
    page.close()
    stop(process)


def test_a_database_that_is_gone_is_said_in_a_sentence(broken: tuple[Page, Path]) -> None:
    page, log = broken
    page.get_by_role("button", name="Central").click()  # in the middle of a session
    expect(page.get_by_test_id("stAlert")).to_contain_text(BROKEN)
    page.reload()
    expect(page.get_by_test_id("stAlert")).to_contain_text(BROKEN)
    text = page.locator("body").inner_text()
    assert [word for word in INWARD if word in text] == []
    assert page.get_by_test_id("stException").count() == 0
    assert "Traceback" in log.read_text(), "whoever looks after it finds out why"
