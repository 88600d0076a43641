"""The one thread that writes: units that wait at the same time are committed together."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

T = TypeVar("T")
MOST_TOGETHER = 64


@dataclass(frozen=True, slots=True)
class _Waiting:
    unit: Callable[[Session], Any]
    future: Future[Any]


class Writer:
    """A queue of units of work and the thread that commits them."""

    def __init__(self, engine: Engine, committed: Callable[[], None]) -> None:
        self._engine = engine
        self._committed = committed
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, unit: Callable[[Session], T]) -> Future[T]:
        """Queue `unit`; the future is done when its transaction is on the disk, or undone."""
        future: Future[T] = Future()
        self._queue.put(_Waiting(unit, future))
        return future

    def close(self) -> None:
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while True:
            batch, last = self._next_batch()
            if batch:
                self._commit(batch)
            if last:
                return

    def _next_batch(self) -> tuple[list[_Waiting], bool]:
        item = self._queue.get()
        batch: list[_Waiting] = []
        while item is not None:
            if item.future.set_running_or_notify_cancel():
                batch.append(item)
            if len(batch) == MOST_TOGETHER:
                return batch, False
            try:
                item = self._queue.get_nowait()
            except Empty:
                return batch, False
        return batch, True

    def _commit(self, batch: list[_Waiting]) -> None:
        """Run the units, each in a savepoint, commit once, and only then answer."""
        try:
            with self._engine.connect() as connection, connection.begin():
                answers = [(item.future, *_attempt(connection, item.unit)) for item in batch]
        except DBAPIError as error:  # the commit itself failed: nothing of it happened
            for item in batch:
                item.future.set_exception(error)
            return
        self._committed()
        for future, result, failure in answers:
            if failure is None:
                future.set_result(result)
            else:
                future.set_exception(failure)


def _attempt(
    connection: Connection, unit: Callable[[Session], Any]
) -> tuple[Any, BaseException | None]:
    """Run one unit alone; what it raises undoes it and nothing else."""
    session = Session(
        connection, join_transaction_mode="create_savepoint", expire_on_commit=False
    )
    try:
        with session, session.begin():
            return unit(session), None
    except BaseException as error:  # noqa: BLE001 — it is raised where the unit was handed over
        return None, error
