"""Native charts: drawn by PowerPoint from figures that the slide carries as a workbook, so that they can be edited."""

from typing import Any

from lxml.etree import _Element
from pptx.chart.chart import Chart
from pptx.dml.color import RGBColor
from pptx.dml.fill import FillFormat
from pptx.dml.line import LineFormat
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Inches, Pt

from sendviz.charts.palette import LIGHT
from sendviz.exports.powerpoint import axes, labels, workbooks
from sendviz.exports.powerpoint.axes import Frame
from sendviz.exports.powerpoint.fitting import Box, plain
from sendviz.exports.powerpoint.sheets import Kind, Plot, Series

TYPES = {
    Kind.BARS: XL_CHART_TYPE.BAR_CLUSTERED,
    Kind.STACKED: XL_CHART_TYPE.BAR_STACKED,
    Kind.COLUMNS: XL_CHART_TYPE.COLUMN_CLUSTERED,
    Kind.LINES: XL_CHART_TYPE.LINE,
}
THICKEST, NARROWEST_GAP, WIDEST_GAP = 0.75, 35, 500  # inches of a bar; gaps in hundredths of a bar
DOT, LONE_DOT = 9, 6  # points across


def add(slide: Slide, plot: Plot, box: Box, measured: Frame, name: str, alt: str) -> None:
    """Puts the chart on the slide, with a name and a text for those who do not see it."""
    at = (Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height))
    drawn = slide.shapes.add_chart(TYPES[plot.kind], *at, workbooks.data(plot))
    drawn.name = plain(name)
    next(drawn.element.iter(qn("p:cNvPr"))).set("descr", plain(alt))
    _finish(drawn.chart, plot, measured)


def _finish(chart: Chart, plot: Plot, measured: Frame) -> None:
    chart.font.size = Pt(axes.text_size(plot))
    chart.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    chart.has_title = bool(plot.title)
    if plot.title:
        _title(chart, plot)
    chart.has_legend = plot.legend
    if plot.legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        _put_legend(chart, plot, measured)
    _place(chart, measured)
    _categories(chart, plot, measured)
    _figures(chart, plot, measured)
    if plot.kind is not Kind.LINES:
        _space(chart, plot, measured)
    lifted = labels.lifts(plot, measured)
    for place, (drawn, series) in enumerate(zip(chart.plots[0].series, plot.series, strict=True)):
        _line(drawn, series) if plot.kind is Kind.LINES else _fill(drawn, series)
        labels.put(drawn._element, plot, series, lifted.get(place, 0.0), measured)
    chart.element.find(qn("c:date1904")).addnext(_made("lang", labels.LANGUAGE))


def _title(chart: Chart, plot: Plot) -> None:
    frame = chart.chart_title.text_frame
    frame.text = plain(plot.title)
    font = frame.paragraphs[0].runs[0].font
    font.bold, font.size = True, Pt(axes.SMALL_TEXT + 1 if plot.small else axes.TITLE)
    font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    title = chart.chart_title.element
    for old in title.findall(qn("c:layout")):
        title.remove(old)
    title.find(qn("c:tx")).addnext(_layout(0.0, 0.0))


def _layout(x: float, y: float, wide: float | None = None, high: float | None = None) -> _Element:
    """A place in a chart, in parts of its width and height; of a plot area, that of the figures without their axes."""
    inner = "" if wide is None else '<c:layoutTarget val="inner"/>'
    size = "" if wide is None else f'<c:w val="{wide:.5f}"/><c:h val="{high:.5f}"/>'
    return parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout>{inner}<c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{x:.5f}"/><c:y val="{y:.5f}"/>{size}</c:manualLayout></c:layout>'
    )


def _place(chart: Chart, measured: Frame) -> None:
    area = next(chart.element.iter(qn("c:plotArea")))
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    inner, wide, high = measured.area, measured.width, measured.height
    area.insert(0, _layout(inner.left / wide, inner.top / high, inner.width / wide, inner.height / high))


def _put_legend(chart: Chart, plot: Plot, measured: Frame) -> None:
    """Between the title and the plot area, from the left."""
    legend = chart.legend._element
    for old in legend.findall(qn("c:layout")):
        legend.remove(old)
    top = (axes.title_height(plot, measured.width)) / measured.height
    taken = sum(axes.width(series.name, axes.text_size(plot)) + axes.SWATCH for series in plot.series) * 1.08
    high = axes.legend_height(plot, measured.width) / measured.height
    made = _layout(0.0, top, min(taken / measured.width, 1.0), high)
    target = next(made.iter(qn("c:layoutTarget")))
    target.getparent().remove(target)
    legend.find(qn("c:legendPos")).addnext(made)


def _categories(chart: Chart, plot: Plot, measured: Frame) -> None:
    axis = chart.category_axis
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.has_major_gridlines = False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE if plot.above else XL_TICK_LABEL_POSITION.LOW
    axis.tick_labels.font.size = Pt(axes.text_size(plot))
    axis.tick_labels.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    _thin(axis.format.line)
    if plot.kind in (Kind.BARS, Kind.STACKED):
        axis.reverse_order = True
    if plot.months:
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = workbooks.MONTH, False
        axis._element.find(qn("c:baseTimeUnit")).set("val", "months")
        made = _made("majorUnit", axes.every(plot, measured)), _made("majorTimeUnit", "months")
        axis._element.extend(made)
        return
    step = 1 if plot.kind in (Kind.BARS, Kind.STACKED) else axes.every(plot, measured)
    axis._element.find(qn("c:noMultiLvlLbl")).addprevious(_made("tickLblSkip", step))


def _made(name: str, value: object) -> _Element:
    return parse_xml(f'<c:{name} {nsdecls("c")} val="{value}"/>')


def _figures(chart: Chart, plot: Plot, measured: Frame) -> None:
    """The axis of figures: with a thin grid, or none at all where every bar has its figure beside it."""
    axis, scale = chart.value_axis, measured.scale
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = scale.low, scale.high, scale.step
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.fill.background()
    if plot.kind in (Kind.BARS, Kind.STACKED):
        axis.has_major_gridlines = False
        axis.visible = False
    else:
        axis.has_major_gridlines = True
        _thin(axis.major_gridlines.format.line)
        axis.tick_labels.number_format = _short(plot, scale.step)
        axis.tick_labels.number_format_is_linked = False
        axis.tick_labels.font.size = Pt(axes.text_size(plot))
        axis.tick_labels.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    _cross(axis._element, "midCat" if plot.kind is Kind.LINES and not plot.above else "between")


def _short(plot: Plot, step: float) -> str:
    """The number format of the axis: without decimals where its steps have none."""
    whole = abs(step * plot.unit.scale - round(step * plot.unit.scale)) < 1e-6
    return plot.unit.excel.replace("0.0", "0") if whole else plot.unit.excel


def _cross(axis: _Element, where: str) -> None:
    """Whether figures stand at the months' own places or between their ticks; before the steps, as the format wants."""
    for old in axis.findall(qn("c:crossBetween")):
        axis.remove(old)
    before = (axis.find(qn(f"c:{name}")) for name in ("crosses", "crossesAt", "crossAx"))
    next(found for found in before if found is not None).addnext(_made("crossBetween", where))


def _thin(line: LineFormat) -> None:
    line.width = Pt(0.75)
    line.color.rgb = _rgb(LIGHT.grid)


def _space(chart: Chart, plot: Plot, measured: Frame) -> None:
    """The room between bars: never thicker than they read well."""
    drawn, beside = chart.plots[0], 1 if plot.over or plot.kind is Kind.STACKED else len(plot.series)
    along = measured.area.width if plot.kind is Kind.COLUMNS else measured.area.height
    slot = along / max(len(plot.categories), 1)
    thickest = THICKEST * (3 if plot.kind is Kind.COLUMNS else 1)
    gap = max(NARROWEST_GAP, round((slot / thickest - beside) * 100))
    drawn.gap_width = min(gap, WIDEST_GAP)
    drawn.overlap = 100 if plot.over or plot.kind is Kind.STACKED else 0
    drawn.vary_by_categories = False


def _fill(drawn: Any, series: Series) -> None:
    drawn.invert_if_negative = False
    _solid(drawn.format.fill, series.colour)
    for place, colour in enumerate(series.each):
        if colour != series.colour:
            _solid(drawn.points[place].format.fill, colour)
    for point in drawn._element.findall(qn("c:dPt")):
        point.find(qn("c:idx")).addnext(_made("invertIfNegative", 0))


def _line(drawn: Any, series: Series) -> None:
    """The line, a dot at its end if words stand there, and one at each figure that has a gap on both sides."""
    drawn.smooth = False
    drawn.format.line.color.rgb = _rgb(series.colour)
    drawn.format.line.width = Pt(series.thick)
    if series.dashed:
        drawn.format.line.dash_style = MSO_LINE.DASH
        return
    around = (None, *series.values, None)
    there = (place for place, value in enumerate(series.values) if value is not None)
    alone = {place for place in there if around[place] is None and around[place + 2] is None}
    ends = {series.last} if series.label is not labels.Label.NONE and series.last is not None else set()
    for place in sorted(alone | ends):
        marker = drawn.points[place].marker
        marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, DOT if place in ends else LONE_DOT
        _solid(marker.format.fill, series.colour)
        marker.format.line.color.rgb = _rgb(series.colour)


def _solid(fill: FillFormat, colour: str) -> None:
    fill.solid()
    fill.fore_color.rgb = _rgb(colour)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#").upper())
