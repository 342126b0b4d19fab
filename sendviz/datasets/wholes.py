"""What published totals are made of, and the oddities of a publication that a rule can tell.

The names are the publisher's own: indicators of "Education, health and care plans" (DfE) that add up to another one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from sendviz.vocabulary.dimensions import NEEDS

ALL = "All"  # the breakdown of a whole area's figure
NEED_PARTS = {f"number_{code.lower()}": name for code, name in NEEDS.items()}
NEED_PARTS["number_need_unknown"] = "Need not known"
PLACE_PARTS = {
    "mainstream_total": "Mainstream school",
    "special_la_maintained": "State special school",
    "special_academy_free": "State special school",
    "special_independent": "Independent or non-maintained special school",
    "special_non_maintained": "Independent or non-maintained special school",
    "ap_pru_total": "Alternative provision or PRU",
    "fe_total": "Further education",
    "ed_elsewhere": "Educated elsewhere",
    "nm_early_years": "Non-maintained early years",
    "placement_unknown": "Not placed, or not known",
    "await_prov_2022": "Not placed, or not known",
    "perm_ex_2022": "Not placed, or not known",
}
NEEDED, PLACED = tuple(NEED_PARTS), tuple(PLACE_PARTS)
CEASED = ("max_age", "needs_met", "he", "employ", "transfer", "no_engage", "moved_outside_eng", "deceased", "not_rec",
          "other")  # fmt: skip
RESIDENTIAL = ("res_3851", "res_52")
IN_WORK = ("open_supp_intern", "open_apprentice", "open_trainee")
ASSESSED = ("assess_issued", "assess_not_issued", "assess_not_made", "assess_withdrawn")
OUTCOMES = ("outcome_amend", "outcome_cease", "outcome_maintan", "no_outcome")  # as spelt in the release
UNKNOWN = "no_outcome"  # everything in it means that nothing is known

WHOLES = {
    "ehc_plans": NEEDED, "ehcplans": PLACED, "new_ehc_plans": PLACED, "total_ceased": CEASED, "res_tot": RESIDENTIAL,
    "open_wbp": IN_WORK, "assess_in_year": ASSESSED, "total_review_meeting": OUTCOMES,
}  # fmt: skip
TIMES, AT_LEAST = 5, 50  # a figure so many times those beside it, or a part of them, and so far from them, is odd
NAMED, IN_ALL = 3, 10  # places named before a sentence says how many more there are; areas with one odd value


class Odd(NamedTuple):
    """A figure far from those of the periods beside it."""

    period: str
    value: float
    before: float
    after: float


class Figure(Protocol):
    """What is looked at of a published figure."""

    area_name: str
    period: str
    measure: str
    breakdown: str
    value: float | None
    publication: str


def odd(course: Iterable[tuple[str, float]]) -> Iterator[Odd]:
    """The figures of a course, in the order of time, that are five times those beside them or a fifth of them."""
    found = list(course)
    for (_, before), (period, value), (_, after) in zip(found, found[1:], found[2:], strict=False):
        low, high = sorted((before, after))
        if (value > TIMES * high and value - high >= AT_LEAST) or (value * TIMES < low and low - value >= AT_LEAST):
            yield Odd(period, value, before, after)


class Oddities:
    """Looks at a file's totals as they go by, and says what is odd in them: figures load as published all the same."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))

    def see(self, rows: Iterable[Figure]) -> None:
        """Remembers figures of whole areas."""
        for row in rows:
            if row.value is not None and row.breakdown == ALL:
                self._seen[row.publication, row.area_name][row.period][row.measure] = row.value

    def sentences(self) -> list[str]:
        """What is odd, each kind in a sentence."""
        return [*self._short(), *self._unlikely(), *self._below_nought(), *self._nothing_known()]

    def _places(self) -> Iterator[tuple[str, dict[str, float]]]:
        for (_, area), periods in self._seen.items():
            for period, figures in periods.items():
                yield f"{area} {period}", figures

    def _short(self) -> Iterator[str]:
        """Parts that do not add up to their published total, the largest gaps first."""
        gaps: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for place, figures in self._places():
            for whole, parts in WHOLES.items():
                there = [figures[part] for part in parts if part in figures]
                if whole in figures and there and (gap := figures[whole] - sum(there)):
                    words = (
                        f"{sum(there):,.0f} of {figures[whole]:,.0f}, {abs(gap):,.0f} {'short' if gap > 0 else 'over'}"
                    )
                    gaps[whole].append((abs(gap) / max(figures[whole], 1), f"{place} ({words})"))
        for whole, found in gaps.items():
            yield f"The parts of {whole} do not add up to the published total: {_some(_largest_first(found))}."

    def _unlikely(self) -> Iterator[str]:
        """Figures far from those of the periods beside them; one value in several areas is told once."""
        found: dict[tuple[str, str, float], list[str]] = defaultdict(list)
        for (_, area), periods in self._seen.items():
            for measure in dict.fromkeys(name for figures in periods.values() for name in figures):
                course = [(when, periods[when][measure]) for when in sorted(periods) if measure in periods[when]]
                for one in odd(course):
                    words = f"{area} (beside {one.before:,.0f} and {one.after:,.0f})"
                    found[measure, one.period, one.value].append(words)
        told = sorted(found.items(), key=lambda item: -item[0][2])
        lines = [
            f"{measure} {value:,.0f} in {when}: {_some(areas, most=IN_ALL)}" for (measure, when, value), areas in told
        ]
        if lines:
            yield f"Far from the periods beside them, so check before showing them: {_some(lines, '; ')}."

    def _below_nought(self) -> Iterator[str]:
        found = [f"{place} {name} {value:,.0f}" for place, figures in self._places()
                 for name, value in figures.items() if value < 0]  # fmt: skip
        if found:
            yield f"Counts below zero: {_some(found)}."

    def _nothing_known(self) -> Iterator[str]:
        """A whole whose known parts are all nought."""
        found = []
        for place, figures in self._places():
            for whole, parts in WHOLES.items():
                known = [figures[part] for part in parts if part != UNKNOWN and part in figures]
                if UNKNOWN in parts and known and not any(known) and figures.get(whole):
                    found.append(f"{place} ({figures[whole]:,.0f} of {whole})")
        if found:
            yield f"Every known outcome is 0, as if none was recorded: {_some(found)}."


def _largest_first(found: Iterable[tuple[float, str]]) -> list[str]:
    return [words for _, words in sorted(found, key=lambda pair: -pair[0])]


def _some(words: Sequence[str], between: str = ", ", most: int = NAMED) -> str:
    more = len(words) - most
    return between.join(words[:most]) + (f" and {more} more" if more > 0 else "")
