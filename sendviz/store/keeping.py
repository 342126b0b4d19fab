"""Keeping: what people added to a register stays when the register is loaded again without it."""

from collections.abc import Sequence

from sqlalchemy import Connection, Table, select

from sendviz.store.fixed import scopes, uploads
from sendviz.store.uploads import UNDONE
from sendviz.vocabulary import NOT_RECORDED, Row


class Keeping:
    """The columns that a dataset keeps (Row.keeps), as its current rows have them; the sample's are nobody's."""

    def __init__(self, connection: Connection, table: Table, row: type[Row]) -> None:
        self._connection, self._table, self._row = connection, table, row
        self._known: dict[tuple[object, ...], dict[str, str]] | None = None

    def filled(self, batch: Sequence[Row]) -> Sequence[Row]:
        """The rows, with what is not recorded in a column to be kept as it was for the same row before."""
        if not self._row.keeps:
            return batch
        if self._known is None:
            self._known = self._before()
        return [self._one(row, self._known) for row in batch]

    def _one(self, row: Row, known: dict[tuple[object, ...], dict[str, str]]) -> Row:
        before = known.get(tuple(getattr(row, name) for name in self._row.unique), {})
        kept = {name: value for name, value in before.items() if getattr(row, name) == NOT_RECORDED}
        return row.model_copy(update=kept) if kept else row

    def _before(self) -> dict[tuple[object, ...], dict[str, str]]:
        names, keeps, kept = self._row.unique, self._row.keeps, self._table
        query = (
            select(*(kept.c[name] for name in (*names, *keeps)))
            .join(scopes, scopes.c.id == kept.c.scope_id)
            .join(uploads, uploads.c.id == kept.c.upload_id)
            .where(scopes.c.current, uploads.c.state != UNDONE, ~uploads.c.sample)
        )
        lines = self._connection.execute(query)
        return {tuple(line[: len(names)]): dict(zip(keeps, line[len(names) :], strict=True)) for line in lines}
