"""Running orders: the slides of a meeting one after the other, each an exhibit with its selection, or words."""

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from sendviz.datasets import EXHIBITS
from sendviz.selection import BadSelection, Selection
from sendviz.vocabulary import Exhibit

FORM = "sendviz running order 1"
ENDING = ".json"
LONGEST_LINE, LONGEST_TEXT, LONGEST_NAME, MOST_SLIDES = 200, 4000, 120, 200
_KEPT = {"kept": True}  # of what was right when it was saved: an exhibit may have gone since
# What no file of PowerPoint may hold and no database takes: pasted text brings such letters.
_UNPRINTABLE = re.compile("[^\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _printable(text: Any) -> Any:
    return _UNPRINTABLE.sub(" ", text.replace("\r\n", "\n")) if isinstance(text, str) else text


def _one_line(text: Any) -> Any:
    return " ".join(_printable(text).split("\n")) if isinstance(text, str) else text


Line = Annotated[str, BeforeValidator(_one_line), StringConstraints(strip_whitespace=True, max_length=LONGEST_LINE)]
Lines = Annotated[str, BeforeValidator(_printable), StringConstraints(strip_whitespace=True, max_length=LONGEST_TEXT)]
Name = Annotated[
    str, BeforeValidator(_one_line), StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME)
]


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
    def _known(cls, name: str, info: ValidationInfo) -> str:
        if name and name not in EXHIBITS and info.context != _KEPT:
            raise ValueError(f"there is no exhibit “{name}”")
        return name

    @field_validator("where")
    @classmethod
    def _a_selection(cls, pairs: dict[str, tuple[str, ...]], info: ValidationInfo) -> dict[str, tuple[str, ...]]:
        try:
            return _pairs(Selection.read(pairs))
        except BadSelection as error:
            if info.context == _KEPT:
                return pairs
            raise ValueError(str(error)[:1].lower() + str(error)[1:].rstrip(".")) from None

    @model_validator(mode="after")
    def _says_something(self) -> "Slide":
        if not (self.exhibit or self.title or self.text):
            raise ValueError("it has neither an exhibit nor words")
        return self

    @classmethod
    def of(cls, exhibit: Exhibit, selection: Selection) -> "Slide":
        """A slide that shows what the exhibit answers to the selection."""
        return cls(exhibit=exhibit.id, where=_pairs(selection))

    def but(self, **changes: Any) -> "Slide":
        """The slide with these parts changed; ValidationError when it cannot be so."""
        return Slide.model_validate(self.model_dump() | changes, context=_KEPT)

    @property
    def shows(self) -> Exhibit | None:
        """The exhibit; None for a slide of words, and where the exhibit is no longer there."""
        return EXHIBITS.get(self.exhibit)

    @property
    def lost(self) -> bool:
        """Whether its exhibit is no longer there: it is kept, and left out when presenting."""
        return bool(self.exhibit) and self.shows is None

    @property
    def selection(self) -> Selection:
        """Which part of the data it shows, as far as there still are such filters."""
        return Selection.forgiving(self.where, self.where.__getitem__)[0]


def _pairs(selection: Selection) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in selection.query().items()}


class RunningOrder(BaseModel):
    """The slides of a meeting under a name: `Spring 2026, 10 February`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    form: ClassVar[str] = FORM

    name: Name
    slides: tuple[Slide, ...] = ()

    @field_validator("slides")
    @classmethod
    def _few_enough(cls, slides: tuple[Slide, ...]) -> tuple[Slide, ...]:
        if len(slides) > MOST_SLIDES:
            raise ValueError(f"there are {len(slides):,}, and a running order has {MOST_SLIDES} at most")
        return slides

    @property
    def shown(self) -> tuple[Slide, ...]:
        """The slides to present: all but those whose exhibit is no longer there."""
        return tuple(slide for slide in self.slides if not slide.lost)

    @property
    def texts(self) -> tuple[str, ...]:
        """All that is written in it: its name, and its slides' titles, lines, notes and filters."""
        found = [self.name]
        for slide in self.slides:
            found += [slide.title, slide.text, slide.note]
            found += [value for values in slide.where.values() for value in values]
        return tuple(found)

    def but(self, **changes: Any) -> "RunningOrder":
        """The order with another name or other slides; ValidationError when it cannot be so."""
        return RunningOrder.model_validate({"name": self.name, "slides": self.slides} | changes)

    def written(self) -> str:
        """As a file to keep or to hand on: JSON that people can read."""
        slides = [slide.model_dump(mode="json", exclude_defaults=True) for slide in self.slides]
        return json.dumps({"form": self.form, "name": self.name, "slides": slides}, indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def kept(cls, text: str) -> "RunningOrder":
        """The same of what was read once and kept since: slides whose exhibit or filters have gone are left in it."""
        return cls._read(text, _KEPT)

    @classmethod
    def read(cls, text: str | bytes) -> "RunningOrder":
        """The running order of such a file; BadRunningOrder, with every fault, when it is none."""
        return cls._read(text)

    @classmethod
    def _read(cls, text: str | bytes, context: dict[str, bool] | None = None) -> "RunningOrder":
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            raise BadRunningOrder("The file is not a running order: it must be one that was saved here.") from None
        if not isinstance(found, Mapping) or found.get("form") != FORM:
            raise BadRunningOrder(f"The file is not a running order: it must say “form”: “{FORM}”.")
        try:
            return cls.model_validate({name: value for name, value in found.items() if name != "form"}, context=context)
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
