"""Uploads: one accepted file or sheet each, who loaded it, and what has become of it."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, select, update

from sendviz.store.fixed import uploads

ACTIVE, SUPERSEDED, UNDONE = "active", "superseded", "undone"


class NoSuchUpload(ValueError):
    """An upload that cannot be taken back; its text is one sentence."""


@dataclass(frozen=True)
class Upload:
    """One accepted sheet: its number, what it held, and its state.

    `first` and `last` are the earliest and latest date or period in it, as text; `when` is in UTC. `state` is active,
    superseded (later uploads hold all it held) or undone (taken back, or a sample that real data took the place of).
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


def same_file(connection: Connection, sha256: str) -> Upload | None:
    """The newest upload of a file with this content that has not been undone."""
    query = select(uploads).where(uploads.c.sha256 == sha256, uploads.c.state != UNDONE).order_by(uploads.c.id.desc())
    line = connection.execute(query).mappings().first()
    return Upload.of(line) if line else None


def take_back(connection: Connection, upload_id: int, who: str) -> str:
    """Marks the upload as undone and returns its dataset; NoSuchUpload when there is none or it is undone already."""
    found = connection.execute(select(uploads.c.dataset, uploads.c.state).where(uploads.c.id == upload_id)).first()
    if found is None:
        raise NoSuchUpload(f"There is no upload {upload_id}.")
    if found.state == UNDONE:
        raise NoSuchUpload(f"Upload {upload_id} has been undone already.")
    gone = {"state": UNDONE, "undone_by": who, "undone_at": now()}
    connection.execute(update(uploads).where(uploads.c.id == upload_id).values(**gone))
    return str(found.dataset)
