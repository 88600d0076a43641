"""The journal as interfaces see it: what was changed, and taking it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy.orm import Session

from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.errors import Conflict
from dayloom.journal.models import Entry, Origin
from dayloom.journal.recording import recorded, take_note
from dayloom.journal.repository import JournalRepository
from dayloom.plans.service import PlanService
from dayloom.undo.taking_back import require_entry, take_back

NOTHING = "There is nothing to undo."
MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What was taken back, the entry of doing so, and what stays as it is, with the reason."""

    entry: Entry
    by: Entry | None
    left: Mapping[str, str] = field(default_factory=dict)


class UndoService:
    """Undoes what the person did, in whichever interface; an undo can be undone too."""

    def __init__(
        self, db: Database, account_id: int, clock: Clock, plans: PlanService, *, origin: Origin
    ) -> None:
        self._db = db
        self._account_id = account_id
        self._clock = clock
        self._plans = plans
        self._origin = origin

    async def history(self, *, before_id: int | None = None, limit: int = 50) -> Sequence[Entry]:
        """Return the newest changes, at most `MOST`, or those before an older one."""
        most = min(limit, MOST)
        return await self._db.read(
            lambda s: JournalRepository(s, self._account_id).page(before_id=before_id, limit=most)
        )

    async def newest(self) -> Undone:
        """Undo the last action that still holds. Raises `Conflict` when there is none."""
        entry = await self._db.read(lambda s: JournalRepository(s, self._account_id).newest())
        if entry is None:
            raise Conflict(NOTHING)
        return await self.entry(entry.id)

    async def entry(self, entry_id: int) -> Undone:
        """Undo one action.

        Raises `NotFound`, or `Conflict` if it is undone already, or was changed since.
        """
        entry = await self._db.read(partial(require_entry, self._account_id, entry_id))
        if entry.plan_version is None:
            return await self._db.write(partial(self._take_back, entry_id))
        await self._plans.undo(entry.plan_version)
        by = await self._db.read(partial(self._undo_of, entry_id))
        return Undone(entry=entry, by=by)

    def _take_back(self, entry_id: int, session: Session) -> Undone:
        now = self._clock.now()
        entry = require_entry(self._account_id, entry_id, session)
        with recorded(session, self._account_id, now=now, origin=self._origin) as recording:
            left = take_back(session, self._account_id, entry, now=now)
            take_note(session, undoes=entry)
        return Undone(entry=entry, by=recording.entry, left=left)

    def _undo_of(self, entry_id: int, session: Session) -> Entry | None:
        return JournalRepository(session, self._account_id).undo_of(entry_id)
