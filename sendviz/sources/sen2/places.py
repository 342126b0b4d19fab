"""Where a plan is delivered: schools by their number, arrangements without one by their code."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sendviz.loading import Known, Line, Part
from sendviz.sources.sen2.codes import FLAG, WITHOUT_SCHOOL, Coded

NUMBERS = ("urn", "ukprn", "senunitindicator", "resourcedprovisionindicator")
LAST = 99  # the rank of a row that has none


@dataclass(frozen=True)
class Place:
    """A school or arrangement: its row, its rank (1 counts first), from when until when, and the columns it gives."""

    line: Line
    rank: int
    values: dict[str, object]
    entry: dt.date = dt.date.min
    left: dt.date | None = None

    def lasts(self, day: dt.date) -> bool:
        """Whether it had begun by that day and not ended by it."""
        return self.entry <= day and (self.left is None or self.left > day)


class Places:
    """Reads settings and placements; counts the schools that are not among the settings."""

    def __init__(self, parts: Mapping[str, Part], known: Known, warnings: list[str]) -> None:
        self._parts, self._schools = parts, known.schools
        codes = {code: code for code in WITHOUT_SCHOOL}
        self._code = {
            name: Coded(parts[name], "sensetting", codes, warnings) for name in ("plan_detail", "placement_detail")
        }
        heads = (parts["sen2"], parts["source"])
        self._authority = next((lea for part in heads for line in part.lines if (lea := part.text(line, "lea"))), "")
        self._met: dict[tuple[str, ...], dict[str, object]] = {}
        self.urns: set[str] = set()

    def of(self, name: str, line: Line) -> Place:
        """The setting of a row of this part, without dates."""
        return Place(line, rank(self._parts[name], line, "placementrank"), self._values(self._parts[name], line))

    def stay(self, line: Line) -> Place | None:
        """A placement; None where its start is no date, which is told."""
        part = self._parts["placement_detail"]
        entry, left = part.day(line, "entrydate", must=True), part.day(line, "leavingdate")
        if entry is None:
            return None
        return Place(line, rank(part, line, "placementrank"), self._values(part, line), entry, left)

    def unknown(self) -> list[str]:
        """A sentence where schools are not among the settings, so that their name, type and locality are not known."""
        if not (missing := len(self.urns - self._schools.keys())):
            return []
        return [
            f"{missing:,} of {len(self.urns):,} schools are not among the settings, so their name, type and locality "
            "are not known. Load the settings before the return, or with it."
        ]

    def _values(self, part: Part, line: Line) -> dict[str, object]:
        """The columns that tell of the place; worked out once for each place."""
        urn, ukprn, *units = (part.text(line, name).upper() for name in NUMBERS)
        key = (urn, ukprn, *units, self._code[part.name](line))
        if key not in self._met:
            self._met[key] = self._worked_out(urn, ukprn, key[-1], any(FLAG.get(unit) == "Y" for unit in units))
        return self._met[key]

    def _worked_out(self, urn: str, ukprn: str, code: str, unit: bool) -> dict[str, object]:
        school = self._schools.get(urn)
        name, school_type = WITHOUT_SCHOOL.get(code, (code, ""))
        city = ""
        if urn:
            self.urns.add(urn)
        if urn or ukprn:
            name, school_type = f"URN {urn}" if urn else f"UKPRN {ukprn}", ""
        if school:
            name, school_type = school.school, school.school_type
            if self._authority and school.la_code:
                city = "In" if school.la_code == self._authority else "Out"
        return {
            "school": name, "school_type": "SRP" if unit else school_type, "urn": urn or None,
            "locality": school.locality if school else "", "city_status": city,
        }  # fmt: skip


def rank(part: Part, line: Line, name: str) -> int:
    """A rank: 1 counts first; a row without one counts last."""
    text = part.text(line, name)
    return int(text) if text.isdecimal() else LAST
