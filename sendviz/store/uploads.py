"""Uploads: one accepted file or sheet each, who loaded it, and what has become of it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select, update

from sendviz.store.fixed import uploads

ACTIVE, SUPERSEDED, UNDONE, STAGED = "active", "superseded", "undone", "staged"
PUBLISHED = (ACTIVE, SUPERSEDED)


class NoSuchUpload(ValueError):
    """An upload that cannot be taken back, put back or published; its text is one sentence."""


@dataclass(frozen=True)
class Upload:
    """One accepted sheet: its number, what it held, and its state.

    `first` and `last` are the earliest and latest date or period in it, as text; `when` is in UTC. `state` is staged
    (checked and stored, not yet published), active, superseded (later uploads hold all it held) or undone (taken back,
    or a sample that real data took the place of). `turn` is its place in the order of publishing.
    """

    id: int
    dataset: str
    sheet: str | None
    file: str
    sha256: str
    rows: int
    who: str
    when: dt.datetime
    first: str | None
    last: str | None
    state: str
    sample: bool
    undone_by: str | None = None
    undone_at: dt.datetime | None = None
    turn: int | None = None

    @classmethod
    def of(cls, line: RowMapping) -> "Upload":
        """The upload of a line of the table."""
        cells = dict(line)
        cells["when"] = cells.pop("loaded_at").replace(tzinfo=dt.UTC)
        if cells["undone_at"]:
            cells["undone_at"] = cells["undone_at"].replace(tzinfo=dt.UTC)
        return cls(**cells)


def now() -> dt.datetime:
    """The time in UTC, as the tables keep it."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def all_uploads(connection: Connection) -> tuple[Upload, ...]:
    """Every upload, newest first."""
    lines = connection.execute(select(uploads).order_by(uploads.c.id.desc())).mappings()
    return tuple(map(Upload.of, lines))


def next_turn(connection: Connection) -> int:
    """The next place in the order of publishing."""
    return int(connection.execute(select(func.coalesce(func.max(uploads.c.turn), 0))).scalar_one()) + 1


def release(connection: Connection, upload_ids: Collection[int]) -> dict[int, str]:
    """Lets staged uploads count, and returns the dataset of each; NoSuchUpload when one does not wait to be
    published."""
    chosen = uploads.c.id.in_(upload_ids)
    staged = select(uploads.c.id, uploads.c.dataset).where(chosen, uploads.c.state == STAGED)
    waiting = {line.id: line.dataset for line in connection.execute(staged)}
    if len(waiting) < len(set(upload_ids)):
        raise NoSuchUpload("What was to be published is no longer waiting: look at the list of uploads.")
    turn = next_turn(connection)
    connection.execute(update(uploads).where(chosen).values(state=ACTIVE, turn=turn))
    return waiting


def take_back(connection: Connection, upload_id: int, who: str) -> str:
    """Marks the upload as undone and returns its dataset; NoSuchUpload when there is none or it is undone already."""
    found = _state(connection, upload_id)
    if found.state == UNDONE:
        raise NoSuchUpload(f"Upload {upload_id} has been undone already.")
    if found.state == STAGED:
        raise NoSuchUpload(f"Upload {upload_id} has not been published: there is nothing to undo.")
    gone = {"state": UNDONE, "undone_by": who, "undone_at": now()}
    connection.execute(update(uploads).where(uploads.c.id == upload_id).values(**gone))
    return str(found.dataset)


def put_back(connection: Connection, upload_id: int) -> str:
    """Lets an undone upload count again, in its old place, and returns its dataset; NoSuchUpload when it cannot."""
    found = _state(connection, upload_id)
    if found.state != UNDONE:
        raise NoSuchUpload(f"Upload {upload_id} is not undone.")
    real = select(uploads.c.id).where(uploads.c.sample.is_(False), uploads.c.state.in_(PUBLISHED)).limit(1)
    if found.sample and connection.execute(real).first():
        raise NoSuchUpload(f"Upload {upload_id} is of the sample, which is not mixed with real data.")
    back = {"state": ACTIVE, "undone_by": None, "undone_at": None}
    connection.execute(update(uploads).where(uploads.c.id == upload_id).values(**back))
    return str(found.dataset)


def _state(connection: Connection, upload_id: int) -> Any:
    query = select(uploads.c.dataset, uploads.c.state, uploads.c.sample).where(uploads.c.id == upload_id)
    found = connection.execute(query).first()
    if found is None:
        raise NoSuchUpload(f"There is no upload {upload_id}.")
    return found
