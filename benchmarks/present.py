"""How long a change of screen takes on the wall until its chart is seen, beside a change of filter there and on the
cohort page; and how long until a phone has moved too."""

import shutil
import statistics
import time

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.page import FLAGS, PAGE, in_browser, served

CHARTS = range(2, 10)  # screens of the sample's running order that show charts
WALL = {"width": 1920, "height": 1080}

# The milliseconds from now until what is seen of the stage has not changed for 400 ms after it changed first.
SEEN = """() => new Promise(done => {
  const start = performance.now();
  let last = 0, quiet = null;
  const hidden = record => {
    const at = record.target.nodeType === 1 ? record.target : record.target.parentElement;
    const slot = at?.closest('[class*=st-key-stage-slot-]');
    return slot && getComputedStyle(slot).visibility === 'hidden';
  };
  new MutationObserver((records, watching) => {
    if (records.every(hidden)) return;
    last = performance.now() - start;
    clearTimeout(quiet);
    quiet = setTimeout(() => { watching.disconnect(); done(last); }, 400);
  }).observe(document.querySelector('.st-key-stage'),
    {subtree: true, childList: true, characterData: true, attributeFilter: ['d', 'transform', 'height', 'width']});
})"""


def screens(wall: Page) -> list[float]:
    """Changes of screen, one after the other, each chart for the first time."""
    times = []
    for screen in CHARTS:
        wall.evaluate(f"() => {{ window.seen = ({SEEN})() }}")
        wall.keyboard.press("PageDown")
        times.append(float(wall.evaluate("() => window.seen")))
        wall.locator(".here", has_text=f"{screen} of").wait_for()
        wall.wait_for_timeout(1500)  # a presenter says something
    return times


def filters(wall: Page) -> list[float]:
    """Changes of a filter of the strip."""
    wall.keyboard.press("s")
    strip = wall.locator(".st-key-strip")
    strip.get_by_text("Central", exact=True).wait_for()
    wall.wait_for_timeout(1500)
    times = []
    for name in ("Central", "North", "South", "Central", "North", "South"):
        wall.evaluate(f"() => {{ window.seen = ({SEEN})() }}")
        strip.get_by_text(name, exact=True).click()
        times.append(float(wall.evaluate("() => window.seen")))
    return times


def following(browser: Browser, wall: Page) -> list[float]:
    """Seconds from a key on the wall until the phone says what the wall says."""
    wall.keyboard.press("q")
    phone = browser.new_page(viewport={"width": 390, "height": 844})
    phone.goto(wall.locator(".link").inner_text())
    phone.locator("h1").wait_for()
    times = []
    for _ in range(6):
        before, start = phone.locator("h1").inner_text(), time.perf_counter()
        wall.keyboard.press("PageUp")
        phone.wait_for_function("before => document.querySelector('h1')?.innerText !== before", arg=before)
        times.append(time.perf_counter() - start)
    return times


def on_the_wall(url: str) -> tuple[float, float, list[float]]:
    """The medians of changes of screen and of filter, in milliseconds, and how long phones took, in seconds."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        wall = browser.new_page(viewport=WALL)  # type: ignore[arg-type]
        wall.goto(f"{url}/present?order=1&screen=1")
        wall.locator(".here").wait_for(timeout=120_000)
        wall.wait_for_timeout(3000)
        found = statistics.median(screens(wall)), statistics.median(filters(wall)), following(browser, wall)
        browser.close()
    return found


def main() -> None:
    """Prints each figure beside what it is held against."""
    with served("app.py") as url:
        change, filtered, phones = on_the_wall(url)
        page = in_browser(url, PAGE)
    print(
        f"change of screen, Chromium: {change:.0f} ms; change of a filter there: {filtered:.0f} ms "
        f"({change / filtered:.2f}x), on the cohort page: {page:.0f} ms ({change / page:.2f}x)"
    )
    print(f"a phone moves: median {statistics.median(phones):.1f} s, longest {max(phones):.1f} s")


if __name__ == "__main__":
    main()
