"""Row: one model that is a sheet, a table, a template and a dictionary entry at once."""

import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, computed_field
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_after_validator_function

from sendviz.vocabulary.fields import Takes


class Field:
    """What is known of one column: its name in code, label, other headings, type and meaning."""

    def __init__(self, row: type["Row"], name: str) -> None:
        self.name, self.row = name, row
        info: Any = row.model_fields.get(name) or row.model_computed_fields[name]
        self.title: str = info.title or name.replace("_", " ").capitalize()
        self.description: str = info.description or ""
        self.derived = name not in row.model_fields
        python = info.return_type if self.derived else info.annotation
        self.takes: Takes | None = next((m for m in getattr(info, "metadata", ()) if isinstance(m, Takes)), None)
        self.aliases: tuple[str, ...] = ()
        self.optional = False
        if not self.derived:
            self.aliases = tuple((info.json_schema_extra or {}).get("aliases", ()))
            self.optional = not info.is_required()
        self.python, self.nullable = _without_none(python)

    @property
    def kind(self) -> str:
        """text, category, day, month, flag, whole, number, pounds, period or pupil."""
        if self.takes:
            return self.takes.kind
        return {"bool": "flag", "int": "whole", "float": "number", "date": "day", "Decimal": "pounds"}.get(
            self.python.__name__, "category"
        )

    @property
    def free(self) -> bool:
        """Whether people write in it what they like."""
        return bool(self.takes and self.takes.free)

    @property
    def known(self) -> tuple[str, ...]:
        """The categories known beforehand, in the order to show them."""
        return self.takes.known if self.takes and self.kind == "category" else ()


def _without_none(python: Any) -> tuple[type, bool]:
    if typing.get_origin(python) is typing.Annotated:
        python = typing.get_args(python)[0]
    if isinstance(python, types.UnionType):
        kept = [a for a in typing.get_args(python) if a is not type(None)]
        return kept[0], True
    return python, False


def derived(title: str, description: str = "") -> Callable[[Callable[[Any], Any]], Any]:
    """A column worked out from the row itself when it is loaded; stored, so that figures can count and filter by it."""
    return lambda method: computed_field(title=title, description=description)(property(method))


def rule(field: str, words: str) -> Callable[[Callable[[Any], bool]], Callable[[Any], bool]]:
    """A check across a row's cells; when it fails, the problem is put at `field` in these words."""

    def mark(method: Callable[[Any], bool]) -> Callable[[Any], bool]:
        method._rule = (field, words)  # type: ignore[attr-defined]
        return method

    return mark


class Watch(typing.Protocol):
    """Looks at rows as they are loaded, and says in sentences what is odd in them."""

    def see(self, rows: typing.Iterable[Any]) -> None:
        """Takes some rows, already validated."""

    def sentences(self) -> list[str]:
        """What was odd in all of them."""


class Row(BaseModel):
    """A line of an extract. Subclasses say, beside their columns:

    dataset   the name used in commands and as the table's name
    title     the sheet's name (pydantic's own keyword)
    one       what one row is, in words
    origin    the system or publisher it comes from
    when      the column that says which month (or period) a row belongs to
    stock     True when rows are a state at month ends, kept as spells; else rows are events
    snapshot  True when rows are a state on the day in `when`, of which only the newest counts
    unique    columns that together may occur once
    replaces  columns whose values a new upload takes over from earlier ones (default: `when`; none: all of it)
    symbols   the column that says, where a figure is missing, the publisher's symbol for why
    found_by  columns that every total is narrowed by, where there are far more rows than any total counts
    lasts     columns that say from when to when it was so, where a row is something that lasts
    keeps     columns that stay as they were for the same `unique` where a new upload has them Not recorded
    made_from the rows it is worked out from when they are published, if people do not load it themselves
    """

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)

    dataset: ClassVar[str] = ""
    one: ClassVar[str] = ""
    origin: ClassVar[str] = ""
    when: ClassVar[str | None] = None
    stock: ClassVar[bool] = False
    snapshot: ClassVar[bool] = False
    unique: ClassVar[tuple[str, ...]] = ()
    replaces: ClassVar[tuple[str, ...]] = ()
    symbols: ClassVar[str | None] = None
    found_by: ClassVar[tuple[str, ...]] = ()
    lasts: ClassVar[tuple[str, ...]] = ()
    keeps: ClassVar[tuple[str, ...]] = ()
    made_from: ClassVar["type[Row] | None"] = None
    fields: ClassVar[Mapping[str, Field]] = {}
    rules: ClassVar[tuple[tuple[str, str, Callable[[Any], bool]], ...]] = ()

    def __init_subclass__(
        cls,
        *,
        dataset: str = "",
        one: str = "",
        origin: str = "",
        when: str | None = None,
        stock: bool = False,
        snapshot: bool = False,
        unique: tuple[str, ...] = (),
        replaces: tuple[str, ...] | None = None,
        symbols: str | None = None,
        found_by: tuple[str, ...] = (),
        lasts: tuple[str, ...] = (),
        keeps: tuple[str, ...] = (),
        made_from: "type[Row] | None" = None,
        **config: Any,
    ) -> None:
        super().__init_subclass__(**config)
        cls.dataset, cls.one, cls.origin, cls.when, cls.stock, cls.unique = dataset, one, origin, when, stock, unique
        cls.snapshot, cls.keeps, cls.made_from, cls.symbols = snapshot, keeps, made_from, symbols
        cls.found_by, cls.lasts = found_by, lasts
        cls.replaces = replaces if replaces is not None else ((when,) if when else ())
        cls.rules = tuple(
            (*method._rule, method) for method in vars(cls).values() if getattr(method, "_rule", None) is not None
        )

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Asks the rules after the cells; nothing where a dataset has none, since it is asked of every row."""
        schema = handler(source)
        return no_info_after_validator_function(_keeps_its_rules, schema) if cls.rules else schema

    @classmethod
    def __pydantic_init_subclass__(cls, **config: Any) -> None:
        cls.fields = {name: Field(cls, name) for name in (*cls.model_fields, *cls.model_computed_fields)}
        names = (cls.when, cls.symbols, *cls.unique, *cls.replaces, *cls.keeps, *cls.found_by, *cls.lasts)
        for name in (*names, *(field for field, _, _ in cls.rules)):
            if name is not None:
                cls.field(name)

    @classmethod
    def field(cls, name: str) -> Field:
        """The column of this name; KeyError that names the near misses when there is none."""
        try:
            return cls.fields[name]
        except KeyError:
            raise KeyError(f"{cls.__name__} has no column {name!r}; it has: {', '.join(cls.fields)}") from None

    @classmethod
    def is_dated(cls) -> bool:
        """Whether rows belong to days or months, rather than to named years or to no time at all."""
        return cls.when is not None and cls.fields[cls.when].kind in ("day", "month")

    @classmethod
    def title(cls) -> str:
        """The sheet's name."""
        return cls.model_config.get("title") or cls.__name__

    @classmethod
    def watch(cls) -> "Watch | None":
        """What looks at a file's good rows for oddities worth a warning; None where there is nothing to look for."""
        return None


def _keeps_its_rules(row: Row) -> Row:
    if failed := [(field, words) for field, words, holds in row.rules if not holds(row)]:
        raise PydanticCustomError("row", "{words}", {"words": "; ".join(w for _, w in failed), "failed": failed})
    return row
