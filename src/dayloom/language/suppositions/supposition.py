"""What a supposition says: typed, with days as dates and every task by its number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dayloom.language.commands import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Something that takes place at a fixed time."""

    title: str
    start: datetime
    length: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOff:
    """Hours that are closed from the day `first` to the day `last`, both included.

    Without an `hour_map` it is the usual one; `all_hours` closes every one.
    """

    first: date
    last: date
    hour_map: str | None = None
    all_hours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraWork:
    """One task more; a `splittable` one may be done in pieces."""

    title: str
    length: timedelta
    due: datetime | None = None
    deadline: datetime | None = None
    splittable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraHours:
    """Hours that are open on one day too; `start` and `end` are "HH:MM", `end` also "24:00"."""

    day: date
    start: str
    end: str
    hour_map: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A task that is not done."""

    task_id: int


Supposition = Meeting | DayOff | ExtraWork | ExtraHours | LeftOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """An event, such as an invitation that waits for an answer; a `busy` one takes its time
    already."""

    summary: str
    start: datetime
    end: datetime
    busy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What may be named: open tasks, and events that one may say yes to."""

    tasks: Sequence[Known] = ()
    events: Sequence[Invited] = ()


class NotUnderstood(ValueError):
    """Words that suppose nothing. The message is a sentence for the person."""
