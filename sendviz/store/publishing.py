"""Publishing: works out which upload holds what, and brings the read tables into line, all in one transaction."""

import datetime as dt
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, func, select, update

from sendviz.store import changes, moves
from sendviz.store.changes import Span
from sendviz.store.fixed import publication, scopes, uploads
from sendviz.store.guarding import analyse
from sendviz.store.spells import next_month_end, runs
from sendviz.store.tables import Tables
from sendviz.store.uploads import ACTIVE, PUBLISHED, SUPERSEDED
from sendviz.vocabulary import Row, month_end

Holders = Mapping[dt.date, int]  # month end -> the upload that holds it


def publish(connection: Connection, tables: Tables, datasets: Collection[str]) -> None:
    """Readers see these datasets' uploads as they now stand, once the transaction ends."""
    stocks = {name: row for name, row in tables.rows.items() if row.stock and name in datasets}
    before = {name: holders(connection, name) for name in stocks}
    _settle(connection, datasets)
    for name, row in stocks.items():
        after = holders(connection, name)
        _rebuild(connection, tables, row, after, _affected(before[name], after))
    connection.execute(update(publication).values(version=publication.c.version + 1))


def rebuild(connection: Connection, tables: Tables) -> None:
    """Makes all read tables anew, after they have been given another form."""
    for row in (row for row in tables.rows.values() if row.stock):
        _rebuild(connection, tables, row, holders(connection, row.dataset), None)
    connection.execute(update(publication).values(version=publication.c.version + 1))


def holders(connection: Connection, dataset: str) -> Holders:
    """Which upload holds each month end of a stock."""
    query = select(scopes.c.period, scopes.c.upload_id).where(scopes.c.dataset == dataset, scopes.c.current)
    return {month_end(dt.date.fromisoformat(f"{period}-01")): upload for period, upload in connection.execute(query)}


def _settle(connection: Connection, datasets: Collection[str]) -> None:
    """The upload published last, of those that count, holds each scope; one that holds none is superseded."""
    concerned = scopes.c.dataset.in_(datasets)
    newest = func.row_number().over(
        partition_by=(scopes.c.dataset, scopes.c.scope), order_by=(uploads.c.turn.desc(), scopes.c.id.desc())
    )
    ranked = (
        select(scopes.c.id, newest.label("place"))
        .join(uploads, uploads.c.id == scopes.c.upload_id)
        .where(concerned, uploads.c.state.in_(PUBLISHED))
        .subquery("ranked")
    )
    holds = scopes.c.id.in_(select(ranked.c.id).where(ranked.c.place == 1))
    connection.execute(update(scopes).where(concerned, scopes.c.current != holds).values(current=holds))
    standing = select(scopes.c.upload_id).where(concerned, scopes.c.current)
    open_ = (uploads.c.dataset.in_(datasets), uploads.c.state.in_(PUBLISHED))
    connection.execute(update(uploads).where(*open_, uploads.c.id.in_(standing)).values(state=ACTIVE))
    connection.execute(update(uploads).where(*open_, uploads.c.id.not_in(standing)).values(state=SUPERSEDED))


def _affected(before: Holders, after: Holders) -> set[dt.date]:
    """The month ends at which the change may differ: with another holder, and those after these or the last."""
    changed = {day for day in before.keys() | after.keys() if before.get(day) != after.get(day)}
    ends = {max(held) for held in (before, after) if held}
    return changed | {next_month_end(day) for day in changed | ends}


def _rebuild(
    connection: Connection, tables: Tables, row: type[Row], held: Holders, months: set[dt.date] | None
) -> None:
    """Fills the read tables of a stock at these month ends, or at all of them with None."""
    if months is not None and not held.keys() - months:
        months = None  # all of it: no need to look for the month ends concerned
    found = spans(held)
    kept = tables.kept[row.dataset]
    changes.fill(connection, row, kept, tables.changes[row.dataset], found, months)
    for made in (made for made in tables.rows.values() if made.made_from is row):
        moves.fill(connection, made, kept, tables.made[made.dataset], found, held, months)
    analyse(connection)


def spans(held: Holders) -> list[Span]:
    """The unbroken runs of month ends that each upload holds."""
    by_upload: dict[int, list[dt.date]] = {}
    for day, upload in held.items():
        by_upload.setdefault(upload, []).append(day)
    return [(upload, *run) for upload, days in by_upload.items() for run in runs(days)]
