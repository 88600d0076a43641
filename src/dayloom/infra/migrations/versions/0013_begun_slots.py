"""begun slots"""

import sqlalchemy as sa
from alembic import op

from dayloom.infra import columns

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "begun_slots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("start", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("end", columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_begun_slots_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name=op.f("fk_begun_slots_task_id_tasks")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_begun_slots")),
    )
    with op.batch_alter_table("begun_slots", schema=None) as batch_op:
        batch_op.create_index(
            "ix_begun_slots_account_start", ["account_id", "start"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_begun_slots_task_id"), ["task_id"], unique=False)
