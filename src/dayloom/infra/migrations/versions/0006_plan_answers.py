"""plans: what a plan was answered, and what it costs by terms"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answer", sa.LargeBinary(), nullable=True))
        batch_op.add_column(_made())
        batch_op.add_column(_account())
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("problem", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("answer", sa.LargeBinary(), nullable=True))
        batch_op.add_column(_made())
        batch_op.add_column(_account())


def _made() -> sa.Column[str]:
    kinds = sa.Enum(
        "solved", "instant", "arranged", "taken_over", name="made", native_enum=False, length=32
    )
    return sa.Column("made", kinds, server_default="solved", nullable=False)


def _account() -> sa.Column[object]:
    return sa.Column("account", sa.JSON(), server_default="[]", nullable=False)
