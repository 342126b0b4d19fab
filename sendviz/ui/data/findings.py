"""What was found in files, as HTML of our own: what each sheet was read as, its problems, its warnings."""

from html import escape
from itertools import groupby

from sendviz.datasets import DATASETS
from sendviz.loading import Problem, Report, SheetReport

HEADS = ("Where", "Label", "Value", "What is wrong", "How to mend it")
NAMED = 8  # cells named before "and 54 more"
GROUPS = 100  # kinds of problems of a sheet shown; all are in the marked copy


def of(report: Report) -> str:
    """Each file with what was found in it; those with problems first."""
    files = [(name, list(group)) for name, group in groupby(report.files, key=lambda sheet: sheet.file)]
    files.sort(key=lambda pair: not any(sheet.counted for sheet in pair[1]))
    return f'<div class="plain findings"><h2>What was found</h2>{"".join(_file(*pair) for pair in files)}</div>'


def _file(name: str, sheets: list[SheetReport]) -> str:
    count = sum(sheet.counted for sheet in sheets)
    problems = "1 problem" if count == 1 else f"{count:,} problems"
    state = f'<span class="bad">{problems}: not stored</span>' if count else '<span class="good">Ready</span>'
    return (
        f'<section class="file"><h3>{escape(name)} {state}</h3>{"".join(_sheet(sheet) for sheet in sheets)}</section>'
    )


def _sheet(sheet: SheetReport) -> str:
    return f"{_read_as(sheet)}{_problems(sheet)}{_warnings(sheet)}{_matched(sheet)}"


def _read_as(sheet: SheetReport) -> str:
    if sheet.dataset is None and not sheet.part:
        return ""
    where = f"Sheet {escape(sheet.sheet)}: " if sheet.sheet else ""
    title = escape(DATASETS[sheet.dataset].title() if sheet.dataset else sheet.part)
    return f'<p class="read">{where}<strong>{title}</strong>, {sheet.rows:,} {"good " if sheet.dataset else ""}rows</p>'


def _problems(sheet: SheetReport) -> str:
    if not sheet.counted:
        return ""
    groups = sheet.groups()
    rows = "".join(map(_problem, groups[:GROUPS]))
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    left = len(groups) - GROUPS
    more = f"<p>There are {left:,} more kinds of problems: the marked copy has all of them.</p>" if left > 0 else ""
    return (
        f'<div class="scrolls" role="region" tabindex="0" aria-label="Problems of {escape(sheet.file)}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{more}"
    )


def _problem(group: list[Problem]) -> str:
    first = group[0]
    places = [problem.cell for problem in group if problem.cell]
    more = f" and {len(places) - NAMED:,} more" if len(places) > NAMED else ""
    where = f"{', '.join(places[:NAMED])}{more}" if places else first.sheet or "The file"
    values = list(dict.fromkeys(problem.value for problem in group if problem.value))
    shown = ", ".join(values[:3]) + (" …" if len(values) > 3 else "")
    return (
        "<tr>"
        + "".join(f"<td>{escape(text)}</td>" for text in (where, first.column, shown, first.rule, first.mend))
        + "</tr>"
    )


def _warnings(sheet: SheetReport) -> str:
    words = [escape(warning) for warning in sheet.warnings]
    if sheet.dropped_columns:
        words.append(f"Left out and never stored: {escape(', '.join(sheet.dropped_columns))}.")
    return f'<ul class="warnings">{"".join(f"<li>{text}</li>" for text in words)}</ul>' if words else ""


def _matched(sheet: SheetReport) -> str:
    if not sheet.matched:
        return ""
    rows = "".join(
        f"<tr><td>{escape(heading)}</td><td>{escape(title)}</td></tr>" for heading, title in sheet.matched.items()
    )
    return (
        f"<details><summary>{len(sheet.matched)} columns matched</summary><table><thead><tr>"
        f'<th scope="col">Heading in the file</th><th scope="col">Read as</th></tr></thead><tbody>{rows}</tbody>'
        "</table></details>"
    )
