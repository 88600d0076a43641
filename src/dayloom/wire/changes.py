"""What the person has changed, on the wire."""

from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import Field

from dayloom.journal.models import Entry, Origin
from dayloom.preferences.wallclock import WallClock
from dayloom.undo.service import Undone
from dayloom.undo.words import say_entry
from dayloom.wire.scalars import Shown


class EntryShown(Shown):
    """One action. It can be undone unless `undone_at` says that it was; `undoes` names the
    action that it took back."""

    id: int
    at: datetime
    origin: Origin
    sentence: str
    plan_version: int | None = Field(description="The plan that the action made at once.")
    undoes: int | None
    undone_at: datetime | None


class EntriesShown(Shown):
    changes: list[EntryShown]


class UndoneShown(Shown):
    """What was taken back, and by which entry that can be taken back in turn; `left` says what
    stays as it is, and why."""

    change: EntryShown
    by: int | None
    left: dict[str, str]


def show_entry(entry: Entry, clock: WallClock) -> EntryShown:
    return EntryShown(
        id=entry.id,
        at=_local(entry.at, clock.zone),
        origin=entry.origin,
        sentence=say_entry(entry, clock),
        plan_version=entry.plan_version,
        undoes=entry.undoes,
        undone_at=_local(entry.undone_at, clock.zone) if entry.undone_at else None,
    )


def show_undone(undone: Undone, clock: WallClock) -> UndoneShown:
    return UndoneShown(
        change=show_entry(undone.entry, clock),
        by=undone.by.id if undone.by else None,
        left=dict(undone.left),
    )


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone)
