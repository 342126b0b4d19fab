"""The speaker's notes: what to say, what is counted, how small numbers are treated, and the way back to the page."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from lxml.etree import _Element
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import NotesSlide, Slide

from sendviz.answer import Answer
from sendviz.exports.powerpoint.fitting import plain
from sendviz.exports.powerpoint.house import LANGUAGE
from sendviz.screens import Screen
from sendviz.tables import small_number_rule


def take(slide: Slide, screen: Screen, address: str | None) -> None:
    """Writes a screen's notes to its slide, with a link to the page where its `address` is known."""
    notes = slide.notes_slide
    body = notes.notes_text_frame
    if body is None:  # a template whose notes have no place for words
        notes.shapes._spTree.append(_body())
        body = notes.notes_text_frame
    assert body is not None
    body.text = plain("\n".join(words(screen)))
    if screen.answer:
        path = where(screen.answer)
        paragraph = body.add_paragraph()
        paragraph.add_run().text = "Live, with every filter: " if address else f"On the dashboard: {path}"
        if address:
            link = paragraph.add_run()
            link.text = link.hyperlink.address = address.rstrip("/") + path
    _speak_english(notes)


def words(screen: Screen) -> Sequence[str]:
    """The lines of the notes: the presenter's own first."""
    own = [screen.slide.note] if screen.slide.note else []
    return [*own, *(_explained(screen, screen.answer) if screen.answer else ())]


def _explained(screen: Screen, answer: Answer) -> Iterator[str]:
    if screen.slide.title:
        yield answer.headline
    yield "What is counted"
    for figures in answer.figures:
        yield f"{figures.measure.title}: {figures.measure.why}"
    yield from answer.notes
    if any(figures.measure.of_people for figures in answer.figures):
        yield f"Small numbers: {small_number_rule(answer.below, answer.rounding)}"
    yield screen.footer


def where(answer: Answer) -> str:
    """The path of the exhibit on its page, with the selection: `/final-plans?locality=North#plans-issued`."""
    query = urlencode(answer.selection.query(), doseq=True)
    return f"/{answer.exhibit.page}{'?' + query if query else ''}#{answer.exhibit.id}"


def _body() -> _Element:
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="99" name="Notes"/><p:cNvSpPr/><p:nvPr>'
        '<p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr/>'
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )


def _speak_english(notes: NotesSlide) -> None:
    for run in notes.element.iter(qn("a:r")):
        run.get_or_add_rPr().set("lang", LANGUAGE)
