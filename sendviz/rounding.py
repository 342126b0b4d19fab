"""Rounding to 5: the stricter setting for public use, after which no small count of people can be worked out.

Counts go to a multiple of 5, up or down as a secret key has it: the same count always the same way, so that asking
again teaches nothing. It is the random rounding of the Canadian census, with two mends, since parts of that have been
worked out from their totals ("Random (Un)rounding", arXiv 2307.13859, 2023): some counts go a step further, and few are
not shown at all, whether there are any or none (NHS England's rule of 2018 withholds 1 to 7).
"""

import hmac
from dataclasses import dataclass
from functools import lru_cache

BASE = 5
TOO_FEW = 8  # counts below are withheld; with them nought, which would tell that the others are not
FOR_A_SHARE = 20  # people that a share or a mean must be of
FURTHER = 20  # one count in so many goes a step further up, and one further down
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
    drawn = hmac.digest(key, str(count).encode(), "sha256")
    up, further = int.from_bytes(drawn[:8]) % BASE < count % BASE, int.from_bytes(drawn[8:16]) % FURTHER
    step = {0: -BASE, 1: BASE}.get(further, 0)
    return max(count - count % BASE + BASE * up + step, 2 * BASE)


def of_three_figures(mean: float) -> float:
    """26.0428 as 26.0; 57,976 as 58,000: an exact mean would tell how many it is of."""
    return float(f"{mean:.{FIGURES}g}")
