"""Meetings under way: what is on the wall now, for those who follow it on a phone, and how many they are."""

import datetime as dt
import secrets
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, Connection, Engine, Row, delete, func, insert, select, update

from sendviz.running import Slide
from sendviz.selection import Where
from sendviz.store.beside import changing
from sendviz.store.fixed import followers, presentations
from sendviz.store.uploads import now

BITS = 128  # of a link: it cannot be guessed
STILL_THERE = dt.timedelta(seconds=15)  # a phone that has not asked for so long no longer follows
OVER_AFTER = dt.timedelta(minutes=90)  # of a presentation that nobody moved: its presenter has gone


class NotPresenting(ValueError):
    """A presentation that is over, or never was; its text is one sentence."""


class Wall(BaseModel):
    """What is on the wall: the slide with its selection as it is now, the limit of what the presenter may see, which of
    its screens where it takes several, its place in the order, and whether the wall is blank."""

    model_config = ConfigDict(frozen=True)

    slide: Slide
    limit: Where = ()
    part: int = 0
    place: int = 1
    of: int = 1
    blank: bool = False


@dataclass(frozen=True)
class Presentation:
    """A presentation's two secrets: `control` moves it and stays with the presenter, `follow` is the phones' link."""

    control: str
    follow: str


class Live:
    """The store's presentations. Any use may raise StoreUnavailable, in one sentence."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, wall: Wall) -> Presentation:
        """Begins a presentation with this on the wall."""
        made = Presentation(secrets.token_urlsafe(BITS // 8), secrets.token_urlsafe(BITS // 8))
        with changing(self._engine) as connection:
            line = {"control": made.control, "follow": made.follow, "wall": wall.model_dump_json(), "ended": False}
            connection.execute(insert(presentations).values(**line, moved_at=now()))
        return made

    def show(self, control: str, wall: Wall) -> None:
        """Puts this on the wall; NotPresenting when the presentation is over."""
        with changing(self._engine) as connection:
            found = _under_way(connection, presentations.c.control == control)
            change = update(presentations).where(presentations.c.id == found.id)
            connection.execute(change.values(wall=wall.model_dump_json(), moved_at=now()))

    def presentation(self, control: str) -> Presentation | None:
        """The presentation of this control, with the link to follow it; None when it is over or there is none."""
        with self._engine.connect() as connection:
            query = select(presentations.c.follow).where(presentations.c.control == control, _still())
            follow = connection.execute(query).scalar()
        return None if follow is None else Presentation(control, follow)

    def wall(self, follow: str) -> Wall | None:
        """What is on the wall for this link; None when its presentation is over or there is none."""
        with self._engine.connect() as connection:
            query = select(presentations.c.wall).where(presentations.c.follow == follow, _still())
            found = connection.execute(query).scalar()
        return None if found is None else Wall.model_validate_json(found)

    def was(self, follow: str) -> bool:
        """Whether this link leads, or once led, to a presentation."""
        with self._engine.connect() as connection:
            query = select(presentations.c.id).where(presentations.c.follow == follow)
            return connection.execute(query).first() is not None

    def end(self, control: str) -> None:
        """Ends a presentation: its link shows nothing any more."""
        with changing(self._engine) as connection:
            over = select(presentations.c.id).where(presentations.c.control == control)
            connection.execute(delete(followers).where(followers.c.presentation_id.in_(over)))
            connection.execute(update(presentations).where(presentations.c.control == control).values(ended=True))

    def seen(self, follow: str, follower: str) -> None:
        """Notes that a phone, known by a random text of its own, still follows; to be said every few seconds."""
        with changing(self._engine) as connection:
            found = _under_way(connection, presentations.c.follow == follow)
            one = (followers.c.presentation_id == found.id) & (followers.c.follower == follower)
            if not connection.execute(update(followers).where(one).values(seen_at=now())).rowcount:
                line = {"presentation_id": found.id, "follower": follower, "seen_at": now()}
                connection.execute(insert(followers).values(**line))

    def count(self, control: str) -> int:
        """How many follow now."""
        joined = followers.join(presentations, presentations.c.id == followers.c.presentation_id)
        query = select(func.count()).select_from(joined).where(
            presentations.c.control == control, followers.c.seen_at > now() - STILL_THERE
        )  # fmt: skip
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar_one())


def _still() -> ColumnElement[bool]:
    return ~presentations.c.ended & (presentations.c.moved_at > now() - OVER_AFTER)


def _under_way(connection: Connection, which: ColumnElement[bool]) -> Row[tuple[int]]:
    found = connection.execute(select(presentations.c.id).where(which, _still())).first()
    if found is None:
        raise NotPresenting("This presentation is over.")
    return found
