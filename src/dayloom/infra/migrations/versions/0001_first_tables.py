"""first tables"""

import sqlalchemy as sa
from alembic import op

from dayloom.infra import columns

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
    )
    op.create_table(
        "answered_requests",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("created_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "key", name=op.f("pk_answered_requests")),
    )
    with op.batch_alter_table("answered_requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_answered_requests_created_at"), ["created_at"], unique=False
        )

    op.create_table(
        "changes",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "topic", name=op.f("pk_changes")),
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_changes_seq"), ["seq"], unique=False)

    op.create_table(
        "work",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("want", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("due", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("latest", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("lease", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("parked_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_work")),
    )
    with op.batch_alter_table("work", schema=None) as batch_op:
        batch_op.create_index(
            "ix_work_due",
            ["due"],
            unique=False,
            sqlite_where=sa.text("want > done"),
            postgresql_where=sa.text("want > done"),
        )

    op.create_table(
        "calendars",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("file", "url", name="calendarkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("color", sa.Integer(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column(
            "all_day",
            sa.Enum("as_marked", "busy", "free", name="alldayrule", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("tentative_busy", sa.Boolean(), nullable=False),
        sa.Column("declined_busy", sa.Boolean(), nullable=False),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("last_modified", sa.String(), nullable=True),
        sa.Column("refreshed_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("shrunk", sa.Boolean(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("created_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_calendars_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendars")),
    )
    with op.batch_alter_table("calendars", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendars_account_id"), ["account_id"], unique=False)

    op.create_table(
        "hour_maps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("weekly", sa.JSON(), nullable=False),
        sa.Column("exceptions", sa.JSON(), nullable=False),
        sa.Column("daily_cap", columns.WholeMinutes(), nullable=True),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_hour_maps_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_maps")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_hour_maps_account_id_name")),
    )
    with op.batch_alter_table("hour_maps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hour_maps_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            "ix_hour_maps_default",
            ["account_id"],
            unique=True,
            sqlite_where=sa.text("is_default"),
            postgresql_where=sa.text("is_default"),
        )

    op.create_table(
        "plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "change", "request", "placed", "undo", name="cause", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("undone_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("objective", sa.JSON(), nullable=False),
        sa.Column("bound", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("problem", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_plans_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint("account_id", "version", name=op.f("uq_plans_account_id_version")),
    )
    op.create_table(
        "preferences",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("week_start", sa.Integer(), nullable=False),
        sa.Column("hour_cycle", sa.Integer(), nullable=False),
        sa.Column("date_order", sa.String(), nullable=False),
        sa.Column("default_duration", columns.WholeMinutes(), nullable=False),
        sa.Column("buffer", columns.WholeMinutes(), nullable=False),
        sa.Column("event_buffer", columns.WholeMinutes(), nullable=False),
        sa.Column("daily_cap", columns.WholeMinutes(), nullable=True),
        sa.Column("freeze", columns.WholeMinutes(), nullable=False),
        sa.Column(
            "plan_mode",
            sa.Enum("auto", "ask", "manual", name="planmode", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("context", sa.String(), nullable=False),
        sa.CheckConstraint("hour_cycle IN (12, 24)", name=op.f("ck_preferences_hour_cycle")),
        sa.CheckConstraint("week_start BETWEEN 0 AND 6", name=op.f("ck_preferences_week_start")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_preferences_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_preferences")),
    )
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "change", "request", "placed", "undo", name="cause", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "accepted",
                "rejected",
                "superseded",
                name="proposalstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("by_mode", sa.Boolean(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("applied_version", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("objective", sa.JSON(), nullable=False),
        sa.Column("bound", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("memo", sa.JSON(), nullable=False),
        sa.Column("created_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_proposals_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.create_index(
            "ix_proposals_account_created", ["account_id", "created_at"], unique=False
        )
        batch_op.create_index(
            "ix_proposals_pending",
            ["account_id"],
            unique=True,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )

    op.create_table(
        "task_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("rrule", sa.String(), nullable=True),
        sa.Column("times_per_week", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.String(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("made_until", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("template", sa.JSON(), nullable=False),
        sa.Column("created_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_task_series_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_series")),
    )
    with op.batch_alter_table("task_series", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_task_series_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "calendar_sources",
        sa.Column("calendar_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_calendar_sources_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["calendar_id"],
            ["calendars.id"],
            name=op.f("fk_calendar_sources_calendar_id_calendars"),
        ),
        sa.PrimaryKeyConstraint("calendar_id", name=op.f("pk_calendar_sources")),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("calendar_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("start", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("end", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("all_day", sa.Boolean(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("transp", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("partstat", sa.String(), nullable=True),
        sa.Column("busy", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_events_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["calendar_id"], ["calendars.id"], name=op.f("fk_events_calendar_id_calendars")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("calendar_id", "key", name=op.f("uq_events_calendar_id_key")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index("ix_events_account_start", ["account_id", "start"], unique=False)

    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("context", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("readings", sa.JSON(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "started",
                "completed",
                "missed",
                name="taskstatus",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("duration", columns.WholeMinutes(), nullable=False),
        sa.Column("release", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("due", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("deadline", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("priority", sa.Double(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("hour_map", sa.String(), nullable=True),
        sa.Column("preferred", sa.JSON(), nullable=False),
        sa.Column("min_chunk", columns.WholeMinutes(), nullable=True),
        sa.Column("max_chunk", columns.WholeMinutes(), nullable=True),
        sa.Column("pins", sa.JSON(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("occurrence_on", sa.Date(), nullable=True),
        sa.Column("occurrence_number", sa.Integer(), nullable=True),
        sa.Column("needs_scheduling", sa.Boolean(), nullable=False),
        sa.Column("scheduled_start_time", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("scheduled_end_time", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("reasoning", sa.String(), nullable=False),
        sa.Column("actual_start_time", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("actual_end_time", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("duration BETWEEN 5 AND 2400", name=op.f("ck_tasks_duration")),
        sa.CheckConstraint("priority BETWEEN 0 AND 10", name=op.f("ck_tasks_priority")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_tasks_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["task_series.id"], name=op.f("fk_tasks_series_id_task_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
        sa.UniqueConstraint(
            "series_id",
            "occurrence_on",
            "occurrence_number",
            name=op.f("uq_tasks_series_id_occurrence_on_occurrence_number"),
        ),
    )
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.create_index(
            "ix_tasks_open", ["account_id", "status", "deleted_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_tasks_series_id"), ["series_id"], unique=False)

    op.create_table(
        "slots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("start", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("end", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("seen_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_slots_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_slots_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slots")),
    )
    with op.batch_alter_table("slots", schema=None) as batch_op:
        batch_op.create_index("ix_slots_account_start", ["account_id", "start"], unique=False)
        batch_op.create_index(batch_op.f("ix_slots_task_id"), ["task_id"], unique=False)

    op.create_table(
        "task_dependencies",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("gap", columns.WholeMinutes(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_task_dependencies_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["after_id"], ["tasks.id"], name=op.f("fk_task_dependencies_after_id_tasks")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name=op.f("fk_task_dependencies_task_id_tasks")
        ),
        sa.PrimaryKeyConstraint("task_id", "after_id", name=op.f("pk_task_dependencies")),
    )
    with op.batch_alter_table("task_dependencies", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_task_dependencies_after_id"), ["after_id"], unique=False
        )

    op.create_table(
        "unplaced",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("obstacle", sa.String(), nullable=False),
        sa.Column("missing_minutes", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_unplaced_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_unplaced_task_id_tasks")),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_unplaced")),
    )
    with op.batch_alter_table("unplaced", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unplaced_account_id"), ["account_id"], unique=False)

    op.create_table(
        "worked_intervals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("start", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("end", columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_worked_intervals_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name=op.f("fk_worked_intervals_task_id_tasks")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worked_intervals")),
    )
    with op.batch_alter_table("worked_intervals", schema=None) as batch_op:
        batch_op.create_index(
            "ix_worked_intervals_running",
            ["account_id"],
            unique=True,
            sqlite_where=sa.text('"end" IS NULL'),
            postgresql_where=sa.text('"end" IS NULL'),
        )
        batch_op.create_index(batch_op.f("ix_worked_intervals_task_id"), ["task_id"], unique=False)
