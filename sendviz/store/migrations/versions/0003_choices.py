"""Columns chosen for forms of file whose headings nobody foresaw."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards."""
    op.create_table(
        "choices",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("form", sa.String(64), nullable=False),
        sa.Column("dataset", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("heading", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("chosen_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_choices_form_field", "choices", ["form", "field"], unique=True)


def downgrade() -> None:
    """Back."""
    op.drop_table("choices")
