"""Where a presentation is and what a wall has room for, without a browser."""

import pytest

from sendviz import charts
from sendviz.answer import Answer
from sendviz.datasets import EXHIBITS
from sendviz.figures import answer
from sendviz.running import RunningOrder, Slide
from sendviz.screens import Screen
from sendviz.selection import Selection
from sendviz.settings import Settings
from sendviz.store import Store, Wall
from sendviz.ui import follow
from sendviz.ui.stage import faces, keys, words
from sendviz.ui.stage.faces import Face
from sendviz.ui.stage.place import CHART, FOLLOW, TABLE, Place
from sendviz.ui.stage.shape import Shape
from sendviz.ui.stage.slots import assigned

ORDER = RunningOrder(
    name="Spring",
    slides=(
        Slide(title="Agenda"),
        Slide(exhibit="survey-answers", title="What you said", where={"phase": ("Primary",)}),
        Slide(exhibit="plans-issued"),
    ),
)


def parts(slide: Slide) -> int:
    return 3 if slide.exhibit == "survey-answers" else 1


def pressed(place: Place, *does: str) -> tuple[int, int]:
    for one in does:
        keys.act(one, place, parts)
    return place.at, place.part


def test_each_part_of_a_slide_is_a_screen_and_the_ends_stay() -> None:
    place = Place(1, ORDER)
    there = [pressed(place, "next") for _ in range(6)]
    assert there == [(2, 1), (2, 2), (2, 3), (3, 1), (3, 1), (3, 1)]
    assert [pressed(place, "before") for _ in range(5)] == [(2, 3), (2, 2), (2, 1), (1, 1), (1, 1)]
    assert (pressed(place, "last"), pressed(place, "first")) == ((3, 1), (1, 1))


def test_what_is_chosen_lasts_until_the_next_screen() -> None:
    place = Place(1, ORDER, at=2)
    place.choose(Selection.of({"phase": ["Secondary"]}))
    assert (place.slide.where, place.slide.title) == ({"phase": ("Secondary",)}, "")
    pressed(place, "prepared")
    assert place.slide == ORDER.slides[1]
    place.choose(Selection.of({"phase": ["Secondary"]}))
    pressed(place, "next", "before")
    assert place.slide == ORDER.slides[1]
    place.choose(Selection.of({"phase": ["Primary"]}))
    assert place.chosen is None


def test_keys_open_and_close() -> None:
    place = Place(1, ORDER, at=2)
    pressed(place, "table")
    assert place.view == TABLE and keys.leaves("leave", place)
    pressed(place, "follow")
    assert place.view == FOLLOW and not keys.leaves("leave", place)
    pressed(place, "leave")
    assert place.view == CHART
    pressed(place, "strip", "blank")
    assert place.strip and place.blank and not keys.leaves("leave", place)
    pressed(place, "first", "strip", "table", "nothing known")
    assert (place.strip, place.view, place.blank) == (False, CHART, False), "words have neither filters nor a table"


def test_the_link_names_the_screen() -> None:
    assert Place(7, ORDER, at=2, part=3, control="secret").link() == {
        "order": "7", "screen": "2", "part": "3", "live": "secret",
    }  # fmt: skip
    assert Place(7, ORDER).link() == {"order": "7", "screen": "1"}


def test_a_screen_that_is_drawn_stays_where_it_is() -> None:
    before = assigned({}, [(1, 1), (2, 1)])
    after = assigned(before, [(2, 1), (3, 1), (1, 1)])
    assert {where: name for name, where in before.items()}.items() <= {w: n for n, w in after.items()}.items()
    assert sorted(assigned(after, [(3, 1), (4, 1), (2, 1)]).values()) == [(2, 1), (3, 1), (4, 1)]


@pytest.mark.parametrize(
    ("window", "shape"),
    [
        (None, (1920, 1080)), ([1920, 1080], (1920, 1080)), ([1366, 768], (1920, 1080)), ([1024, 768], (1920, 1440)),
        ([390, 844], (760, 1640)), (["1", 2], (1920, 1080)), ([0, 0], (1920, 1080)), ([3840, 1600], (2600, 1080)),
    ],
)  # fmt: skip
def test_the_shape_of_a_window(window: object, shape: tuple[int, int]) -> None:
    assert (Shape.of(window).width, Shape.of(window).height) == shape


def test_every_exhibit_has_room_under_its_headline(sample_store: Store, sample_settings: Settings) -> None:
    for exhibit in EXHIBITS.values():
        found = answer(exhibit, Selection(), sample_store, sample_settings)
        for shape in (Shape(), Shape(1920, 1440), Shape(760, 1640)):
            width, height = shape.chart(found.headline)
            assert width > 600 and height > 600
            assert all(drawn.height <= height for drawn in charts.screens(found, width, height))


def test_what_is_said_is_escaped(sample_store: Store, sample_settings: Settings) -> None:
    bad = "<script>alert(1)</script>"
    slide = Slide(title=bad, text=bad)
    face = Face(Screen(slide))
    place = Place(1, RunningOrder(name="A", slides=(slide,)))
    assert "<script" not in words.surround(place, face, Shape(), "a") + words.lines(face)
    shown: Answer = answer(EXHIBITS["plans-issued"], Selection(), sample_store, sample_settings)
    titled = Face(Screen(Slide(exhibit="plans-issued", title=bad), shown))
    assert "<script" not in words.surround(place, titled, Shape(), "a")


def test_a_wall_shows_no_more_than_its_presenter_may_see(in_the_app: None, sample_store: Store) -> None:
    slide, version = Slide(exhibit="plans-issued"), sample_store.version()
    everything, part = (
        faces.face(slide, faces.Window(version, Shape(), False, limit)).screen
        for limit in ((), (("locality", ("Central",)),))
    )
    assert everything.title != part.title
    assert "Opened to you" in part.footer
    phones = Wall.model_validate_json(Wall(slide=slide, limit=(("locality", ("Central",)),)).model_dump_json())
    shown, _, _ = follow._drawn(EXHIBITS["plans-issued"], slide.selection.limited_to(phones.limit), "", version, False)
    assert shown.title == part.title


def test_words_without_a_title_begin_with_their_first_line() -> None:
    untitled, titled = (Face(Screen(Slide(title=title, text="Tea\n\nCoffee"))) for title in ("", "Break"))
    assert (untitled.headline, untitled.lines) == ("Tea", ("Coffee",))
    assert (titled.headline, titled.lines) == ("Break", ("Tea", "Coffee"))
