"""Who may do what: the people of a settings file, told by their e-mail, its domain or a group of the directory."""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from sendviz.selection import Where
from sendviz.settings import BadSetting
from sendviz.vocabulary.dimensions import LIMITS as COLUMNS

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
TOLD_BY = ("email", "group", "domain")  # from the most to the least exact
LIMITS = (*COLUMNS, "trust")


class Role(StrEnum):
    """What somebody may do. Everybody let in may look at exhibits."""

    VIEWER = "viewer"
    LEAD = "lead"
    PRESENTER = "presenter"
    OFFICER = "data officer"


@dataclass(frozen=True)
class Person:
    """Somebody who was let in: who it is, what they may do, and what they may see at all (`()` for everything)."""

    name: str
    roles: frozenset[Role]
    limit: Where = ()

    @property
    def presents(self) -> bool:
        """Whether they make running orders and show them."""
        return bool(self.roles & {Role.PRESENTER, Role.OFFICER})

    @property
    def loads(self) -> bool:
        """Whether they load data, take them back, and write notes on charts."""
        return Role.OFFICER in self.roles


class Entry(BaseModel):
    """One entry of the file: whom it is about, told in one way, their roles, and a lead's limit."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    email: Text | None = None
    domain: Text | None = None
    group: Text | None = None
    roles: tuple[Role, ...] = Field(min_length=1)
    locality: tuple[Text, ...] = ()
    school: tuple[Text, ...] = ()
    trust: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _is_clear(self) -> "Entry":
        if sum(getattr(self, name) is not None for name in TOLD_BY) != 1:
            raise ValueError("says whom it is about in one way: an email, a domain or a group")
        given = [name for name in LIMITS if getattr(self, name)]
        if len(given) > 1 or (Role.LEAD in self.roles) != bool(given):
            raise ValueError("limits a lead, and nobody else, in one way: by locality, school or trust")
        if Role.LEAD in self.roles and Role.OFFICER in self.roles:
            raise ValueError("makes somebody a lead, who sees a part, and a data officer, who sees everything")
        return self

    @property
    def about(self) -> tuple[str, str]:
        """How somebody is told, and by what, in small letters as these are compared."""
        return next((name, str(value).casefold()) for name in TOLD_BY if (value := getattr(self, name)) is not None)


class Access(BaseModel):
    """The settings file: an entry for each person, domain or group."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    people: tuple[Entry, ...] = ()

    @classmethod
    def read(cls, path: Path) -> "Access":
        """The file's entries; BadSetting, in one sentence that names every fault, when it cannot be used."""
        try:
            return cls.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except OSError:
            raise BadSetting(f"{path}, which says who may see what, cannot be read.") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BadSetting(f"{path} cannot be read: {error}.") from None
        except ValidationError as error:
            raise BadSetting(f"{path}: {'; '.join(_sentence(fault) for fault in error.errors())}.") from None

    def person(self, claims: Mapping[str, Any], schools_of: Callable[[Sequence[str]], Sequence[str]]) -> Person | None:
        """Who somebody with these claims of the identity provider is; None when no entry is about them.

        Entries about the person themselves count before those about their groups, and those before those about their
        e-mail's domain. `schools_of` gives the schools of trusts.
        """
        told = _told(claims)
        for how in TOLD_BY:
            if how == "group" and self.misses_groups(claims):
                return None  # a group that is not told may be the one that limits them
            found = [entry for entry in self.people if entry.about[0] == how and entry.about[1] in told[how]]
            if found:
                return _person(name_of(claims), found, schools_of)
        return None

    def misses_groups(self, claims: Mapping[str, Any]) -> bool:
        """Whether entries are by group and the provider leaves somebody's out because there are too many of them, as
        Microsoft Entra ID does (its "groups overage claim")."""
        elsewhere = claims.get("_claim_names")
        names = isinstance(elsewhere, Mapping) and "groups" in elsewhere
        left_out = names or str(claims.get("hasgroups", "")).casefold() == "true"
        return left_out and any(entry.group is not None for entry in self.people)


def name_of(claims: Mapping[str, Any]) -> str:
    """Who somebody is, for the log and for what is theirs: their confirmed e-mail, else what the provider knows them
    by, and never a name that people choose themselves."""
    return _email(claims) or str(claims.get("sub") or "").strip() or "somebody without a name"


def _email(claims: Mapping[str, Any]) -> str:
    """The e-mail; none where the provider says, in whatever form, that it is not confirmed. One that says nothing of it
    is taken at its word: Microsoft Entra ID never does."""
    email = str(claims.get("email") or "").strip()
    confirmed = str(claims.get("email_verified", True)).strip().casefold() == "true"
    return email if confirmed and email.count("@") == 1 else ""


def _told(claims: Mapping[str, Any]) -> dict[str, set[str]]:
    """What an identity is told by."""
    email = _email(claims).casefold()
    groups = claims.get("groups") or ()
    groups = [groups] if isinstance(groups, str) else groups
    return {
        "email": {email} - {""},
        "domain": {email.partition("@")[2]} - {""},
        "group": {str(group).casefold() for group in groups} if isinstance(groups, Iterable) else set(),
    }


def _person(name: str, found: Sequence[Entry], schools_of: Callable[[Sequence[str]], Sequence[str]]) -> Person:
    """All the entries together: every limit at once, and every role but that of a data officer, who sees everything,
    where there is a limit."""
    limits: list[tuple[str, tuple[str, ...]]] = []
    for entry in found:
        if entry.locality:
            limits.append(("locality", tuple(sorted(entry.locality))))
        if entry.school or entry.trust:
            schools = entry.school or tuple(schools_of(entry.trust))
            limits.append(("school", tuple(sorted(schools))))
    roles = frozenset(role for entry in found for role in entry.roles)
    return Person(name, roles - {Role.OFFICER} if limits else roles, tuple(dict.fromkeys(limits)))


def _sentence(fault: Any) -> str:
    """A fault: `entry 2 says whom it is about in one way: …`."""
    place, words = fault["loc"], fault["msg"].removeprefix("Value error, ")
    if len(place) < 2:
        return f"{place[0] if place else 'it'}: {words[:1].lower()}{words[1:]}"
    where = f"entry {int(place[1]) + 1}"
    if len(place) == 2:
        return f"{where} {words}"
    return f"{where}, {place[2]}: {words[:1].lower()}{words[1:]}"


ALONE = Person("", frozenset(Role))  # who sits at the computer itself, where nobody signs in
