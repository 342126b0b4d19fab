"""The copy that works without a network: opened from disk in a browser that is cut off, and presented by its keys."""

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect
from pypdf import PdfReader

from sendviz import exports
from sendviz.answer import Answer, Figure, Figures
from sendviz.datasets import EXHIBITS
from sendviz.running import RunningOrder, Slide
from sendviz.screens import Screen, of_answers, screens
from sendviz.settings import Settings
from sendviz.store import Store
from sendviz.tables import MEANINGS, table
from tests.browsing import HOUSE, watch
from tests.seen import faults

SAMPLE = RunningOrder.read((HOUSE / "sample_data" / "Running order.json").read_bytes())
WALL, PHONE = (1920, 1080), (390, 844)
HOSTILE = '</script><!--<img src=x onerror="hurt=1">\' $name &amp; \u2028'
MOST = 3_000_000  # bytes, for fifteen exhibits

# What a person sees: the smallest type in the chart as it is drawn, the size of an element's type, whether the charts
# stand, what does not fit the window, and where the footer's words and the buttons are.
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.shown svg text')].map(text =>
    parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))"""
SIZE_OF = "selector => parseFloat(getComputedStyle(document.querySelector(selector)).fontSize)"
DRAWN = """() => [...document.querySelectorAll('.stage .shown .chart, html:not(.stage) .chart')]
    .every(chart => !chart.offsetParent || chart.querySelector('svg text'))"""
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

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def meeting(sample_store: Store, sample_settings: Settings) -> tuple[Screen, ...]:
    """The sample's running order, as it is on the wall."""
    return screens(SAMPLE, sample_store, sample_settings)


@pytest.fixture(scope="module")
def copy(meeting: tuple[Screen, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its copy."""
    return written(meeting, tmp_path_factory.mktemp("offline"), SAMPLE.name)


@pytest.fixture
def opened(chromium: BrowserContext) -> Iterator[Open]:
    """Opens a file from disk in a browser without a network. Afterwards nothing else may have been asked for, and the
    browser may have found no fault."""
    assert chromium.browser
    context = chromium.browser.new_context(offline=True)
    found: list[str] = []

    def open_file(path: Path, size: tuple[int, int] = WALL, theme: str = "light", at: int = 1) -> Page:
        page = context.new_page()
        watch(page, path.as_uri(), found)
        page.set_viewport_size(ViewportSize(width=size[0], height=size[1]))
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.goto(f"{path.as_uri()}#{at}")
        page.locator("article.shown").wait_for()
        return page

    yield open_file
    context.close()
    assert found == []


def written(shown: Sequence[Screen], folder: Path, name: str = "") -> Path:
    path = folder / "copy.html"
    exports.offline(shown, path, name)
    return path


def drawn(page: Page) -> Page:
    """The page, once its screen stands: on a wall the one that is shown, on a phone all of them."""
    page.wait_for_function(DRAWN)
    return page


def steps(page: Page) -> Iterator[str]:
    """The titles of the screens from this one to the last, as Page Down goes through them."""
    while True:
        yield drawn(page).locator("article.shown h2").inner_text()
        before = page.evaluate("location.hash")
        page.keyboard.press("PageDown")
        if page.evaluate("location.hash") == before:
            return


def once(titles: Iterator[str]) -> list[str]:
    """The titles with a screen in several parts told once."""
    found: list[str] = []
    for title in titles:
        if found[-1:] != [title]:
            found.append(title)
    return found


def title(page: Page) -> str:
    return page.locator("article.shown h2").inner_text()


def test_a_whole_meeting_is_presented_by_keys_alone(copy: Path, meeting: tuple[Screen, ...], opened: Open) -> None:
    page = opened(copy)
    assert once(steps(page)) == [screen.title for screen in meeting]
    assert page.locator("article.shown .place").inner_text() == f"{SAMPLE.name} · {len(meeting)} of {len(meeting)}"
    titles = [screen.title for screen in meeting]
    for key, place in (
        ("Home", 0), ("ArrowRight", 1), ("PageDown", 2), (" ", 3), ("Enter", 4), ("ArrowLeft", 3), ("PageUp", 2),
        ("End", -1), ("Home", 0), ("ArrowLeft", 0),
    ):  # fmt: skip
        page.keyboard.press(key)
        assert title(page) == titles[place], key
    expect(page.locator(".said")).to_contain_text(titles[0])


def test_the_footer_is_the_walls_and_the_screen_comes_back(
    copy: Path, meeting: tuple[Screen, ...], opened: Open
) -> None:
    page = opened(copy, at=2)
    expect(page.locator("article.shown footer")).to_have_text(meeting[1].footer)
    page.keyboard.press("PageDown")
    page.reload()
    expect(page.locator("article.shown h2")).to_have_text(meeting[2].title)


@pytest.mark.parametrize("size", [WALL, (1366, 768), (1024, 768)])
def test_every_screen_fits_and_is_read_from_the_back(copy: Path, opened: Open, size: tuple[int, int]) -> None:
    page = opened(copy, size)
    scale = min(size[0] / WALL[0], size[1] / WALL[1])
    for name in steps(page):
        assert page.evaluate(OUTSIDE) == [], name
        assert page.evaluate(SIZE_OF, "article.shown h2") >= 40 * scale, name
        if page.locator("article.exhibit.shown").count():
            assert page.evaluate(SMALLEST) >= 21.5 * scale, name  # of 22, under a headline of two lines
            assert page.evaluate(SIZE_OF, "article.shown footer") >= 16 * scale, name
            footer, buttons = page.evaluate(BESIDE)
            assert footer["right"] < buttons["left"], name


def test_the_table_stands_in_the_charts_place(copy: Path, meeting: tuple[Screen, ...], opened: Open) -> None:
    place = next(n for n, screen in enumerate(meeting) if screen.slide.exhibit == "plans-timeliness")
    answer = meeting[place].answer
    assert answer
    page = opened(copy, at=place + 1)
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


def test_small_numbers_are_withheld_and_said(copy: Path, meeting: tuple[Screen, ...], opened: Open) -> None:
    place = next(n for n, s in enumerate(meeting, 1) if s.answer and "c" in table(s.answer).marks)
    page = opened(copy, PHONE)
    more = page.locator("article").nth(place - 1).locator(".more")
    expect(more.get_by_role("cell", name="[c]", exact=True).first).to_be_visible()
    expect(more.locator(".legend")).to_contain_text(f"[c] {MEANINGS['c']}")


def test_blank_dark_notes_and_keys(copy: Path, meeting: tuple[Screen, ...], opened: Open) -> None:
    page = opened(copy, at=2)
    on_top = "document.elementFromPoint(innerWidth / 2, innerHeight / 2).className"
    for key in ("b", "."):
        page.keyboard.press(key)
        assert page.evaluate(on_top) == "blank"
        page.keyboard.press(key)
        assert page.evaluate(on_top) != "blank"
    seen = "document.body.innerText"
    note = page.get_by_role("complementary").get_by_text(meeting[1].slide.note)
    assert meeting[1].slide.note not in page.evaluate(seen)
    page.keyboard.press("n")
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("blank screen")
    page.keyboard.press("PageDown")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert title(page) == meeting[2].title
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(colour)
    page.keyboard.press("d")
    assert page.evaluate(colour) != light
    assert opened(copy, theme="dark").evaluate(colour) == page.evaluate(colour)


def test_it_prints_a_screen_a_page(copy: Path, meeting: tuple[Screen, ...], opened: Open) -> None:
    page = drawn(opened(copy, theme="dark", at=2))
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert all(leaf.mediabox.width > leaf.mediabox.height for leaf in paper)
    texts = [" ".join(leaf.extract_text().split()) for leaf in paper]
    heads = [plain(f"{n} of {len(meeting)}{screen.title}") for n, screen in enumerate(meeting, 1)]
    found = [n for head in heads for n, text in enumerate(texts) if plain(SAMPLE.name + "·") + head in plain(text)]
    assert len(found) == len(meeting) and found == sorted(set(found))
    assert "Jan 2024" in texts[found[5]], "a chart that was not shown before is drawn"
    assert "January 2024" in texts[found[5] + 1], "its table follows"
    expect(page.locator("article.shown .chart")).to_have_attribute("data-drawn", re.compile("dark"))


def plain(text: str) -> str:
    """The text without what a PDF's ligatures and line ends change."""
    return re.sub(r"\s|ﬀ|ﬁ|ﬂ|ﬃ|ff|fi|fl|ffi", "", text)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_reads_it_as_a_page(copy: Path, meeting: tuple[Screen, ...], opened: Open, theme: str) -> None:
    page = opened(copy, PHONE, theme)
    assert page.get_by_role("heading", level=2).all_inner_texts() == [screen.title for screen in meeting]
    drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    first = page.locator("article.exhibit").first
    chart, more = first.locator(".chart").bounding_box(), first.locator(".more").bounding_box()
    assert chart and more and chart["y"] + chart["height"] <= more["y"]
    assert faults(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybody_can_use_it(copy: Path, meeting: tuple[Screen, ...], opened: Open, theme: str) -> None:
    page = drawn(opened(copy, theme=theme, at=2))
    assert meeting[1].answer
    expect(page.locator(".shown [role=graphics-document]")).to_have_attribute("aria-label", meeting[1].answer.alt)
    expect(page.locator("html")).to_have_attribute("lang", "en-GB")
    assert faults(page) == []
    page.keyboard.press("t")
    assert faults(page) == []
    page.keyboard.press("?")
    assert faults(page) == []
    page.keyboard.press("?")
    page.get_by_role("button", name="Next").press("Enter")
    assert title(page) == meeting[2].title


def test_every_exhibit_is_drawn(
    sample_store: Store, sample_settings: Settings, opened: Open, tmp_path: Path
) -> None:  # fmt: skip
    order = RunningOrder(name="All", slides=tuple(Slide(exhibit=name) for name in EXHIBITS))
    shown = screens(order, sample_store, sample_settings)
    page = opened(written(shown, tmp_path))
    for name in steps(page):
        assert page.locator("article.shown figure.shown svg text").count(), name
        assert page.evaluate(OUTSIDE) == [], name
    page.set_viewport_size(ViewportSize(width=PHONE[0], height=PHONE[1]))
    expect(drawn(page).locator(".chart svg:visible")).to_have_count(len(shown))


def test_it_is_small(copy: Path, meeting: tuple[Screen, ...]) -> None:
    assert sum(screen.answer is not None for screen in meeting) >= 15
    assert copy.stat().st_size < MOST


def hostile(answer: Answer) -> Answer:
    """The answer with values of its first dimension that would do harm."""

    def renamed(rows: Sequence[Figure]) -> tuple[Figure, ...]:
        return tuple(row._replace(at=(f"{HOSTILE}{n}", *row.at[1:])) for n, row in enumerate(rows))

    figures = tuple(Figures(f.measure, f.dimensions, renamed(f.rows)) for f in answer.figures)
    return replace(answer, figures=figures, headline=HOSTILE, alt=HOSTILE, notes=(HOSTILE,), source=HOSTILE)


def test_no_text_breaks_out(meeting: tuple[Screen, ...], opened: Open, tmp_path: Path) -> None:
    bars = next(s.answer for s in meeting if s.slide.exhibit == "placements-by-type")
    assert bars
    note = Slide(exhibit="placements-by-type", note=HOSTILE)
    shown = [Screen(Slide(title=HOSTILE, text=f"{HOSTILE}\n{HOSTILE}")), Screen(note, hostile(bars))]
    page = opened(written(shown, tmp_path, HOSTILE))
    said = " ".join(HOSTILE.split())
    for _ in steps(page):
        expect(page.locator("article.shown h2")).to_have_text(said)
    page.keyboard.press("n")
    expect(page.get_by_role("complementary")).to_have_text(said)
    page.keyboard.press("t")
    expect(page.locator("article.shown tbody th").first).to_have_text(f"{HOSTILE}0")
    assert page.locator("svg text").filter(has_text="</script>").count()
    assert page.locator("img").count() == 0
    assert page.evaluate("window.hurt") is None


def test_the_browser_itself_refuses_every_request(copy: Path, chromium: BrowserContext) -> None:
    page = chromium.new_page()
    page.goto(copy.as_uri())
    refused = page.evaluate(
        """() => new Promise(done => {
            const found = [];
            addEventListener("securitypolicyviolation", event => {
              found.push(event.effectiveDirective);
              if (found.length === 3) done(found.sort());
            });
            fetch("http://127.0.0.1:9/").catch(() => {});
            document.body.append(Object.assign(new Image(), {src: "http://127.0.0.1:9/"}));
            document.body.append(Object.assign(document.createElement("script"), {textContent: "window.hurt = 1"}));
        })"""
    )
    assert refused == ["connect-src", "img-src", "script-src-elem"]
    assert page.evaluate("window.hurt") is None
    page.close()


def test_what_is_asked_by_command_is_a_presentation_too(
    meeting: tuple[Screen, ...], opened: Open, tmp_path: Path
) -> None:
    answer = next(screen.answer for screen in meeting if screen.answer)
    exports.kind(Path("a.html"))([answer], tmp_path / "a.html")
    page = opened(tmp_path / "a.html")
    assert title(page) == of_answers([answer])[0].title
    assert page.title() == answer.exhibit.title
