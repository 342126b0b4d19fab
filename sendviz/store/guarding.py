"""Guarding: in PostgreSQL, each row is kept from whoever may not see it, and each role has the rights it needs alone.

Nothing here names a dataset: tables made from row models get their policies and rights as they are made.

- Row-level security is on for every table of rows or of figures added up from them. Its owner, who migrates, and the
  loader, who has BYPASSRLS since COPY cannot do with policies, are free of it. Anybody else sees a row only in a
  transaction that says whose limit applies (`limits.py`), and only within that limit. That holds against a question
  that forgets the limit; whoever could send statements of their own as the reader could say whose limit applies.
- The reader reads what figures are made from, of rows those in force, and neither pupils' pseudonyms nor files' names.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, Table, text

from sendviz.datasets import of_no_figure, of_people
from sendviz.store.fixed import FIXED, LIVE, events, log, publication, scopes
from sendviz.store.limits import EVERYTHING, setting
from sendviz.store.loaded import loaded
from sendviz.store.tables import Tables
from sendviz.vocabulary import Row
from sendviz.vocabulary.dimensions import LIMITS

LOADER, READER = "sendviz_loader", "sendviz_reader"
POLICY = "what_may_be_seen"
ANALYSE = "analyse_read_tables"
ALL = "SELECT, INSERT, UPDATE, DELETE"
LESS = {log.name: "SELECT, INSERT", publication.name: "SELECT, UPDATE", "alembic_version": "SELECT"}
IN_FORCE = "scope_id IN (SELECT id FROM scopes WHERE dataset = '{dataset}' AND current)"


def guard(connection: Connection, tables: Tables) -> None:
    """Puts policies and rights as they should be; rights of the two roles, where these exist (`deploy/roles.sql`)."""
    if connection.dialect.name != "postgresql":
        return
    for statement in (*_walls(tables), *_statistics(connection, tables), *_rights(connection, tables)):
        connection.execute(text(statement))


def analyse(connection: Connection) -> None:
    """Has PostgreSQL look anew at the tables that publishing fills, whose owner alone may have that done."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT {ANALYSE}()"))


def _walls(tables: Tables) -> Iterator[str]:
    for name in sorted(tables.metadata.tables):
        yield f'ALTER TABLE "{name}" ENABLE ROW LEVEL SECURITY'
        yield f'DROP POLICY IF EXISTS {POLICY} ON "{name}"'
    for row in tables.rows.values():
        table = tables.counted(row)
        yield f'CREATE POLICY {POLICY} ON "{table.name}" FOR SELECT USING ({_seen(row, table)})'


def _seen(row: type[Row], table: Table) -> str:
    """Which rows may be seen, by what the transaction says of each column by which people are limited. What it says is
    looked up once for all rows."""
    conditions = []
    for column in LIMITS:
        said = f"coalesce(current_setting('{setting(column)}', true), '')"
        everything = f"(SELECT {said} = '{EVERYTHING}')"
        if column in row.fields:
            listed = f"(SELECT CASE WHEN {said} NOT IN ('', '{EVERYTHING}') THEN {said}::text[] END)::text[]"
            conditions.append(f'({everything} OR "{column}" = ANY ({listed}))')
        else:
            conditions.append(everything if of_people(row) else f"(SELECT {said} <> '')")
    if "scope_id" in table.c:
        conditions.append(IN_FORCE.format(dataset=row.dataset))
    return " AND ".join(conditions)


def _statistics(connection: Connection, tables: Tables) -> Iterator[str]:
    schema = _schema(connection)
    does = " ".join(f'ANALYZE {schema}."{name}";' for name in sorted(tables.rebuilt))
    yield (
        f"CREATE OR REPLACE FUNCTION {ANALYSE}() RETURNS void LANGUAGE plpgsql SECURITY DEFINER "
        f"SET search_path = pg_catalog, pg_temp AS $$ BEGIN {does} END $$"
    )
    yield f"REVOKE ALL ON FUNCTION {ANALYSE}() FROM PUBLIC"


def _schema(connection: Connection) -> str:
    return f'"{connection.execute(text("SELECT current_schema()")).scalar_one()}"'


def _rights(connection: Connection, tables: Tables) -> Iterator[str]:
    there = set(connection.execute(text("SELECT rolname FROM pg_roles")).scalars())
    schema = _schema(connection)
    for role, rights in ((LOADER, _loaders), (READER, _readers)):
        if role in there:
            yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}"
            yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {role}"
            yield f"GRANT USAGE ON SCHEMA {schema} TO {role}"
            yield from (f"GRANT {right} TO {role}" for right in rights(tables, schema))


def _loaders(tables: Tables, schema: str) -> Iterator[str]:
    """Loads, publishes, keeps orders, notes and meetings; adds to the log, and alters no table."""
    for name in (*FIXED.tables, *LIVE.tables, *tables.metadata.tables, "alembic_version"):
        yield f'{LESS.get(name, ALL)} ON "{name}"'
    yield f"SELECT ON {loaded.name}"
    yield f"USAGE ON ALL SEQUENCES IN SCHEMA {schema}"
    yield f"EXECUTE ON FUNCTION {ANALYSE}()"


def _readers(tables: Tables, schema: str) -> Iterator[str]:
    for row in tables.rows.values():
        table, without = tables.counted(row), {"upload_id", *of_no_figure(row)}
        yield _columns(table.name, (column.name for column in table.c if column.name not in without))
    yield _columns(scopes.name, ("id", "dataset", "period", "current"))
    yield _columns(publication.name, ("version",))
    yield f"SELECT ON {events.name}"
    yield f"SELECT ON {loaded.name}"


def _columns(table: str, names: Iterable[str]) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    return f'SELECT ({listed}) ON "{table}"'
