"""journal"""

import sqlalchemy as sa
from alembic import op

from dayloom.infra import columns

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "origin",
            sa.Enum("page", "chat", "api", "cli", name="origin", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("edits", sa.JSON(), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=True),
        sa.Column("plan_cause", sa.String(), nullable=True),
        sa.Column("plan_changed", sa.Integer(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("undone_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_journal_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["undoes"], ["journal.id"], name=op.f("fk_journal_undoes_journal"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index("ix_journal_newest", ["account_id", "id"], unique=False)
