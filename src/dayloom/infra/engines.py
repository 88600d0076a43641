"""SQLAlchemy engines, tuned: one for the writer, one for readers that cannot write."""

import os
import time
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import SQLITE_BUSY
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Connection, Engine, NullPool, QueuePool, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from dayloom.infra.errors import Invalid, Unavailable

BUSY_TIMEOUT_MS = 10_000
LOOK_AGAIN = 0.002  # seconds
IMMEDIATE = "BEGIN IMMEDIATE"
CACHE_KIB = 20_000


@dataclass(frozen=True, slots=True)
class Engines:
    """Where a process writes and where it reads."""

    writer: Engine
    reader: Engine

    def dispose(self) -> None:
        self.writer.dispose()
        self.reader.dispose()


def open_engines(url: str, *, readers: int) -> Engines:
    """Open a SQLite file, made on first use. Raises `Invalid` where that cannot be."""
    target = parse_url(url)
    make_folder(target)
    return Engines(
        writer=_sqlite_engine(target, begin=IMMEDIATE, pool_size=1),
        reader=_sqlite_engine(target, begin="BEGIN", pool_size=readers, read_only=True),
    )


def parse_url(url: str) -> URL:
    """Return the parts of a database URL. Raises `Invalid` unless it names a SQLite file."""
    try:
        target = make_url(url)
    except ArgumentError as error:
        raise Invalid("This is no database URL: write sqlite:////folder/file.db.") from error
    if target.get_backend_name() != "sqlite":
        raise Invalid("This version stores its data in SQLite: write sqlite:////folder/file.db.")
    if target.database in (None, "", ":memory:"):
        raise Invalid("It names no file: write sqlite:///relative or sqlite:////absolute.")
    return target


def make_folder(target: URL) -> None:
    """Make the folder of the file, for its owner only."""
    folder = Path(str(target.database)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Unavailable(f"The data folder {folder} cannot be made: {error.strerror}.") from error


def require_writable(folder: Path) -> None:
    """Raise `Unavailable` where the data folder could not be made or written."""
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        raise Unavailable(f"The data folder {folder} cannot be written: {nearest} forbids it.")


def migration_engine(url: str) -> Engine:
    """Return an engine that may rebuild tables to which others point."""
    return _sqlite_engine(parse_url(url), begin=IMMEDIATE, foreign_keys=False)


def _sqlite_engine(
    target: URL,
    *,
    begin: str,
    pool_size: int | None = None,
    read_only: bool = False,
    foreign_keys: bool = True,
) -> Engine:
    pool = (
        {"poolclass": QueuePool, "pool_size": pool_size} if pool_size else {"poolclass": NullPool}
    )
    engine = create_engine(
        target, connect_args={"check_same_thread": False, "cached_statements": 512}, **pool
    )

    @event.listens_for(engine, "connect")
    def tune(connection: SqliteConnection, _record: object) -> None:
        # The driver's own BEGIN is deferred, and a deferred writer meets "database is locked"
        # at once when it upgrades, whatever the timeout: so transactions begin below instead.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # NORMAL forgets commits on power loss
        connection.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute(f"PRAGMA query_only = {int(read_only)}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        if begin == IMMEDIATE:
            _begin_to_write(connection)
        else:
            connection.exec_driver_sql(begin)

    return engine


def _begin_to_write(connection: Connection) -> None:
    """Take the write lock within `BUSY_TIMEOUT_MS`, and as soon as it is free.

    SQLite's own waiting sleeps longer and longer, up to 100 ms, while the lock is held for a few.
    """
    until = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    try:
        while not _begun(connection, last=time.monotonic() >= until):
            time.sleep(LOOK_AGAIN)
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")


def _begun(connection: Connection, *, last: bool) -> bool:
    """Say whether the lock was free. Raises `OperationalError` at the last attempt."""
    try:
        connection.exec_driver_sql(IMMEDIATE)
    except OperationalError as error:
        if last or getattr(error.orig, "sqlite_errorcode", None) != SQLITE_BUSY:
            raise
        return False
    return True
