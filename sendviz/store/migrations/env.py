"""Alembic's way in. The store runs migrations itself when it is opened, on the connection it passes.

To write one, with a database that is at the newest version:
`alembic -c sendviz/store/migrations/alembic.ini revision --autogenerate --rev-id 0002 -m "what changes"`
"""

from alembic import context
from sqlalchemy import Connection

from sendviz.store.fixed import FIXED


def run(connection: Connection) -> None:
    """Runs what the command asks for, on this connection."""
    context.configure(connection=connection, target_metadata=FIXED, include_name=_ours)
    with context.begin_transaction():
        context.run_migrations()


def _ours(name: str | None, kind: str, parents: object) -> bool:
    return kind != "table" or name in FIXED.tables


if (given := context.config.attributes.get("connection")) is not None:
    run(given)
else:
    from sendviz.settings import settings
    from sendviz.store.engine import make_engine, transaction

    with transaction(make_engine(settings().database_url)) as connection:
        run(connection)
