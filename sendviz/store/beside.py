"""Where meetings under way and the log are kept: with SQLite in a file beside the database's, which nothing that is
being loaded holds up."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import DDL, Connection, Engine, event

from sendviz.store.engine import make_engine, transaction
from sendviz.store.fixed import LIVE, log

for deed in ("UPDATE", "DELETE"):
    stays = f"CREATE TRIGGER log_stays_{deed.lower()} BEFORE {deed} ON log "
    stays += "BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END"
    event.listen(log, "after_create", DDL(stays).execute_if(dialect="sqlite"))


def beside(engine: Engine) -> Engine:
    """The engine for what is written while people look: the same with PostgreSQL, another file with SQLite."""
    if engine.dialect.name != "sqlite":
        return engine
    name = str(engine.url.database).removesuffix(".db")
    own = make_engine(f"sqlite:///{name}-live.db")
    with transaction(own) as connection:
        LIVE.create_all(connection)
    return own


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """A connection that writes. With PostgreSQL it does not wait for those who load: it touches no rows of theirs."""
    if engine.dialect.name == "sqlite":
        with transaction(engine) as connection:
            yield connection
    else:
        with engine.execution_options(isolation_level="READ COMMITTED").begin() as connection:
            yield connection
