"""What is kept for meetings: running orders, notes on charts, and presentations under way."""

import datetime as dt

import pytest
from sqlalchemy import update

from sendviz.datasets import EXHIBITS
from sendviz.figures import answer
from sendviz.running import RunningOrder, Slide
from sendviz.selection import Selection
from sendviz.settings import Settings
from sendviz.store import (
    BadEvent,
    ChangedMeanwhile,
    NameTaken,
    NoSuchEvent,
    NoSuchOrder,
    NotPresenting,
    Store,
    Wall,
)  # fmt: skip
from sendviz.store.fixed import followers, presentations, running_orders
from sendviz.store.uploads import now

SPRING = RunningOrder(name="Spring", slides=(Slide(exhibit="plans-issued"), Slide(title="Break")))
ON_THE_WALL = Wall(slide=SPRING.slides[0], place=1, of=2)


def test_orders_are_kept_changed_and_removed(store: Store) -> None:
    first = store.orders.add(SPRING, "lead")
    assert (store.orders.get(first).order, store.orders.get(first).who) == (SPRING, "lead")
    store.orders.change(first, SPRING.model_copy(update={"name": "Summer"}), "officer")
    assert [kept.order.name for kept in store.orders.all()] == ["Summer"]
    assert store.orders.named("SUMMER").id == first
    store.orders.remove(first, "officer")
    assert store.orders.all() == ()
    for gone in (lambda: store.orders.get(first), lambda: store.orders.remove(first, "officer")):
        with pytest.raises(NoSuchOrder, match="no longer there"):
            gone()
    with pytest.raises(NoSuchOrder, match="no running order “Summer”; there are: none yet"):
        store.orders.named("Summer")


def test_two_orders_cannot_have_one_name(store: Store) -> None:
    store.orders.add(SPRING, "lead")
    other = store.orders.add(SPRING.model_copy(update={"name": "Summer"}), "lead")
    with pytest.raises(NameTaken, match="“SPRING”"):
        store.orders.add(SPRING.model_copy(update={"name": "SPRING"}), "lead")
    with pytest.raises(NameTaken):
        store.orders.change(other, SPRING, "lead")
    store.orders.change(other, SPRING.model_copy(update={"name": "ÉTÉ"}), "lead")
    with pytest.raises(NameTaken, match="“été”"):
        store.orders.add(SPRING.but(name="été"), "lead")


def test_a_change_is_refused_to_who_has_not_seen_the_last(store: Store) -> None:
    first = store.orders.add(SPRING, "lead")
    seen = store.orders.get(first).when
    store.orders.change(first, SPRING.but(slides=()), "officer", seen)
    with pytest.raises(ChangedMeanwhile, match="officer has changed this running order meanwhile"):
        store.orders.change(first, SPRING, "lead", seen)
    assert store.orders.get(first).order.slides == ()
    store.orders.change(first, SPRING, "lead", store.orders.get(first).when)


def test_a_name_that_is_taken_gets_a_number(store: Store) -> None:
    long = "x" * 120
    for name in ("Spring", "spring (2)", long):
        store.orders.add(SPRING.but(name=name), "lead")
    assert [store.orders.free(name) for name in ("Summer", "SPRING", long)] == [
        "Summer", "SPRING (3)", "x" * 116 + " (2)",
    ]  # fmt: skip


def test_an_order_opens_when_its_exhibit_has_gone(store: Store) -> None:
    first = store.orders.add(SPRING, "lead")
    with store.engine.begin() as connection:
        gone = SPRING.written().replace("plans-issued", "plans-late")
        connection.execute(update(running_orders).values(slides=gone))
    assert [slide.lost for slide in store.orders.get(first).order.slides] == [True, False]


def test_an_event_stands_on_its_charts_until_it_is_taken_back(sample_settings: Settings, store: Store) -> None:
    version = store.version()
    event = store.events.add(dt.date(2025, 9, 15), "  Cluster pilot   starts ", ["plans-issued"], "officer")
    assert store.version() > version
    with store.reading() as data:
        assert [e.text for e in data.events("plans-issued")] == ["Cluster pilot starts"]
        assert data.events("cohort-over-time") == ()
    store.events.undo(event, "officer")
    with store.reading() as data:
        assert data.events("plans-issued") == ()
    with pytest.raises(NoSuchEvent):
        store.events.undo(event, "officer")
    store.events.redo(event, "officer")
    assert store.events.all()[0].in_force


@pytest.mark.parametrize("text", ["", "   ", "x" * 61])
def test_an_event_has_a_text_with_room_on_a_chart(store: Store, text: str) -> None:
    with pytest.raises(BadEvent, match="1 to 60 letters"):
        store.events.add(dt.date(2025, 9, 1), text, [], "officer")


def test_answers_by_month_carry_the_events_of_their_months(sample_store: Store, sample_settings: Settings) -> None:
    event = sample_store.events.add(dt.date(2025, 9, 15), "Panel moved to weekly", [], "officer")

    def events(name: str, **months: dt.date) -> list[str]:
        found = answer(EXHIBITS[name], Selection.of({}, **months), sample_store, sample_settings)
        return [e.text for e in found.events]

    try:
        assert events("plans-issued") == ["Panel moved to weekly"]
        assert events("plans-issued", start=dt.date(2025, 10, 1)) == []
        assert events("cohort-gender") == [] and events("expenditure-by-area") == []
    finally:
        sample_store.events.undo(event, "officer")
    assert events("plans-issued") == []


def test_the_wall_is_followed_until_the_presentation_ends(store: Store) -> None:
    made = store.live.begin(ON_THE_WALL)
    assert store.live.wall(made.follow) == ON_THE_WALL
    moved = Wall(slide=SPRING.slides[1], place=2, of=2, blank=True)
    store.live.show(made.control, moved)
    assert store.live.wall(made.follow) == moved
    assert store.live.presentation(made.control) == made
    store.live.end(made.control)
    assert store.live.wall(made.follow) is None and store.live.presentation(made.control) is None
    with pytest.raises(NotPresenting):
        store.live.show(made.control, moved)
    with pytest.raises(NotPresenting):
        store.live.seen(made.follow, "phone")


def test_only_the_presenter_can_move_it_and_links_cannot_be_guessed(store: Store) -> None:
    made, other = store.live.begin(ON_THE_WALL), store.live.begin(ON_THE_WALL)
    assert len({made.control, made.follow, other.control, other.follow}) == 4
    assert all(len(secret) >= 22 for secret in (made.control, made.follow))  # 128 bits in letters of six
    with pytest.raises(NotPresenting):
        store.live.show(made.follow, ON_THE_WALL)
    assert store.live.wall(made.control) is None


def test_those_who_follow_are_counted_while_they_do(store: Store) -> None:
    made = store.live.begin(ON_THE_WALL)
    for phone in ("a", "b", "a"):
        store.live.seen(made.follow, phone)
    assert store.live.count(made.control) == 2
    with store.live._engine.begin() as connection:
        long_ago = now() - dt.timedelta(minutes=1)
        connection.execute(update(followers).where(followers.c.follower == "a").values(seen_at=long_ago))
    assert store.live.count(made.control) == 1


def test_a_presentation_nobody_moves_for_long_is_over(store: Store) -> None:
    made = store.live.begin(ON_THE_WALL)
    for minutes, over in ((89, False), (91, True)):
        with store.live._engine.begin() as connection:
            connection.execute(update(presentations).values(moved_at=now() - dt.timedelta(minutes=minutes)))
        assert (store.live.wall(made.follow) is None) == (store.live.presentation(made.control) is None) == over
    for late in (lambda: store.live.show(made.control, ON_THE_WALL), lambda: store.live.seen(made.follow, "a")):
        with pytest.raises(NotPresenting):
            late()


def test_the_presenter_does_not_wait_for_a_file_that_is_being_loaded(store: Store) -> None:
    made = store.live.begin(ON_THE_WALL)
    with store.writing():
        store.live.show(made.control, ON_THE_WALL.model_copy(update={"place": 2}))
    found = store.live.wall(made.follow)
    assert found and found.place == 2
