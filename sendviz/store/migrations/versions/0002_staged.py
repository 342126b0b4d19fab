"""The order in which uploads were published: one may wait, checked, while later ones go before it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forwards: until now uploads were published as they came."""
    op.add_column("uploads", sa.Column("turn", sa.Integer))
    op.execute("UPDATE uploads SET turn = id")


def downgrade() -> None:
    """Back: what waits to be published has no place in the older form."""
    with op.batch_alter_table("uploads") as uploads:
        uploads.drop_column("turn")
