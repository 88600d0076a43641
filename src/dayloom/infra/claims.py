"""Claims on work: each is one conditional UPDATE, so that two workers never hold the same."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select, tuple_, update
from sqlalchemy.orm import Session

from dayloom.infra.work import Claim, Finish, Work

LONGEST_BACK_OFF = timedelta(minutes=5)
MOST_ATTEMPTS = 12
FORGIVEN_CRASHES = 5
LONGEST_ERROR = 2_000


class Fenced(Exception):
    """The claim was lost meanwhile: someone else does the work, and nothing may be stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A claim, the number of the attempt, and the owner: `worker:serial`, never used again."""

    claim: Claim
    owner: str
    attempt: int


def take(
    session: Session, owner: str, *, kinds: Collection[str], now: datetime, lease: timedelta
) -> Held | None:
    """Claim the work that has been due for longest, if there is any."""
    due = (
        select(Work.kind, Work.key)
        .where(_waiting(kinds), Work.due <= now)
        .where(Work.lease.is_(None) | (Work.lease <= now))
        .order_by(Work.due)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    claimed = (
        update(Work)
        .where(tuple_(Work.kind, Work.key).in_(due))
        .values(owner=owner, lease=now + lease, latest=None, attempts=Work.attempts + 1)
        .returning(Work.kind, Work.key, Work.want, Work.attempts)
    )
    row = session.execute(claimed).one_or_none()
    if row is None:
        return None
    claim = Claim(kind=row.kind, key=row.key, want=row.want)
    return Held(claim=claim, owner=owner, attempt=row.attempts)


def next_due(session: Session, kinds: Collection[str]) -> datetime | None:
    """Return when the next work can be claimed; a running one when its lease ends."""
    moment = case((Work.lease > Work.due, Work.lease), else_=Work.due)
    earliest: datetime | None = session.scalar(select(func.min(moment)).where(_waiting(kinds)))
    return earliest


def finish(session: Session, held: Held, end: Finish) -> None:
    """Mark the work done and store its result, both or neither. Raises `Fenced`."""
    _settle(session, held, done=held.claim.want, attempts=0, error=None)
    if end.unit is not None:
        end.unit(session)
    if end.again_at is not None:
        again = update(Work).where(_is(held.claim), Work.want == Work.done)
        session.execute(again.values(want=Work.want + 1, due=end.again_at, latest=None))


def fail(session: Session, held: Held, *, error: str, now: datetime, park: bool) -> None:
    """Give the work back, to be tried again later; with `park`, not for ever."""
    parked_at = now if park and held.attempt >= MOST_ATTEMPTS else None
    due = now + back_off(held.attempt)
    _settle(session, held, due=due, error=error[:LONGEST_ERROR], parked_at=parked_at)


def give_back(session: Session, held: Held) -> None:
    """Let go of work that was not finished for no fault of its own."""
    _settle(session, held, attempts=held.attempt - 1)


def extend(session: Session, owners: Collection[str], *, lease: datetime) -> set[str]:
    """Lengthen claims, and return the owners that still had theirs."""
    longer = (
        update(Work).where(Work.owner.in_(list(owners))).values(lease=lease).returning(Work.owner)
    )
    return {owner for owner in session.scalars(longer) if owner is not None}


def free(session: Session, workers: Collection[str], *, now: datetime) -> None:
    """Free the claims of workers that died, so that their work starts again at once.

    Work that kills its worker again and again is slowed down, and parked in the end.
    """
    for row in session.scalars(select(Work).where(Work.owner.is_not(None))):
        if str(row.owner).partition(":")[0] not in workers:
            continue
        row.owner = row.lease = None
        row.error = "The worker died while it did this."
        if row.attempts > FORGIVEN_CRASHES:
            row.due = now + back_off(row.attempts - FORGIVEN_CRASHES)
        if row.attempts >= MOST_ATTEMPTS:
            row.parked_at = now


def bring_forward(session: Session, *, now: datetime) -> None:
    """Make everything due now that waits for later, because the clock was set back."""
    session.execute(update(Work).where(Work.due > now).values(due=now))


def back_off(attempt: int) -> timedelta:
    """Return the pause after a failed attempt: 1 s, 2 s, 4 s … up to five minutes."""
    return min(timedelta(seconds=2 ** min(attempt - 1, 10)), LONGEST_BACK_OFF)


def _waiting(kinds: Collection[str]) -> ColumnElement[bool]:
    return (Work.want > Work.done) & Work.parked_at.is_(None) & Work.kind.in_(list(kinds))


def _is(claim: Claim) -> ColumnElement[bool]:
    return (Work.kind == claim.kind) & (Work.key == claim.key)


def _settle(session: Session, held: Held, **values: object) -> None:
    """End a claim, if it is still held."""
    end = update(Work).where(_is(held.claim), Work.owner == held.owner).returning(Work.key)
    if session.execute(end.values(owner=None, lease=None, **values)).first() is None:
        raise Fenced(held.claim)
