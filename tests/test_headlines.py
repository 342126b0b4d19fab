"""Headlines, as they are read out: right for one, none, withheld and not available, and for what they compare with."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest

from sendviz.answer import Answer
from sendviz.datasets import EXHIBITS, MEASURES, cohort
from sendviz.figures import answer, key_number
from sendviz.figures.headlines import NO_FIGURES
from sendviz.figures.said import Amount, change_words, in_sentence, joined
from sendviz.selection import Selection, filters_of
from sendviz.settings import Settings
from sendviz.store import Store
from sendviz.vocabulary import CHANGE, COUNT, GROWTH, POUNDS, PUBLISHED, SHARE, WEEKS, Exhibit, Unit
from tests.awkward import CASES, MINE, Case, filled, kept
from tests.written import put, rows_of

MINUS = "\N{MINUS SIGN}"
CAUSES = re.compile(r"\b(because of|due to|thanks to|caused?|as a result|owing to|led by)\b", re.IGNORECASE)
A_TIME = re.compile(r"\b20\d\d\b")
# What headlines count: the word for one, and for several.
COUNTED = {
    (one, several or f"{one}s")
    for exhibit in EXHIBITS.values()
    for one, several in re.findall(r"{\w+:([^|}]+)\|?([^}]*)}", exhibit.headline + exhibit.alone)
} | {("week", "weeks")}
ONE_OF_MANY = re.compile("|".join(rf"(?<![\d,.])1 {re.escape(several)}\b" for _, several in COUNTED))
MANY_OF_ONE = re.compile("|".join(rf"(\d\d|[02-9]) {re.escape(one)}\b" for one, _ in COUNTED))
NOUGHT_OF = re.compile(
    "|".join(rf"(?<![\d,.])0 {re.escape(several)}\b" for _, several in COUNTED - {("week", "weeks")})
)


def jars(exhibit: Exhibit, sentence: str) -> list[str]:
    """What is wrong with a headline when it is read out."""
    dated = exhibit.row.when is not None or {"period", "financial_year"} & set(exhibit.by)
    wrong = {
        "something is missing": re.search(r"[{}\[\]]|None|\bnan\b|  | [,;:.]|: *$", sentence),
        "it ends in a full stop": sentence.endswith("."),
        "it begins small": not re.match(r"[A-Z0-9£“]", sentence),
        "it claims a cause": CAUSES.search(sentence),
        "one is not several": ONE_OF_MANY.search(sentence) or MANY_OF_ONE.search(sentence),
        "nought is said as a number": NOUGHT_OF.search(sentence),
        "it says no time": dated and sentence != NO_FIGURES and not A_TIME.search(sentence),
    }
    return [f"{exhibit.id}: {what}: {sentence}" for what, found in wrong.items() if found]


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Settings]]:
    """A store of an awkward case, and its settings."""
    folder, chosen = tmp_path_factory.mktemp("awkward"), request.param
    assert isinstance(chosen, Case)
    store = filled(folder, chosen)
    yield store, kept(folder, chosen)
    store.close()


def asked(exhibit: Exhibit, case: tuple[Store, Settings]) -> list[Answer]:
    """The exhibit's answers: of all, and with a filter that leaves `MINE`."""
    chosen = [{}, *({name: [MINE]} for name in filters_of([exhibit])[:1])]
    return [answer(exhibit, Selection.of(where), *case) for where in chosen]


def test_every_headline_reads_well_of_awkward_figures(case: tuple[Store, Settings]) -> None:
    said = [(exhibit, given.headline) for exhibit in EXHIBITS.values() for given in asked(exhibit, case)]
    assert [fault for exhibit, sentence in said for fault in jars(exhibit, sentence)] == []
    assert sum(sentence != NO_FIGURES for _, sentence in said) > len(said) / 2, "the case tries little"


def test_every_change_of_a_key_number_reads_well(case: tuple[Store, Settings]) -> None:
    measures = [m for m in MEASURES if m.counts != PUBLISHED and not m.across]
    said = {m.title: key_number(m, Selection(), *case).change for m in measures}
    form = re.compile(
        r"(the same as|[\d,.£]+ (percentage points |weeks? )?(more|fewer|less|higher|lower) than|compared with none)"
        r" in (\w+ )?20\d\d"
    )
    assert {title: change for title, change in said.items() if change and not form.fullmatch(change)} == {}


@pytest.mark.parametrize("exhibit", EXHIBITS.values(), ids=EXHIBITS)
def test_every_headline_of_the_sample_is_made_from_its_template(
    exhibit: Exhibit, sample_store: Store, sample_settings: Settings
) -> None:
    """None of them falls back on its title, and each reads well with every single filter."""
    given = answer(exhibit, Selection(), sample_store, sample_settings)
    assert not given.headline.startswith(exhibit.title) and jars(exhibit, given.headline) == []
    for name in filters_of([exhibit]):
        for value in sample_store.options(name)[:4]:
            one = answer(exhibit, Selection.of({name: [value]}), sample_store, sample_settings)
            assert jars(exhibit, one.headline) == [], f"{name}: {value}"


@pytest.mark.parametrize("case", [CASES["one now"]], ids=["one now"], indirect=True)
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("cohort-over-time", "1 pupil had an EHC plan at the end of December 2025, 6 fewer than in December 2024"),
        ("cohort-in-care", "1 pupil with a plan was also in care at the end of December 2025, 6 fewer than in "
                           "December 2024"),
        ("plans-issued", "1 final plan was issued in 2025, 6 fewer than in 2024"),
        ("referrals-table", "1 referral was received in 2025, 6 fewer than in 2024; 100% resulted in an assessment"),
        ("health-waits", "The mean wait for mine at Mine was 1 week in 2025, 6 weeks less than in 2024"),
        ("health-waiting-lists", "1 child was waiting for mine at Mine in 2025, 6 fewer than in 2024"),
    ],
)  # fmt: skip
def test_one(name: str, sentence: str, case: tuple[Store, Settings]) -> None:
    assert asked(EXHIBITS[name], case)[-1].headline == sentence


@pytest.mark.parametrize("case", [CASES["none now"]], ids=["none now"], indirect=True)
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("cohort-over-time", "No pupils had an EHC plan at the end of December 2025, 7 fewer than in December 2024"),
        ("cohort-in-care", "No pupils with a plan were also in care at the end of December 2025, 7 fewer than in "
                           "December 2024"),
        ("cohort-key-stage", "Pupils with a plan by key stage, at each month end, December 2025: none"),
        ("plans-issued", "No final plans were issued in 2025, 7 fewer than in 2024"),
        ("moves-into-special", "No pupils moved from mainstream into special in 2025"),
        ("cohort-gender", NO_FIGURES),
    ],
)  # fmt: skip
def test_none(name: str, sentence: str, case: tuple[Store, Settings]) -> None:
    assert asked(EXHIBITS[name], case)[-1].headline == sentence


@pytest.mark.parametrize("case", [CASES["withheld now"]], ids=["withheld now"], indirect=True)
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("cohort-over-time", "Pupils with a plan at each month end, December 2025: withheld, because it could tell of "
                             "a small number of pupils"),
        ("plans-issued", "Final plans issued, January 2024 to December 2025: 10 in all"),
        ("placements-average-cost", "Average annual cost by school type, 31 December 2025: withheld, because it could "
                                    "tell of a small number of pupils"),
    ],
)  # fmt: skip
def test_withheld(name: str, sentence: str, case: tuple[Store, Settings]) -> None:
    assert asked(EXHIBITS[name], case)[-1].headline == sentence


@pytest.mark.parametrize("case", [CASES["withheld before"]], ids=["withheld before"], indirect=True)
def test_a_comparison_that_is_withheld_is_left_out(case: tuple[Store, Settings]) -> None:
    assert asked(EXHIBITS["cohort-over-time"], case)[-1].headline == (
        "7 pupils had an EHC plan at the end of December 2025"
    )


@pytest.mark.parametrize("case", [CASES["the same"]], ids=["the same"], indirect=True)
def test_none_is_called_the_largest_of_equals(case: tuple[Store, Settings]) -> None:
    assert asked(EXHIBITS["cohort-gender"], case)[0].headline == (
        "Pupils with a plan by gender, December 2025: England and mine come first together, 7 each"
    )


def test_a_month_without_an_extract_is_not_spoken_of(store: Store) -> None:
    lines = "\n".join(f"{name} | 31/0{month}/2026 | Male" for month in (1, 3) for name in "ABCDEF")
    put(store, rows_of(cohort.CohortPupil, "pupil_id | month_end | gender\n" + lines))
    first, gap = dt.date(2026, 1, 1), dt.date(2026, 2, 1)
    to_the_gap, gap_alone = (
        answer(cohort.by_gender, Selection.of({}, start, gap), store, Settings()) for start in (first, gap)
    )
    assert to_the_gap.period == "January 2026"
    assert to_the_gap.headline == "100% of pupils with a plan were male in January 2026"
    assert gap_alone.period == "February 2026" and gap_alone.headline == NO_FIGURES


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        (COUNT, 0, "0"), (COUNT, 3783, "3,783"), (COUNT, 9999, "9,999"), (COUNT, 12345, "12,300"),
        (COUNT, 999_999, "1 million"), (SHARE, 0.468, "46.8%"), (SHARE, 0.4, "40.0%"), (SHARE, 0, "0%"),
        (SHARE, 0.0004, "less than 0.1%"), (SHARE, 1, "100%"), (SHARE, 0.9999, "more than 99.9%"),
        (WEEKS, 19.04, "19 weeks"), (WEEKS, 1, "1 week"), (WEEKS, 20.25, "20.3 weeks"),
        (WEEKS, 0.02, "less than 0.1 weeks"), (POUNDS, 8607, "£8,607"), (POUNDS, 57_976, "£58,000"),
        (POUNDS, 22_989_379, "£23 million"), (POUNDS, 12_345_678, "£12.3 million"), (POUNDS, 0.3, "less than £1"),
        (POUNDS, -5, MINUS + "£5"), (GROWTH, 0.53, "+53%"), (CHANGE, 4.15, "415%"),
    ],
)  # fmt: skip
def test_figures_are_rounded_as_people_speak(unit: Unit, value: float, words: str) -> None:
    assert unit.spoken(value) == words


@pytest.mark.parametrize(
    ("unit", "now", "before", "words"),
    [
        (COUNT, 8, 7, "1 more than in 2024"), (COUNT, 7, 8, "1 fewer than in 2024"),
        (COUNT, 7, 7, "the same as in 2024"),
        (COUNT, 7, 0, "compared with none in 2024"), (COUNT, 0, 7, "7 fewer than in 2024"),
        (SHARE, 0.46878, 0.46922, "the same as in 2024"),
        (SHARE, 0.2, 0.1, "10.0 percentage points higher than in 2024"),
        (WEEKS, 6, 5, "1 week more than in 2024"), (WEEKS, 19, 24.2, "5.2 weeks less than in 2024"),
        (POUNDS, 3_000_000, 500_000, "£2.5 million more than in 2024"),
    ],
)  # fmt: skip
def test_a_change_says_how_much_and_since_when(unit: Unit, now: float, before: float, words: str) -> None:
    assert change_words(unit, now, before, "in 2024") == words


def test_labels_stand_in_a_sentence() -> None:
    labels = ("Key stage 2", "Not in care", "Down syndrome", "PVI/Nursery", "Further Education", "Post-16", "CAMHS")
    assert [in_sentence(label) for label in labels] == [
        "key stage 2", "not in care", "Down syndrome", "PVI/Nursery", "Further Education", "post-16", "CAMHS"
    ]  # fmt: skip
    assert joined(["A"]) == "A" and joined(["A", "B"]) == "A and B" and joined(["A", "B", "C"]) == "A, B and C"


def test_a_thing_agrees_with_its_number() -> None:
    said = "{n:pupil}, {n:person was|people were}"
    words = [said.format(n=Amount(f"{n:,}", n)) for n in (0, 1, 3783)]
    assert words == [
        "no pupils, no people were", "1 pupil, 1 person was", "3,783 pupils, 3,783 people were"
    ]  # fmt: skip
    assert f"{Amount('Fewer than 5'):pupil was|pupils were}" == "Fewer than 5 pupils were"
