"""Charts for a wall: they fill it, in type that is read from its back row, and every part reads by itself."""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import pytest
import vl_convert

from sendviz.answer import Answer, Figure
from sendviz.charts import Drawing, screens
from sendviz.charts.cutting import cut
from sendviz.charts.palette import LIGHT
from sendviz.charts.rows import Block, Rows, columns
from sendviz.datasets import EXHIBITS
from sendviz.figures import answer
from sendviz.selection import Selection
from sendviz.settings import Settings
from sendviz.store import Store
from sendviz.vocabulary import Exhibit
from tests.test_charts import made, nothing, properties

WIDE, SQUARE, LOW = (1792, 800), (1792, 1100), (1792, 330)
every_exhibit = pytest.mark.parametrize("exhibit", EXHIBITS.values(), ids=list(EXHIBITS))
Ask = Callable[[Exhibit], Answer]


@pytest.fixture
def ask(sample_store: Store, sample_settings: Settings) -> Ask:
    """Answers from the sample."""
    return lambda exhibit: answer(exhibit, Selection(), sample_store, sample_settings)


@pytest.mark.parametrize("room", [WIDE, SQUARE, LOW], ids=["16:9", "4:3", "low"])
@every_exhibit
def test_a_wall_is_filled_and_never_more(exhibit: Exhibit, room: tuple[int, int], ask: Ask) -> None:
    for drawing in screens(ask(exhibit), *room):
        spec = drawing.spec
        assert spec["width"] == room[0] and spec["height"] == drawing.height <= room[1]
        assert spec["autosize"] == {"type": "fit", "contains": "padding"}
        assert all(size >= 22 for name, size in properties(spec) if name.endswith("ontSize"))


@pytest.mark.parametrize("room", [WIDE, LOW], ids=["16:9", "low"])
@every_exhibit
def test_the_parts_hold_every_figure_once_and_repeat_only_what_explains_it(
    exhibit: Exhibit, room: tuple[int, int], ask: Ask
) -> None:
    drawings = screens(ask(exhibit), *room)
    parts = [drawing.data.to_pylist() for drawing in drawings]
    for rows in zip(*parts, strict=True):
        times = sum(row.get("here", True) for row in rows)
        assert times == 1 or (times > 1 and rows[0]["value"] is None), rows[0]


@every_exhibit
def test_one_spec_serves_every_selection_of_a_shape(exhibit: Exhibit) -> None:
    first, second = (screens(made(exhibit, seed=seed), *WIDE) for seed in (1, 2))
    assert [one.spec is other.spec for one, other in zip(first, second, strict=True)] == [True] * len(first)
    assert screens(nothing(exhibit), *WIDE)


def drawn(drawing: Drawing) -> str:
    """The SVG of a drawing, in a font wider than ours."""

    def plain(value: object) -> object:
        midnight = dt.time(tzinfo=dt.UTC)
        return dt.datetime.combine(value, midnight).timestamp() * 1000 if isinstance(value, dt.date) else value

    rows = [{name: plain(value) for name, value in row.items()} for row in drawing.data.to_pylist()]
    spec = json.loads(json.dumps(drawing.spec)) | {"data": {"name": "source", "values": rows}}
    return str(vl_convert.vegalite_to_svg(spec, vl_version="6.4"))


Box = tuple[float, float, float, float]  # left, top, right, bottom


def words(svg: str) -> Iterator[tuple[str, Box]]:
    """Each text of a picture with about where it stands: a letter is half as wide as it is high."""

    def within(element: ElementTree.Element, x: float, y: float) -> Iterator[tuple[str, Box]]:
        for at in re.findall(r"translate\(([-\d.e]+),([-\d.e]+)\)", element.get("transform", "")):
            x, y = x + float(at[0]), y + float(at[1])
        text = "".join(element.itertext()) if element.tag.endswith("text") else ""
        if text and element.get("opacity") != "0":
            size = float(element.get("font-size", "0px")[:-2])
            wide = len(text) * size * 0.47
            left = x - wide * {"middle": 0.5, "end": 1}.get(element.get("text-anchor", ""), 0)
            yield text, (left, y - size * 0.7, left + wide, y)
        for child in element:
            yield from within(child, x, y)

    yield from within(ElementTree.fromstring(svg), 0, 0)


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes lie over each other by more than a hair."""
    return min(one[2], other[2]) - max(one[0], other[0]) > 3 and min(one[3], other[3]) - max(one[1], other[1]) > 3


@every_exhibit
def test_nothing_is_cut_off_and_no_words_lie_over_others(exhibit: Exhibit, ask: Ask) -> None:
    for drawing in screens(ask(exhibit), *WIDE, font="Liberation Sans"):
        found = list(words(drawn(drawing)))
        assert found
        for text, (left, top, right, bottom) in found:
            assert left >= -3 and right <= WIDE[0] + 3 and top >= -3 and bottom <= drawing.height + 3, text
        pairs = combinations([item for item in found if item[0] not in ("[c]", "[x]")], 2)  # series may share a gap
        assert not [(a, b) for (a, one), (b, other) in pairs if meet(one, other)]


def test_a_few_bars_have_larger_type_than_many() -> None:
    few, many = (screens(made(EXHIBITS[name]), *WIDE)[0].spec for name in ("cohort-gender", "health-waits"))
    assert few["config"]["text"]["fontSize"] > many["config"]["text"]["fontSize"]


def test_bars_compare_across_parts() -> None:
    exhibit = EXHIBITS["placements-by-type"]
    rows = tuple(Figure((f"Type {n}",), n * 100, None, n * 100) for n in range(1, 41))
    given = made(exhibit)
    parts = screens(replace(given, figures=(replace(given.figures[0], rows=rows),)), *WIDE)
    assert len(parts) == 3
    longest = [max(_lengths_of_bars(drawn(part))) for part in parts]
    assert longest == sorted(longest) and longest[0] == pytest.approx(longest[-1] * 14 / 40, rel=0.1)


def _lengths_of_bars(svg: str) -> list[float]:
    """In pixels: bars are paths that go across, down and back."""
    bars = re.findall(rf'd="M[-\d.]+,[-\d.]+h([\d.]+)v[^"]+" fill="{LIGHT.focus}"', svg)
    return [float(across) for across in bars]


def test_blocks_are_kept_together_and_those_too_long_are_torn_with_their_heading() -> None:
    def lines(blocks: list[Block], room: int, keys: int = 0) -> list[list[int]]:
        bars = keys + sum(block.head + block.units * block.each for block in blocks)
        return cut(Rows(columns(), bars=bars, keys=keys, blocks=tuple(blocks)), room)

    assert lines([Block(1, 2), Block(1, 3)], 7) == [[0, 1, 2, 3, 4, 5, 6]]
    assert lines([Block(1, 2), Block(1, 3)], 6) == [[0, 1, 2], [3, 4, 5, 6]]
    assert lines([Block()] * 4, 4, keys=1) == [[0, 1, 2], [0, 3, 4]]
    assert lines([Block(1, 4)], 3) == [[0, 1, 2], [0, 3, 4]]
    assert lines([Block(1, 2, each=2)], 4) == [[0, 1, 2], [0, 3, 4]]
