"""Requests that may be repeated safely: the first answer is kept with its key and given again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from dayloom.infra.db import Row
from dayloom.infra.errors import Conflict

KEPT_FOR = timedelta(hours=24)


class KeyReused(Conflict):
    """The key was given before with another request."""

    code = "idempotency_key_reused"


class AnsweredRequest(Row):
    """One answer, stored in the transaction of the change that it tells of."""

    __tablename__ = "answered_requests"

    account_id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    answer: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What the client calls its request, and a fingerprint of what the request says."""

    name: str
    fingerprint: str


def recall(session: Session, account_id: int, key: Key) -> str | None:
    """Return the answer given to this request before. Raises `KeyReused`."""
    row = session.get(AnsweredRequest, (account_id, key.name))
    if row is None:
        return None
    if row.fingerprint != key.fingerprint:
        raise KeyReused("This Idempotency-Key was used for another request; choose a new one.")
    return row.answer


def remember(session: Session, account_id: int, key: Key, *, answer: str, now: datetime) -> None:
    """Keep the answer for a day, and let go of those that are older."""
    session.execute(delete(AnsweredRequest).where(AnsweredRequest.created_at <= now - KEPT_FOR))
    session.add(
        AnsweredRequest(
            account_id=account_id,
            key=key.name,
            fingerprint=key.fingerprint,
            answer=answer,
            created_at=now,
        )
    )
    session.flush()
