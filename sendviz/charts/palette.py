"""Every colour of a chart, once: the Government Analysis Function's palette for light, and a variant of it for dark.

https://analysisfunction.civilservice.gov.uk/policy-store/data-visualisation-colours-in-charts/
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """The colours of one theme.

    series    for up to four series to tell apart, in order; each at least 3:1 on the ground
    words     the same for text beside a series, at least 4.5:1 on the ground
    inside    for text on a bar in the series' colour, at least 4.5:1 on it
    steps     for the five steps of a scale, from its top; told apart by order, each piece with its words
    inside_*  the same for text on steps and on context
    context   what stands behind the focus: other areas, answers after the fourth
    """

    ground: str
    ink: str
    quiet: str
    grid: str
    context: str
    inside_context: str
    series: tuple[str, str, str, str]
    words: tuple[str, str, str, str]
    inside: tuple[str, str, str, str]
    steps: tuple[str, str, str, str, str]
    inside_steps: tuple[str, str, str, str, str]

    @property
    def focus(self) -> str:
        """The colour that carries the figures."""
        return self.series[0]

    @property
    def comparison(self) -> str:
        """The colour of what figures are held against: a year before, England, the law."""
        return self.series[1]


_BLACK, _WHITE = "#0b0c0c", "#ffffff"
LIGHT = Palette(
    ground=_WHITE,
    ink=_BLACK,
    quiet="#4a5763",
    grid="#e3e7ea",
    context="#bfbfbf",
    inside_context=_BLACK,
    series=("#12436d", "#f46a25", "#28a197", "#801650"),
    words=("#12436d", "#b8460b", "#1c7a72", "#801650"),
    inside=(_WHITE, _BLACK, _BLACK, _WHITE),
    steps=("#12436d", "#3f6f9c", "#7fa6c9", "#b9cfe2", "#bfbfbf"),
    inside_steps=(_WHITE, _WHITE, _BLACK, _BLACK, _BLACK),
)
DARK = Palette(
    ground="#0f1720",
    ink="#e6edf3",
    quiet="#a9b4bf",
    grid="#2a3641",
    context="#7a8694",
    inside_context=_BLACK,
    series=("#6fb1e8", "#f58b52", "#3cc4b8", "#e58ab9"),
    words=("#6fb1e8", "#f58b52", "#3cc4b8", "#e58ab9"),
    inside=(_BLACK, _BLACK, _BLACK, _BLACK),
    steps=("#a9d3f5", "#6fb1e8", "#4a8cc4", "#33658f", "#7a8694"),
    inside_steps=(_BLACK, _BLACK, _BLACK, _WHITE, _BLACK),
)
