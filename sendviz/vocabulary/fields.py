"""The types a column can have: what a cell may hold, in words and in code."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Annotated, Any

from pydantic import Field
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from sendviz.vocabulary.remembered import remembered

NOT_RECORDED = "Not recorded"
EXCEL_EPOCH = dt.date(1899, 12, 30)
_UNSEEN = re.compile(  # control characters (PostgreSQL takes no NUL), spaces of no width, marks of byte order
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
MONTHS = {name.lower(): n for n in range(1, 13) for name in (f"{dt.date(2000, n, 1):%B}", f"{dt.date(2000, n, 1):%b}")}


@dataclass(frozen=True, eq=False)
class Takes:
    """What a column takes: in words for people, as a kind for tables, templates and number formats, and how a cell
    is read; `free` where people write what they like. Stands in `Annotated[...]`, where pydantic finds it."""

    words: str
    kind: str
    read: Callable[[Any], Any]
    example: object = ""
    known: tuple[str, ...] = field(default=())
    limits: tuple[int, int] | None = None
    free: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(remembered(self.read))


def broken(rule: str, **context: Any) -> PydanticCustomError:
    """A cell's fault in words a SEND officer would use; braces in cell values stay as they are."""
    return PydanticCustomError("cell", "{rule}", {"rule": rule, **context})


def plain(value: object) -> str:
    """The cell as text: hard spaces and runs of spaces become one space, what cannot be seen is left out, 123.0 becomes
    123."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value) if value is not None else ""
    if not text.isprintable():
        text = _UNSEEN.sub("", text)
    return " ".join(text.split())


def column(title: str, *aliases: str, description: str = "", optional: bool = False) -> Any:
    """A column's label, the other headings it is known by, and what it means.

    An optional column may be absent from the file or blank in a row: it is then None, or `Not recorded`
    for a category.
    """
    aka: dict[str, Any] = {"aliases": list(aliases)}
    return Field(None if optional else ..., title=title, description=description, json_schema_extra=aka)


def _text(value: object) -> str:
    if not (text := plain(value)):
        raise broken("must be filled in")
    return text


def _maybe(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None or plain(value) == "" else read(value)


@lru_cache(maxsize=65_536)
def _day_from_text(text: str) -> dt.date | None:
    if re.fullmatch(r"[2-7]\d{4}(\.0+)?", text):  # an Excel serial number, as text files have it
        return EXCEL_EPOCH + dt.timedelta(days=int(float(text)))
    text = re.sub(r"[T ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$", "", text)
    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        day, month, year = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{4})-([A-Za-z]{3,9})-(\d{1,2})", text):
        year, month, day = int(match[1]), MONTHS.get(match[2].lower(), 0), int(match[3])
    elif match := re.fullmatch(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})", text):
        day, month, year = int(match[1]), MONTHS.get(match[2].lower(), 0), int(match[3])
    else:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _day(value: object) -> dt.date:
    if isinstance(value, dt.date):
        return value.date() if isinstance(value, dt.datetime) else value
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 20_000 <= value < 80_000:
        return EXCEL_EPOCH + dt.timedelta(days=int(value))  # an Excel serial number: 1954 to 2119
    if (day := _day_from_text(plain(value))) is None:
        raise broken("must be a date, day first, such as 31/01/2026")
    return day


def _month(value: object) -> dt.date:
    text = plain(value) if isinstance(value, str) else ""
    if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
        year, month = int(match[1]), int(match[2])
    elif match := re.fullmatch(r"([A-Za-z]{3,9})[ -](\d{4})", text):
        year, month = int(match[2]), MONTHS.get(match[1].lower(), 0)
    else:
        return _day(value).replace(day=1)
    try:
        return dt.date(year, month, 1)
    except ValueError:
        raise broken("must be a month, such as January 2026") from None


def month_end(day: dt.date) -> dt.date:
    """The last day of the day's month."""
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def _month_end(value: object) -> dt.date:
    try:
        day = _day(value)
    except PydanticCustomError:
        return month_end(_month(value))
    if day != month_end(day):
        raise broken(f"must be the last day of a month, such as {month_end(day):%d/%m/%Y}")
    return day


def _yes_no(value: object) -> bool:
    answer = {"y": True, "yes": True, "true": True, "1": True, "n": False, "no": False, "false": False, "0": False}
    if (said := answer.get(plain(value).lower())) is None:
        raise broken("must be Y or N")
    return said


def _yes_no_not_asked(value: object) -> bool | None:
    return None if value is None else _yes_no(value)


def _number(value: object) -> float:
    if isinstance(value, (bool, dt.date)):
        raise broken("must be a number")
    try:
        number = float(value if isinstance(value, (int, float)) else plain(value).replace(",", "").rstrip("%"))
    except (ValueError, TypeError):
        raise broken("must be a number") from None
    if not abs(number) < 1e12:  # also refuses nan and infinity
        raise broken("must be a number below a million million")
    return number


def _whole(least: int, most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        try:
            number = _number(value)
        except PydanticCustomError:
            number = -1.5
        if not number.is_integer() or not least <= number <= most:
            raise broken(f"must be a whole number from {least:,} to {most:,}")
        return int(number)

    return read


def _pounds(value: object) -> Decimal:
    try:
        amount = Decimal(str(value) if isinstance(value, (int, float)) else re.sub(r"[£,\s]", "", plain(value)))
    except InvalidOperation:
        raise broken("must be an amount in pounds, such as 1234.56") from None
    if not amount.is_finite() or abs(amount) >= 10**10:
        raise broken("must be an amount in pounds below 10,000 million")
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _two_years(value: object) -> str:
    text = plain(value).replace("-", "/")
    match = re.fullmatch(r"(?:20)?(\d{2})/(?:20)?(\d{2})", text)
    if match and (int(match[1]) + 1) % 100 == int(match[2]):
        return f"20{match[1]}/{match[2]}"
    raise broken("must be two years that follow each other, such as 2024/25")


def _period(value: object) -> str:
    """A provider's period in one spelling: 2025-06, 2025/26 Q1, 2024/25 or 2025."""
    if isinstance(value, dt.date):
        return f"{value:%Y-%m}"
    text = plain(value)
    if re.fullmatch(r"(19|20)\d{2}", text):
        return text
    if match := re.fullmatch(r"(?:(\S+) )?Q([1-4])(?: (\S+))?", text, re.IGNORECASE):
        return f"{_two_years(match[1] or match[3] or '')} Q{match[2]}"
    for read in (_two_years, lambda v: f"{_month(v):%Y-%m}"):
        try:
            return read(text)
        except PydanticCustomError:
            continue
    raise broken("must be a period, such as June 2025, Q1 2025/26, 2024/25 or 2025")


def category(*known: str, aka: dict[str, str] | None = None) -> Takes:
    """One of a list that may grow: a known spelling is put right, a blank becomes `Not recorded`, and a category
    not seen before loads with a warning. `aka` gives other spellings."""
    spellings = {k.lower(): k for k in known} | {k.lower(): v for k, v in (aka or {}).items()}

    def read(value: object) -> str:
        text = plain(value)
        return spellings.get(text.lower(), text) or NOT_RECORDED

    words = f"one of: {', '.join(known)}" if known else "words"
    return Takes(words, "category", read, known[0] if known else "", known)


def whole(least: int, most: int, example: int = 0) -> Takes:
    """A whole number between two limits, both included."""
    return Takes(f"a whole number from {least:,} to {most:,}", "whole", _whole(least, most), example,
                 limits=(least, most))  # fmt: skip


_DATE = "a date, day first, such as 31/01/2026"
_JANUARY = dt.date(2026, 1, 31)

Text = Annotated[str, Takes("words", "text", _text)]
MaybeText = Annotated[str | None, Takes("words, or nothing", "text", _maybe(_text))]
FreeText = Annotated[str, Takes("words", "text", _text, free=True)]
MaybeFreeText = Annotated[str | None, Takes("words, or nothing", "text", _maybe(_text), free=True)]
Identifier = Annotated[str, Takes("a reference, such as R-1024", "text", _text, "R-1024")]
PupilId = Annotated[str, Takes("the pupil's number; stored only as a pseudonym", "pupil", _text, "Z860000000001")]
Day = Annotated[dt.date, Takes(_DATE, "day", _day, _JANUARY)]
MaybeDay = Annotated[dt.date | None, Takes(f"{_DATE}, or nothing", "day", _maybe(_day), _JANUARY)]
Month = Annotated[dt.date, Takes("a month, such as January 2026", "month", _month, "January 2026")]
MonthEnd = Annotated[dt.date, Takes("the last day of a month, such as 31/01/2026", "day", _month_end, _JANUARY)]
YesNo = Annotated[bool, Takes("Y or N", "flag", _yes_no, "N", ("Y", "N"))]
MaybeYesNo = Annotated[bool | None, Takes("Y or N", "flag", _yes_no_not_asked, "N", ("Y", "N"))]  # None: never asked
Number = Annotated[float, Takes("a number", "number", _number, 12.5)]
MaybeNumber = Annotated[float | None, Takes("a number, or nothing if not available", "number", _maybe(_number), 12.5)]
Pounds = Annotated[Decimal, Takes("an amount in pounds", "pounds", _pounds, 1234.56)]
MaybePounds = Annotated[
    Decimal | None, Takes("an amount in pounds, or nothing if not known", "pounds", _maybe(_pounds), 1234.56)
]
FinancialYear = Annotated[str, Takes("a financial year, such as 2024/25", "text", _two_years, "2024/25")]
Period = Annotated[str, Takes("June 2025, Q1 2025/26, 2024/25 or 2025", "period", _period, "June 2025")]
