"""The copy that works without a network, on phones, on paper, for everybody; and what it keeps to itself."""

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect
from pypdf import PdfReader

from sendviz import exports
from sendviz.answer import Answer, Figure, Figures
from sendviz.running import Slide
from sendviz.screens import Screen, of_answers
from sendviz.tables import MEANINGS, table
from tests.copies import PHONE, SAMPLE, Open, drawn, steps, title, written
from tests.seen import faults

HOSTILE = '</script><!--<img src=x onerror="hurt=1">\' $name &amp; \u2028'
MOST = 3_000_000  # bytes, for fifteen exhibits


def test_small_numbers_are_withheld_and_said(copy: Path, wall: tuple[Screen, ...], from_disk: Open) -> None:
    place = next(n for n, s in enumerate(wall, 1) if s.answer and "c" in table(s.answer).marks)
    page = from_disk(copy, PHONE)
    more = page.locator("article").nth(place - 1).locator(".more")
    expect(more.get_by_role("cell", name="[c]", exact=True).first).to_be_visible()
    expect(more.locator(".legend")).to_contain_text(f"[c] {MEANINGS['c']}")


def test_it_prints_a_screen_a_page(copy: Path, wall: tuple[Screen, ...], from_disk: Open) -> None:
    page = drawn(from_disk(copy, theme="dark", at=2))
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert all(leaf.mediabox.width > leaf.mediabox.height for leaf in paper)
    texts = [" ".join(leaf.extract_text().split()) for leaf in paper]
    heads = [plain(f"{n} of {len(wall)}{screen.title}") for n, screen in enumerate(wall, 1)]
    found = [n for head in heads for n, text in enumerate(texts) if plain(SAMPLE.name + "·") + head in plain(text)]
    assert len(found) == len(wall) and found == sorted(set(found))
    assert "Jan 2024" in texts[found[5]], "a chart that was not shown before is drawn"
    assert "January 2024" in texts[found[5] + 1], "its table follows"
    expect(page.locator("article.shown .chart")).to_have_attribute("data-drawn", re.compile("dark"))


def plain(text: str) -> str:
    """The text without what a PDF's ligatures and line ends change."""
    return re.sub(r"\s|ﬀ|ﬁ|ﬂ|ﬃ|ff|fi|fl|ffi", "", text)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_reads_it_as_a_page(copy: Path, wall: tuple[Screen, ...], from_disk: Open, theme: str) -> None:
    page = from_disk(copy, PHONE, theme)
    assert page.get_by_role("heading", level=2).all_inner_texts() == [screen.title for screen in wall]
    drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    first = page.locator("article.exhibit").first
    chart, more = first.locator(".chart").bounding_box(), first.locator(".more").bounding_box()
    assert chart and more and chart["y"] + chart["height"] <= more["y"]
    assert faults(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybody_can_use_it(copy: Path, wall: tuple[Screen, ...], from_disk: Open, theme: str) -> None:
    page = drawn(from_disk(copy, theme=theme, at=2))
    assert wall[1].answer
    expect(page.locator(".shown [role=graphics-document]")).to_have_attribute("aria-label", wall[1].answer.alt)
    expect(page.locator("html")).to_have_attribute("lang", "en-GB")
    assert faults(page) == []
    page.keyboard.press("t")
    assert faults(page) == []
    page.keyboard.press("?")
    assert faults(page) == []
    page.keyboard.press("?")
    page.get_by_role("button", name="Next").press("Enter")
    assert title(page) == wall[2].title


def test_it_is_small(copy: Path, wall: tuple[Screen, ...]) -> None:
    assert sum(screen.answer is not None for screen in wall) >= 15
    assert copy.stat().st_size < MOST


def hostile(answer: Answer) -> Answer:
    """The answer with values of its first dimension that would do harm."""

    def renamed(rows: Sequence[Figure]) -> tuple[Figure, ...]:
        return tuple(row._replace(at=(f"{HOSTILE}{n}", *row.at[1:])) for n, row in enumerate(rows))

    figures = tuple(Figures(f.measure, f.dimensions, renamed(f.rows)) for f in answer.figures)
    return replace(answer, figures=figures, headline=HOSTILE, alt=HOSTILE, notes=(HOSTILE,), source=HOSTILE)


def test_no_text_breaks_out(wall: tuple[Screen, ...], from_disk: Open, tmp_path: Path) -> None:
    bars = next(s.answer for s in wall if s.slide.exhibit == "placements-by-type")
    assert bars
    note = Slide(exhibit="placements-by-type", note=HOSTILE)
    shown = [Screen(Slide(title=HOSTILE, text=f"{HOSTILE}\n{HOSTILE}")), Screen(note, hostile(bars))]
    page = from_disk(written(shown, tmp_path, HOSTILE))
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
    wall: tuple[Screen, ...], from_disk: Open, tmp_path: Path
) -> None:
    answer = next(screen.answer for screen in wall if screen.answer)
    exports.kind(Path("a.html"))(of_answers([answer]), tmp_path / "a.html")
    page = from_disk(tmp_path / "a.html")
    assert title(page) == of_answers([answer])[0].title
    assert page.title() == answer.exhibit.title
