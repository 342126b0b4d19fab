"""Rows: one published version row by row, with pupils' pseudonyms, for a data officer who asked with a reason."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import FromClause, Select

from sendviz.store.changes import counting
from sendviz.store.limits import within
from sendviz.store.publishing import holders, spans
from sendviz.store.reading import Reading
from sendviz.vocabulary import Row

AT_ONCE = 2_000  # rows held at a time of a query that finds many


class ReadingRows(Reading):
    """What is read for figures, and besides what no figure is made of; within the limit, too."""

    def table(self, row_type: type[Row]) -> FromClause:
        """The current rows, with a column for each field; of a stock, its changes."""
        return within(self._tables.current(row_type), row_type, self.limit)

    def spells(self, row_type: type[Row]) -> FromClause | None:
        """A stock's spells in force, with its columns but `when`, and `from_month` and `until_month`: the first month
        end, and the one after the last. None where nothing is loaded."""
        found = spans(holders(self._connection, row_type.dataset))
        names = [name for name in row_type.fields if name != row_type.when]
        if not found:
            return None
        return within(counting(self._tables.kept[row_type.dataset], names, found), row_type, self.limit)

    def lines(self, query: Select[Any]) -> Iterator[Any]:
        """The rows that a query finds one by one, since they may be many."""
        yield from self._connection.execute(query, execution_options={"yield_per": AT_ONCE})
