"""The log and the rows on the data page, in a real browser: for data officers, and for nobody else."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Download, Page, expect

from sendviz.exports.log import separated, workbook
from sendviz.store import Deed, Entry, Store, Wanted
from tests.browsing import settle
from tests.seen import faults, pick
from tests.team import Enter, Team
from tests.test_store_log import filled
from tests.wall import FIRST, press, stand


def taken(page: Page, button: str) -> Download:
    """What a button downloads."""
    settle(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    return waiting.value


def newest(team: Team, who: str, deed: Deed = Deed.DOWNLOADED) -> Entry:
    """The last such entry of somebody: other tests sign the same people in meanwhile."""
    return team.store.log.entries(1, Wanted(f"{who}@council.uk", deed))[0]


def shown(page: Page) -> list[list[str]]:
    """The entries on the page, by their cells."""
    lines = page.locator(".log tbody tr")
    return [line.locator("td").all_inner_texts() for line in lines.all()]


def test_an_officer_asks_for_rows_with_a_reason(enter: Enter, team: Team, tmp_path: Path) -> None:
    page = enter("officer", "/data?locality=Central")
    settle(page)
    page.get_by_role("button", name="Ask for the rows").click()
    expect(page.get_by_test_id("stAlert")).to_contain_text("Say in at least 10 letters")
    expect(page.get_by_role("button", name="Download the rows")).to_have_count(0)
    settle(page)
    page.get_by_label("What the rows are needed for").fill("Review of <b>placements</b>")
    pick(page, "Which data", "Placements")
    page.get_by_role("button", name="Ask for the rows").click()
    asked = page.get_by_role("status").filter(has_text="rows of Placements")
    expect(asked).to_contain_text("Locality: Central")
    expect(asked).to_contain_text("Review of <b>placements</b>")
    assert team.store.log.count(Wanted("officer@council.uk", Deed.ROWS)) == 0
    taken(page, "Download the rows").save_as(tmp_path / "rows.xlsx")
    entry = newest(team, "officer", Deed.ROWS)
    assert entry.words["reason"] == "Review of <b>placements</b>" and entry.words["selection"] == "Locality: Central"
    book = load_workbook(tmp_path / "rows.xlsx")
    head, *lines = book["Placements"].iter_rows(values_only=True)
    assert f"{len(lines):,}" == entry.words["rows"] and {line[head.index("Locality")] for line in lines} == {"Central"}
    assert faults(page) == []


@pytest.mark.parametrize("who", ["central", "presenter", "viewer"])
def test_nobody_else_sees_log_or_rows(enter: Enter, who: str) -> None:
    page = enter(who, "/data")
    settle(page)
    assert page.get_by_text("Ask for the rows").count() == 0 and page.get_by_text("Show the log").count() == 0


def test_what_a_lead_downloads_is_logged_with_what_is_open_to_them(enter: Enter, team: Team) -> None:
    page = enter("central", "/ehcp-cohort?school_type=Special")
    settle(page)
    with page.expect_download():
        page.locator(".st-key-excel-cohort-age").get_by_role("button").click()
    words = {"what": "Excel", "exhibits": "cohort-age", "link": "?school_type=Special"}
    assert newest(team, "central").words == words | {
        "selection": "School type: Special · Opened to you: Locality Central"
    }


def test_an_order_taken_away_and_presented_is_logged(enter: Enter, team: Team) -> None:
    name = team.store.orders.get(1).order.name
    page = enter("presenter", "/present?edit=1")
    taken(page, "Excel")
    assert newest(team, "presenter").words["running order"] == name
    page.goto(f"{team.url}/present?order=1&screen=2")
    stand(page, "2 of 19", FIRST)
    press(page, "ArrowRight", "3 of 19")
    presented = Wanted("presenter@council.uk", Deed.PRESENTED)
    assert [entry.words for entry in team.store.log.entries(wanted=presented)] == [
        {"running order": name, "number": "1"}
    ]


def test_the_log_is_looked_through_and_taken_away(enter: Enter, team: Team) -> None:
    for number in range(120):
        team.store.log.add("crowd@council.uk", Deed.DOWNLOADED, exhibits=f"<i>exhibit {number}</i>")
    page = enter("officer", "/data")
    settle(page)
    page.get_by_text("Show the log").click()
    expect(page.get_by_test_id("stAlert").filter(has_text="The log is whole")).to_contain_text("seal is")
    assert len(shown(page)) == 100
    pick(page, "Who", "crowd@council.uk")
    expect(page.get_by_role("status").filter(has_text="120 entries")).to_be_visible()
    assert [line[4] for line in shown(page)][:2] == ["exhibits: <i>exhibit 119</i>", "exhibits: <i>exhibit 118</i>"]
    page.get_by_role("button", name="Page 2").click()
    expect(page.locator(".log tbody tr")).to_have_count(20)
    assert faults(page) == []
    kept = taken(page, "CSV of the log")
    *lines, last = csv.reader(io.StringIO(Path(kept.path()).read_text()))
    assert last[0] == "newest seal" and last[-1] in {entry.seal for entry in team.store.log.entries()}
    assert {line[2] for line in lines[1:]} == {"crowd@council.uk"} and len(lines) == 121
    assert newest(team, "officer").words == {"what": "log"}


def test_files_of_the_log_hold_the_newest_seal_and_no_formula(store: Store) -> None:
    filled(store)
    store.log.add("=HYPERLINK(1)@council.uk", Deed.REFUSED)
    entries, seal = store.log.entries(), store.log.seal()
    *lines, last = csv.reader(io.StringIO(separated(entries, seal).decode()))
    assert last == ["newest seal", "", "", "", "", seal]
    assert [line[0] for line in lines] == ["number", "4", "3", "2", "1"] and lines[1][2].startswith("'=")
    book = load_workbook(io.BytesIO(workbook(entries, seal, "The log is whole.")))
    assert seal in {cell.value for line in book["Cover"] for cell in line}
    assert [line[0].value for line in book["Log"]] == ["Number", 4, 3, 2, 1] and book["Log"]["C2"].data_type == "s"
