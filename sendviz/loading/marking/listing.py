"""The sheet that lists a workbook's problems, in a form for people: what is alike together, then cell by cell."""

from collections.abc import Callable, Iterator, Sequence

from sendviz.loading.cells import address
from sendviz.loading.marking.part import SPREADSHEET, xml
from sendviz.loading.marking.styles import HEADING, LINK, PLAIN, TITLE, WORDS
from sendviz.loading.own import SIGN
from sendviz.loading.report import Problem

NAME = "Problems"
VERY_MANY = 100  # problems listed cell by cell without a summary above them
LINKS = 60_000  # Excel follows at most 65,530 links on a sheet
HEADINGS = ("Sheet", "Cell", "Heading", "Value", "What is wrong", "How to mend it")
WIDTHS = (22, 12, 24, 26, 52, 52)
SOME = 3
Line = tuple[str, ...]


def listing(problems: Sequence[Problem], all_told: int, look: Callable[[int], int]) -> bytes:
    """The sheet's part. `all_told` counts also the problems that are not kept in words; `look` gives the number of a
    kind of look of `styles`."""
    lines = list(_lines(problems, all_told))
    rows, links = list[str](), list[str]()
    for number, (kind, words) in enumerate(lines, 1):
        cells = []
        for column, text in enumerate(words):
            if not text:
                continue
            linked = kind == WORDS and column == 1 and len(links) < LINKS
            cells.append(_cell(address(number, column), text, look(LINK if linked else kind)))
            if linked:
                links.append(_link(address(number, column), words[0], text))
        rows.append(f'<row r="{number}">{"".join(cells)}</row>')
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>' for place, width in enumerate(WIDTHS, 1)
    )
    followed = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{SPREADSHEET}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/></sheetViews>'
        f"<cols>{widths}</cols><sheetData>{''.join(rows)}</sheetData>{followed}"
        '<pageSetup orientation="landscape" paperSize="9" fitToHeight="0"/></worksheet>'
    ).encode()


def _lines(problems: Sequence[Problem], all_told: int) -> Iterator[tuple[int, Line]]:
    """The lines of the sheet, each with the kind of its look."""
    yield TITLE, ("Problems found in this workbook",)
    yield PLAIN, (SIGN,)
    yield PLAIN, (_opening(len(problems), all_told),)
    yield WORDS, ()
    if len(problems) > VERY_MANY:
        yield HEADING, HEADINGS
        yield from ((WORDS, line) for line in _together(problems))
        yield WORDS, ()
    yield HEADING, HEADINGS
    yield from ((WORDS, (p.sheet, p.cell, p.column, p.value, p.rule, p.mend)) for p in problems)


def _opening(kept: int, all_told: int) -> str:
    told = "1 problem" if all_told == 1 else f"{all_told:,} problems"
    more = f"; the first {kept:,} are listed and marked" if all_told > kept else ""
    return f"{told}{more}. Each faulty cell has a fill and a comment. Correct them in this copy, then load it."


def _together(problems: Sequence[Problem]) -> Iterator[Line]:
    """One line for all the cells of one fault."""

    def fault(problem: Problem) -> tuple[str, str, str, str]:
        return problem.sheet, problem.column, problem.rule, problem.mend

    groups: dict[tuple[str, str, str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault(fault(problem), []).append(problem)
    for (sheet, column, rule, mend), found in groups.items():
        values = list(dict.fromkeys(p.value for p in found if p.value))
        shown = ", ".join(values[:SOME]) + (", …" if len(values) > SOME else "")
        cells = "1 cell" if len(found) == 1 else f"{len(found):,} cells, from this one on"
        yield sheet, found[0].cell, column, shown, f"{rule} ({cells})", mend


def _cell(place: str, text: str, look: int) -> str:
    said = xml(text)
    return f'<c r="{place}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'


def _link(place: str, sheet: str, cell: str) -> str:
    there = xml("'{}'!{}".format(sheet.replace("'", "''"), cell))
    return f'<hyperlink ref="{place}" location="{there}" display="{cell}"/>'
