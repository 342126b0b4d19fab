"""Units: how a figure is written on a screen, in a sentence and in a workbook."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

EXACT_TO = 10_000  # a count or a sum from here on is said to three figures; below it, to the digit
MILLION = 1_000_000
SAID_FIGURES = 3


@dataclass(frozen=True)
class Unit:
    """How figures of one kind are written.

    `decimals` are shown, half away from zero; `scale` multiplies before showing (a share is kept as a fraction);
    `excel` and `d3` are the number formats of workbooks and charts; `points` is what a difference is
    counted in, and `rise_and_fall` what it is called; a `signed` one has its plus sign shown. Tables and charts have
    the `words` of a figure, sentences what is `spoken`.
    """

    name: str
    decimals: int = 0
    scale: int = 1
    before: str = ""
    after: str = ""
    excel: str = "#,##0"
    d3: str = ",.0f"
    points: str = ""
    signed: bool = False
    rise_and_fall: tuple[str, str] = ("higher", "lower")

    def rounded(self, value: float) -> Decimal:
        """The value as shown, half away from zero (Python's own rounding goes to even)."""
        step = Decimal(1).scaleb(-self.decimals)
        return (Decimal(repr(float(value))) * self.scale).quantize(step, ROUND_HALF_UP)

    def words(self, value: float) -> str:
        """3783 as 3,783; 0.7468 as 74.7%; 26.04 weeks as 26.0; -5 pounds as -£5."""
        shown = self.rounded(value)
        sign = "\N{MINUS SIGN}" if shown < 0 else "+" if self.signed and shown > 0 else ""
        return f"{sign}{self.before}{abs(shown):,}{self.after}"

    def spoken(self, value: float) -> str:
        """As people say it in a sentence: 3,783; 46.9%; 100%; 19 weeks; 1 week; £58,000; £12.3 million; less than 0.1%.

        Counts and money from 10,000 on are rounded to three figures; what is not quite nothing, or not quite all, is
        not called so.
        """
        shown, step = self.rounded(value), Decimal(1).scaleb(-self.decimals)
        if value and not shown:
            return f"less than {self._with_unit(step)}"
        if self.of_a_whole and shown == self.scale and value < 1:
            return f"more than {self._with_unit(shown - step)}"
        sign = "\N{MINUS SIGN}" if shown < 0 else "+" if self.signed and shown > 0 else ""
        return f"{sign}{self._with_unit(abs(shown))}"

    def difference(self, value: float) -> str:
        """The size of a change as people say it, without its sign: 278; 1.9 percentage points; 2 weeks; £1,200."""
        shown = abs(self.rounded(value))
        if self.points and not self.is_word:
            return f"{shown:,} {self.points}"
        return self._with_unit(shown)

    @property
    def is_word(self) -> bool:
        """Whether the unit is a word after the figure: weeks."""
        return bool(self.after) and self.after == f" {self.name}"

    @property
    def of_a_whole(self) -> bool:
        """Whether figures are parts of a whole, which is 100%."""
        return self.scale == 100 and bool(self.decimals)

    def _with_unit(self, shown: Decimal) -> str:
        even = self.is_word or (self.of_a_whole and shown in (0, self.scale))
        figure = _in_figures(shown) if self.scale == 1 else f"{shown:,}"
        figure = figure.removesuffix("." + "0" * self.decimals) if even and self.decimals else figure
        after = self.after.removesuffix("s") if self.is_word and figure == "1" else self.after
        return f"{self.before}{figure}{after}"


def _in_figures(shown: Decimal) -> str:
    """3,783; 58,000 for 57,976; 12.3 million."""
    if shown < EXACT_TO:
        return f"{shown:,}"
    step = Decimal(1).scaleb(shown.adjusted() - SAID_FIGURES + 1)
    rough = (shown / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    if rough < MILLION:
        return f"{int(rough):,}"
    return f"{(rough / MILLION).normalize():,f} million"


COUNT = Unit("count", rise_and_fall=("more", "fewer"))
SHARE = Unit("share", decimals=1, scale=100, after="%", excel="0.0%", d3=".1%", points="percentage points")
WEEKS = Unit(
    "weeks", decimals=1, after=" weeks", excel="0.0", d3=",.1f", points="weeks", rise_and_fall=("more", "less")
)  # fmt: skip
POUNDS = Unit("pounds", before="£", excel="£#,##0", d3="$,.0f", rise_and_fall=("more", "less"))
GROWTH = Unit(
    "growth", scale=100, after="%", excel="+0%;-0%;0%", d3="+.0%", points="percentage points", signed=True
)  # fmt: skip
CHANGE = Unit("change", scale=100, after="%", excel="0%", d3=".0%", points="percentage points")
