"""The copy that works without a network, presented from disk by its keys."""

import datetime as dt
from pathlib import Path

import pytest
from playwright.sync_api import ViewportSize, expect

from sendviz.datasets import EXHIBITS
from sendviz.running import RunningOrder, Slide
from sendviz.screens import Screen, screens
from sendviz.settings import Settings
from sendviz.store import Store
from sendviz.tables import table
from tests.copies import PHONE, SAMPLE, WALL, Open, drawn, once, steps, title, written

# What a person sees: the smallest type in the chart as it is drawn, the size of an element's type, what does not fit
# the window, and where the footer's words and the buttons are.
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.shown svg text')].map(text =>
    parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))"""
SIZE_OF = "selector => parseFloat(getComputedStyle(document.querySelector(selector)).fontSize)"
OUTSIDE = """() => {
    const {scrollWidth, scrollHeight} = document.documentElement;
    const seen = [...document.querySelectorAll('.shown, .shown > :not(.note, .more), .shown svg, nav button')];
    const out = element => { const r = element.getBoundingClientRect();
      return r.width && (r.left < 0 || r.top < 0 || r.right > innerWidth + 1 || r.bottom > innerHeight + 1); };
    return [...seen.filter(out).map(element => element.outerHTML.slice(0, 80)),
            ...(scrollWidth > innerWidth || scrollHeight > innerHeight ? ['the page scrolls'] : [])];
}"""
BESIDE = """() => ['.shown footer', 'nav'].map(name => {
    const words = document.createRange();
    words.selectNodeContents(document.querySelector(name));
    return words.getBoundingClientRect().toJSON();
})"""


def test_a_whole_meeting_is_presented_by_keys_alone(copy: Path, wall: tuple[Screen, ...], from_disk: Open) -> None:
    page = from_disk(copy)
    assert once(steps(page)) == [screen.title for screen in wall]
    assert page.locator("article.shown .place").inner_text() == f"{SAMPLE.name} · {len(wall)} of {len(wall)}"
    titles = [screen.title for screen in wall]
    for key, place in (
        ("Home", 0), ("ArrowRight", 1), ("PageDown", 2), (" ", 3), ("Enter", 4), ("ArrowLeft", 3), ("PageUp", 2),
        ("End", -1), ("Home", 0), ("ArrowLeft", 0),
    ):  # fmt: skip
        page.keyboard.press(key)
        assert title(page) == titles[place], key
    expect(page.locator(".said")).to_contain_text(titles[0])


def test_the_footer_is_the_walls_and_the_screen_comes_back(
    copy: Path, wall: tuple[Screen, ...], from_disk: Open
) -> None:
    page = from_disk(copy, at=2)
    expect(page.locator("article.shown footer")).to_have_text(wall[1].footer)
    page.keyboard.press("PageDown")
    page.reload()
    expect(page.locator("article.shown h2")).to_have_text(wall[2].title)


@pytest.mark.parametrize("size", [WALL, (1366, 768), (1024, 768)])
def test_every_screen_fits_and_is_read_from_the_back(copy: Path, from_disk: Open, size: tuple[int, int]) -> None:
    page = from_disk(copy, size)
    scale = min(size[0] / WALL[0], size[1] / WALL[1])
    for name in steps(page):
        assert page.evaluate(OUTSIDE) == [], name
        assert page.evaluate(SIZE_OF, "article.shown h2") >= 40 * scale, name
        if page.locator("article.exhibit.shown").count():
            assert page.evaluate(SMALLEST) >= 21.5 * scale, name  # of 22, under a headline of two lines
            assert page.evaluate(SIZE_OF, "article.shown footer") >= 16 * scale, name
            footer, buttons = page.evaluate(BESIDE)
            assert footer["right"] < buttons["left"], name


def test_the_table_stands_in_the_charts_place(copy: Path, wall: tuple[Screen, ...], from_disk: Open) -> None:
    place = next(n for n, screen in enumerate(wall) if screen.slide.exhibit == "plans-timeliness")
    answer = wall[place].answer
    assert answer
    page = from_disk(copy, at=place + 1)
    more = page.locator("article.shown .more")
    expect(more).to_be_hidden()
    page.keyboard.press("t")
    expect(more).to_be_focused()
    expect(page.locator("article.shown .chart")).to_be_hidden()
    cells = more.locator("tbody tr").first.locator("th, td").all_inner_texts()
    assert cells == [cell.text for cell in table(answer).rows[0].cells]
    for figures in answer.figures:
        expect(more).to_contain_text(figures.measure.why)
    expect(more).to_contain_text(f"made on {dt.date.today().day} {dt.date.today():%B %Y}")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => document.querySelector('.shown .more').scrollTop > 0")
    page.keyboard.press("Escape")
    expect(page.locator("article.shown .chart")).to_be_visible()
    page.get_by_role("button", name="Table").click()
    expect(more).to_be_visible()
    page.keyboard.press("PageDown")
    expect(page.locator("article.shown .more")).to_be_hidden()


def test_blank_dark_notes_and_keys(copy: Path, wall: tuple[Screen, ...], from_disk: Open) -> None:
    page = from_disk(copy, at=2)
    on_top = "document.elementFromPoint(innerWidth / 2, innerHeight / 2).className"
    for key in ("b", "."):
        page.keyboard.press(key)
        assert page.evaluate(on_top) == "blank"
        page.keyboard.press(key)
        assert page.evaluate(on_top) != "blank"
    seen = "document.body.innerText"
    note = page.get_by_role("complementary").get_by_text(wall[1].slide.note)
    assert wall[1].slide.note not in page.evaluate(seen)
    page.keyboard.press("n")
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("blank screen")
    page.keyboard.press("PageDown")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert title(page) == wall[2].title
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(colour)
    page.keyboard.press("d")
    assert page.evaluate(colour) != light
    assert from_disk(copy, theme="dark").evaluate(colour) == page.evaluate(colour)


def test_every_exhibit_is_drawn(
    sample_store: Store, sample_settings: Settings, from_disk: Open, tmp_path: Path
) -> None:  # fmt: skip
    order = RunningOrder(name="All", slides=tuple(Slide(exhibit=name) for name in EXHIBITS))
    shown = screens(order, sample_store, sample_settings)
    page = from_disk(written(shown, tmp_path))
    for name in steps(page):
        assert page.locator("article.shown figure.shown svg text").count(), name
        assert page.evaluate(OUTSIDE) == [], name
    page.set_viewport_size(ViewportSize(width=PHONE[0], height=PHONE[1]))
    expect(drawn(page).locator(".chart svg:visible")).to_have_count(len(shown))
