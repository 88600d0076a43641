"""The journal of one account."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dayloom.journal.models import Entry


class JournalRepository:
    def __init__(self, session: Session, account_id: int) -> None:
        self._session = session
        self.account_id = account_id

    def add(self, entry: Entry) -> None:
        self._session.add(entry)
        self._session.flush()

    def get(self, entry_id: int) -> Entry | None:
        query = select(Entry).where(Entry.account_id == self.account_id, Entry.id == entry_id)
        return self._session.scalar(query)

    def of_plan(self, version: int) -> Entry | None:
        """Return the entry of the action that made this plan."""
        query = select(Entry).where(
            Entry.account_id == self.account_id, Entry.plan_version == version
        )
        return self._session.scalar(query)

    def undo_of(self, entry_id: int) -> Entry | None:
        """Return the newest entry that takes this one back."""
        query = select(Entry).where(Entry.account_id == self.account_id, Entry.undoes == entry_id)
        return self._session.scalar(query.order_by(Entry.id.desc()).limit(1))

    def newest(self) -> Entry | None:
        """Return the last action that still holds and is no undo itself."""
        query = select(Entry).where(
            Entry.account_id == self.account_id,
            Entry.undone_at.is_(None),
            Entry.undoes.is_(None),
        )
        return self._session.scalar(query.order_by(Entry.id.desc()).limit(1))

    def page(self, *, before_id: int | None, limit: int) -> Sequence[Entry]:
        """Return up to `limit` entries, newest first, all of them before `before_id`."""
        query = select(Entry).where(Entry.account_id == self.account_id)
        if before_id is not None:
            query = query.where(Entry.id < before_id)
        return self._session.scalars(query.order_by(Entry.id.desc()).limit(limit)).all()

    def forget(self, before: datetime) -> None:
        """Let go what is older; it can no longer be undone."""
        own = Entry.account_id == self.account_id
        self._session.execute(delete(Entry).where(own, Entry.at < before))
