"""Brings a database up to date at the start: under a lock, after a backup, all or nothing."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData

from dayloom.infra.engines import make_folder, migration_engine, parse_url
from dayloom.infra.errors import Conflict
from dayloom.infra.file_lock import exclusive

SCRIPTS = Path(__file__).parent / "migrations"
BACKUPS_KEPT = 3


def upgrade(url: str, *, backups: Path) -> None:
    """Run the missing migrations, one process at a time.

    A database that has tables already is copied into `backups` first. Raises `Conflict` for a
    database that a newer version has made.
    """
    target = parse_url(url)
    make_folder(target)
    file = Path(str(target.database))
    with exclusive(file.with_name(f"{file.name}.migrating")):
        scripts = _scripts()
        with _connection(url) as connection:
            current = _require_known(connection, scripts)
        newest = scripts.get_current_head()
        if current == newest:
            return
        if current is not None:
            _back_up(file, backups / f"before-{newest}.db")
        with _connection(url) as connection, connection.begin():
            command.upgrade(_config(connection), "head")
            _require_whole(connection)


def drift(url: str, metadata: MetaData) -> Sequence[object]:
    """Return what differs between the tables of a database and those of the models."""
    with _connection(url) as connection, connection.begin():
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences: Sequence[object] = compare_metadata(context, metadata)
        return differences


def write_revision(url: str, metadata: MetaData, message: str) -> Path:
    """Write the migration from an up-to-date database to the models, and return its file."""
    with _connection(url) as connection, connection.begin():
        number = f"{len(list(_scripts().walk_revisions())) + 1:04}"
        config = _config(connection, metadata)
        command.revision(config, message, autogenerate=True, rev_id=number)
    return Path(_scripts().get_revision(number).path)


@contextmanager
def _connection(url: str) -> Iterator[Connection]:
    engine = migration_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(SCRIPTS)


def _config(connection: Connection, metadata: MetaData | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes.update(connection=connection, metadata=metadata)
    return config


def _require_known(connection: Connection, scripts: ScriptDirectory) -> str | None:
    with connection.begin():
        current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    if current is not None and current not in known:
        raise Conflict(
            f"The database was made by a newer version of Dayloom (its tables are at {current}). "
            "Install that version, or restore a backup made by this one."
        )
    return current


def _require_whole(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise Conflict(f"The migration would leave rows that point nowhere: {broken[:3]}.")


def _back_up(file: Path, copy: Path) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = copy.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
    unfinished.rename(copy)
    oldest_first = sorted(copy.parent.glob("before-*.db"), key=lambda path: path.stat().st_mtime)
    for old in oldest_first[:-BACKUPS_KEPT]:
        old.unlink()
