"""PowerPoint files as others see them: a template of one's own, words that fit, and LibreOffice."""

import io
import re
import shutil
import subprocess
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from pptx import Presentation
from pptx.util import Emu, Inches, Pt
from pypdf import PdfReader

from sendviz import exports
from sendviz.datasets import EXHIBITS
from sendviz.exports.powerpoint.fitting import height
from sendviz.running import RunningOrder, Slide
from sendviz.screens import Screen, screens
from sendviz.settings import Settings
from sendviz.store import Store
from tests.test_deck import frames, slides, title, words
from tests.test_tables import JANUARY, answer

TYPES = "[Content_Types].xml"
AS_TEMPLATE = (b"presentationml.presentation.main", b"presentationml.template.main")
PLANS = answer("plans-issued", {(JANUARY,): 41}, headline="41 final plans were issued")


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A data officer's own presentation: 4:3, its title at the left, a slide in it, and a logo's name on its master."""
    own = Presentation()
    own.slide_master.placeholders[0].left, own.slide_master.placeholders[0].width = Inches(1.5), Inches(8)
    own.slide_master.placeholders[0].name = "Council title"
    slide = own.slides.add_slide(own.slide_layouts[0])
    slide.shapes.title.text_frame.text = "How to use this template"
    own.save(tmp_path / "own.pptx")
    return tmp_path / "own.pptx"


def as_potx(path: Path) -> bytes:
    made = io.BytesIO()
    with ZipFile(path) as files, ZipFile(made, "w") as changed:
        for name in files.namelist():
            changed.writestr(name, files.read(name).replace(*AS_TEMPLATE) if name == TYPES else files.read(name))
    return made.getvalue()


@pytest.mark.parametrize("as_template", [False, True], ids=["pptx", "potx"])
def test_a_template_of_ones_own_gives_the_look(as_template: bool, template: Path, tmp_path: Path) -> None:
    given = as_potx(template) if as_template else template
    target = tmp_path / "made.pptx"
    exports.deck([Screen(Slide(exhibit="plans-issued"), PLANS)], target, template=given)
    made = Presentation(str(target))
    assert (made.slide_width, made.slide_height) == (Inches(10), Inches(7.5))
    assert made.slide_master.placeholders[0].name == "Council title"
    (slide,) = made.slides
    assert slide.slide_layout.name == "Title Only" and title(slide) == PLANS.headline
    (frame,) = frames(slide)
    assert frame.left == Inches(1.5) and frame.left + frame.width <= made.slide_width
    with ZipFile(target) as files:
        assert "How to use this template" not in b"".join(map(files.read, files.namelist())).decode(errors="ignore")
        assert not [name for name in files.namelist() if "thumbnail" in name]


def test_the_nearest_layout_serves_where_none_has_a_title_alone(template: Path) -> None:
    own = Presentation(str(template))
    for layout in [
        layout for layout in own.slide_layouts if layout.name not in ("Two Content", "Title Slide", "Blank")
    ]:
        own.slide_layouts.remove(layout)
    own.save(template)
    words_only = Screen(Slide(title="Agenda", text="Plans\nHealth"))
    chart, agenda = slides(Screen(Slide(exhibit="plans-issued"), PLANS), words_only, template=template)
    assert (title(chart), title(agenda)) == (PLANS.headline, "Agenda")
    assert "Plans\nHealth" in words(agenda)
    assert not [shape for slide in (chart, agenda) for shape in slide.placeholders if not shape.text_frame.text]


def swollen(part: bytes, times: int) -> bytes:
    """A presentation in which a part stands so often."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as files:
        files.writestr(TYPES, "")
        for number in range(times):
            files.writestr(f"ppt/media/image{number}.png", part)
    return made.getvalue()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"no presentation", "cannot be read as PowerPoint"),
        (b"", "cannot be read as PowerPoint"),
        ("macros", "has macros"),
        ("bomb", r"unpacks to 60 MB, more than a template does"),
        ("many parts", "holds more parts than a presentation does"),
        ("workbook", "cannot be read as PowerPoint"),
    ],
)
def test_what_is_no_template_is_told_in_a_sentence(given: bytes | str, said: str, template: Path) -> None:
    if given == "macros":
        made = io.BytesIO()
        with ZipFile(made, "w") as files:
            files.writestr(TYPES, "application/vnd.ms-powerpoint.template.macroEnabled.main+xml")
        given = made.getvalue()
    elif given in ("bomb", "many parts"):
        given = swollen(b"\0" * 20_000_000, 3) if given == "bomb" else swollen(b"", 20_000)
    elif given == "workbook":
        book = io.BytesIO()
        exports.workbook([PLANS], book)
        given = book.getvalue()
    with pytest.raises(exports.BadExport, match=said):
        slides(Screen(Slide(title="A")), template=given)


def test_words_never_leave_their_boxes(template: Path) -> None:
    long = Slide(title="Wide headlines " * 13, text="Many words in a line of many words " * 110)
    many = answer("plans-issued", {(JANUARY,): 41}, headline="W" * 200, notes=("A note of some length. " * 40,) * 3,
                  source="A long source, " * 60)  # fmt: skip
    for own in (None, template):
        made = slides(Screen(long), *(Screen(Slide(exhibit="plans-issued"), given) for given in (many,)), template=own)
        for slide in made:
            for shape in (shape for shape in slide.shapes if shape.has_text_frame):
                runs = [run for paragraph in shape.text_frame.paragraphs for run in paragraph.runs]
                size = max((run.font.size for run in runs if run.font.size), default=Pt(12)).pt
                needed = height(shape.text_frame.text, size, Emu(shape.width).inches - 0.2)
                assert needed <= Emu(shape.height).inches * 1.02, shape.name


def test_a_presentation_is_small(sample_store: Store, sample_settings: Settings) -> None:
    order = sample_store.orders.all()[0].order
    made = io.BytesIO()
    exports.deck(screens(order, sample_store, sample_settings), made)
    assert len(made.getvalue()) < 2_000_000
    assert len(Presentation(made).slides) >= len(order.slides)


def test_libreoffice_opens_it_and_shows_every_headline(
    sample_store: Store, sample_settings: Settings, tmp_path: Path
) -> None:
    tables = ("plans-timeliness", "survey-comments")
    shown = (Slide(title="Agenda"), *(Slide(exhibit=name, table=name in tables) for name in EXHIBITS))
    asked = screens(RunningOrder(name="All", slides=shown), sample_store, sample_settings)
    exports.deck(asked, tmp_path / "all.pptx")
    pages = [plain(page.extract_text()) for page in PdfReader(as_pdf(tmp_path / "all.pptx")).pages]
    assert len(pages) == len(Presentation(str(tmp_path / "all.pptx")).slides)
    for screen in asked:
        assert sum(plain(screen.title) in page for page in pages) == 1, screen.title


def as_pdf(path: Path) -> Path:
    """The file as LibreOffice prints it, with a profile of its own."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is needed to open slides: install libreoffice-impress"
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert path.with_suffix(".pdf").exists(), f"{said.stdout}{said.stderr}: is libreoffice-impress installed?"
    return path.with_suffix(".pdf")


def plain(text: str) -> str:
    """The words without what a line's end does to them."""
    return re.sub(r"\s+", "", text)
