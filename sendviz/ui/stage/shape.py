"""The shape of the wall: how much room a headline, a chart and the footer have, in units that grow with the window."""

from dataclasses import dataclass
from math import ceil

WIDE, HIGH = 1920, 1080  # the screen a stage is designed for, in units: one is a pixel there
PHONE_WIDE, PHONE_HIGH = 760, 1500  # the same for a window that stands upright, so that its type can be read
SIDE, OVER, UNDER, LINE, FOOT, UPRIGHT_FOOT = 64, 44, 18, 62, 92, 210
TITLE_LINE, TITLE_LETTER = 104, 46  # of the title of a slide of words
LETTER = 25.5  # units that a letter of a headline takes, rather too many than too few
STEP = 40  # windows of nearly the same shape are drawn alike


@dataclass(frozen=True)
class Shape:
    """A window in units, `width` by `height`; the style works the size of a unit out in the same way."""

    width: int = WIDE
    height: int = HIGH

    @classmethod
    def of(cls, pixels: object) -> "Shape":
        """The shape of a window of (width, height) pixels; of a projector's where they are not known."""
        match pixels:
            case [int(wide), int(high)] if 0 < wide < 20_000 and 0 < high < 20_000:
                unit = max(min(wide / WIDE, high / HIGH), min(wide / PHONE_WIDE, high / PHONE_HIGH))
                return cls(_near(wide / unit), _near(high / unit))
        return cls()

    @property
    def upright(self) -> bool:
        """Whether it is a telephone's."""
        return self.height > self.width

    @property
    def side(self) -> int:
        """The margin left and right."""
        return SIDE // 2 if self.upright else SIDE

    @property
    def foot(self) -> int:
        """The height of the footer and the buttons."""
        return UPRIGHT_FOOT if self.upright else FOOT

    def head(self, headline: str) -> int:
        """The height of a headline, in as many lines as it takes."""
        lines = ceil(len(headline) * LETTER / (self.width - 2 * self.side))
        return OVER + max(lines, 1) * LINE + UNDER

    def title(self, title: str, lines: int) -> int:
        """The height of the title of a slide of words: some way down where few lines stand under it."""
        written = ceil(len(title) * TITLE_LETTER / (self.width - 2 * self.side))
        return max(round(self.height * max(0.42 - 0.05 * lines, 0)), OVER + max(written, 1) * TITLE_LINE + UNDER)

    def chart(self, headline: str) -> tuple[int, int]:
        """What is left for a chart under this headline: width and height."""
        return self.width - 2 * self.side, max(self.height - self.head(headline) - self.foot, 200)


def _near(units: float) -> int:
    return round(units / STEP) * STEP
