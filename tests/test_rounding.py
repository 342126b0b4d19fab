"""Rounding to 5: what it does to counts, what is worked out from them, and that everything shown says so."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from sendviz.answer import SHOWN, WITHHELD, Answer, Figure
from sendviz.datasets import EXHIBITS
from sendviz.figures import answer, key_number
from sendviz.rounding import BASE, FOR_A_SHARE, OFF, TOO_FEW, Rounding, of_three_figures
from sendviz.screens import of_answers
from sendviz.selection import Selection
from sendviz.settings import BadSetting, Settings, settings
from sendviz.store import Store
from sendviz.tables import small_number_rule
from sendviz.vocabulary import Exhibit, Measure
from tests.browsing import HOUSE

OF_PEOPLE = [e for e in EXHIBITS.values() if any(measure.of_people for measure in e.measures)]
A_KEY = Rounding(b"a key")


@pytest.fixture(scope="module")
def true(sample_settings: Settings) -> Settings:
    return sample_settings.model_copy(update={"withhold_below": 1})


@given(st.integers(TOO_FEW, 5_000), st.binary(min_size=1))
def test_a_count_goes_to_a_multiple_of_5_not_far_from_it(count: int, key: bytes) -> None:
    shown = Rounding(key).count(count)
    assert shown % BASE == 0 and abs(shown - count) <= OFF and shown >= 10
    assert shown == Rounding(key).count(float(count))


def test_nine_in_ten_go_to_one_beside_them_and_all_together_stay_as_many() -> None:
    counts = range(50, 20_050)
    errors = [A_KEY.count(count) - count for count in counts]
    assert sum(abs(error) < BASE for error in errors) / len(counts) > 0.9
    assert sum(errors) / len(counts) == pytest.approx(0, abs=0.1)


@given(st.integers(TOO_FEW, 5_000), st.integers(0, 30), st.binary(min_size=1))
def test_a_larger_count_never_looks_the_smaller(count: int, more: int, key: bytes) -> None:
    assert Rounding(key).count(count + more) >= Rounding(key).count(count)


def test_which_way_a_count_goes_is_the_keys_secret() -> None:
    assert [A_KEY.count(n) for n in range(8, 99)] != [Rounding(b"another").count(n) for n in range(8, 99)]


@pytest.mark.parametrize(("mean", "shown"), [(26.0428, 26.0), (57_976.4, 58_000), (0.1234, 0.123), (0, 0)])
def test_a_mean_has_three_figures(mean: float, shown: float) -> None:
    assert of_three_figures(mean) == shown


def pairs(shown: Answer, known: Answer) -> list[tuple[Measure, Figure, Figure]]:
    """Every figure of people as it is shown, with the true one."""
    levels = [(shown.figures, known.figures), *((shown.totals[level], known.totals[level]) for level in shown.totals)]
    return [
        (ours.measure, row, theirs)
        for one, other in levels for ours, beside in zip(one, other, strict=True) if ours.measure.of_people
        for row, theirs in zip(ours.rows, beside.rows, strict=True)
    ]  # fmt: skip


@pytest.mark.parametrize("exhibit", OF_PEOPLE, ids=lambda e: e.id)
@pytest.mark.parametrize("locality", [None, "Central"])
def test_every_figure_of_people_is_rounded(
    exhibit: Exhibit, locality: str | None, sample_store: Store, public_settings: Settings, true: Settings
) -> None:
    selection = Selection.of({"locality": [locality]} if locality else {})
    found = pairs(*(answer(exhibit, selection, sample_store, given) for given in (public_settings, true)))
    for measure, shown, known in found:
        counts = [(shown.denominator, known.denominator)]
        counts += [] if measure.over and measure.of.add else [(shown.numerator, known.numerator)]
        for ours, theirs in counts:
            assert ours is None or (ours % BASE == 0 and ours >= 10 and abs(ours - theirs) <= OFF)
        if shown.mark == SHOWN and measure.over:
            assert known.denominator >= FOR_A_SHARE and shown.value == pytest.approx(
                shown.numerator / shown.denominator
            )
            assert not 0 < (known.numerator or 0) < TOO_FEW or measure.of.add
    assert any(shown.mark == WITHHELD or shown.value is not None for _, shown, _ in found)


def test_nobody_and_a_few_look_the_same(sample_store: Store, public_settings: Settings) -> None:
    of_types = [Selection.of({"school_type": [name], "key_stage": ["Early years"]}) for name in ("PRU", "Mainstream")]
    counts = [answer(EXHIBITS["cohort-over-time"], selection, sample_store, public_settings) for selection in of_types]
    assert not any(found.empty for found in counts)
    nobody = counts[0]
    assert {row.mark for row in nobody.figures[0].rows} == {WITHHELD}
    assert "withheld" in nobody.headline


@pytest.mark.parametrize("exhibit", OF_PEOPLE, ids=lambda e: e.id)
def test_everything_shown_says_that_it_is_rounded(
    exhibit: Exhibit, sample_store: Store, public_settings: Settings
) -> None:
    found = answer(exhibit, Selection(), sample_store, public_settings)
    assert "Counts are rounded to a multiple of 5, each by itself, and need not add up." in found.notes
    assert "counts rounded to 5" in of_answers([found])[0].footer
    assert not found.texts


def test_a_headline_is_about_so_many(sample_store: Store, public_settings: Settings, sample_settings: Settings) -> None:
    rounded, plain = (
        answer(EXHIBITS["cohort-over-time"], Selection(), sample_store, given).headline
        for given in (public_settings, sample_settings)
    )
    assert rounded.startswith("About 3,7") and " about " in rounded and "about" not in plain.lower()


def test_what_is_counted_apart_is_rounded_too(sample_store: Store, public_settings: Settings) -> None:
    table = EXHIBITS["referrals-table"]
    notes = [
        answer(table, selection, sample_store, public_settings).notes[0]
        for selection in (Selection(), Selection.of({}, start=dt.date(2024, 1, 1), end=dt.date(2024, 1, 1)))
    ]
    assert notes[0].startswith("About ") and notes[1].startswith("Fewer than 8 ")


def test_a_key_number_is_that_of_the_exhibits(sample_store: Store, public_settings: Settings) -> None:
    exhibit = EXHIBITS["cohort-over-time"]
    shown = answer(exhibit, Selection(), sample_store, public_settings).figures[0].rows[-1].value
    assert key_number(exhibit.measures[0], Selection(), sample_store, public_settings).text == f"{shown:,}"


@pytest.mark.parametrize(("rounding", "shown"), [("0", "1,693"), ("5", "[c]")])
def test_the_rows_of_a_file_do_not_tell_the_count(
    rounding: str, shown: str, in_the_app: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENDVIZ_ROUNDING", rounding)
    settings.cache_clear()
    page = AppTest.from_file(str(HOUSE / "pages" / "overview.py"), default_timeout=60).run().run()
    loaded = next(html.proto.body for html in page.get("html") if "What was loaded when" in html.proto.body)
    assert f"<td>{shown}</td><td>Referrals.xlsx</td>" in loaded
    assert "<td>528</td><td>timeliness_20_week.csv</td>" in loaded


def test_figures_that_others_published_stay_as_they_are(
    sample_store: Store, public_settings: Settings, sample_settings: Settings
) -> None:
    others = [e for e in EXHIBITS.values() if e not in OF_PEOPLE]
    for exhibit in others:
        one, other = (answer(exhibit, Selection(), sample_store, given) for given in (public_settings, sample_settings))
        assert (one.figures, one.totals, one.headline) == (other.figures, other.totals, other.headline)


def test_the_rule_is_told_in_words() -> None:
    assert "rounded to a multiple of 5" in small_number_rule(5, rounding=5)
    assert "rounded" not in small_number_rule(5)


@pytest.mark.parametrize("asked", ["3", "10", "yes"])
def test_no_other_rounding_can_be_set(asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENDVIZ_ROUNDING", asked)
    settings.cache_clear()
    with pytest.raises(BadSetting, match="SENDVIZ_ROUNDING"):
        settings()
    settings.cache_clear()
