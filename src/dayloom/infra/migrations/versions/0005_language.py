"""language: models, executions, rules, chat"""

import sqlalchemy as sa
from alembic import op

from dayloom.infra import columns

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_settings",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("from_environment", sa.Boolean(), nullable=False),
        sa.Column(
            "provider",
            sa.Enum(
                "openrouter", "openai", "ollama", name="provider", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("base_url", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=True),
        sa.Column("max_tokens", sa.Integer(), nullable=False),
        sa.Column("timeout_seconds", sa.Integer(), nullable=False),
        sa.Column("daily_cap", sa.Double(), nullable=True),
        sa.Column("monthly_cap", sa.Double(), nullable=True),
        sa.Column("price_in", sa.Double(), nullable=True),
        sa.Column("price_out", sa.Double(), nullable=True),
        sa.Column(
            "mode",
            sa.Enum(
                "json_schema",
                "json_object",
                "plain",
                name="outputmode",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("latency_ms", sa.Integer(), nullable=True),
        sa.Column("offered", sa.JSON(), nullable=False),
        sa.Column("tested_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("test_error", sa.String(), nullable=True),
        sa.CheckConstraint(
            "max_tokens BETWEEN 100 AND 10000", name=op.f("ck_model_settings_max_tokens")
        ),
        sa.CheckConstraint(
            "timeout_seconds BETWEEN 5 AND 600", name=op.f("ck_model_settings_timeout")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_model_settings_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_model_settings")),
    )
    op.create_table(
        "plan_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "hours",
                "no_go",
                "prefer",
                "buffer",
                "daily_limit",
                "routine",
                "not_understood",
                name="rulekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum("grammar", "model", "person", name="ruleorigin", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("complaint", sa.String(), nullable=False),
        sa.Column("execution_id", sa.Integer(), nullable=True),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("created_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("removed_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_plan_rules_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_rules")),
    )
    with op.batch_alter_table("plan_rules", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_rules_account_id"), ["account_id"], unique=False)

    op.create_table(
        "executions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "module",
            sa.Enum(
                "TimeSlotModule",
                "PrioritizerModule",
                "ChatAssistantModule",
                "ContextModule",
                "ConnectionTest",
                name="module",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("base_url", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("started_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("outputs", sa.JSON(), nullable=True),
        sa.Column(
            "failure",
            sa.Enum(
                "not_configured",
                "over_budget",
                "circuit_open",
                "deadline",
                "unreachable",
                "refused",
                "billing",
                "rate_limited",
                "server_error",
                "truncated",
                "unreadable",
                "cancelled",
                name="failure",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("attempts", sa.JSON(), nullable=False),
        sa.Column("tokens_in", sa.Integer(), nullable=False),
        sa.Column("tokens_out", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Double(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("forgotten_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_executions_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name=op.f("fk_executions_task_id_tasks")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_executions")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("executions", schema=None) as batch_op:
        batch_op.create_index("ix_executions_newest", ["account_id", "started_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_executions_task_id"), ["task_id"], unique=False)

    op.create_table(
        "chat_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("person", "assistant", name="role", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "streaming",
                "complete",
                "broken",
                name="messagestate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("commands", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=True),
        sa.Column("execution_id", sa.Integer(), nullable=True),
        sa.Column("created_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_chat_messages_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["answers"], ["chat_messages.id"], name=op.f("fk_chat_messages_answers_chat_messages")
        ),
        sa.ForeignKeyConstraint(
            ["execution_id"],
            ["executions.id"],
            name=op.f("fk_chat_messages_execution_id_executions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_messages")),
    )
    with op.batch_alter_table("chat_messages", schema=None) as batch_op:
        batch_op.create_index("ix_chat_messages_newest", ["account_id", "id"], unique=False)

    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("edited", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("inferred", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(
            sa.Column("needs_reading", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("needs_ranking", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("priority_reason", sa.String(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("proposed_start_time", columns.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("proposed_end_time", columns.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("proposed_reason", sa.String(), nullable=False, server_default="")
        )
