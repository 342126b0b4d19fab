"""Rounding to 5: the stricter setting for public use, after which no small count of people can be worked out.

Counts go to a multiple of 5, up or down as a secret key has it: the same count always the same way, so that asking
again teaches nothing. It is the random rounding of the Canadian census, with three mends, since parts of that have been
worked out from their totals ("Random (Un)rounding", arXiv 2307.13859, 2023): some counts go a step further, a larger
one never below a smaller, and few are not shown, whether there are any or none (NHS Digital withholds 1 to 7 too).
"""

import hmac
from dataclasses import dataclass
from functools import lru_cache

BASE = 5
TOO_FEW = 8  # counts below are withheld; with them nought, which would tell that the others are not
FOR_A_SHARE = 20  # people that a share or a mean must be of
FURTHER = 20  # one multiple in so many is shown from 5 sooner, and one from 5 later
OFF = 2 * BASE - 1  # the most that a count is off
FIGURES = 3  # that a mean is shown to


@dataclass(frozen=True)
class Rounding:
    """Rounding under a key, which decides which way each count goes."""

    key: bytes

    def count(self, count: float) -> int:
        """The multiple of 5 that stands for a count; never less than 10, since fewer than 8 are not shown."""
        return _rounded(self.key, round(count))


@lru_cache(maxsize=200_000)
def _rounded(key: bytes, count: int) -> int:
    """The larger count never looks the smaller: a whole that did would tell that its rest is small. So what is drawn is
    not which way a count goes, but from which count on each multiple of 5 is shown."""
    sure, possible = (count - BASE) // BASE, (count + OFF) // BASE
    passed = sum(_from(key, multiple) <= count for multiple in range(sure + 1, possible + 1))
    return max(BASE * (sure + passed), 2 * BASE)


def _from(key: bytes, multiple: int) -> int:
    """The count from which so many times 5 is shown: one of the four below it or itself; one in ten, 5 off these."""
    drawn = hmac.digest(key, str(multiple).encode(), "sha256")
    below, further = int.from_bytes(drawn[:8]) % BASE, int.from_bytes(drawn[8:16]) % FURTHER
    return BASE * multiple - below + {0: -BASE, 1: BASE}.get(further, 0)


def of_three_figures(mean: float) -> float:
    """26.0428 as 26.0; 57,976 as 58,000: an exact mean would tell how many it is of."""
    return float(f"{mean:.{FIGURES}g}")
