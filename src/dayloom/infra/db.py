"""The database: units of work go in, committed results come out. Nobody else commits."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from typing import Any, ClassVar, TypeVar

from sqlalchemy import JSON, MetaData
from sqlalchemy import Enum as EnumColumn
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session

from dayloom.infra.columns import UtcDateTime, WholeMinutes
from dayloom.infra.engines import open_engines
from dayloom.infra.writer import Writer

T = TypeVar("T")
Unit = Callable[[Session], T]
Insert = sqlite.Insert | postgresql.Insert
READERS = 4


def _values(members: type[Enum]) -> Sequence[str]:
    return [str(member.value) for member in members]


class Row(DeclarativeBase):
    """The base of all rows. Enums are stored by value, so that members may be renamed."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        timedelta: WholeMinutes,
        StrEnum: EnumColumn(StrEnum, native_enum=False, length=32, values_callable=_values),
        dict[str, object]: JSON,
        list[str]: JSON,
    }


class Database:
    """One database for web, worker, CLI and tests.

    All writes of a process go through one thread, which commits together what waits together;
    readings have threads of their own and see the last commit. Rows that a unit returns stay
    readable after it.
    """

    def __init__(self, url: str) -> None:
        self._engines = open_engines(url, readers=READERS)
        self._writer = Writer(self._engines.writer)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="db-read")

    async def write(self, unit: Unit[T]) -> T:
        """Run `unit` in a transaction that is durable before this returns, or not at all."""
        return await asyncio.wrap_future(self._writer.submit(_in_context(unit)))

    async def read(self, unit: Unit[T]) -> T:
        """Run `unit` on a consistent picture that it cannot change."""
        return await asyncio.wrap_future(self._readers.submit(self.read_now, _in_context(unit)))

    def write_now(self, unit: Unit[T]) -> T:
        """As `write`, for callers without an event loop."""
        future: Future[T] = self._writer.submit(unit)
        return future.result()

    def read_now(self, unit: Unit[T]) -> T:
        """As `read`, in the thread of the caller."""
        with Session(self._engines.reader, expire_on_commit=False) as session:
            return unit(session)

    def watch(self, notify: Callable[[], None]) -> Callable[[], None]:
        """Call `notify` on the running event loop after each commit of any process.

        Returns what ends it. Calls may come more often than commits, and one may stand for many.
        """
        loop = asyncio.get_running_loop()

        def tell() -> None:
            with suppress(RuntimeError):  # the loop was closed a moment ago: nobody is waiting
                loop.call_soon_threadsafe(notify)

        return self._writer.watch(tell)

    def close(self) -> None:
        """Finish what was handed over, then let go of the files."""
        self._writer.close()
        self._readers.shutdown()
        self._engines.dispose()


def _in_context(unit: Unit[T]) -> Unit[T]:
    """Return the unit with the language of whoever hands it over to another thread."""
    context = copy_context()
    return lambda session: context.run(unit, session)


def insert_into(table: type[Row], dialect: str) -> Insert:
    """Return the INSERT into the bare table that knows ON CONFLICT, in a dialect."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(Row.metadata.tables[table.__tablename__])


def dialect_of(session: Session) -> str:
    """Return the name of the dialect that a session speaks."""
    return session.get_bind().dialect.name
