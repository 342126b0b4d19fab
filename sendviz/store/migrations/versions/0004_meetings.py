"""Running orders, notes on charts, and (where there is one database for all) meetings under way and the log."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

REFUSES = """
CREATE FUNCTION log_stays() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION 'the log is only added to'; END $$
"""


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "running_orders",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("slides", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("exhibits", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("added_at", sa.DateTime, nullable=False),
        sa.Column("undone_by", sa.Text),
        sa.Column("undone_at", sa.DateTime),
    )
    if op.get_bind().dialect.name != "sqlite":
        _meetings()


def _meetings() -> None:
    op.create_table(
        "presentations",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("control", sa.String(43), nullable=False, unique=True),
        sa.Column("follow", sa.String(43), nullable=False, unique=True),
        sa.Column("wall", sa.Text, nullable=False),
        sa.Column("moved_at", sa.DateTime, nullable=False),
        sa.Column("ended", sa.Boolean, nullable=False),
    )
    op.create_table(
        "followers",
        sa.Column("presentation_id", sa.Integer, primary_key=True),
        sa.Column("follower", sa.String(43), primary_key=True),
        sa.Column("seen_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "log",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("deed", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("before", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.execute(REFUSES)
    op.execute("CREATE TRIGGER log_stays BEFORE UPDATE OR DELETE ON log FOR EACH ROW EXECUTE FUNCTION log_stays()")


def downgrade() -> None:
    """Back."""
    for name in ("running_orders", "events"):
        op.drop_table(name)
    if op.get_bind().dialect.name != "sqlite":
        for name in ("presentations", "followers", "log"):
            op.drop_table(name)
        op.execute("DROP FUNCTION log_stays()")
