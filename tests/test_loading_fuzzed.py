"""Whatever the bytes of a file are, it is read or refused in words; never a traceback, never what was not written."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendviz.intake import check
from tests import workbooks
from tests.sheets import COHORT, FUNDING, cells, comma_separated, saved

FILES = Path(__file__).parent / "files"
BEGINNINGS = (
    b"", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf",
    b"<?xml version='1.0'?>", b"<table><tr><td>", b"Locality,Purpose\n", b"%PDF", b"\x89PNG\r\n\x1a\n", b"ID;",
    b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table>',
)  # fmt: skip
INTERNAL = re.compile(r"Traceback|<class|\b[A-Z]\w+(Error|Exception)\b|\bNone(Type)?\b|object at 0x|panicked|calamine")


def sound(path: Path) -> None:
    """Anything but rows or sentences fails the test."""
    lines = check([path]).lines()
    assert lines
    for line in lines:
        assert len(line.splitlines()) <= 1, line
        assert not INTERNAL.search(line.replace(path.name, "")), line


def good(kind: str, path: Path) -> Path:
    """A small good file of this kind."""
    tables = {"Money": cells(FUNDING), "EHCP cohort": cells(COHORT)}
    makers: dict[str, Callable[[], Path]] = {
        "xlsx": lambda: saved(path, hidden=["EHCP_cohort"], Money=FUNDING, EHCP_cohort=COHORT),
        "xlsb": lambda: workbooks.xlsb(path, tables),
        "ods": lambda: workbooks.ods(path, tables),
        "xml": lambda: workbooks.excel_2003(path, tables),
        "xls": lambda: path.write_bytes((FILES / "funding.xls").read_bytes()) and path,
        "html": lambda: workbooks.web_page(path, cells(FUNDING)),
        "csv": lambda: comma_separated(path, COHORT),
        "wide": lambda: comma_separated(path, COHORT, "\t", "utf-16"),
    }
    return makers[kind]()


KINDS = ("xlsx", "xlsb", "ods", "xml", "xls", "html", "csv", "wide")
PACKED = ("xlsx", "xlsb", "ods")
CHANGES = st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=20)


def damaged(content: bytes, changes: list[tuple[float, int]], kept: float) -> bytes:
    """The bytes with some changed, cut short."""
    mended = bytearray(content)
    for place, value in changes:
        mended[int(place * len(mended))] = value
    return bytes(mended[: max(1, int(kept * len(mended)))])


@given(st.sampled_from(BEGINNINGS), st.binary(max_size=600))
def test_random_bytes(tmp_path_factory: pytest.TempPathFactory, beginning: bytes, rest: bytes) -> None:
    path = tmp_path_factory.mktemp("random") / "file.xlsx"
    path.write_bytes(beginning + rest)
    sound(path)


@pytest.mark.parametrize("kind", KINDS)
@given(changes=CHANGES, kept=st.one_of(st.just(1.0), st.floats(0.01, 1)))
def test_a_damaged_file(
    tmp_path_factory: pytest.TempPathFactory, kind: str, changes: list[tuple[float, int]], kept: float
) -> None:
    path = good(kind, tmp_path_factory.mktemp("damaged") / "file.xlsx")
    path.write_bytes(damaged(path.read_bytes(), changes, kept))
    sound(path)


@pytest.mark.parametrize("kind", PACKED)
@given(which=st.integers(0, 9), changes=CHANGES, kept=st.one_of(st.just(1.0), st.floats(0, 1)))
def test_a_damaged_part_in_a_sound_file(
    tmp_path_factory: pytest.TempPathFactory, kind: str, which: int, changes: list[tuple[float, int]], kept: float
) -> None:
    path = good(kind, tmp_path_factory.mktemp("part") / "file.xlsx")
    parts = workbooks.parts_of(path)
    name = sorted(parts)[which % len(parts)]
    parts[name] = damaged(parts[name], changes, kept) if kept else b""
    workbooks.packed(path, parts)
    sound(path)


@pytest.mark.parametrize("kind", PACKED)
@given(which=st.integers(0, 9))
def test_a_part_that_is_missing(tmp_path_factory: pytest.TempPathFactory, kind: str, which: int) -> None:
    path = good(kind, tmp_path_factory.mktemp("missing") / "file.xlsx")
    parts = workbooks.parts_of(path)
    del parts[sorted(parts)[which % len(parts)]]
    workbooks.packed(path, parts)
    sound(path)


ODD = st.sampled_from(
    [
        "",
        "0",
        "-1",
        "99999999999999999999",
        "1e400",
        "NaN",
        "A1",
        "XFD1048576",
        "ZZZ9",
        "e",
        "s",
        "str",
        "b",
        "d",
        "true",
    ]
)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xml", "html"])
@given(changes=st.lists(st.tuples(st.floats(0, 0.999), ODD), min_size=1, max_size=4))
def test_an_odd_attribute_or_text(
    tmp_path_factory: pytest.TempPathFactory, kind: str, changes: list[tuple[float, str]]
) -> None:
    path = good(kind, tmp_path_factory.mktemp("odd") / "file.xlsx")
    packed = zipfile.is_zipfile(path)
    parts = workbooks.parts_of(path) if packed else {"": path.read_bytes()}
    for name, content in parts.items():
        parts[name] = _oddly(content.decode(), changes).encode() if name.endswith((".xml", ".rels", "")) else content
    if packed:
        workbooks.packed(path, parts)
    else:
        path.write_bytes(parts[""])
    sound(path)


def _oddly(xml: str, changes: list[tuple[float, str]]) -> str:
    """The XML with some attributes' values and texts replaced."""
    found = list(re.finditer(r'(?<==")[^"]*(?=")|(?<=>)[^<>]+(?=<)', xml))
    chosen = {found[int(place * len(found))]: odd for place, odd in changes} if found else {}
    for match, odd in sorted(chosen.items(), key=lambda change: -change[0].start()):
        xml = xml[: match.start()] + odd + xml[match.end() :]
    return xml
