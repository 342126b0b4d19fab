"""Running orders: the slides of a meeting one after the other, each an exhibit with its selection, or words."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator, model_validator

from sendviz.datasets import EXHIBITS
from sendviz.selection import BadSelection, Selection
from sendviz.vocabulary import Exhibit

FORM = "sendviz running order 1"
ENDING = ".json"
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Lines = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class BadRunningOrder(ValueError):
    """A running order that cannot be read; `faults` says everything that is wrong with it, a sentence each."""

    def __init__(self, *faults: str) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


class Slide(BaseModel):
    """One slide.

    exhibit    the id of what it shows; "" for a slide of words (an agenda, a break)
    title      stands in place of the exhibit's headline; "" keeps the headline
    text       the lines of a slide of words
    note       what the presenter wants to say: on the presenter's own paper and in PowerPoint, never on the wall
    where      the selection, as a link carries it
    table      whether a slide with the table follows in PowerPoint
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    exhibit: Line = ""
    title: Line = ""
    text: Lines = ""
    note: Lines = ""
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    table: bool = False

    @field_validator("exhibit")
    @classmethod
    def _known(cls, name: str) -> str:
        if name and name not in EXHIBITS:
            raise ValueError(f"there is no exhibit “{name}”")
        return name

    @field_validator("where")
    @classmethod
    def _a_selection(cls, pairs: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        try:
            return {name: tuple(values) for name, values in Selection.read(pairs).query().items()}
        except BadSelection as error:
            raise ValueError(str(error)[:1].lower() + str(error)[1:].rstrip(".")) from None

    @model_validator(mode="after")
    def _says_something(self) -> "Slide":
        if not (self.exhibit or self.title or self.text):
            raise ValueError("it has neither an exhibit nor words")
        return self

    @property
    def shows(self) -> Exhibit | None:
        """The exhibit; None for a slide of words."""
        return EXHIBITS.get(self.exhibit)

    @property
    def selection(self) -> Selection:
        """Which part of the data it shows."""
        return Selection.read(self.where)


class RunningOrder(BaseModel):
    """The slides of a meeting under a name: `Spring 2026, 10 February`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    form: ClassVar[str] = FORM

    name: Name
    slides: tuple[Slide, ...] = ()

    def written(self) -> str:
        """As a file to keep or to hand on: JSON that people can read."""
        slides = [slide.model_dump(mode="json", exclude_defaults=True) for slide in self.slides]
        return json.dumps({"form": self.form, "name": self.name, "slides": slides}, indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def read(cls, text: str | bytes) -> "RunningOrder":
        """The running order of such a file; BadRunningOrder, with every fault, when it is none."""
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            raise BadRunningOrder("The file is not a running order: it must be one that was saved here.") from None
        if not isinstance(found, Mapping) or found.get("form") != FORM:
            raise BadRunningOrder(f"The file is not a running order: it must say “form”: “{FORM}”.")
        try:
            return cls.model_validate({name: value for name, value in found.items() if name != "form"})
        except ValidationError as error:
            raise BadRunningOrder(*dict.fromkeys(_sentence(fault) for fault in error.errors())) from None


def _sentence(fault: Any) -> str:
    """A fault in words: `Slide 3: there is no exhibit “plans-late”.`"""
    words = fault["msg"].removeprefix("Value error, ")
    place = fault["loc"]
    if len(place) < 2 or place[0] != "slides":
        return f"The running order's {place[0] if place else 'text'}: {words[:1].lower()}{words[1:]}."
    what = f", {place[2]}" if len(place) > 2 and "exhibit" not in words else ""
    return f"Slide {int(place[1]) + 1}{what}: {words[:1].lower()}{words[1:]}."
