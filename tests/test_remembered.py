"""Cells read once and remembered give what reading them anew would."""

import datetime as dt
from itertools import permutations

import pytest
from pydantic import TypeAdapter, ValidationError

from sendviz.vocabulary.fields import Number, YesNo
from sendviz.vocabulary.remembered import MOST, remembered

ALIKE = (1, 1.0, True, "1", dt.date(2026, 1, 31), dt.datetime(2026, 1, 31), None)


@pytest.mark.parametrize("cells", list(permutations(ALIKE, 3)))
def test_cells_that_are_equal_but_of_another_type_are_told_apart(cells: tuple[object, ...]) -> None:
    named = remembered(lambda cell: type(cell).__name__)
    assert [named(cell) for cell in cells * 2] == [type(cell).__name__ for cell in cells * 2]


def test_a_yes_after_the_number_one_is_still_no_number() -> None:
    number, answer = TypeAdapter(Number), TypeAdapter(YesNo)
    assert number.validate_python(1) == number.validate_python("1") == 1
    assert answer.validate_python(1) is answer.validate_python(True) is True
    with pytest.raises(ValidationError):
        number.validate_python(True)


def test_each_cell_is_read_once_and_none_is_kept_for_ever() -> None:
    read: list[object] = []
    number = remembered(lambda cell: read.append(cell) or int(cell))
    cells = [str(cell) for cell in range(MOST)]
    assert [*map(number, cells)] == [*map(number, cells)] == [*map(int, cells)]
    assert len(read) == MOST
    assert [number(str(MOST)), number("0")] == [MOST, 0]
    assert read[MOST:] == [str(MOST), "0"], "nothing was forgotten"


@pytest.mark.parametrize("cell", ["perhaps", 2.5])
def test_what_is_refused_is_refused_each_time(cell: object) -> None:
    answer = TypeAdapter(YesNo)
    for _ in range(2):
        with pytest.raises(ValidationError, match="must be Y or N"):
            answer.validate_python(cell)
