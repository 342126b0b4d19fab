"""How fast a cohort exhibit is answered over 60 months, beside the floor of its bare SQL: for a city, and for 25."""

import datetime as dt
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from sendviz import figures
from sendviz.datasets import EXHIBITS
from sendviz.datasets.cohort import CohortPupil
from sendviz.selection import Selection
from sendviz.settings import Settings
from sendviz.store import Store
from sendviz.store.engine import insert_many
from sendviz.store.spells import Gathering, next_month_end
from sendviz.vocabulary import MONTH, Exhibit
from sendviz.vocabulary.dimensions import KEY_STAGES, NEEDS, SCHOOL_TYPES

SIZES, MONTHS, TIMES = (4_000, 100_000), 60, 7
LOCALITIES = ("North", "Central", "South")
GOALS = {4_000: ("", 10), 100_000: ("locality", 20)}  # ms: unfiltered at a city's size, by one locality beyond
STAGES = (-1, 0, 2, 6, 9, 11, 14)  # the last national curriculum year of each key stage but the last


def month_ends() -> list[dt.date]:
    """The month ends up to January 2026."""
    days = [dt.date(2021, 2, 28)]
    while len(days) < MONTHS:
        days.append(next_month_end(days[-1]))
    return days


State = tuple[object, ...]


def pupil(number: int, schools: list[dict[str, str]], chance: random.Random) -> Iterator[tuple[dt.date, State]]:
    """A pupil's states, month end by month end: birthdays, school years, and now and then another school."""
    born, age, school = chance.randrange(12), chance.randrange(2, 20), chance.choice(schools)
    fixed = {
        "pupil_id": f"{number:064x}", "gender": chance.choice(("Female", "Male", "Male")),
        "in_care": chance.random() < 0.06, "primary_need": chance.choice(list(NEEDS.values())),
        "home_la": "Stoke-on-Trent", "funding_la": "Stoke-on-Trent",
        "city_status": chance.choice(("In city",) * 9 + ("Out of city",)),
    }  # fmt: skip
    for n, day in enumerate(month_ends()[chance.choice((0, 0, chance.randrange(MONTHS))) :]):
        school = chance.choice(schools) if chance.random() < 0.015 else school
        year = age + (n + 5) // 12 - 4
        stage = KEY_STAGES[next((place for place, last in enumerate(STAGES) if year <= last), len(STAGES))]
        cells = {**fixed, **school, "age": age + (n + born) // 12, "nc_year": year, "key_stage": stage}
        yield day, tuple(cells[name] for name in CohortPupil.fields if name != CohortPupil.when)


def filled(folder: Path, size: int) -> Store:
    """A store with this many pupils, filled with spells: passing rows would take minutes and end up the same."""
    chance = random.Random(20260131)
    kinds = [(kind, "Mainstream" if kind == SCHOOL_TYPES[0] else "Not mainstream") for kind in SCHOOL_TYPES]
    schools = [
        {"school": f"School {n}", "urn": str(100_000 + n), "locality": LOCALITIES[n % 3],
         "school_type": kind[0], "setting": kind[1]}
        for n, kind in enumerate(chance.choices(kinds, k=max(80, size // 50)))
    ]  # fmt: skip
    store = Store.open(Settings(database_url=f"sqlite:///{folder}/{size}.db", data_dir=folder))
    with store.writing() as writer:
        adding = writer.add(CohortPupil, file="made.xlsx", sheet="1", sha256="0" * 64, who="benchmark")
        for number in range(size):
            gathering = Gathering()
            for day, state in pupil(number, schools, chance):
                gathering.add(day, state)
            spells = [(adding.upload_id, *spell) for spell in gathering.spells()]
            insert_many(adding.connection, adding.table, spells)
        adding._hold([(f"{day:%Y-%m}",) for day in month_ends()])
    return store


def median_ms(work: Callable[[], object]) -> float:
    """The median time of a few runs, after one to warm up."""
    work()
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def floor_ms(store: Store, exhibit: Exhibit, where: Mapping[str, list[str]]) -> float:
    """The median time of bare SQL that adds the stored changes up by the exhibit's dimensions and filter: what the
    first to ask after a publish waits for."""
    by = ", ".join(CohortPupil.when if name == MONTH else name for name in exhibit.by)
    conditions = " AND ".join(f"{name} = '{values[0]}'" for name, values in where.items()) or "1"
    query = f"SELECT {by}, SUM(change) FROM ehcp_cohort_changes WHERE {conditions} GROUP BY {by}"
    connection = store.engine.raw_connection()
    cursor = connection.cursor()
    found = median_ms(lambda: cursor.execute(query).fetchall())
    connection.close()
    return found


def answered(exhibit: Exhibit, selection: Selection, store: Store) -> Callable[[], object]:
    """The exhibit's answer, worked out each time."""
    settings = Settings()

    def work() -> object:
        figures.forget()
        return figures.answer(exhibit, selection, store, settings)

    return work


def main() -> None:
    """Prints each exhibit's time, its floor, and the goal."""
    exhibits = [exhibit for exhibit in EXHIBITS.values() if exhibit.row is CohortPupil]
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            store = filled(Path(folder), size)
            for where in ({}, {"locality": ["North"]}, {"school_type": ["Special"]}, {"home_la": ["Stoke-on-Trent"]}):
                for exhibit in exhibits:
                    work = answered(exhibit, Selection.of(where), store)
                    ms, floor = median_ms(work), floor_ms(store, exhibit, where)
                    named = " ".join(where)
                    goal = f"(goal {GOALS[size][1]})" if named == GOALS[size][0] else ""
                    line = f"{size:>7,} pupils  {named or 'unfiltered':<12} {exhibit.id:<26} {ms:7.1f} ms"
                    sys.stdout.write(f"{line}  floor {floor:6.1f}  x{ms / max(floor, 0.001):.1f} {goal}\n")
            store.close()


if __name__ == "__main__":
    main()
