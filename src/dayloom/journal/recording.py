"""Noting what one action changes: whatever of the kept rows it touches, read before and after.

So no service has to tell what it does, and none can forget to.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import event, select
from sqlalchemy.inspection import inspect
from sqlalchemy.orm import Session

from dayloom.journal.models import Entry, Origin
from dayloom.journal.repository import JournalRepository
from dayloom.journal.rows import (
    Edit,
    Image,
    Journaled,
    Part,
    differing,
    id_of,
    image_of,
    kept_of,
    kinds,
    label_of,
    owners,
)

ACTIVE = "journal"


class Notes(TypedDict, total=False):
    """What no row tells: the plan that an action has made, the entry that it takes back."""

    plan_version: int
    plan_cause: str
    plan_changed: int
    undoes: Entry | None


class Recording:
    """What the action that is under way has touched so far; `entry` is there when it is over."""

    def __init__(
        self, session: Session, account_id: int, *, now: datetime, origin: Origin
    ) -> None:
        self.entry: Entry | None = None
        self.notes: Notes = {}
        self._session = session
        self._account_id = account_id
        self._now = now
        self._origin = origin
        self._before: dict[Journaled, Image | None] = {}

    def look(self, session: Session, *_: object) -> None:
        """Keep the images of rows that are about to change for the first time."""
        if session.info.get(ACTIVE) is not self:
            return
        fresh = [row for row in _touched(session) if row not in self._before]
        new = {row for row in fresh if row in session.new}
        images = _images(session, [row for row in fresh if row not in new])
        for row in fresh:
            self._before[row] = None if row in new else images.get((row.journal_kind, id_of(row)))

    def close(self) -> None:
        """Store the entry, if there is anything to tell."""
        edits = [edit.to_json() for edit in self._edits()]
        undone = self.notes.pop("undoes", None)
        if not edits and not self.notes.get("plan_changed") and undone is None:
            return
        self.entry = Entry(
            account_id=self._account_id,
            at=self._now,
            origin=self._origin,
            edits=edits,
            undoes=undone.id if undone else None,
            **self.notes,
        )
        rows = JournalRepository(self._session, self._account_id)
        rows.add(self.entry)
        if undone is not None:
            undone.undone_at = self._now
            if undone.undoes and (again := rows.get(undone.undoes)):
                again.undone_at = None
        self._session.flush()

    def _edits(self) -> Iterator[Edit]:
        there = [row for row in self._before if inspect(row).persistent]
        images = _images(self._session, [row for row in there if self._before[row] is not None])
        for row, before in self._before.items():
            after = images.get((row.journal_kind, id_of(row))) if row in there else None
            if before is None:
                if row in there:
                    yield _edit(row, None, {})
            elif after is None:
                yield _edit(row, before, None)
            elif set(names := differing(before, after)) & set(row.told):
                yield _edit(row, {n: before[n] for n in names}, {n: after[n] for n in names})


@contextmanager
def recorded(
    session: Session, account_id: int, *, now: datetime, origin: Origin
) -> Iterator[Recording]:
    """Note what is changed inside; what fails leaves no entry. One within another has its own."""
    session.flush()
    outer = session.info.get(ACTIVE)
    recording = Recording(session, account_id, now=now, origin=origin)
    session.info[ACTIVE] = recording
    look: Callable[..., None] = recording.look
    event.listen(session, "before_flush", look)
    try:
        yield recording
        session.flush()
        recording.close()
    finally:
        event.remove(session, "before_flush", look)
        session.info[ACTIVE] = outer


def take_note(session: Session, **notes: Unpack[Notes]) -> None:
    """Let the action that is under way, if it is a person's, remember these things."""
    recording = session.info.get(ACTIVE)
    if isinstance(recording, Recording):
        recording.notes.update(notes)


def _touched(session: Session) -> Iterator[Journaled]:
    """Yield the rows that are kept, themselves or for a part of theirs."""
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Journaled) and _counts(session, row):
            yield row
        elif isinstance(row, Part) and (owner := _owner(session, row)) is not None:
            yield owner


def _counts(session: Session, row: Journaled) -> bool:
    if row in session.new or row in session.deleted:
        return True
    attributes = inspect(row).attrs
    return any(attributes[name].history.has_changes() for name in kept_of(type(row)))


def _owner(session: Session, part: Part) -> Journaled | None:
    owner, column = owners()[type(part)]
    number = getattr(part, column)
    return session.get(owner, number) if number is not None else None


def _images(
    session: Session, rows: Iterable[Journaled]
) -> Mapping[tuple[str, int], dict[str, Any]]:
    """Return what the database holds of the rows at this moment."""
    numbers: dict[str, set[int]] = {}
    for row in rows:
        numbers.setdefault(row.journal_kind, set()).add(id_of(row))
    found: dict[tuple[str, int], dict[str, Any]] = {}
    with Session(session.connection(), join_transaction_mode="rollback_only") as there:
        for kind, ids in numbers.items():
            cls = kinds()[kind]
            (key,) = inspect(cls).primary_key
            for row in there.scalars(select(cls).where(key.in_(ids))):
                found[kind, id_of(row)] = image_of(row)
    return found


def _edit(row: Journaled, before: Image | None, after: Image | None) -> Edit:
    return Edit(
        kind=row.journal_kind, id=id_of(row), label=label_of(row), before=before, after=after
    )
