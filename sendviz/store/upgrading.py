"""Upgrading: a database is brought to the form this program needs whenever a store is opened by its owner.

Migrations (`migrations/versions`) look after the fixed tables. Those made from row models follow by themselves: what is
missing is created (in older rows a new category reads `Not recorded`, anything else is empty), and read tables of
another form are made anew from the uploads. Columns a row model no longer has stay as they are.
"""

from pathlib import Path
from typing import Literal

from sqlalchemy import Column, Connection, Engine, Inspector, Table, inspect, select, text, update

from sendviz.store import publishing
from sendviz.store.engine import StoreUnavailable, transaction
from sendviz.store.fixed import publication
from sendviz.store.guarding import guard
from sendviz.store.tables import Tables
from sendviz.vocabulary import NOT_RECORDED

MIGRATIONS = Path(__file__).parent / "migrations"
NEWER = "The database was made by a newer version of this program: use that version."
IS_OWNER = """
SELECT CASE WHEN to_regclass('publication') IS NULL THEN has_schema_privilege(current_schema(), 'CREATE')
       ELSE pg_has_role((SELECT relowner FROM pg_class WHERE oid = to_regclass('publication')), 'USAGE') END
"""


def upgrade(engine: Engine, tables: Tables, guarded: bool = False) -> None:
    """Makes the tables fit where they do not; two processes may do so at once. With `guarded`, the roles' rights are
    set too where the tables fit: a role may be newer than they are. StoreUnavailable when it fails."""
    with engine.connect() as connection:
        if fits(connection, tables) and not guarded:
            return
    shape = _shape(tables)
    _use_wal(engine)
    with transaction(engine) as connection:
        _leave_to_the_owner(connection)
        alembic(connection, "upgrade", "head")
        if connection.execute(select(publication.c.shape)).scalar() != shape:  # nobody else has done it meanwhile
            refill = _fit(connection, tables)
            guard(connection, tables)
            if refill:
                publishing.rebuild(connection, tables)
            connection.execute(update(publication).values(shape=shape))
        elif guarded:
            guard(connection, tables)


def newest() -> str:
    """The number of this program's newest migration."""
    return max(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))[:4]


def fits(connection: Connection, tables: Tables) -> bool:
    """Whether the database is in the form that this program needs."""
    return _shape_of(connection) == _shape(tables)


def _shape(tables: Tables) -> str:
    """A fingerprint of what this program needs: its newest migration, and its row models."""
    return f"{newest()} {tables.shape}"


def _leave_to_the_owner(connection: Connection) -> None:
    """Ends in one sentence where somebody has come by who may not make tables."""
    if connection.dialect.name != "postgresql" or connection.execute(text(IS_OWNER)).scalar():
        return
    there = connection.execute(text("SELECT to_regclass('alembic_version')")).scalar()
    at = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if there else None
    if at and at > newest():
        raise StoreUnavailable(NEWER)
    state = f"is at {at}, this version needs {newest()}" if at else "is empty"
    if at == newest():
        state = f"is at {at}, but its tables are not yet those of this version's datasets"
    raise StoreUnavailable(f"The database {state}: run `python -m sendviz migrate` as its owner.")


def _shape_of(connection: Connection) -> str | None:
    if not inspect(connection).has_table(publication.name):
        return None
    return connection.execute(select(publication.c.shape)).scalar()


def _use_wal(engine: Engine) -> None:
    """Readers are not held up by a writer, from now on: the file remembers it."""
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()


def alembic(connection: Connection, way: Literal["upgrade", "downgrade"], to: str) -> None:
    """Runs migrations up or down to a revision; StoreUnavailable when the database is newer than this program."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        (command.upgrade if way == "upgrade" else command.downgrade)(config, to)
    except CommandError:
        raise StoreUnavailable(NEWER) from None


def _fit(connection: Connection, tables: Tables) -> bool:
    """Creates and alters tables made from row models; returns whether read tables have to be filled again."""
    inspector = inspect(connection)
    present = set(inspector.get_table_names())
    old = {t.name for t in tables.metadata.sorted_tables if t.name in present and _differs(inspector, t)}
    for table in (t for t in tables.metadata.sorted_tables if t.name in old):
        if table.name in tables.rebuilt:
            table.drop(connection)
        else:
            _add_columns(connection, inspector, tables, table)
    tables.metadata.create_all(connection)
    return bool(present & {table.name for table in tables.kept.values()})


def _names(inspector: Inspector, table: Table) -> set[str]:
    return {column["name"] for column in inspector.get_columns(table.name)}


def _differs(inspector: Inspector, table: Table) -> bool:
    return _names(inspector, table) != set(table.columns.keys())


def _add_columns(connection: Connection, inspector: Inspector, tables: Tables, table: Table) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    row = next(tables.rows[name] for name, kept in tables.kept.items() if kept is table)
    missing = set(table.columns.keys()) - _names(inspector, table)
    for name in sorted(missing):
        default = NOT_RECORDED if row.fields[name].kind == "category" else None
        added: Column[object] = Column(name, table.c[name].type, server_default=default)
        Operations(MigrationContext.configure(connection)).add_column(table.name, added)
