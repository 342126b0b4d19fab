"""What commands print: lists in columns for people, JSON for programs."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="For a program to read.")]


def listed(found: Sequence[Mapping[str, Any]], as_json: bool) -> str:
    """The entries as JSON, or in columns under their names."""
    if as_json or not found:
        return in_json(found) if as_json else "Nothing yet."
    lines = [list(found[0]), *([_word(value) for value in entry.values()] for entry in found)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def in_json(found: object) -> str:
    """The same for a program to read; times in ISO's form."""
    return json.dumps(found, indent=2, ensure_ascii=False, default=dt.datetime.isoformat)


def _word(value: object) -> str:
    if isinstance(value, dt.datetime):
        return f"{value.astimezone():%d/%m/%Y %H:%M}"
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
