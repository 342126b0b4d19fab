"""What happens to the pupils from month to month: plans begin and cease, pupils move, grow older, come into care."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from sample_data import counts, mixes
from sample_data.months import MONTH_ENDS, age, august
from sample_data.pupils import Pupil, new_pupil, pick

SUMMER = (8, 9)


@dataclass
class History:
    """The cohort's course: its lines at each month end, who was given a plan in which month, and who has it now."""

    lines: list[tuple[object, ...]] = field(default_factory=list)
    given: dict[dt.date, list[Pupil]] = field(default_factory=dict)
    now: list[Pupil] = field(default_factory=list)
    ceased: list[tuple[Pupil, dt.date]] = field(default_factory=list)
    moves: list[tuple[dt.date, str, str]] = field(default_factory=list)


def live(seed: str) -> History:
    """The same history for the same seed."""
    rng = Random(seed)
    history = History()
    start = MONTH_ENDS[0]
    history.now = [new_pupil(rng, number, False, start) for number in range(counts.START - counts.PLANS[0])]
    _join(rng, history, start, counts.PLANS[0], 0)
    history.lines += [pupil.at(start) for pupil in history.now]
    for n, month in enumerate(MONTH_ENDS[1:]):
        _cease(rng, history, month, counts.CEASED[n])
        _grow_up(rng, history, month)
        _move(rng, history, month)
        _care(rng, history)
        _join(rng, history, month, counts.PLANS[n + 1], counts.MOVED_IN[n])
        history.lines += [pupil.at(month) for pupil in history.now]
    history.lines.sort(key=lambda line: (line[1], line[0]))
    return history


def _join(rng: Random, history: History, month: dt.date, given: int, moved_in: int) -> None:
    first = month.replace(day=1)
    number = 100_000 + 1_000 * MONTH_ENDS.index(month)
    new = [new_pupil(rng, number + n, True, first) for n in range(given + moved_in)]
    history.given[month] = new[:given]
    history.now += new


def _cease(rng: Random, history: History, month: dt.date, how_many: int) -> None:
    weights = [_likely_to_cease(pupil, month) for pupil in history.now]
    for _ in range(how_many):
        leaver = rng.choices(range(len(weights)), weights)[0]
        weights.pop(leaver)
        history.ceased.append((history.now.pop(leaver), month))


def _likely_to_cease(pupil: Pupil, month: dt.date) -> float:
    years = age(pupil.born, month if month.month == 8 else august(month))
    if years > mixes.OLDEST_STAY:
        return 1_000_000
    if month.month not in SUMMER:
        return 2 if years >= 16 else 0.5
    return 8 if years >= 19 else 3 if years == 18 else 0.4 if years >= 16 else 0.03


def _grow_up(rng: Random, history: History, month: dt.date) -> None:
    if month.month != 9:
        return
    day = month.replace(day=1)
    for pupil in history.now:
        years = pupil.school_age(day)
        onward = mixes.NEXT_TYPE.get(years, {}).get(pupil.place.school_type)
        if onward:
            _place(rng, history, pupil, pick(rng, onward), month, day)
        elif years == 11 and pupil.place.school_type == "Special resource provision":
            _place(rng, history, pupil, "Special resource provision", month, day)


def _move(rng: Random, history: History, month: dt.date) -> None:
    if month.month == 8:
        return
    first = month.replace(day=1)
    for before, after, least, most, (youngest, oldest) in mixes.MOVES:
        how_many = rng.randint(least, most)
        pool = [
            pupil for pupil in history.now
            if pupil.place.school_type == before and youngest <= pupil.school_age(month) <= oldest
            and pupil.place.since != first
        ]  # fmt: skip
        for pupil in rng.sample(pool, min(how_many, len(pool))):
            _place(rng, history, pupil, after, month, first)


def _place(rng: Random, history: History, pupil: Pupil, school_type: str, month: dt.date, day: dt.date) -> None:
    before = pupil.place
    pupil.move(rng, school_type, day)
    if before.school_type == "Mainstream" != school_type:
        history.moves.append((month, before.locality, school_type))


def _care(rng: Random, history: History) -> None:
    into = [pupil for pupil in history.now if not pupil.in_care]
    out = [pupil for pupil in history.now if pupil.in_care]
    for pupil in (*rng.sample(into, rng.randint(1, 4)), *rng.sample(out, rng.randint(1, 3))):
        pupil.in_care = not pupil.in_care
