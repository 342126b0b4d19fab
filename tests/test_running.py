"""Running orders as files: what is read back, and what is said of one that cannot be."""

import json
from pathlib import Path

import pytest

from sendviz.datasets import EXHIBITS
from sendviz.running import BadRunningOrder, RunningOrder, Slide
from sendviz.screens import screens
from sendviz.settings import Settings
from sendviz.store import Store

SAMPLE = Path(__file__).parent.parent / "sample_data" / "Running order.json"


def written(**order: object) -> str:
    return json.dumps({"form": "sendviz running order 1", "name": "A"} | order)


def test_what_is_written_is_read_again() -> None:
    order = RunningOrder(
        name="Spring",
        slides=(
            Slide(title="Agenda", text="Plans\nHealth"),
            Slide(
                exhibit="plans-issued", where={"locality": ("North",), "from": ("2025-01",)}, note="slowly", table=True
            ),
        ),
    )
    assert RunningOrder.read(order.written()) == order
    assert order.slides[1].selection.words() == "Locality: North · from January 2025"


def test_a_selection_is_kept_in_its_one_form() -> None:
    slide = Slide(exhibit="plans-issued", where={"locality": ["North", "Central", "North"]})
    assert slide.where == {"locality": ("Central", "North")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not json", "The file is not a running order: it must be one that was saved here."),
        ('{"name": "A"}', "The file is not a running order: it must say “form”: “sendviz running order 1”."),
        (written(slides=[{"exhibit": "plans-late"}]), "Slide 1: there is no exhibit “plans-late”."),
        (written(slides=[{"title": "Break"}, {}]), "Slide 2: it has neither an exhibit nor words."),
        (
            written(slides=[{"exhibit": "plans-issued", "where": {"town": ["Hanley"]}}]),
            "Slide 1, where: there is no filter 'town'",
        ),
        (
            written(slides=[{"exhibit": "plans-issued", "where": {"from": ["May"]}}]),
            "Slide 1, where: 'May' is not a month",
        ),
        (written(name=""), "The running order's name:"),
        (
            written(slides=[{"title": "Break"}] * 201),
            "The running order's slides: there are 201, and a running order has 200 at most.",
        ),
    ],
)
def test_what_cannot_be_read_is_said(text: str, said: str) -> None:
    with pytest.raises(BadRunningOrder) as refused:
        RunningOrder.read(text)
    assert refused.value.faults[0].startswith(said)


def test_all_faults_are_said_at_once() -> None:
    with pytest.raises(BadRunningOrder) as refused:
        RunningOrder.read(written(slides=[{"exhibit": "one"}, {"exhibit": "two"}, {"title": "x", "colour": "red"}]))
    assert len(refused.value.faults) == 3


def test_the_sample_is_the_order_of_a_real_meeting() -> None:
    order = RunningOrder.read(SAMPLE.read_bytes())
    pages = list(dict.fromkeys(slide.shows.page for slide in order.slides if slide.shows))
    assert pages == [
        "ehcp-cohort", "ehcp-referrals", "final-plans", "placements-and-costs", "health-waiting-times",
        "inclusion-week", "clusters",
    ]  # fmt: skip
    assert order.name == "Spring 2026, 10 February"


def test_every_exhibit_makes_a_screen(sample_store: Store, sample_settings: Settings) -> None:
    order = RunningOrder(name="All", slides=tuple(Slide(exhibit=name) for name in EXHIBITS))
    for shown in screens(order, sample_store, sample_settings):
        assert shown.answer and shown.title == shown.answer.headline
        assert shown.answer.provenance in shown.footer and "Sample data" in shown.footer
        assert ("withheld" in shown.footer) == any(f.measure.of_people for f in shown.answer.figures)


def test_a_title_of_ones_own_stands_for_the_headline(sample_store: Store, sample_settings: Settings) -> None:
    slides = (Slide(exhibit="plans-issued", title="Plans"), Slide(title="Break", text="Tea"))
    plans, words = screens(RunningOrder(name="A", slides=slides), sample_store, sample_settings)
    assert (plans.title, words.title, words.answer, words.footer) == ("Plans", "Break", None, "")


def test_what_is_kept_opens_when_an_exhibit_or_a_filter_has_gone(
    sample_store: Store, sample_settings: Settings
) -> None:
    slides = [
        {"exhibit": "plans-late", "title": "Late"},
        {"exhibit": "plans-issued", "where": {"town": ["Hanley"], "locality": ["North"]}},
        {"title": "Break"},
    ]
    order = RunningOrder.kept(written(slides=slides))
    assert [slide.lost for slide in order.slides] == [True, False, False]
    assert order.slides[1].selection.words() == "Locality: North"
    assert [screen.title for screen in screens(order, sample_store, sample_settings)][1:] == ["Break"]
    assert order.slides[0].but(note="Ask Ann").lost and order.but(name="B").slides == order.slides
    assert json.loads(order.written())["slides"] == slides


def test_letters_that_cannot_be_printed_become_spaces() -> None:
    slide = Slide(title="Plans\x0bissued\nlate", text="One\r\nTwo\x00\ud800three")
    assert (slide.title, slide.text) == ("Plans issued late", "One\nTwo  three")


def test_screens_keep_within_what_may_be_seen(sample_store: Store, sample_settings: Settings) -> None:
    order = RunningOrder(name="A", slides=(Slide(exhibit="plans-issued", where={"locality": ("North",)}),))
    within, outside = (
        screens(order, sample_store, sample_settings, (("locality", (name,)),))[0].answer for name in ("North", "South")
    )
    assert within and outside and (within.empty, outside.empty) == (False, True)
