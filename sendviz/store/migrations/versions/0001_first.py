"""Uploads, the scopes they hold, and what is published."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "uploads",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("dataset", sa.Text, nullable=False),
        sa.Column("sheet", sa.Text),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("loaded_at", sa.DateTime, nullable=False),
        sa.Column("first", sa.Text),
        sa.Column("last", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("sample", sa.Boolean, nullable=False),
        sa.Column("undone_by", sa.Text),
        sa.Column("undone_at", sa.DateTime),
    )
    op.create_index("ix_uploads_sha256", "uploads", ["sha256"])
    op.create_table(
        "scopes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("upload_id", sa.Integer, nullable=False),
        sa.Column("dataset", sa.Text, nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("period", sa.Text),
        sa.Column("current", sa.Boolean, nullable=False),
    )
    op.create_index("ix_scopes_upload_id", "scopes", ["upload_id"])
    op.create_index("ix_scopes_dataset_scope", "scopes", ["dataset", "scope"])
    publication = op.create_table(
        "publication",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("shape", sa.Text),
        sa.Column("key_check", sa.Text),
    )
    op.bulk_insert(publication, [{"id": 1, "version": 0}])


def downgrade() -> None:
    """Back."""
    for table in ("publication", "scopes", "uploads"):
        op.drop_table(table)
