"""A presentation to put slides in: a template that a presenter or data officer gave, without
its slides, or our own."""

import re
import zlib
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from lxml.etree import XMLSyntaxError
from pptx import Presentation
from pptx.exc import PythonPptxError
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Slides

from sendviz.exports.powerpoint import house
from sendviz.loading import packed

Template = Path | bytes | IO[bytes]
TYPES = "[Content_Types].xml"
KIND = re.compile(rb"(officedocument\.presentationml\.)(?:template|slideshow)(\.main\+xml)")
MACROS = b"macroEnabled"
UNREADABLE = (  # what the parts of a broken, encrypted or foreign package raise
    BadZipFile, KeyError, ValueError, AttributeError, RuntimeError, XMLSyntaxError, PythonPptxError, zlib.error,
)  # fmt: skip


class BadTemplate(ValueError):
    """A template that cannot be used; its text is one sentence."""


def opened(template: Template | None) -> Slides:
    """A presentation without slides, with the template's master and layouts; BadTemplate where it is none.

    A file that cannot be read raises OSError.
    """
    if template is None:
        template = house.blank()
    try:
        slides = Presentation(BytesIO(_as_presentation(_bytes(template))))
        _drop_slides(slides)
        layouts = len(slides.slide_layouts)
    except BadTemplate:
        raise
    except UNREADABLE:
        raise BadTemplate("The template cannot be read as PowerPoint: it must be a .potx or .pptx.") from None
    if not layouts:
        raise BadTemplate("The template has no slide layouts: give one with a layout for a title.")
    return slides


def _bytes(template: Template) -> bytes:
    if isinstance(template, bytes):
        return template
    return template.read_bytes() if isinstance(template, Path) else template.read()


def _as_presentation(package: bytes) -> bytes:
    """The file as a presentation: a template differs by the type of its main part alone."""
    _refuse_to_unpack_too_much(package)
    with ZipFile(BytesIO(package)) as files:
        types = files.read(TYPES)
        if MACROS in types:
            raise BadTemplate("The template has macros: save it as a .potx or .pptx, without them.")
        made = BytesIO()
        with ZipFile(made, "w", ZIP_DEFLATED) as changed:
            for name in files.namelist():
                changed.writestr(name, KIND.sub(rb"\1presentation\2", types) if name == TYPES else files.read(name))
    return made.getvalue()


def _refuse_to_unpack_too_much(package: bytes) -> None:
    """By its list of parts, before any is unpacked: what is read is kept in the memory that everybody shares."""
    try:
        unpacked = packed.too_much(packed.parts(BytesIO(package)), len(package), packed.TEMPLATE_MB)
    except packed.TooManyParts:
        raise BadTemplate("The template holds more parts than a presentation does: save it anew.") from None
    if unpacked:
        raise BadTemplate(f"The template unpacks to {unpacked}, more than a template does: save it anew.")


def _drop_slides(slides: Slides) -> None:
    """Takes the slides out, and what names or shows them: sections, custom shows, the picture of the first."""
    listed = slides.slides.element
    for entry in list(listed):
        slides.part.drop_rel(entry.rId)
        listed.remove(entry)
    package = slides.part.package
    for name, relation in list(package._rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package.drop_rel(name)
    for found in slides.element.findall(qn("p:custShowLst")):
        slides.element.remove(found)
    for extension in list(slides.element.iter(qn("p:ext"))):
        if any(re.search("section", child.tag) for child in extension):
            extension.getparent().remove(extension)
