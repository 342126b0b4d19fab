"""Running orders and slides in words, as HTML of our own, and names of buttons that tell one from the other."""

from html import escape

from sendviz.running import Slide
from sendviz.selection import FROM, TO, Selection
from sendviz.store import KeptOrder
from sendviz.ui import menu, opened, signin
from sendviz.ui.markdown import plain
from sendviz.vocabulary import Exhibit
from sendviz.vocabulary.dimensions import FILTERS


def button(shown: str, of: str) -> str:
    """A button's label: what is seen of it, and, for who hears it, what it is about (`orders.css` hides that)."""
    return f"{shown} *{plain(of)}*"


def name_of(exhibit: Exhibit) -> str:
    """EHCP cohort: Pupils with a plan by gender."""
    return f"{menu.title(exhibit.page)}: {exhibit.title}"


def of_order(kept: KeptOrder) -> str:
    """A running order in the list: its name, its slides, and its last change."""
    when = kept.when.astimezone()
    return (
        f'<div class="order"><h2>{escape(kept.order.name)}</h2><p>{count(kept)}, changed {when.day} '
        f"{when:%B %Y, %H:%M} by {escape(kept.who)}</p></div>"
    )


def count(kept: KeptOrder) -> str:
    """19 slides."""
    slides = len(kept.order.slides)
    return f"{slides} {'slide' if slides == 1 else 'slides'}"


def of_slide(slide: Slide, place: int) -> str:
    """A slide in the list: what it shows, its selection, title and note."""
    note = f'<p class="note"><span>Note: </span>{lines(slide.note)}</p>' if slide.note else ""
    parts = (f'<p class="{kind}">{escape(text)}</p>' for kind, text in _about(slide) if text)
    return (
        f'<div class="slide"><h3><span class="place">{place + 1}</span> {escape(what(slide))}</h3>'
        f"{''.join(parts)}{note}</div>"
    )


def what(slide: Slide) -> str:
    """What the slide shows, in a line."""
    if slide.shows:
        return slide.shows.title
    return f"“{slide.exhibit}” is no longer there" if slide.lost else slide.title or slide.text.split("\n")[0]


def in_force(slide: Slide) -> tuple[Selection, tuple[str, ...]]:
    """The slide's selection, within what whoever looks may see; and in words what of it is not in the data."""
    limit = signin.person().limit
    missing = Selection.forgiving(slide.where, lambda name: opened.options(name, limit))[1]
    gone = (f"the filter “{name}”" for name in slide.where if name not in (*FILTERS, FROM, TO))
    return slide.selection.limited_to(limit), (*missing, *gone)


def _about(slide: Slide) -> list[tuple[str, str]]:
    if slide.lost:
        return [("fault", "This slide is left out when presenting.")]
    if slide.shows is None:
        lines = [slide.title, *slide.text.split("\n")] if slide.title else slide.text.split("\n")
        return [("how", " · ".join(("Words", *filter(None, lines[1:]))))]
    selection, missing = in_force(slide)
    fault = f"Not in the data: {', '.join(missing)}." if missing else ""
    table = "with its table in PowerPoint" if slide.table else ""
    how = " · ".join(filter(None, (menu.title(slide.shows.page), selection.words() if selection else "", table)))
    return [("own", f"“{slide.title}”" if slide.title else ""), ("how", how), ("fault", fault)]


def lines(text: str) -> str:
    """A text of several lines as HTML."""
    return escape(text).replace("\n", "<br>")
