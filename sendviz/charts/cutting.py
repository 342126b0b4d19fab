"""A chart that is higher than its place is cut into parts: each reads by itself, none is torn where it need not be."""

from collections.abc import Iterator

import pyarrow as pa

from sendviz.charts.rows import Block, Rows

Lines = list[int]


def cut(rows: Rows, room: int) -> list[Lines]:
    """The lines of each part of a chart, with at most `room` lines to a part where one block's heading has that room.

    The lines that explain the others stand in every part, a heading in every part that has some of its lines, and the
    parts are as even as their number allows.
    """
    keys = list(range(rows.keys))
    if rows.bars <= room:
        return [list(range(rows.bars))]
    free = max(room - len(keys), 1)
    blocks = [piece for begins, block in _placed(rows) for piece in _torn(begins, block, free)]
    found = _packed(blocks, free)
    for fewer in range(free - 1, 0, -1):
        tried = _packed(blocks, fewer)
        if len(tried) > len(found):
            break
        found = tried
    return [keys + part for part in found]


def in_parts(rows: Rows, parts: list[Lines]) -> list[pa.Table]:
    """The data of each part: all of them, since what is worked out from all holds for every part, and a column `here`
    that tells its own."""
    if len(parts) == 1:
        return [rows.data]
    stands = rows.lines or tuple(range(rows.data.num_rows))
    there = [set(part) for part in parts]
    return [rows.data.append_column("here", pa.array([line in lines for line in stands])) for lines in there]


def _placed(rows: Rows) -> Iterator[tuple[int, Block]]:
    """Each block with the line it begins at."""
    line = rows.keys
    for block in rows.blocks or [Block()] * (rows.bars - rows.keys):
        yield line, block
        line += block.head + block.units * block.each


def _torn(begins: int, block: Block, room: int) -> Iterator[Lines]:
    """The block's lines; where it has more than there is room for, in pieces about equal with the heading in each."""
    head = list(range(begins, begins + block.head))
    fit = max((room - block.head) // block.each, 1)
    pieces = max(-(-block.units // fit), 1)
    first = begins + block.head
    for piece in range(pieces):
        start, end = (block.units * n // pieces * block.each for n in (piece, piece + 1))
        yield head + list(range(first + start, first + end))


def _packed(blocks: list[Lines], room: int) -> list[Lines]:
    """The blocks one after the other, as many in a part as have room."""
    found: list[Lines] = []
    for block in blocks:
        if found and len(found[-1]) + len(block) <= room:
            found[-1] = found[-1] + block
        else:
            found.append(block)
    return found
