"""The audit's report: what was looked at, what could be worked out, and whether what is promised is kept."""

from collections.abc import Iterator
from dataclasses import dataclass

from sendviz.audit.attack import Reach
from sendviz.audit.findings import Findings
from sendviz.settings import Settings

WORDS = {
    Reach.EXHIBIT: "within one exhibit, for one selection",
    Reach.SELECTION: "across all exhibits, for one selection",
    Reach.NEIGHBOURS: "across selections: a filter narrowed step by step, whole minus part",
}


@dataclass(frozen=True)
class Audited:
    """What the audit found, under these settings."""

    findings: Findings
    settings: Settings
    depth: int

    @property
    def ok(self) -> bool:
        """Whether the promise is kept: with rounding that nothing at all can be worked out, not even that a count is
        small; without, that no small count can be from what is shown for one selection."""
        found = self.findings
        if self.settings.rounding:
            return not (found.wrong or any(found.exact(reach) or found.nearly(reach) for reach in Reach))
        protected = self.settings.withhold_below > 1
        return protected and not (found.wrong or found.exact(Reach.EXHIBIT) or found.exact(Reach.SELECTION))

    def lines(self) -> list[str]:
        """The report in sentences."""
        return list(self._lines())

    def _lines(self) -> Iterator[str]:
        found = self.findings
        yield f"Setting: {self._setting}."
        yield (
            f"Looked at: {found.exhibits} exhibits of people, {found.selections:,} selections of up to {self.depth} "
            f"filters, {found.figures:,} counts; {found.withheld:,} figures withheld."
        )
        for reach in Reach:
            exact, nearly = found.exact(reach), found.nearly(reach)
            yield f"Worked out {WORDS[reach]}: {exact:,} to the person, {nearly:,} more known to be small."
            yield from (
                f"  {example}" for example in found.examples[reach] if reach is not Reach.NEIGHBOURS or not self.ok
            )
        if found.wrong:
            yield "Some figures contradict each other, so this attack cannot be relied on."
        yield f"The promise {'is kept' if self.ok else 'is NOT kept'}: {self._promise}."

    @property
    def _setting(self) -> str:
        below = self.settings.withhold_below
        if self.settings.rounding:
            return f"counts rounded to a multiple of {self.settings.rounding}"
        return f"counts of 1 to {below - 1} withheld" if below > 1 else "nothing withheld"

    @property
    def _promise(self) -> str:
        if self.settings.rounding:
            return "nothing at all can be worked out"
        if self.settings.withhold_below <= 1:
            return "small numbers are shown, so nothing is promised"
        return "nothing can be worked out from what is shown for one selection; across selections nothing is promised"

    def as_json(self) -> dict[str, object]:
        """The report for a program."""
        found = self.findings
        return {
            "rounding": self.settings.rounding, "withhold_below": self.settings.withhold_below, "depth": self.depth,
            "exhibits": found.exhibits, "selections": found.selections, "figures": found.figures,
            "withheld": found.withheld, "kept": self.ok, "contradicted": found.wrong,
            "worked_out": {
                reach.name.lower(): {"exact": found.exact(reach), "small": found.nearly(reach)} for reach in Reach
            },
        }  # fmt: skip
