"""The stage as people at the back of the room see it."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browsing import PATIENCE

PROJECTOR, LAPTOP, OLD_PROJECTOR = (1920, 1080), (1366, 768), (1024, 768)
WALL = (PROJECTOR, LAPTOP, OLD_PROJECTOR)
FIRST = 4 * PATIENCE  # seconds: the first visit to a server loads the sample, on a busy machine
SLOTS = "[class*=st-key-stage-slot-]"
# The sizes of what is seen, in pixels: type as it is drawn, whatever the chart has been scaled by.
MEASURED = """() => {
  const seen = e => getComputedStyle(e).visibility === 'visible' && e.getBoundingClientRect().width > 0;
  const chart = [...document.querySelectorAll('.st-key-stage svg.marks')].find(seen);
  const box = chart?.getBoundingClientRect();
  const texts = chart ? [...chart.querySelectorAll('text')].filter(seen) : [];
  const size = e => parseFloat(getComputedStyle(e).fontSize);
  const inside = r => r.left >= 0 && r.top >= 0 && r.right <= innerWidth + .5 && r.bottom <= innerHeight + .5;
  const head = document.querySelector('.headline h1');
  const over = document.querySelector('.headline').getBoundingClientRect();
  const said = document.querySelector('.said .footer');
  return {
    headline: size(head), footer: size(said),
    labels: Math.min(...texts.map(e => size(e) * e.getScreenCTM().a)),
    chart: box ? [box.width, box.height] : null,
    inside: [...document.querySelectorAll('.said, .stage-buttons button'), ...(chart ? [chart] : [])]
      .every(e => inside(e.getBoundingClientRect())),
    scrolls: [document.documentElement, document.querySelector('[data-testid=stMain]')]
      .some(e => e.scrollHeight > innerHeight || e.scrollWidth > innerWidth),
    fits: head.getBoundingClientRect().bottom <= over.bottom + .5 && said.scrollHeight <= over.height + 200
      && said.getBoundingClientRect().bottom <= innerHeight && (!box || over.bottom <= box.top + .5),
  };
}"""


def stand(page: Page, where: str, patience: int = PATIENCE) -> None:
    """Waits until the wall is at `3 of 19`, on its first part where there are several, and what it shows stands."""
    expect(page.locator(".place")).to_have_text(re.compile(rf"^{where}( · part 1 of \d+)?$"), timeout=patience * 1e3)
    page.locator(".stage-buttons button").last.wait_for()  # from then on keys are heard
    page.wait_for_function(
        f"""() => [...document.querySelectorAll('{SLOTS}')].some(slot => getComputedStyle(slot).visibility === 'visible'
            && slot.querySelector('svg.marks, .words'))""",
        timeout=PATIENCE * 1e3,
    )


def chart(page: Page) -> Locator:
    """The chart that is seen."""
    return page.locator(f"{SLOTS} [role=graphics-document]").filter(visible=True)


def press(page: Page, key: str, where: str) -> None:
    """Presses a key and waits for the screen it leads to."""
    page.keyboard.press(key)
    stand(page, where)
