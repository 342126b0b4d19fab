"""The charts of a copy: each spec and each set of figures in it once, as JSON that no text can break out of."""

import json
from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from sendviz import charts
from sendviz.answer import Answer
from sendviz.charts import Drawing

WIDE, TALL = (1792, 800), (1792, 1100)  # what a stage of 16:9, and of 4:3, leaves under a headline and over a footer
# None of these may stand in a script as they are: the first would end it, the others end a line in older browsers.
UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
Form = dict[str, int]


class Drawings:
    """The drawings of one file. Each is what it is drawn from in the forms it has: `wide` and `tall` for a wall,
    `narrow` for a phone; a form is the places of its specs, light and dark, and of its figures."""

    def __init__(self) -> None:
        self._specs: dict[str, int] = {}
        self._data: list[pa.Table] = []
        self._drawings: list[dict[str, Form]] = []

    def add(self, answer: Answer) -> list[int]:
        """The places of the drawings that fill a wall one after the other; the last, where there are several, is the
        whole for a phone. None where there is nothing to draw."""
        if answer.empty or answer.exhibit.chart not in charts.FORMS:
            return []
        narrow = self._form(charts.draw(answer), charts.draw(answer, dark=True))
        wide, tall = self._forms(answer, *WIDE), self._forms(answer, *TALL)
        if len(tall) != len(wide):  # the same screens on every wall: those of the wide one, scaled
            tall = wide
        parts = [{"wide": w, "tall": t} for w, t in zip(wide, tall, strict=True)]
        return [*map(self._put, parts), self._put({"narrow": narrow})] if len(parts) > 1 else [
            self._put(parts[0] | {"narrow": narrow})
        ]  # fmt: skip

    def json(self) -> str:
        """Everything the browser draws, for a script of data."""
        found = {
            "specs": [json.loads(spec) for spec in self._specs],
            "data": [_columns(table) for table in self._data],
            "drawings": self._drawings,
        }
        return json.dumps(found, ensure_ascii=False, allow_nan=False, separators=(",", ":")).translate(UNSAFE)

    def _forms(self, answer: Answer, width: int, height: int) -> list[Form]:
        light, dark = (charts.screens(answer, width, height, dark) for dark in (False, True))
        return [self._form(*pair) for pair in zip(light, dark, strict=True)]

    def _form(self, light: Drawing, dark: Drawing) -> Form:
        return {"light": self._spec(light), "dark": self._spec(dark), "data": self._figures(light.data)}

    def _spec(self, drawing: Drawing) -> int:
        return self._specs.setdefault(json.dumps(drawing.spec, separators=(",", ":")), len(self._specs))

    def _figures(self, data: pa.Table) -> int:
        place = next((n for n, known in enumerate(self._data) if known.equals(data)), len(self._data))
        if place == len(self._data):
            self._data.append(data)
        return place

    def _put(self, drawing: dict[str, Form]) -> int:
        self._drawings.append(drawing)
        return len(self._drawings) - 1


def _columns(table: pa.Table) -> dict[str, Any]:
    """The figures by columns, months as YYYY-MM-DD; `dates` names those columns, for the browser to make dates of."""
    dates = [column.name for column in table.schema if pa.types.is_date(column.type)]
    return {"dates": dates, "columns": {name: _plain(table[name].to_pylist()) for name in table.column_names}}


def _plain(values: Iterable[Any]) -> list[Any]:
    return [value.isoformat() if hasattr(value, "isoformat") else value for value in values]
