"""Live updates: a change is announced in its own transaction; open pages learn its topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Insert, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from dayloom.infra.db import Row, dialect_of, insert_into


class ChangeRow(Row):
    """The newest change of one topic of one account; `seq` grows over all of them."""

    __tablename__ = "changes"

    account_id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(index=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something of `topic` is different since `seq`."""

    account_id: int
    topic: str
    seq: int


def announce(session: Session, account_id: int, topic: str) -> None:
    """Let open pages of the account know, once this transaction is committed."""
    values = {"of_account": account_id, "about": str(topic)}
    session.execute(_announcement(dialect_of(session)), values)


@cache
def _announcement(dialect: str) -> Insert:
    """Return the statement of `announce`, built once: it is part of every change."""
    following = select(func.coalesce(func.max(ChangeRow.seq), 0) + 1).scalar_subquery()
    first = insert_into(ChangeRow, dialect).values(
        account_id=bindparam("of_account"), topic=bindparam("about"), seq=following
    )
    return first.on_conflict_do_update(
        index_elements=["account_id", "topic"], set_={"seq": first.excluded.seq}
    )


def newest(session: Session) -> int:
    """Return the `seq` of the last change of all, 0 if there was none."""
    return session.scalar(select(func.max(ChangeRow.seq))) or 0


def changes_since(
    session: Session, *, seq: int, account_id: int | None = None
) -> Sequence[Change]:
    """Return what changed after `seq`, oldest first, of one account or of all."""
    rows = select(ChangeRow).where(ChangeRow.seq > seq).order_by(ChangeRow.seq)
    if account_id is not None:
        rows = rows.where(ChangeRow.account_id == account_id)
    return [
        Change(account_id=row.account_id, topic=row.topic, seq=row.seq)
        for row in session.scalars(rows)
    ]
