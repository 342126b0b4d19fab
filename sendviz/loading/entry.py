"""What Excel lets a person type into a column of a template: the column's own rule, where Excel can hold one."""

import datetime as dt
from typing import Any

from pydantic_core import PydanticCustomError

from sendviz.vocabulary import Field

FORMATS = {
    "day": "dd/mm/yyyy", "month": "mmmm yyyy", "text": "@", "pupil": "@", "period": "@", "pounds": "£#,##0.00",
}  # fmt: skip
_FIRST, _LAST = dt.date(1955, 1, 1), dt.date(2118, 12, 31)  # serial numbers beyond these are not read as dates
_LARGEST = {"number": 10**12, "pounds": 10**10}
_TITLE, _WORDS = 32, 255  # the letters that Excel shows in a message
_MONTH_END = "=AND(ISNUMBER({0}),{0}=EOMONTH({0},0))"
_TWO_YEARS = '=AND(LEN({0})=7,MID({0},5,1)="/",MOD(VALUE(MID({0},3,2))+1,100)=VALUE(RIGHT({0},2)))'


def entry_rule(field: Field, cell: str, choices: str) -> dict[str, Any] | None:
    """The rule as XlsxWriter takes it, for a column whose first cell is `cell` and whose list stands at `choices`; None
    where any words will do. A list may grow, so other words are let in with a message; Y and N are all there is."""
    takes = field.takes
    if takes is None:
        return None
    words = f"This takes {takes.words}."
    if takes.known and field.kind != "flag":
        words = "This is not in the list. It will load, with a warning."
    message = {
        "error_title": field.title[:_TITLE], "error_message": words[:_WORDS],
        "error_type": "information" if takes.known and field.kind != "flag" else "stop",
    }  # fmt: skip
    rule = {"validate": "list", "source": choices} if takes.known else _bounds(field, cell)
    return rule and rule | message


def _bounds(field: Field, cell: str) -> dict[str, Any] | None:
    if field.kind == "day" and _refuses(field, dt.date(2026, 1, 30)):
        return {"validate": "custom", "value": _MONTH_END.format(cell)}
    if field.kind in ("day", "month"):
        return {"validate": "date", "criteria": "between", "minimum": _FIRST, "maximum": _LAST}
    if field.takes and field.takes.limits:
        least, most = field.takes.limits
        return {"validate": "integer", "criteria": "between", "minimum": least, "maximum": most}
    if largest := _LARGEST.get(field.kind):
        return {"validate": "decimal", "criteria": "between", "minimum": 1 - largest, "maximum": largest - 1}
    if field.kind == "text" and _refuses(field, "2024/27"):
        return {"validate": "custom", "value": _TWO_YEARS.format(cell)}
    return None


def _refuses(field: Field, value: object) -> bool:
    try:
        return field.takes is not None and field.takes.read(value) is None
    except PydanticCustomError:
        return True
