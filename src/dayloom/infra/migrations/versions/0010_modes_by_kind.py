"""preferences: who decides, by kind of change"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kinds = _kinds("news", "tasks", "calendars", "overdue", "context")
    op.create_table(
        "news",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_news_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("account_id", "kind", name=op.f("pk_news")),
    )
    with op.batch_alter_table("preferences", schema=None) as batch_op:
        for name in ("tasks", "calendars", "overdue", "context"):
            modes = _kinds("planmode", "auto", "ask", "manual")
            batch_op.add_column(sa.Column(f"{name}_mode", modes, nullable=True))


def _kinds(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=32)
