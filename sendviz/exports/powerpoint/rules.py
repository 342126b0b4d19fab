"""Notes on charts: a thin rule with its label at the month it belongs to, over a chart by month."""

from collections.abc import Sequence
from dataclasses import dataclass

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Inches, Pt

from sendviz.charts.palette import LIGHT
from sendviz.exports.powerpoint.axes import Frame
from sendviz.exports.powerpoint.fitting import Box, plain, width
from sendviz.exports.powerpoint.sheets import Kind, Plot
from sendviz.exports.powerpoint.slides import write
from sendviz.store import Event

SIZE, LINE, GAP = 11, 0.2, 0.06  # points of a label; inches from label to label, and from a rule to its label
LEVELS = 4  # lines of labels over a chart at most


@dataclass(frozen=True)
class Rule:
    """A note's place on a chart in inches from its left: the rule, where its label begins, its width, and its line."""

    event: Event
    across: float
    left: float
    needs: float
    level: int


def sentence(event: Event) -> str:
    """`15 September 2025: Cluster pilot starts.`"""
    return f"{event.day.day} {event.day:%B %Y}: {event.text}."


def placed(plot: Plot, measured: Frame, events: Sequence[Event]) -> list[Rule]:
    """The rules on a chart, their labels in lines over each other where they would meet."""
    area, reached, made = measured.area, [0.0] * LEVELS, []
    for event in (event for event in events if event.month in plot.months):
        across = area.left + area.width * _along(plot, plot.months.index(event.month))
        needs = width(event.text, SIZE) * 1.1
        left = across + GAP if across + GAP + needs < measured.width else max(across - GAP - needs, 0.0)
        level = next((n for n, end in enumerate(reached) if left >= end), LEVELS - 1)
        reached[level] = left + needs + GAP
        made.append(Rule(event, across, left, needs, level))
    return made


def room(rules: Sequence[Rule]) -> float:
    """The inches that the labels take over the chart."""
    return (max(rule.level for rule in rules) + 1) * LINE + GAP if rules else 0.0


def draw(slide: Slide, rules: Sequence[Rule], box: Box, area: Box, labelled: bool) -> None:
    """Puts the rules on the slide, over a chart in this box and, with labels, up to them."""
    top = box.top + area.top
    for rule in rules:
        head = top - room(rules) + rule.level * LINE if labelled else top
        _line(slide, box.left + rule.across, head, box.top + area.bottom, rule.event)
        if labelled:
            at = Box(box.left + rule.left, head, rule.needs, LINE)
            write(slide, at, [rule.event.text], SIZE, f"Label: {rule.event.text}")


def _along(plot: Plot, place: int) -> float:
    """The middle of a month, in parts of the plot area's width: columns stand between ticks, lines on them."""
    count = len(plot.months)
    if plot.kind is Kind.LINES and not plot.above:
        return place / (count - 1) if count > 1 else 0.5
    return (place + 0.5) / count


def _line(slide: Slide, across: float, top: float, foot: float, event: Event) -> None:
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *(Inches(side) for side in (across, top, across, foot)))
    for style in line.element.findall(qn("p:style")):  # a theme's shadows
        line.element.remove(style)
    line.line.color.rgb = RGBColor.from_string(LIGHT.quiet.lstrip("#").upper())
    line.line.width = Pt(0.75)
    line.name = plain(f"Rule: {event.text}")
    next(line.element.iter(qn("p:cNvPr"))).set("descr", plain(sentence(event)))
