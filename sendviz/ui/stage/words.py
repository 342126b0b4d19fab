"""What the stage says beside its charts, as HTML: headline, footer, place in the order, slides of words, the keys."""

from html import escape

from sendviz.answer import Answer
from sendviz.figures.areas import on_screen
from sendviz.tables import table
from sendviz.ui import markup
from sendviz.ui.stage.faces import Face
from sendviz.ui.stage.keys import HELP
from sendviz.ui.stage.place import CHART, FOLLOW, KEYS, Place
from sendviz.ui.stage.shape import Shape

FEW = 7  # lines of a slide that have room in large type
NOT_PREPARED = "not as prepared"
OVERLAYS = {FOLLOW: "Follow along on your phone", KEYS: "Keys"}  # screens of their own, with these headlines


def surround(place: Place, face: Face, shape: Shape, slot: str) -> str:
    """Headline, footer and place in the order, how much room they take, and which slot is seen: all in one, so that
    they change at once."""
    headline = OVERLAYS.get(place.view, face.headline)
    of_words = face.screen.answer is None and place.view == CHART
    head = shape.title(headline, len(face.lines)) if of_words else shape.head(headline)
    kind = ' class="of-words"' if of_words else ""
    done = round(100 * place.at / place.of, 2)
    parts = f" · part {place.part} of {face.parts}" if face.parts > 1 else ""
    changed = "" if place.chosen is None else f'<strong class="changed">{NOT_PREPARED}</strong> · '
    seen = f"slot-{slot}" if place.view == CHART else "large"
    return (
        f"<style>.st-key-stage-{seen} {{ visibility: visible !important; }}"
        f".st-key-stage-over {{ display: {'flex' if place.strip else 'none'} !important; }}"
        f".st-key-stage {{ --head: {head}; --foot: {shape.foot}; --side: {shape.side}; }}</style>"
        f'<div class="progress" aria-hidden="true"><div style="width: {done}%"></div></div>'
        f'<header class="headline"><h1{kind}>{escape(headline)}</h1></header>'
        f'<footer class="said"><p class="footer">{changed}{escape(face.screen.footer)}</p>'
        f'<p class="place"><span class="here">{place.at} of {place.of}</span>{parts}</p></footer>'
        + '<div class="blank"></div>'
        * place.blank
    )


def lines(face: Face) -> str:
    """The lines of a slide of words, or what is said where an exhibit has nothing to show."""
    said = "".join(f"<p>{escape(line)}</p>" for line in face.lines)
    return f'<div class="words{" many" * (len(face.lines) > FEW)}">{said}</div>'


def figures(answer: Answer) -> str:
    """The table in large type, and the free text where there is some."""
    compared, _ = on_screen(answer)
    return f'<div class="large">{markup.figures(table(compared))}{markup.comments(answer)}</div>'


def keys() -> str:
    """What each key does."""
    rows = "".join(f"<dt>{escape(keys)}</dt><dd>{escape(does)}</dd>" for keys, does in HELP)
    return f'<div class="keys"><dl>{rows}</dl></div>'
