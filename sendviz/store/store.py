"""The store: opened once by a process, read by all its threads, written by one at a time."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, FromClause, select

from sendviz.selection import Where
from sendviz.settings import Settings
from sendviz.store.beside import beside
from sendviz.store.choices import Choice, all_choices, forget, remember
from sendviz.store.engine import make_engine, make_reader, transaction
from sendviz.store.events import EventList
from sendviz.store.limits import begin
from sendviz.store.live import Live
from sendviz.store.log import Deed, Log
from sendviz.store.orders import Orders
from sendviz.store.reading import Reading
from sendviz.store.removing import Retired, retire
from sendviz.store.tables import TABLES, Tables
from sendviz.store.upgrading import upgrade
from sendviz.store.uploads import Upload, all_uploads
from sendviz.store.writing import Writer
from sendviz.vocabulary import Row


class _Supposed(Exception):
    """Ends a transaction whose outcome was only to be looked at."""


class Store:
    """What is loaded. Whatever is asked is answered from one published version, old or new, never a mixture.

    Any use may raise StoreUnavailable, in one sentence.
    """

    def __init__(self, engine: Engine, tables: Tables, data_dir: Path, reader: Engine | None = None) -> None:
        self.engine, self._tables, self._data_dir = engine, tables, data_dir
        self._reader = reader or engine
        self._known: tuple[int, dict[Where, dict[object, Any]]] = (-1, {})

    @classmethod
    def open(cls, settings: Settings, tables: Tables = TABLES) -> "Store":
        """The store these settings name, made or brought up to date where needed."""
        engine = make_engine(settings.database_url)
        try:
            upgrade(engine, tables)
            return cls(engine, tables, settings.data_dir, make_reader(settings.reader_url, engine))
        except BaseException:
            engine.dispose()
            raise

    @staticmethod
    def migrate(settings: Settings, tables: Tables = TABLES) -> None:
        """Brings the database to the form this program needs, and each role's rights in it with that."""
        engine = make_engine(settings.database_url)
        try:
            upgrade(engine, tables, guarded=True)
        finally:
            engine.dispose()

    def close(self) -> None:
        """Closes its connections."""
        self.engine.dispose()
        self._reader.dispose()
        if "_beside" in self.__dict__:
            self._beside.dispose()

    @cached_property
    def orders(self) -> Orders:
        """The running orders."""
        return Orders(self.engine, self.log)

    @cached_property
    def events(self) -> EventList:
        """The notes on charts."""
        return EventList(self.engine, self.log)

    @cached_property
    def live(self) -> Live:
        """The meetings under way."""
        return Live(self._beside)

    @cached_property
    def log(self) -> Log:
        """Who did what."""
        return Log(self._beside)

    @cached_property
    def _beside(self) -> Engine:
        return beside(self.engine)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction: at the end all of it is published and logged; on an exception nothing has happened."""
        with transaction(self.engine) as connection:
            writer = Writer(connection, self._tables, self._data_dir)
            yield writer
            if writer.unpublished:
                writer.publish()
            for who, deed, words in writer.deeds:  # last: what cannot be logged is not done
                self.log.add_within(connection, who, deed, **words)

    def undo(self, upload_id: int, who: str) -> None:
        """Takes an upload back and publishes what it had superseded; NoSuchUpload when there is none to take back."""
        with self.writing() as writer:
            writer.undo(upload_id, who)

    def redo(self, upload_id: int, who: str) -> None:
        """Puts an undone upload back and publishes it; NoSuchUpload when there is none to put back."""
        with self.writing() as writer:
            writer.redo(upload_id, who)

    def publish(self, upload_ids: Collection[int], who: str) -> None:
        """Publishes staged uploads, all at once; NoSuchUpload when one is no longer waiting."""
        with self.writing() as writer:
            writer.release(upload_ids, who)

    def discard(self, upload_ids: Collection[int], who: str) -> None:
        """Removes staged uploads."""
        with self.writing() as writer:
            writer.discard(upload_ids, who)

    def retire(self, before: dt.date, who: str, really: bool) -> Retired:
        """Deletes the uploads loaded before that day and what came of them, all at once, with an entry in the log.
        Unless `really`, returns what would go, and nothing has."""
        with suppress(_Supposed), transaction(self.engine) as connection:
            retired = retire(connection, self._tables, before)
            if not (really and retired.uploads):
                raise _Supposed
            numbers = ", ".join(str(upload.id) for upload in retired.uploads)
            words = {"upload": numbers, "loaded before": before.isoformat()}
            self.log.add_within(connection, who, Deed.RETIRED, **words)
        return retired

    @contextmanager
    def supposing(self, upload_ids: Collection[int]) -> Iterator[Reading]:
        """The data as they would be with these staged uploads published, which they are not; writers wait meanwhile."""
        with suppress(_Supposed), transaction(self.engine) as connection:
            writer = Writer(connection, self._tables, self._data_dir)
            writer.release(upload_ids, who="")
            writer.publish()
            yield Reading(connection, self._tables, -1, {})
            raise _Supposed

    def choices(self) -> tuple[Choice, ...]:
        """The columns people chose for forms of file whose headings nobody foresaw, by dataset, form and field."""
        with self.engine.connect() as connection:
            return all_choices(connection)

    def remember(self, form: str, row_type: type[Row], chosen: Mapping[str, str], who: str) -> None:
        """Keeps, for a form of file, the heading chosen for each field; KeyError where the dataset has not got it."""
        with transaction(self.engine) as connection:
            remember(connection, form, row_type, chosen, who)
            titles = ", ".join(row_type.field(name).title for name in chosen)
            self._tell_of_columns(connection, who, how="chosen", field=titles, dataset=row_type.title())

    def forget(self, choice_id: int, who: str) -> None:
        """Removes a choice, so that files of its form ask again; NoSuchChoice when there is none."""
        with transaction(self.engine) as connection:
            forget(connection, choice_id)
            self._tell_of_columns(connection, who, how="removed", number=str(choice_id))

    def _tell_of_columns(self, connection: Connection, who: str, **words: str) -> None:
        """Headings are left out: they are what people wrote."""
        self.log.add_within(connection, who, Deed.CHANGED, what="column chosen by people", **words)

    def table(self, row_type: type[Row]) -> FromClause:
        """The current rows: see Reading."""
        return self._tables.current(row_type)

    def version(self) -> int:
        """A number that is another one after every publish."""
        with self._reader.connect() as connection:
            return begin(connection, ())

    @contextmanager
    def reading(self, limit: Where = ()) -> Iterator[Reading]:
        """One published version, within the limit, for as long as it is read: nothing that is published meanwhile gets
        into it."""
        with self._reader.connect() as connection:
            version = begin(connection, limit)
            known = self._known  # as it is now: another thread may put that of another version in its place
            if known[0] != version:
                known = self._known = (version, {})
            yield Reading(connection, self._tables, version, known[1].setdefault(limit, {}), limit)

    @contextmanager
    def reading_rows(self, limit: Where = ()) -> Iterator[Reading]:
        """The same for rows under their pseudonyms, which a reader of figures may not see."""
        with self.engine.connect() as connection:
            yield Reading(connection, self._tables, begin(connection, limit), {}, limit, whole=True)

    def uploads(self) -> tuple[Upload, ...]:
        """Every upload, newest first."""
        with self.engine.connect() as connection:
            return all_uploads(connection)

    def is_sample(self) -> bool:
        """Whether what is shown is the sample."""
        with self.reading() as data:
            return data.is_sample()

    def covered(self, row_type: type[Row]) -> tuple[dt.date, ...] | tuple[str, ...]:
        """What the current data cover, in order: see Reading."""
        with self.reading() as data:
            return data.covered(row_type)

    def counts(self, row_type: type[Row]) -> dict[dt.date | str, int]:
        """How many rows the current data have in each month or period they cover: see Reading."""
        with self.reading() as data:
            return data.counts(row_type)

    def data_date(self, row_type: type[Row]) -> dt.date | None:
        """The last day the current data speak of: the last month end or event, else the day they were loaded."""
        with self.reading() as data:
            return data.data_date(row_type)

    def rows(self, row_type: type[Row], names: Sequence[str]) -> Sequence[Any]:
        """These columns of the current rows, in no order."""
        table = self.table(row_type)
        with self.engine.connect() as connection:
            return connection.execute(select(*(table.c[name] for name in names))).all()

    def options(self, filter_name: str, limit: Where = ()) -> tuple[str, ...]:
        """The values a filter can take in the current data, for whoever may see no more than the limit: known ones in
        their order, then others by the alphabet."""
        with self.reading(limit) as data:
            return data.options(filter_name)
