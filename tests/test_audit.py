"""The audit: that it finds what can be worked out, and that it finds nothing where nothing can be."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from sendviz.__main__ import app
from sendviz.answer import WITHHELD, Answer, Figure, Figures
from sendviz.audit import Findings, Reach, Rule, attacked, audit, families
from sendviz.audit.attack import Attack
from sendviz.audit.bounds import Bounds, sum_of, sums_along
from sendviz.datasets import EXHIBITS
from sendviz.figures import answer
from sendviz.selection import Selection
from sendviz.settings import Settings, settings
from sendviz.store import Store
from sendviz.vocabulary import Exhibit
from tests.browsing import HOUSE

PLANS = [EXHIBITS[name] for name in ("plans-issued", "plans-mean-weeks", "plans-timeliness")]
MOVES = [EXHIBITS[name] for name in ("moves-into-special", "moves-into-independent")]
PAGE = HOUSE / "docs" / "small-numbers.md"
Change = Callable[[Figures], Figures]


def found_in(
    exhibits: list[Exhibit], store: Store, given: Settings, change: Change = lambda figures: figures, depth: int = 1
) -> Findings:
    """What the audit finds where every answer is changed on its way out."""

    def ask(exhibit: Exhibit, selection: Selection) -> Answer:
        found = answer(exhibit, selection, store, given)
        totals = {level: tuple(map(change, figures)) for level, figures in found.totals.items()}
        return replace(found, figures=tuple(map(change, found.figures)), totals=totals)

    given_families = families(exhibits, ask, store.options, depth)
    return attacked(given_families, ask, Rule.of(given), Findings(5), None, 1, lambda words: None)


def show_all_but_the_smallest(figures: Figures) -> Figures:
    """Withholding small counts alone, and nothing that gives them away."""
    rows = [
        row if row.numerator is None or not 0 < row.numerator < 5 else Figure(row.at, None, None, None, WITHHELD)
        for row in figures.rows
    ]
    return replace(figures, rows=tuple(rows))


def test_small_numbers_that_are_shown_are_found(sample_store: Store) -> None:
    found = found_in(MOVES, sample_store, Settings(withhold_below=1))
    assert found.exact(Reach.EXHIBIT) > 50 and found.withheld == 0 and not found.wrong


def test_what_follows_by_subtraction_is_found(sample_store: Store) -> None:
    found = found_in(PLANS[:1], sample_store, Settings(withhold_below=1), show_all_but_the_smallest)
    assert found.withheld and found.exact(Reach.EXHIBIT)
    assert found.examples[Reach.EXHIBIT]


def test_what_one_exhibit_withholds_and_another_shows_is_found(sample_store: Store) -> None:
    given = Settings(withhold_below=1)

    def withhold_counts_alone(figures: Figures) -> Figures:
        return show_all_but_the_smallest(figures) if figures.measure is PLANS[0].measures[0] else figures

    found = found_in([PLANS[0], PLANS[1]], sample_store, given, withhold_counts_alone)
    assert found.exact(Reach.SELECTION) > found.exact(Reach.EXHIBIT)


def test_whole_minus_part_is_found(sample_store: Store) -> None:
    found = found_in(PLANS, sample_store, Settings())
    assert (found.exact(Reach.EXHIBIT), found.exact(Reach.SELECTION)) == (0, 0)
    assert found.exact(Reach.NEIGHBOURS) > 100


def test_rounding_to_the_nearest_5_by_itself_is_worked_out(sample_store: Store) -> None:
    """Why rounding is done as it is: conventional rounding tells of some counts that they are small."""

    def nearest(figures: Figures) -> Figures:
        rows = [
            Figure(row.at, *(None if n is None else 5 * ((round(n) + 2) // 5) for n in row[1:3]), row.value, row.mark)
            for row in figures.rows
        ]
        return replace(figures, rows=tuple(rows))

    def ask(exhibit: Exhibit, selection: Selection) -> Answer:
        found = answer(exhibit, selection, sample_store, Settings(withhold_below=1))
        totals = {level: tuple(map(nearest, figures)) for level, figures in found.totals.items()}
        return replace(found, figures=tuple(map(nearest, found.figures)), totals=totals)

    found = attacked(
        families(PLANS, ask, sample_store.options, 1), ask, Rule(off=2), Findings(5), None, 1, lambda words: None
    )
    assert found.nearly(Reach.NEIGHBOURS) > 10


@pytest.mark.parametrize("setting", ["default", "rounded"])
def test_what_is_promised_is_kept_for_one_filter(
    setting: str, sample_store: Store, sample_settings: Settings, public_settings: Settings
) -> None:
    """Over every exhibit, for each value of every filter, and as the page about it says; the command does two."""
    given = public_settings if setting == "rounded" else sample_settings
    found = audit(sample_store, given, depth=1)
    assert found.ok, found.lines()
    looked = found.findings
    assert looked.exhibits == sum(any(m.of_people for m in e.measures) for e in EXHIBITS.values())
    told = [f"{looked.exact(reach):,} + {looked.nearly(reach):,}" for reach in Reach]
    counts = [f"{n:,}" for n in (looked.selections, looked.figures, looked.withheld)]
    assert f"| {' | '.join([f'{setting}, one filter', *counts, *told])} |" in PAGE.read_text()


@pytest.mark.parametrize("rounding", [0, 5])
@pytest.mark.parametrize("exhibits", [PLANS, MOVES], ids=["plans", "moves"])
def test_what_is_worked_out_is_true(
    exhibits: list[Exhibit], rounding: int, sample_store: Store, sample_settings: Settings
) -> None:
    """Every count lies between the least and the most that the attacker has come to believe of it."""

    def seen(given: Settings) -> Attack:
        def ask(exhibit: Exhibit, selection: Selection) -> Answer:
            return answer(exhibit, selection, sample_store, given)

        family = next(one for one in families(exhibits, ask, sample_store.options, 1) if one.filters == ("locality",))
        attack = Attack(family.look(ask, Rule.of(given)))
        attack.work(Reach.NEIGHBOURS)
        return attack

    believed = seen(sample_settings.model_copy(update={"rounding": rounding}))
    true = seen(sample_settings.model_copy(update={"withhold_below": 1}))
    assert believed.tables.keys() == true.tables.keys()
    for name, table in believed.tables.items():
        known = true.tables[name]
        assert ((table.low <= known.low) & (known.high <= table.high)).all(), name


def test_two_filters_are_looked_at_as_far_as_one_wants(sample_store: Store, sample_settings: Settings) -> None:
    few = [audit(sample_store, sample_settings, 2, most, exhibits=MOVES).findings.selections for most in (0, 20)]
    assert few[1] - few[0] == 20
    assert few[0] == 1 + sum(len(sample_store.options(name)) for name in MOVES[0].row.fields if name in FILTERED)


FILTERED = {"locality", "key_stage", "primary_need", "home_la", "funding_la", "city_status"}


def test_the_command_reports_and_ends_with_1_where_nothing_is_promised(
    sample_settings: Settings, monkeypatch: pytest.MonkeyPatch, in_the_app: None
) -> None:
    done = CliRunner().invoke(app, ["audit", "--depth", "0", "--json"])
    told = json.loads(done.stdout)
    assert (done.exit_code, told["kept"], told["selections"]) == (
        0,
        True,
        len({e.row for e in EXHIBITS.values() if any(m.of_people for m in e.measures)}),
    )
    monkeypatch.setenv("SENDVIZ_WITHHOLD_BELOW", "1")
    settings.cache_clear()
    done = CliRunner().invoke(app, ["audit", "--depth", "0"])
    assert done.exit_code == 1 and "small numbers are shown, so nothing is promised" in done.stdout


def table(low: list[int], high: list[int]) -> Bounds:
    found = Bounds.unknown(["a"], [len(low)], ["a"])
    found.known(found.low + low, found.high * 0 + high)
    return found


def test_a_sum_and_all_but_one_of_its_parts_give_the_last() -> None:
    cells = table([12, 5, 4, 0], [12, 5, 4, 99])
    assert sums_along(cells, "a") and not sums_along(cells, "a")
    assert (cells.low[3], cells.high[3]) == (3, 3)


def test_two_unknown_parts_stay_open() -> None:
    cells = table([12, 5, 0, 0], [12, 5, 99, 99])
    sums_along(cells, "a")
    assert cells.high.tolist() == [12, 5, 7, 7] and cells.low.tolist() == [12, 5, 0, 0]


def test_a_part_and_its_rest_make_the_whole() -> None:
    whole, part, rest = table([9], [9]), table([6], [7]), table([0], [99])
    sum_of(whole, [part, rest])
    assert (rest.low[0], rest.high[0]) == (2, 3)


def test_figures_that_contradict_each_other_are_noticed() -> None:
    cells = table([3, 5], [3, 5])
    sums_along(cells, "a")
    assert cells.contradictory()
