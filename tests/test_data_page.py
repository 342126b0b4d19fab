"""The data officer's page in a real browser: dropped, looked at, published, taken back; and nobody sees it before."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Subprotocol
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.browsing import serve, settle, stop, watch
from tests.seen import faults, pick
from tests.sheets import COHORT, FUNDING, comma_separated, saved

ACTIVITIES = "Activity | Kind | Reached | Approximate\nAssembly | Event | 321 | N\nWorkshop | Event | 40 | N"
SIZES = ((1920, 1080), (1366, 768), (390, 844))


@pytest.fixture(scope="module")
def own_url(tmp_path_factory: pytest.TempPathFactory, copy_sample: Callable[[Path], str]) -> Iterator[str]:
    """An app of its own, since what is published here would show in other tests."""
    folder = tmp_path_factory.mktemp("data-page")
    url, process = serve(folder / "log", copy_sample(folder), folder)
    yield url
    stop(process)


@pytest.fixture
def page(chromium: BrowserContext, own_url: str) -> Iterator[Page]:
    """The page in a window of its own, in which the browser may find no fault."""
    found: list[str] = []
    page = chromium.new_page()
    watch(page, own_url, found)
    page.goto(f"{own_url}/data")
    settle(page)
    yield page
    page.close()
    assert found == []


def drop(page: Page, *files: Path) -> None:
    page.locator("input[type=file]").set_input_files(list(map(str, files)))
    expect(page.get_by_role("heading", name="What was found")).to_be_visible()
    settle(page)


def reach(page: Page, url: str) -> str:
    """What another visitor reads of the activities meanwhile."""
    other = page.context.new_page()
    other.goto(f"{url}/inclusion-week")
    settle(other)
    found = other.locator(".st-key-exhibit-survey-reach").text_content() or ""
    other.close()
    return found


def test_problems_are_named_and_what_is_right_is_published_and_taken_back(
    page: Page, own_url: str, tmp_path: Path
) -> None:
    bad = saved(tmp_path / "cohort.xlsx", EHCP_cohort=COHORT.replace("| 9 ", "| 99 "))
    good = comma_separated(tmp_path / "<b>Activities.csv", ACTIVITIES)
    drop(page, bad, good)
    found = page.locator(".findings")
    expect(found.locator(".file").first).to_contain_text("cohort.xlsx 1 problem: not stored")
    row = found.get_by_role("row").filter(has_text="C2")
    expect(row).to_contain_text("Age99must be a whole number from 0 to 25")
    expect(found.locator(".file").last).to_contain_text("<b>Activities.csv Ready")
    assert faults(page) == []
    changes = page.locator(".changes").get_by_role("row").filter(has_text="Rows")
    expect(changes).to_contain_text("2")
    assert "Assembly" not in reach(page, own_url)

    page.get_by_role("button", name="Publish", exact=True).first.click()
    expect(page.get_by_text("Published. Everybody who looks")).to_be_visible()
    assert "Assembly" in reach(page, own_url)
    page.locator("[class*=st-key-undo]").first.get_by_role("button").click()
    expect(page.locator(".upload").first).to_contain_text("Taken back")
    assert "Assembly" not in reach(page, own_url)
    page.locator("[class*=st-key-redo]").first.get_by_role("button").click()
    expect(page.locator(".upload").first).to_contain_text("Shown")
    assert "Assembly" in reach(page, own_url)


def test_what_is_left_leaves_no_trace(page: Page, tmp_path: Path) -> None:
    before = page.locator(".upload").count()
    drop(page, comma_separated(tmp_path / "Activities.csv", ACTIVITIES + "\nWalk | Event | 7 | N"))
    expect(page.locator(".upload.staged")).to_have_count(1)
    page.get_by_role("button", name="Leave it").click()
    expect(page.locator(".upload.staged")).to_have_count(0)
    expect(page.locator(".upload")).to_have_count(before)


def test_a_file_that_is_none_is_said_and_the_page_goes_on(page: Page, tmp_path: Path) -> None:
    picture = tmp_path / "picture.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(300))
    drop(page, picture)
    expect(page.locator(".findings")).to_contain_text("The file is a picture, not a spreadsheet.")
    expect(page.get_by_text("There is nothing to publish yet")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_the_marked_copy_is_corrected_and_loads(page: Page, tmp_path: Path) -> None:
    drop(page, saved(tmp_path / "cohort.xlsx", EHCP_cohort=COHORT.replace("| 9 ", "| 99 ")))
    expect(page.get_by_role("row").filter(has_text="C2")).to_contain_text("whole number from 0 to 25")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Marked copy of cohort.xlsx").click()
    assert waiting.value.suggested_filename == "cohort (marked).xlsx"
    copy = tmp_path / "copy.xlsx"
    waiting.value.save_as(copy)
    book = load_workbook(copy)
    assert "must be a whole number" in book["EHCP cohort"]["C2"].comment.text
    book["EHCP cohort"]["C2"] = 9
    book.save(copy)
    page.reload()
    settle(page)
    drop(page, copy)
    expect(page.locator(".findings .file")).to_contain_text("copy.xlsx Ready")
    page.get_by_role("button", name="Leave it").click()


def test_a_column_is_chosen_remembered_and_forgotten(page: Page, tmp_path: Path) -> None:
    table = FUNDING.replace("Purpose ", "Reason for spend").replace("Amount", "Awarded")
    drop(page, saved(tmp_path / "funding.xlsx", Cluster_funding=table))
    for title, heading in (("Purpose", "Reason for spend"), ("Amount", "Awarded")):
        settle(page)  # a list that opens while the page is still being drawn closes again
        pick(page, title, heading)
    page.get_by_role("button", name="Read again with these columns").click()
    expect(page.locator(".findings .file")).to_contain_text("funding.xlsx Ready")
    expect(page.get_by_text("Columns chosen by people")).to_be_visible()
    choices = page.locator("[class*=st-key-forget]")
    for left in (1, 0):
        choices.first.get_by_role("button").click()
        expect(choices).to_have_count(left)
    expect(page.get_by_text("Columns chosen by people")).to_have_count(0)
    page.get_by_role("button", name="Leave it").click()


def test_a_template_is_downloaded(page: Page) -> None:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Referrals").click()
    assert waiting.value.suggested_filename == "referrals.xlsx"
    assert Path(waiting.value.path()).read_bytes().startswith(b"PK")


def elements(url: str, **headers: str) -> list[str]:
    """The kinds of what is drawn on the page for who comes with these headers."""
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    asked, found = BackMsg(), list[str]()
    asked.rerun_script.page_name = "data"
    with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None, additional_headers=headers) as socket:
        socket.send(asked.SerializeToString())
        for raw in socket:
            message = ForwardMsg.FromString(raw)  # type: ignore[arg-type]
            if message.WhichOneof("type") == "script_finished":
                return found
            if message.WhichOneof("type") == "delta":
                found.append(str(message.delta.new_element.WhichOneof("type")))
    return found


def test_who_comes_from_another_computer_cannot_load(own_url: str) -> None:
    """Nor look, where nobody signs in."""
    assert "file_uploader" in elements(own_url)
    with pytest.raises(InvalidStatus):
        elements(own_url, **{"X-Forwarded-For": "10.0.0.7"})


def test_it_fits_every_screen(page: Page) -> None:
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function("(e => e.scrollWidth <= e.clientWidth)(document.querySelector('[data-testid=stMain]'))")
