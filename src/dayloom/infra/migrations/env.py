"""Run by Alembic for each command; `infra.migrate` opens the connection and its transaction."""

from alembic import context

config = context.config
context.configure(
    connection=config.attributes["connection"],
    target_metadata=config.attributes.get("metadata"),
    render_as_batch=True,  # SQLite cannot alter most things, so Alembic copies the table
    compare_type=True,
    transactional_ddl=True,  # true of SQLite once the driver leaves BEGIN to us
    user_module_prefix="columns.",
)
context.run_migrations()
