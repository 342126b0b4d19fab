"""Removing: uploads that go for good, with their rows and all that was worked out from them."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select, update

from sendviz.store import publishing
from sendviz.store.fixed import scopes, uploads
from sendviz.store.reading import covered
from sendviz.store.tables import Tables
from sendviz.store.uploads import PUBLISHED, UNDONE, Upload

Covered = dict[str, set[str]]  # by a dataset's title: the months (2025-09) or periods that its data cover


@dataclass(frozen=True)
class Retired:
    """What went: the uploads, oldest first, and by dataset the months or periods no longer covered, in order."""

    uploads: tuple[Upload, ...]
    gone: dict[str, list[str]]


def remove(connection: Connection, tables: Tables, upload_ids: Collection[int]) -> None:
    """Deletes uploads that count for nothing, with their rows."""
    for table in (*tables.kept.values(), scopes):
        connection.execute(delete(table).where(table.c.upload_id.in_(upload_ids)))
    connection.execute(delete(uploads).where(uploads.c.id.in_(upload_ids)))


def retire(connection: Connection, tables: Tables, before: dt.date) -> Retired:
    """Deletes every upload loaded before that day, in whatever state.

    They are taken back and that is published first, so that no figure counts them: of a stock, the month ends that
    only they held are no longer covered, and a spell of a later upload begins at the first month end it holds itself.
    """
    early = dt.datetime.combine(before, dt.time())
    lines = connection.execute(select(uploads).where(uploads.c.loaded_at < early).order_by(uploads.c.id)).mappings()
    old = tuple(map(Upload.of, lines))
    held = _covered(connection, tables)
    counting = [upload for upload in old if upload.state in PUBLISHED]
    if counting:
        chosen = uploads.c.id.in_([upload.id for upload in counting])
        connection.execute(update(uploads).where(chosen).values(state=UNDONE))
        publishing.publish(connection, tables, {upload.dataset for upload in counting})
    remove(connection, tables, [upload.id for upload in old])
    still = _covered(connection, tables)
    return Retired(old, {title: sorted(held[title] - still[title]) for title in held if held[title] - still[title]})


def _covered(connection: Connection, tables: Tables) -> Covered:
    rows = [row for row in tables.rows.values() if not row.made_from]
    return {row.title(): {_word(period) for period in covered(connection, row)} for row in rows}


def _word(period: dt.date | str) -> str:
    return f"{period:%Y-%m}" if isinstance(period, dt.date) else period
