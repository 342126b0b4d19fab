"""The cover of a workbook: what it holds, for whom and when, how small numbers are treated, what is counted."""

from collections.abc import Iterator, Sequence
from math import ceil

from xlsxwriter.worksheet import Worksheet

from sendviz.answer import Answer
from sendviz.exports.formats import Formats
from sendviz.settings import Settings
from sendviz.tables import MEANINGS, Table, small_number_rule

NAME = "Cover"
SAMPLE = "Sample data: invented pupils"
LABEL, WORDS = 60, 90  # widths in characters
LINE = 16  # points
ROOMY = 0.9  # words run narrower than as many noughts, which widths are counted in
Pair = tuple[str, str]


def title(answers: Sequence[Answer]) -> str:
    """The exhibit's title where there is one exhibit."""
    alone = len({answer.exhibit.id for answer in answers}) == 1
    return answers[0].exhibit.title if alone else "Special educational needs and disabilities: figures"


def selections(answers: Sequence[Answer]) -> list[str]:
    """The selections in force, in words, each once."""
    return list(dict.fromkeys(answer.selection.words() for answer in answers)) or [""]


def source(answer: Answer) -> str:
    """Where the figures come from and up to which day, in words."""
    return f"Source: {answer.provenance}."


def about(answer: Answer) -> list[str]:
    """What stands above each table: the selection, the source, and whether it is a sample; each a line."""
    return [f"Selection: {answer.selection.words()}", source(answer), *([f"{SAMPLE}."] if answer.sample else [])]


def write(
    sheet: Worksheet, formats: Formats, contents: Sequence[tuple[str, Table, Answer]], settings: Settings
) -> None:
    """Fills the cover for sheets of these names, tables and answers: two columns of words, nothing merged."""
    answers = [answer for _, _, answer in contents]
    sheet.set_column(0, 0, LABEL)
    sheet.set_column(1, 1, WORDS)
    sheet.write_string(0, 0, title(answers), formats.title)
    row = write_pairs(sheet, formats, 1, _opening(answers, settings))
    several = len(selections(answers)) > 1
    sheet.write_string(row + 1, 0, "Contents", formats.section)
    for row, (name, table, answer) in enumerate(contents, start=row + 2):  # noqa: B020
        sheet.write_url(row, 0, f"internal:'{name}'!A1", formats.link, table.title)
        sheet.write_string(row, 1, " · ".join(about(answer)) if several else source(answer), formats.words)
    for heading, pairs in _explained(answers, settings):
        sheet.write_string(row + 2, 0, heading, formats.section)
        row = write_pairs(sheet, formats, row + 3, pairs) - 1
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def write_pairs(sheet: Worksheet, formats: Formats, row: int, pairs: Sequence[Pair]) -> int:
    """Writes labels and words from this row on; returns the row after the last."""
    for label, words in pairs:
        lines = max(ceil(len(label) / LABEL * ROOMY), ceil(len(words) / WORDS * ROOMY))
        sheet.set_row(row, LINE * lines)  # readers other than Excel do not make room for wrapped words
        sheet.write_string(row, 0, label, formats.strong)
        sheet.write_string(row, 1, words, formats.words)
        row += 1
    return row


def _opening(answers: Sequence[Answer], settings: Settings) -> list[Pair]:
    sample = [("Please note", SAMPLE)] if any(answer.sample for answer in answers) else []
    return [("Area", settings.area), *(("Selection", words) for words in selections(answers)), *sample]


def _explained(answers: Sequence[Answer], settings: Settings) -> Iterator[tuple[str, list[Pair]]]:
    marks = [(f"[{mark}]", meaning) for mark, meaning in MEANINGS.items()]
    yield "Small numbers", [("The rule", small_number_rule(settings.withhold_below, settings.rounding)), *marks]
    measures = dict.fromkeys(figures.measure for answer in answers for figures in answer.figures)
    yield "What is counted", [(measure.title, measure.why) for measure in measures]
