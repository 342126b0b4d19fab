"""The store: privacy, all or nothing, readers beside a writer, and its faults in one sentence, on both databases."""

import datetime as dt
import hashlib
import sqlite3
import stat
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from sendviz.datasets.cohort import CohortPupil
from sendviz.datasets.referrals import Referral
from sendviz.settings import Settings
from sendviz.store import Deed, Store, StoreUnavailable, engine
from sendviz.store.pseudonyms import KEY_FILE, key
from tests.written import made, put, rows_of

PUPIL = "Z860123456789"
ONE = f"pupil_id | month_end | referral_id\n{PUPIL} | 31/01/2026"


def cohort(count: int, month_end: dt.date = dt.date(2026, 1, 31)) -> list[CohortPupil]:
    return [made(CohortPupil, n, {"pupil_id": f"P{n}", "month_end": month_end}) for n in range(count)]  # type: ignore[misc]


def pupils(store: Store) -> int:
    table = store.table(CohortPupil)
    with store.engine.connect() as connection:
        return connection.execute(select(func.sum(table.c.change))).scalar() or 0


def everything(store: Store) -> str:
    """All that the database holds, as text."""
    with store.engine.connect() as connection:
        names = [table.name for table in store._tables.metadata.sorted_tables] + ["uploads", "scopes", "publication"]
        return repr([connection.execute(text(f'SELECT * FROM "{name}"')).all() for name in names])


def test_a_pupils_number_is_nowhere_in_the_database(store: Store, tmp_path: Path) -> None:
    put(store, rows_of(CohortPupil, f"pupil_id | month_end\n{PUPIL} | 31/01/2026"))
    put(store, rows_of(Referral, f"pupil_id | referral_date\n{PUPIL} | 31/01/2026"))
    held = everything(store)
    secret = key(tmp_path / "data").hex()
    for trace in (PUPIL, hashlib.sha256(PUPIL.encode()).hexdigest(), secret):
        assert trace not in held
    for path in (path for path in tmp_path.rglob("*.db*")):
        assert PUPIL.encode() not in path.read_bytes()
        assert secret.encode() not in path.read_bytes()


def test_a_pupil_has_one_pseudonym_in_every_dataset(store: Store) -> None:
    put(store, rows_of(CohortPupil, f"pupil_id | month_end\n{PUPIL} | 31/01/2026"))
    put(store, rows_of(Referral, f"pupil_id | referral_date\n{PUPIL} | 31/01/2026"))
    kept = store._tables.kept
    with store.engine.connect() as connection:
        found = {connection.execute(select(kept[name].c.pupil_id)).scalar() for name in ("ehcp_cohort", "referrals")}
    assert len(found) == 1
    assert len(str(found.pop())) == 64


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    first = key(tmp_path)
    assert (len(first), key(tmp_path)) == (32, first)
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_another_key_is_refused_and_nothing_is_stored(store: Store, tmp_path: Path) -> None:
    put(store, cohort(2))
    (tmp_path / "data" / KEY_FILE).write_text("00" * 32)
    with pytest.raises(StoreUnavailable, match="is not the one this database's pupils were stored under"):
        put(store, cohort(3))
    assert pupils(store) == 2


def test_a_load_that_breaks_off_leaves_the_old_data(store: Store) -> None:
    put(store, cohort(2))
    before = everything(store)
    with pytest.raises(ZeroDivisionError), store.writing() as writer:
        adding = writer.add(CohortPupil, file="b.xlsx", sheet="1", sha256="b", who="officer")
        adding.rows(cohort(5))
        writer.publish()
        raise ZeroDivisionError
    assert everything(store) == before


def test_a_reader_beside_a_writer_sees_the_old_data_then_the_new(store: Store) -> None:
    put(store, cohort(2))
    version = store.version()
    with store.engine.connect() as reading:
        table = store.table(CohortPupil)
        count = select(func.sum(table.c.change))
        assert reading.execute(count).scalar() == 2
        with store.writing() as writer:
            writer.add(CohortPupil, file="b", sheet="1", sha256="b", who="officer").rows(cohort(5))
            writer.publish()
            assert (pupils(store), store.version()) == (2, version)
        assert reading.execute(count).scalar() == 2, "a reader's answers are all of one version"
    assert pupils(store) == 5
    assert store.version() != version


def test_writers_and_readers_at_once_all_get_through(store: Store) -> None:
    put(store, cohort(2))
    seen, faults = set(), []

    def attempt(work: Callable[[], object]) -> None:
        try:
            for _ in range(3):
                work()
        except Exception as error:  # noqa: BLE001 - whatever goes wrong in a thread is the test's finding
            faults.append(error)

    works = [lambda: put(store, cohort(5)), lambda: put(store, cohort(5)), lambda: seen.add(pupils(store))]
    threads = [threading.Thread(target=attempt, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (faults, pupils(store)) == ([], 5)
    assert seen <= {2, 5}


def test_two_that_open_at_once_make_the_tables_once(database_url: str, tmp_path: Path) -> None:
    opened, faults, ready = [], [], threading.Barrier(3)

    def start() -> None:
        ready.wait()
        try:
            opened.append(Store.open(Settings(database_url=database_url, data_dir=tmp_path)))
        except Exception as error:  # noqa: BLE001 - as above
            faults.append(error)

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert [store.version() for store in opened] == [0, 0, 0]
    for store in opened:
        store.close()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("nonsense", "is not a database's address: write sqlite:///"),
        ("mysql://me:hush@host/db", "SENDVIZ_DATABASE_URL is mysql://me:.*@host/db, which cannot be used"),
        ("sqlite:///:memory:", "cannot be used: write sqlite:///"),
        ("postgresql://me:hush@127.0.0.1:1/db", "The database db on 127.0.0.1 cannot be reached"),
        ("sqlite:////dev/null/x/sendviz.db", "The folder /dev/null/x for the data cannot be made"),
        ("sqlite:////proc/sendviz.db", "/proc/sendviz.db cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_used_is_said_in_a_sentence(address: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match=words) as fault:
        Store.open(Settings(database_url=address, data_dir=tmp_path))
    assert_one_sentence(fault)
    assert "hush" not in str(fault.value)


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "s.db").write_bytes(b"PK\x03\x04 a workbook" * 100)
    with pytest.raises(StoreUnavailable, match="is not a database") as fault:
        sqlite_store(tmp_path)
    assert_one_sentence(fault)


def test_a_database_in_use_elsewhere_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    store = sqlite_store(tmp_path)
    with closing(sqlite3.connect(tmp_path / "s.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="in use by another program") as fault:
            put(store, cohort(1))
    assert_one_sentence(fault)
    put(store, cohort(1))
    assert pupils(store) == 1


def test_a_read_only_database_is_said(tmp_path: Path) -> None:
    sqlite_store(tmp_path).close()
    store = sqlite_store(tmp_path, f"sqlite:///file:{tmp_path}/s.db?mode=ro&uri=true")
    with pytest.raises(StoreUnavailable, match="cannot be written to") as fault:
        put(store, cohort(1))
    assert_one_sentence(fault)


def test_a_full_disk_is_said_and_the_old_data_stand(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path)
    put(store, cohort(1))
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StoreUnavailable, match="make room and try again") as fault:
        put(store, cohort(3_000))
    assert_one_sentence(fault)
    assert pupils(store) == 1


def sqlite_store(folder: Path, url: str | None = None) -> Store:
    return Store.open(Settings(database_url=url or f"sqlite:///{folder}/s.db", data_dir=folder))


def assert_one_sentence(fault: pytest.ExceptionInfo[StoreUnavailable]) -> None:
    words = str(fault.value)
    assert words[0].isupper()
    assert words.endswith(".")
    assert "\n" not in words
    assert ". " not in words


def test_nobody_else_on_the_computer_may_read_the_data(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "data"
    store = Store.open(Settings(database_url=f"sqlite:///{folder}/s.db", data_dir=folder))
    store.log.add("officer", Deed.SIGNED_IN)
    with store.writing():
        rights = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    store.close()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {"s.db", "s-live.db"} <= set(rights) and set(rights.values()) == {0o600}
