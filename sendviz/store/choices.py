"""Choices: which column of a form of file holds a field, where its heading did not say; kept until they are removed."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, delete, insert, select

from sendviz.store.fixed import choices
from sendviz.store.uploads import now
from sendviz.vocabulary import Row


class NoSuchChoice(ValueError):
    """A choice that is not there; its text is one sentence."""


@dataclass(frozen=True)
class Choice:
    """One column chosen: for a form of file (its fingerprint), the heading that a field of a dataset stands under; who
    chose it and when (in UTC)."""

    id: int
    form: str
    dataset: str
    field: str
    heading: str
    who: str
    when: dt.datetime

    @classmethod
    def of(cls, line: RowMapping) -> "Choice":
        """The choice of a line of the table."""
        cells = dict(line)
        when = cells.pop("chosen_at").replace(tzinfo=dt.UTC)
        return cls(**cells, when=when)


def all_choices(connection: Connection) -> tuple[Choice, ...]:
    """Every choice, by dataset, form and field."""
    c = choices.c
    lines = connection.execute(select(choices).order_by(c.dataset, c.form, c.field)).mappings()
    return tuple(map(Choice.of, lines))


def by_form(found: Iterable[Choice]) -> dict[str, dict[str, str]]:
    """The headings chosen, by form and field, as a file on its way in is read by them."""
    forms: dict[str, dict[str, str]] = {}
    for choice in found:
        forms.setdefault(choice.form, {})[choice.field] = choice.heading
    return forms


def remember(connection: Connection, form: str, row: type[Row], chosen: Mapping[str, str], who: str) -> None:
    """Keeps the heading chosen for each field in a form of file, instead of the one chosen before; KeyError where the
    dataset has no such field."""
    for field in chosen:
        row.field(field)
    connection.execute(delete(choices).where(choices.c.form == form, choices.c.field.in_(chosen)))
    for field, heading in chosen.items():
        line = {
            "form": form,
            "dataset": row.dataset,
            "field": field,
            "heading": heading,
            "who": who,
            "chosen_at": now(),
        }
        connection.execute(insert(choices).values(**line))


def forget(connection: Connection, choice_id: int) -> None:
    """Removes a choice; NoSuchChoice when there is none of this number."""
    if not connection.execute(delete(choices).where(choices.c.id == choice_id)).rowcount:
        raise NoSuchChoice(f"There is no choice {choice_id}.")
