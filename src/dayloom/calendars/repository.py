"""Calendars and events of one account."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.orm import Session

from dayloom.calendars.models import Calendar, CalendarSource, Event


@dataclass(frozen=True, slots=True)
class BusyEvent:
    """What the planner needs of an event that takes time."""

    id: int
    start: datetime
    end: datetime
    summary: str


def owner_of(session: Session, calendar_id: int) -> int | None:
    """Return the account of a calendar: for the worker, which knows only its number."""
    return session.scalar(select(Calendar.account_id).where(Calendar.id == calendar_id))


class CalendarRepository:
    def __init__(self, session: Session, account_id: int) -> None:
        self._session = session
        self.account_id = account_id

    def add(self, row: Calendar) -> None:
        self._session.add(row)
        self._session.flush()

    def get(self, calendar_id: int, *, deleted: bool = False) -> Calendar | None:
        query = select(Calendar).where(
            Calendar.account_id == self.account_id, Calendar.id == calendar_id
        )
        if not deleted:
            query = query.where(Calendar.deleted_at.is_(None))
        return self._session.scalar(query)

    def all(self) -> Sequence[Calendar]:
        query = select(Calendar).where(
            Calendar.account_id == self.account_id, Calendar.deleted_at.is_(None)
        )
        return self._session.scalars(query.order_by(Calendar.id)).all()

    def _source(self, calendar_id: int) -> CalendarSource | None:
        query = select(CalendarSource).where(
            CalendarSource.account_id == self.account_id,
            CalendarSource.calendar_id == calendar_id,
        )
        return self._session.scalar(query)

    def content(self, calendar_id: int) -> bytes | None:
        query = select(CalendarSource.content).where(
            CalendarSource.account_id == self.account_id,
            CalendarSource.calendar_id == calendar_id,
        )
        return self._session.scalar(query)

    def keep_content(self, calendar_id: int, content: bytes) -> None:
        """Make `content` the bytes that the calendar's events come from."""
        source = self._source(calendar_id)
        if source is None:
            row = CalendarSource(
                calendar_id=calendar_id, account_id=self.account_id, content=content
            )
            self._session.add(row)
        else:
            source.content = content
        self._session.flush()

    def events_between(self, start: datetime, end: datetime) -> Sequence[Event]:
        """Return the events of the calendars in use that touch `[start, end)`, in order."""
        query = select(Event).join(Calendar, self._in_use()).where(*self._within(start, end))
        return self._session.scalars(query.order_by(Event.start, Event.id)).all()

    def busy_between(self, start: datetime, end: datetime) -> list[BusyEvent]:
        """Return what takes time in `[start, end)`, in order of time."""
        query = (
            select(Event.id, Event.start, Event.end, Event.summary)
            .join(Calendar, self._in_use())
            .where(*self._within(start, end), Event.busy, Event.end > Event.start)
            .order_by(Event.start, Event.id)
        )
        return [BusyEvent(*row) for row in self._session.execute(query)]

    def events_of(self, calendar_id: int) -> Sequence[Event]:
        query = select(Event).where(
            Event.account_id == self.account_id, Event.calendar_id == calendar_id
        )
        return self._session.scalars(query.order_by(Event.start, Event.id)).all()

    def count_from(self, calendar_id: int, moment: datetime) -> int:
        query = select(func.count(Event.id)).where(
            Event.account_id == self.account_id,
            Event.calendar_id == calendar_id,
            Event.end > moment,
        )
        return self._session.scalar(query) or 0

    def add_events(self, rows: Iterable[dict[str, Any]]) -> None:
        values = [{"account_id": self.account_id, **row} for row in rows]
        if values:
            self._session.execute(insert(Event), values)

    def change_events(self, rows: Sequence[dict[str, Any]]) -> None:
        """Write changed columns of events that are named by their `id`."""
        if rows:
            self._session.execute(update(Event), rows)

    def remove_events(self, ids: Collection[int]) -> None:
        if ids:
            self._session.execute(
                delete(Event).where(Event.account_id == self.account_id, Event.id.in_(ids))
            )

    def purge(self, calendar_id: int) -> None:
        """Leave nothing of a calendar: neither its events nor its bytes."""
        for table in (Event, CalendarSource):
            self._session.execute(
                delete(table).where(
                    table.account_id == self.account_id, table.calendar_id == calendar_id
                )
            )
        self._session.execute(
            delete(Calendar).where(
                Calendar.account_id == self.account_id, Calendar.id == calendar_id
            )
        )

    def flush(self) -> None:
        self._session.flush()

    def _within(self, start: datetime, end: datetime) -> tuple[Any, ...]:
        return Event.account_id == self.account_id, Event.start < end, Event.end > start

    def _in_use(self) -> Any:
        return and_(
            Calendar.id == Event.calendar_id,
            Calendar.enabled,
            Calendar.deleted_at.is_(None),
        )
