"""Units: how a figure is written on a screen, in a sentence and in a workbook."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Unit:
    """How figures of one kind are written.

    `decimals` are shown, half away from zero; `scale` multiplies before showing (a share is kept as a fraction);
    `excel` and `d3` are the number formats of workbooks and charts; `points` is what a difference is
    counted in, and `rise_and_fall` what it is called; a `signed` one has its plus sign shown.
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

    def difference(self, value: float) -> str:
        """The size of a change, without its sign: 278; 1.9 percentage points; 2.0 weeks; £1,200."""
        shown = abs(self.rounded(value))
        return f"{self.before}{shown:,}{self.points and ' ' + self.points}"


COUNT = Unit("count", rise_and_fall=("more", "fewer"))
SHARE = Unit("share", decimals=1, scale=100, after="%", excel="0.0%", d3=".1%", points="percentage points")
WEEKS = Unit(
    "weeks", decimals=1, after=" weeks", excel="0.0", d3=",.1f", points="weeks", rise_and_fall=("longer", "shorter")
)  # fmt: skip
POUNDS = Unit("pounds", before="£", excel="£#,##0", d3="$,.0f", rise_and_fall=("more", "less"))
GROWTH = Unit(
    "growth", scale=100, after="%", excel="+0%;-0%;0%", d3="+.0%", points="percentage points", signed=True
)  # fmt: skip
CHANGE = Unit("change", scale=100, after="%", excel="0%", d3=".0%", points="percentage points")
