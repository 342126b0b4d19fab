"""Writing: one transaction in which sheets are added, or taken back, and published."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path, PurePath, PureWindowsPath

from sqlalchemy import Connection, select, update

from sendviz.store import pseudonyms, publishing
from sendviz.store.adding import Adding, Events, States
from sendviz.store.deeds import Deeds
from sendviz.store.engine import StoreUnavailable
from sendviz.store.fixed import publication, uploads
from sendviz.store.log import Deed
from sendviz.store.removing import remove
from sendviz.store.tables import Tables
from sendviz.store.uploads import ACTIVE, PUBLISHED, STAGED, UNDONE, next_turn, now, put_back, release, take_back
from sendviz.vocabulary import Row


class Writer:
    """What can be done within `with store.writing() as w:`. All of it counts at the end, or none of it."""

    def __init__(self, connection: Connection, tables: Tables, data_dir: Path) -> None:
        self._connection, self._tables, self._data_dir = connection, tables, data_dir
        self._added: list[Adding] = []
        self._touched: set[str] = set()
        self._pseudonym: Callable[[str], str] | None = None
        self.deeds = Deeds(tables.rows)

    def add(
        self, row_type: type[Row], *, file: str, sheet: str | None, sha256: str, who: str, sample: bool = False,
        staged: bool = False,
    ) -> Adding:  # fmt: skip
        """A new upload to pass rows to, in batches: `.rows(batch)`. Of the file's path, only its name is kept. One that
        is staged waits, unseen by readers, until it is released."""
        name = PurePath(PureWindowsPath(file).name).name
        turn = None if staged else next_turn(self._connection)
        new = uploads.insert().values(
            dataset=row_type.dataset, sheet=sheet, file=name, sha256=sha256, rows=0, who=who, loaded_at=now(),
            state=STAGED if staged else ACTIVE, sample=sample, turn=turn,
        )  # fmt: skip
        found = self._connection.execute(new.returning(uploads.c.id))
        kind = States if row_type.stock else Events
        table = self._tables.kept[row_type.dataset]
        adding = kind(self._connection, table, row_type, int(found.scalar_one()), self._hide)
        self._added.append(adding)
        self.deeds.added(who, adding, staged)
        if not staged:
            self._touched.add(row_type.dataset)
            if not sample:
                self._remove_sample(who)
        return adding

    def release(self, upload_ids: Collection[int], who: str) -> None:
        """Lets staged uploads count; NoSuchUpload when one does not wait to be published."""
        released = release(self._connection, upload_ids)
        self._touched |= set(released.values())
        self.deeds.done(who, Deed.PUBLISHED, released)
        self._remove_sample(who)

    def discard(self, upload_ids: Collection[int], who: str) -> None:
        """Removes staged uploads without a trace but in the log; those published meanwhile stay."""
        waiting = select(uploads.c.id, uploads.c.dataset).where(uploads.c.id.in_(upload_ids), uploads.c.state == STAGED)
        gone = {line.id: line.dataset for line in self._connection.execute(waiting)}
        self.deeds.removed(who, gone)
        remove(self._connection, self._tables, gone)

    def undo(self, upload_id: int, who: str) -> None:
        """Takes an upload back; NoSuchUpload when there is none, or it is undone already."""
        dataset = take_back(self._connection, upload_id, who)
        self._touched.add(dataset)
        self.deeds.done(who, Deed.UNDONE, {upload_id: dataset})

    def redo(self, upload_id: int, who: str) -> None:
        """Puts an undone upload back in its old place; NoSuchUpload when there is none, or it is not undone."""
        dataset = put_back(self._connection, upload_id)
        self._touched.add(dataset)
        self.deeds.done(who, Deed.REDONE, {upload_id: dataset})

    def publish(self) -> None:
        """Makes what was added or taken back count for readers, from the end of the transaction."""
        for adding in self._added:
            adding.finish()
        if self._touched:
            publishing.publish(self._connection, self._tables, self._touched)
        self._added, self._touched = [], set()

    @property
    def unpublished(self) -> bool:
        """Whether something was added or taken back since the last publish."""
        return bool(self._touched or self._added)

    def _remove_sample(self, who: str) -> None:
        query = update(uploads).where(uploads.c.sample, uploads.c.state.in_(PUBLISHED))
        gone = query.values(state=UNDONE, undone_by=who, undone_at=now()).returning(uploads.c.dataset)
        self._touched.update(self._connection.execute(gone).scalars())

    def _hide(self, pupils: Sequence[str]) -> list[str]:
        if self._pseudonym is None:
            key = pseudonyms.key(self._data_dir)
            self._same_key(pseudonyms.check_value(key))
            self._pseudonym = pseudonyms.pseudonyms(key)
        return list(map(self._pseudonym, pupils))

    def _same_key(self, check: str) -> None:
        known = self._connection.execute(select(publication.c.key_check)).scalar()
        if known is None:
            self._connection.execute(update(publication).values(key_check=check))
        elif known != check:
            path = self._data_dir / pseudonyms.KEY_FILE
            raise StoreUnavailable(
                f"The key file {path} is not the one this database's pupils were stored under: put that one back."
            )
