"""How charts look: type, sizes and the theme every spec carries."""

from dataclasses import dataclass
from typing import Any

import altair as alt

from sendviz.charts.palette import DARK, LIGHT, Palette

FONT = '"Source Sans", sans-serif'
STERLING = {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["£", ""]}


@dataclass(frozen=True)
class Look:
    """A theme and a size of type: `size` 1 is a page, 1.6 or more a wall."""

    dark: bool = False
    font: str = FONT
    size: float = 1.0

    @property
    def palette(self) -> Palette:
        """The theme's colours."""
        return DARK if self.dark else LIGHT

    def px(self, pixels: float) -> float:
        """A length that grows with the type."""
        return round(pixels * self.size, 1)

    def area(self, pixels: float) -> float:
        """An area, as of a dot, that grows with the type both ways."""
        return round(pixels * self.size**2, 1)

    @property
    def small(self) -> float:
        """Axis labels and notes."""
        return self.px(13)

    @property
    def text(self) -> float:
        """Names and values."""
        return self.px(14)

    @property
    def strong(self) -> float:
        """The value at a line's end."""
        return self.px(17)

    def config(self) -> dict[str, Any]:
        """The part of a spec that is the same in every chart."""
        colours = self.palette
        axis = alt.AxisConfig(
            aria=False, domain=False, ticks=False, title=None, grid=False, gridColor=colours.grid, gridWidth=1,
            labelColor=colours.quiet, labelFontSize=self.small, labelPadding=self.px(6), labelAngle=0,
            labelOverlap="parity", labelSeparation=self.px(10),
        )  # fmt: skip
        made = alt.Config(
            font=self.font, background="transparent", view=alt.ViewConfig(stroke=None), axis=axis,
            mark=alt.MarkConfig(aria=False),
            text=alt.MarkConfig(color=colours.ink, fontSize=self.text, baseline="middle", align="left"),
            title=alt.TitleConfig(
                anchor="start", color=colours.quiet, fontSize=self.small, fontWeight="normal", offset=self.px(8),
            ),
        ).to_dict()  # fmt: skip
        # Pounds on axes; the schema altair checks against does not know a number locale in full.
        return made | {"locale": {"number": STERLING}}
