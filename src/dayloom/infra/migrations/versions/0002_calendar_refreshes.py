"""calendar refreshes"""

import sqlalchemy as sa
from alembic import op

from dayloom.infra import columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("calendars", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("refresh_every", columns.WholeMinutes(), nullable=False, server_default="15")
        )
        batch_op.add_column(
            sa.Column("read_at", columns.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("shrink_agreed", sa.Boolean(), nullable=False, server_default=sa.false())
        )
