"""Live updates: changes leave a trace in their own transaction, and open pages hear of it."""

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from dayloom.infra.rows import Row


class Change(Row):
    """The latest change of one topic of one account; `seq` grows with every change."""

    __tablename__ = "changes"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(index=True)


def announce(session: Session, account_id: int, topic: str) -> None:
    """Leave word, in the caller's transaction, that `topic` changed."""
    seq = (session.scalar(select(func.max(Change.seq))) or 0) + 1
    row = session.get(Change, (account_id, topic))
    if row is None:
        session.add(Change(account_id=account_id, topic=topic, seq=seq))
    else:
        row.seq = seq
    session.flush()
