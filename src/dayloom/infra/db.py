"""The database: units of work in, committed results out. Nobody else commits.

SQLite has one writer thread that commits whatever waits together (each unit in its own
savepoint), so that full durability costs one disk flush for many writes and nobody ever meets
"database is locked". Readers have connections of their own.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from dayloom.infra.rows import Row as Row
from dayloom.infra.writer import Writer

T = TypeVar("T")
Unit = Callable[[Session], T]
READERS = 4


class Database:
    """Runs units of work: synchronous functions of a session."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.after_commit: list[Callable[[], None]] = []
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._writer = Writer(self.engine, self._committed)
        self._reading = self.engine.execution_options(reading=True)

    async def write(self, unit: Unit[T]) -> T:
        """Run `unit` in a transaction that is committed before this returns."""
        return await asyncio.wrap_future(self._writer.submit(unit))

    async def read(self, unit: Unit[T]) -> T:
        """Run `unit` on one consistent picture; what it changes is not kept."""
        return await asyncio.wrap_future(self._readers.submit(self._read, unit))

    def write_now(self, unit: Unit[T]) -> T:
        """Run `unit` like `write`, for callers without an event loop."""
        future: Future[T] = self._writer.submit(unit)
        return future.result()

    def read_now(self, unit: Unit[T]) -> T:
        """Run `unit` like `read`, for callers without an event loop."""
        return self._read(unit)

    def close(self) -> None:
        """Finish what waits, then let go of every connection."""
        self._writer.close()
        self._readers.shutdown()
        self.engine.dispose()

    def _read(self, unit: Unit[T]) -> T:
        with Session(self._reading, expire_on_commit=False) as session:
            return unit(session)

    def _committed(self) -> None:
        for call in self.after_commit:
            call()


def make_engine(url: str) -> Engine:
    """Return the engine of a database URL, with SQLite told to be durable and patient."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, pool_size=READERS + 2, connect_args={"timeout": 10})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None  # the "begin" event decides how a transaction starts
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "busy_timeout = 10000",
        "cache_size = -20000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
