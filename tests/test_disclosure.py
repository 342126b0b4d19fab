"""Small numbers: what is withheld, and that it cannot be worked out."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendviz.disclosure import Line, withheld


def row(text: str) -> tuple[dict[str, tuple[float, ...]], list[Line]]:
    """`a 3 | b 9 | c 20` as cells and one line with their total `all`."""
    parts = {name: float(count) for name, count in (part.split() for part in text.split("|"))}
    cells = {name: (count,) for name, count in parts.items()} | {"all": (sum(parts.values()),)}
    return cells, [Line("all", tuple(parts))]


@pytest.mark.parametrize(
    ("table", "hidden"),
    [
        ("a 3 | b 9 | c 20", "a b"),  # the next smallest goes too, or 32 - 29 gives a
        ("a 5 | b 9 | c 20", ""),
        ("a 0 | b 9 | c 20", ""),  # nought stays nought
        ("a 3 | b 0 | c 20", "a c"),  # withholding a nought would hide nothing
        ("a 1 | b 2 | c 20", "a b c"),  # two withheld that add up to 3 are still a small number
        ("a 3 | b 4 | c 20", "a b"),
        ("a 3 | b 0 | c 0", "a all"),
        ("a 1 | b 2 | c 1", "a all b c"),
    ],
)
def test_a_row_with_its_total(table: str, hidden: str) -> None:
    cells, lines = row(table)
    assert " ".join(sorted(withheld(cells, lines, below=5))) == hidden


def test_a_share_tells_of_those_not_in_it() -> None:
    cells = {"jan": (40.0, 2.0), "feb": (30.0, 10.0), "mar": (9.0, 33.0), "all": (79.0, 45.0)}
    assert withheld(cells, [Line("all", ("jan", "feb", "mar"))], below=5) == {"jan", "feb"}


def test_a_threshold_of_one_withholds_nothing() -> None:
    cells, lines = row("a 1 | b 2 | c 3")
    assert not withheld(cells, lines, below=1)


counts = st.one_of(st.integers(0, 6), st.integers(0, 60))


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[object, tuple[float, ...]], list[Line]]:
    """A table of two dimensions with both margins and the whole."""
    height, width = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    n = np.array(draw(st.lists(counts, min_size=height * width, max_size=height * width))).reshape(height, width)
    cells: dict[object, tuple[float, ...]] = {(i, j): (float(n[i, j]),) for i in range(height) for j in range(width)}
    cells |= {(i, "all"): (float(n[i].sum()),) for i in range(height)}
    cells |= {("all", j): (float(n[:, j].sum()),) for j in range(width)}
    cells |= {("all", "all"): (float(n.sum()),)}
    lines = [Line(("all", "all"), tuple((i, "all") for i in range(height))),
             Line(("all", "all"), tuple(("all", j) for j in range(width)))]  # fmt: skip
    lines += [Line((i, "all"), tuple((i, j) for j in range(width))) for i in range(height)]
    lines += [Line(("all", j), tuple((i, j) for i in range(height))) for j in range(width)]
    return cells, lines


def known_by_subtraction(cells: dict[object, tuple[float, ...]], hidden: frozenset[object]) -> set[object]:
    """An attacker of its own kind: every shown cell is an equation over the innermost cells; what else follows?"""
    inner = [key for key in cells if "all" not in key]  # type: ignore[operator]

    def parts(key: tuple[object, object]) -> np.ndarray:
        return np.array([all(k in ("all", c) for k, c in zip(key, cell, strict=True)) for cell in inner], dtype=float)

    shown = np.array([parts(key) for key in cells if key not in hidden]).reshape(-1, len(inner))  # type: ignore[arg-type]
    rank = np.linalg.matrix_rank(shown) if len(shown) else 0
    return {key for key in hidden if np.linalg.matrix_rank(np.vstack([shown, parts(key)])) == rank}  # type: ignore[arg-type]


@settings(max_examples=300, deadline=None)
@given(tables())
def test_no_withheld_cell_of_a_table_follows_from_the_shown_ones(table: tuple[dict, list[Line]]) -> None:
    cells, lines = table
    hidden = withheld(cells, lines, below=5)
    assert {key for key, (count,) in cells.items() if 0 < count < 5} <= hidden
    assert not known_by_subtraction(cells, hidden)


@settings(max_examples=300, deadline=None)
@given(tables())
def test_the_sum_of_the_withheld_cells_of_a_line_is_no_small_number(table: tuple[dict, list[Line]]) -> None:
    cells, lines = table
    hidden = withheld(cells, lines, below=5)
    for line in lines:
        if line.total not in hidden:
            assert not 0 < sum(cells[key][0] for key in line.parts if key in hidden) < 5


@settings(max_examples=300, deadline=None)
@given(tables())
def test_a_table_withholds_the_same_in_its_margins_as_the_margins_alone(table: tuple[dict, list[Line]]) -> None:
    cells, lines = table
    margins = {key: count for key, count in cells.items() if "all" in key}
    top = [line for line in lines if line.total == ("all", "all")]
    assert withheld(margins, top, below=5) == {key for key in withheld(cells, lines, below=5) if "all" in key}


@given(st.permutations(list("abcdef")), st.lists(counts, min_size=6, max_size=6))
def test_the_rule_is_the_same_whenever_it_is_asked(order: list[str], found: list[int]) -> None:
    cells = dict(zip(order, ((float(n),) for n in found), strict=True)) | {"all": (float(sum(found)),)}
    lines = [Line("all", tuple(order))]
    assert len({withheld(dict(cells), list(lines), below=5) for _ in itertools.repeat(None, 3)}) == 1
