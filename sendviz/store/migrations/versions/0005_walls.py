"""When data in force were loaded, as a view for those who may not see uploads; and the scopes in force found at once.
A new number also has every table made from a row model given its policies and rights (`guarding.py`)."""

from alembic import op
from sqlalchemy import text

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

VIEW = """
CREATE VIEW loaded AS
SELECT dataset, max(loaded_at) AS loaded_at, sample FROM uploads WHERE state = 'active' GROUP BY dataset, sample
"""
GUARDED = "SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = current_schema()::regnamespace"


def upgrade() -> None:
    """Forwards."""
    op.execute(VIEW)
    op.create_index("ix_scopes_dataset_current", "scopes", ["dataset", "current", "id"])


def downgrade() -> None:
    """Back: without its wall, nobody reads but the owner."""
    op.execute("DROP VIEW loaded")
    op.drop_index("ix_scopes_dataset_current", "scopes")
    if op.get_bind().dialect.name == "sqlite":
        return
    for name in op.get_bind().execute(text(GUARDED)).scalars().all():
        op.execute(f'DROP POLICY IF EXISTS what_may_be_seen ON "{name}"')
        op.execute(f'ALTER TABLE "{name}" DISABLE ROW LEVEL SECURITY')
    op.execute("DROP FUNCTION IF EXISTS analyse_read_tables()")
    if op.get_bind().execute(text("SELECT 1 FROM pg_roles WHERE rolname = 'sendviz_reader'")).scalar():
        op.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM sendviz_reader")
