"""The thread that writes: everything that waits is committed together, each unit on its own."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from dayloom.infra.errors import Unavailable

T = TypeVar("T")
Notify = Callable[[], None]
LARGEST_GROUP = 64
WATCH_EVERY = 0.02  # seconds


@dataclass(frozen=True, slots=True)
class _Job:
    unit: Callable[[Session], Any]
    future: Future[Any]


class GroupAborted(Exception):
    """The database gave up the whole transaction, so no unit of the group has happened."""


class Writer:
    """One connection and one thread for all writes of the process.

    SQLite has one writer at a time and its busy handler sleeps, unfairly; a queue in front of it
    is fair, and one fdatasync then serves every unit that waits.
    """

    THREAD = "db-write"

    def __init__(self, engine: Engine) -> None:
        self._connection = _connect(engine)
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._watchers: list[Notify] = []
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name=self.THREAD, daemon=True)
        self._thread.start()

    def submit(self, unit: Callable[[Session], T]) -> Future[T]:
        """Queue a unit; its future is done once the unit is durable, or has left no trace."""
        if self._closed.is_set():
            raise Unavailable("The database is closed.")
        if threading.current_thread() is self._thread:
            raise RuntimeError("a unit of work waits for another unit of work")
        future: Future[T] = Future()
        self._jobs.put(_Job(unit, future))
        return future

    def watch(self, notify: Notify) -> Notify:
        """Call `notify` after each commit of any process; returns what ends that."""
        self._watchers = [*self._watchers, notify]
        self._jobs.put(_Job(lambda _: None, Future()))  # ends a wait that has no time limit

        def unwatch() -> None:
            self._watchers = [other for other in self._watchers if other is not notify]

        return unwatch

    def close(self) -> None:
        """Commit what is queued and end the thread."""
        self._closed.set()
        self._jobs.put(None)
        self._thread.join()
        self._connection.close()

    def _run(self) -> None:
        seen = self._version(0)
        while (group := self._next_group()) is not None:
            if group:
                self._write(group)
            version = self._version(seen)
            if group or version != seen:
                seen = version
                self._notify()

    def _version(self, seen: int) -> int:
        """Return the data version; of a disk that cannot be read, nothing new is known.

        The units themselves tell of such trouble. This thread must outlive it: without it,
        every later unit would wait for ever.
        """
        try:
            return _data_version(self._connection)
        except (sqlite3.Error, DBAPIError):
            return seen

    def _next_group(self) -> list[_Job] | None:
        """Return what waits, an empty list when it is time to look around, None at the end."""
        try:
            first = self._jobs.get(timeout=WATCH_EVERY if self._watchers else None)
        except Empty:
            return []
        group: list[_Job] = []
        while first is not None:
            group.append(first)
            if len(group) == LARGEST_GROUP or self._jobs.empty():
                return group
            first = self._jobs.get()
        if group:
            self._jobs.put(None)
        return group or None

    def _write(self, group: list[_Job]) -> None:
        jobs = [job for job in group if job.future.set_running_or_notify_cancel()]
        try:
            with self._connection.begin():
                outcomes = [_attempt(self._connection, job) for job in jobs]
        except (GroupAborted, DBAPIError) as error:
            self._connection.rollback()
            _refuse(jobs, error)
            return
        for job, (value, failure) in zip(jobs, outcomes, strict=True):
            if failure is None:
                job.future.set_result(value)
            else:
                job.future.set_exception(failure)

    def _notify(self) -> None:
        for notify in self._watchers:
            notify()


def _connect(engine: Engine) -> Connection:
    try:
        return engine.connect()
    except DBAPIError as error:
        raise Unavailable(
            f"The database {engine.url.database} cannot be opened ({error.orig})."
        ) from error


def _attempt(connection: Connection, job: _Job) -> tuple[Any, BaseException | None]:
    """Run one unit inside its savepoint."""
    session = Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
    try:
        value = job.unit(session)
        session.commit()
    except BaseException as error:  # noqa: BLE001 — raised again where the unit came from
        _require_transaction(connection, error)
        return None, error
    else:
        return value, None
    finally:
        session.close()


def _require_transaction(connection: Connection, error: BaseException) -> None:
    # A full disk or a failed read makes SQLite roll back everything, not just the savepoint;
    # going on would run the other units outside of any transaction.
    if not _driver(connection).in_transaction:
        connection.invalidate()  # no savepoint is left to roll back to
        raise GroupAborted from error


def _refuse(jobs: list[_Job], error: Exception) -> None:
    cause = error.__cause__ if isinstance(error, GroupAborted) else error
    for job in jobs:
        refusal = Unavailable(f"The database cannot store this at the moment ({_reason(cause)}).")
        refusal.__cause__ = cause
        job.future.set_exception(refusal)


def _reason(cause: BaseException | None) -> str:
    return str(cause.orig if isinstance(cause, DBAPIError) else cause)


def _data_version(connection: Connection) -> int:
    """Return a number that changes when another connection has committed; reads only memory."""
    version: int = _driver(connection).execute("PRAGMA data_version").fetchone()[0]
    return version


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver
