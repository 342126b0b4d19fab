"""The command that exports: running orders, slides, templates, and what is said of words that do not go together."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from typer.testing import CliRunner, Result

from sendviz.__main__ import app

SAMPLE = "spring 2026, 10 February"  # the sample's order, in capitals or not
pytestmark = pytest.mark.usefixtures("in_the_app")


def export(*words: object) -> Result:
    return CliRunner().invoke(app, ["export", *map(str, words)])


def test_a_running_order_is_exported_with_its_own_selections(tmp_path: Path) -> None:
    for ending in ("pptx", "xlsx", "csv"):
        made = export("--order", SAMPLE, "-o", tmp_path / f"a.{ending}")
        assert made.exit_code == 0, made.output
    shown = Presentation(str(tmp_path / "a.pptx")).slides
    assert shown[0].shapes.title.text_frame.text == "SENDCO network meeting, Spring 2026"
    assert load_workbook(tmp_path / "a.xlsx").sheetnames[1:3] == ["cohort-over-time", "cohort-key-stage"]


def test_exhibits_are_slides_in_ones_own_look(tmp_path: Path) -> None:
    own = Presentation()
    own.slide_master.placeholders[0].name = "Council title"
    own.save(tmp_path / "own.pptx")
    made = export("cohort-age", "--where", "key_stage=Key stage 2", "--template", tmp_path / "own.pptx", "-o",
                  tmp_path / "a.pptx")  # fmt: skip
    assert made.exit_code == 0, made.output
    shown = Presentation(str(tmp_path / "a.pptx"))
    assert shown.slide_master.placeholders[0].name == "Council title"
    assert any("Key stage 2" in shape.text_frame.text for shape in shown.slides[0].shapes if shape.has_text_frame)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["cohort-age", "--template", __file__, "-o", "a.csv"], "A template is for slides"),
        (["cohort-age", "--template", __file__, "-o", "a.pptx"], "cannot be read as PowerPoint"),
        (["cohort-age", "--template", "none.potx", "-o", "a.pptx"], "does not exist"),
        (["--order", "Autumn", "-o", "a.pptx"], "there are: “Spring 2026, 10 February”"),
        (["cohort-age", "--order", SAMPLE, "-o", "a.pptx"], "or one running order"),
        (["--order", SAMPLE, "--from", "2025-01", "-o", "a.pptx"], "or one running order"),
        (["-o", "a.csv"], "Name exhibits"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_words_that_do_not_go_together_are_told(
    words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = export(*words)
    assert said.exit_code == 2, said.output
    assert told in " ".join(said.output.split()) and not list(tmp_path.iterdir())
