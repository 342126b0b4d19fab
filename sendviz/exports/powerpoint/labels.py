"""Figures and names written in a native chart: labels that PowerPoint itself fills, so that they follow an edit."""

from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import quoteattr  # nosec B406 # writes XML, reads none

from lxml.etree import _Element
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from sendviz.exports.powerpoint.axes import Frame, label_size, number_format, said
from sendviz.exports.powerpoint.fitting import width
from sendviz.exports.powerpoint.sheets import Kind, Label, Plot, Series

NARROWEST = 0.12  # inches round a figure in a piece of a stacked bar
LANGUAGE = "en-GB"


def put(drawn: _Element, plot: Plot, series: Series, lift: float, measured: Frame) -> None:
    """Adds the labels of a series to its element (`c:ser`); those at a line's end are lifted by so many inches."""
    places = dict.fromkeys(_places(plot, series, measured), 0.0)
    if plot.kind is Kind.LINES and series.last is not None and series.label is not Label.NONE:
        places = {series.last: lift}
    labels = "".join(_label(place, up, plot, series, measured) for place, up in places.items())
    made = parse_xml(f"<c:dLbls {nsdecls('c', 'a')}>{labels}{_shows()}</c:dLbls>")
    drawn.find(qn("c:cat")).addprevious(made)


def _places(plot: Plot, series: Series, measured: Frame) -> Iterable[int]:
    """Which figures are written: all that have room; of columns too many for that, the newest or the highest."""
    there = [place for place, value in enumerate(series.values) if value is not None]
    if series.label is Label.NONE or not there:
        return ()
    if plot.kind is Kind.STACKED:
        inch = measured.area.width / measured.scale.high
        return [at for at in there if _number(series, at) * inch > _wide(plot, series, at) + NARROWEST]
    if plot.kind is Kind.COLUMNS:
        step = measured.area.width / max(len(plot.categories), 1)
        if max(_wide(plot, series, at) for at in there) > step:
            return there[-1:] if plot.months else [max(there, key=lambda at: _number(series, at))]
    return there


def _number(series: Series, place: int) -> float:
    return series.values[place] or 0.0


def _wide(plot: Plot, series: Series, place: int) -> float:
    return width(said(plot.unit, _number(series, place)), label_size(plot, series), bold=True)


def _label(place: int, up: float, plot: Plot, series: Series, measured: Frame) -> str:
    position = {Kind.LINES: "r", Kind.STACKED: "ctr"}.get(plot.kind, "outEnd")
    moved = f'<c:manualLayout><c:x val="0"/><c:y val="{-up / measured.height:.5f}"/></c:manualLayout>' if up else ""
    shows = _shows(value=series.label is not Label.NAME, name=series.label in (Label.NAMED, Label.NAME))
    return (
        f'<c:dLbl><c:idx val="{place}"/><c:layout>{moved}</c:layout>'
        f'<c:numFmt formatCode={quoteattr(number_format(plot.unit))} sourceLinked="0"/>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f"{text(label_size(plot, series), series.ink, bold=True)}"
        f'<c:dLblPos val="{position}"/>{shows}<c:separator>  </c:separator></c:dLbl>'
    )


def _shows(value: bool = False, name: bool = False) -> str:
    return (
        f'<c:showLegendKey val="0"/><c:showVal val="{value:d}"/><c:showCatName val="0"/>'
        f'<c:showSerName val="{name:d}"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


def text(size: float, colour: str, bold: bool = False) -> str:
    """How words in a chart look, in the theme's typeface."""
    return (
        '<c:txPr><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:pPr>'
        f'<a:defRPr lang="{LANGUAGE}" sz="{round(size * 100)}" b="{bold:d}">'
        f'<a:solidFill><a:srgbClr val="{colour.lstrip("#").upper()}"/></a:solidFill><a:latin typeface="+mn-lt"/>'
        f'</a:defRPr></a:pPr><a:endParaRPr lang="{LANGUAGE}"/></a:p></c:txPr>'
    )


def lifts(plot: Plot, measured: Frame) -> Mapping[int, float]:
    """By how many inches the words at each line's end are lifted (or, below nought, lowered) so that none meet."""
    gap = max((label_size(plot, series) for series in plot.series), default=0) / 72 * 1.25
    ends = [
        (measured.down(_number(series, series.last)), place)
        for place, series in enumerate(plot.series)
        if series.last is not None and series.label is not Label.NONE
    ]
    found = _apart([down for down, _ in sorted(ends)], gap, measured.height - gap / 2)
    return {place: down - now for (down, place), now in zip(sorted(ends), found, strict=True)}


def _apart(downs: Sequence[float], gap: float, foot: float) -> list[float]:
    """The places from the top down, moved as little as may be, with `gap` between them and none below the foot.

    What meets becomes a block around its own middle, which may then meet the next (isotonic regression).
    """
    blocks: list[tuple[float, int]] = []  # the middle of each block, less the gaps before it, and how many are in it
    for place, down in enumerate(downs):
        middle, count = down - place * gap, 1
        while blocks and blocks[-1][0] > middle:
            above, many = blocks.pop()
            middle, count = (above * many + middle * count) / (many + count), many + count
        blocks.append((middle, count))
    middles = [middle for middle, count in blocks for _ in range(count)]
    lowest = foot - (len(downs) - 1) * gap
    return [max(min(middle, lowest), gap / 2) + place * gap for place, middle in enumerate(middles)]
