"""What is dropped is a text and its bytes: its name leads nowhere; too much of it is refused, and a stranger's."""

from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from sendviz.settings import Settings
from sendviz.store import Store
from tests.browsing import HOUSE, serve, settle, stop, watch
from tests.sheets import FUNDING
from tests.test_headers import asked

MB = 1 << 20
# As a file is called, and as it is shown and kept.
NAMES = {
    "../../escaped.csv": "escaped.csv",
    "/etc/escaped.csv": "escaped.csv",
    "C:\\Windows\\escaped.csv": "escaped.csv",
    "..\\..\\escaped.csv": "escaped.csv",
    "exe\u202evsc.csv": "exevsc.csv",
    "a\u200bb\u0007c.csv": "abc.csv",
    "<script>pwned=1</script>.csv": "script>.csv",
    "<img src=x onerror=pwned=1>.csv": "<img src=x onerror=pwned=1>.csv",
    "[x](javascript:pwned=1) :red[y] $z$.csv": "[x](javascript:pwned=1) :red[y] $z$.csv",
    "l" * 296 + ".csv": "l" * 115 + "….csv",
    "..csv": "..csv",
}  # fmt: skip


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, copy_sample: Callable[[Path], str]) -> Iterator[tuple[str, Store]]:
    """A server that takes files of up to 1 MB, and its store."""
    folder = tmp_path_factory.mktemp("uploads")
    database = copy_sample(folder)
    store = Store.open(Settings(database_url=database, data_dir=folder))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SENDVIZ_MAX_UPLOAD_MB", "1")
        url, process = serve(folder / "log", database, folder)
    yield url, store
    store.close()
    stop(process)


@pytest.fixture
def page(chromium: BrowserContext, own: tuple[str, Store]) -> Iterator[Page]:
    faults: list[str] = []
    opened = chromium.new_page()
    watch(opened, own[0], faults)
    opened.goto(f"{own[0]}/data")
    settle(opened)
    yield opened
    opened.close()
    assert faults == []


def funding(year: int = 2025) -> bytes:
    table = FUNDING.replace("2025/26", f"{year}/{(year + 1) % 100}")
    return "\n".join(",".join(cell.strip() for cell in line.split("|")) for line in table.strip().split("\n")).encode()


def test_a_name_leads_nowhere_and_is_shown_as_it_is(page: Page, own: tuple[str, Store]) -> None:
    files = [
        FilePayload(name=name, mimeType="text/csv", buffer=funding(2010 + number)) for number, name in enumerate(NAMES)
    ]
    page.locator("input[type=file]").set_input_files(files)
    expect(page.get_by_role("heading", name="What was found")).to_be_visible()
    settle(page)
    expect(page.locator(".findings .file h3")).to_have_count(len(set(NAMES.values())))  # of one name: one heading
    shown = {text.removesuffix(" Ready") for text in page.locator(".findings .file h3").all_inner_texts()}
    assert shown == set(NAMES.values())
    assert {upload.file for upload in own[1].uploads() if not upload.sample} == set(NAMES.values())
    assert page.evaluate("window.pwned") is None
    assert page.locator(".findings img, .findings script, .findings a").count() == 0
    assert not [found for up in (HOUSE, *list(HOUSE.parents)[:2]) for found in up.glob("*escaped*")]
    page.get_by_role("button", name="Leave it").click()
    expect(page.locator(".upload.staged")).to_have_count(0)


def test_a_marked_copy_is_called_what_a_file_may_be_called(page: Page) -> None:
    name = "exe\u202e<b>:vsc.csv"
    faulty = FilePayload(name=name, mimeType="text/csv", buffer=funding().replace(b"1200", b"much"))
    page.locator("input[type=file]").set_input_files([faulty])
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Marked copy of exe<b>:vsc.csv").click()
    assert waiting.value.suggested_filename == "exe b vsc (marked).xlsx"


def test_a_file_that_is_too_large_is_refused_in_a_sentence(page: Page, own: tuple[str, Store]) -> None:
    large = FilePayload(name="large.csv", mimeType="text/csv", buffer=b"x" * (MB + 1))
    page.locator("input[type=file]").set_input_files([large])
    expect(page.get_by_text("File must be 1.0MB or smaller.")).to_be_visible()
    expect(page.get_by_role("heading", name="What was found")).to_have_count(0)


def put(url: str, headers: dict[str, str], size: int = 10) -> tuple[int, Message, str]:
    return asked(f"{url}/_stcore/upload_file/none/none", "PUT", b"x" * size, **headers)


def test_a_page_elsewhere_uploads_nothing(own: tuple[str, Store]) -> None:
    """Without the token that only pages of ours can read; with it, only into a session there is."""
    cookie = asked(f"{own[0]}/_stcore/health")[1]["Set-Cookie"].split(";")[0]
    token = cookie.partition("=")[2]
    refused = (403, "XSRF token missing or invalid")
    for headers in (
        {},
        {"Cookie": cookie},
        {"X-Xsrftoken": token},
        {"Cookie": cookie, "X-Xsrftoken": f"{token[:-20]}0"},
    ):
        status, _, said = put(own[0], headers)
        assert (status, said) == refused
    status, _, said = put(own[0], {"Cookie": cookie, "X-Xsrftoken": token})
    assert status == 400 and said.startswith("Invalid session_id")
