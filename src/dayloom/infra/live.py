"""Live updates: a change is announced in its own transaction; open pages learn its topic."""

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from dayloom.infra.db import Row, insert_into


class ChangeRow(Row):
    """The newest change of one topic of one account; `seq` grows over all of them."""

    __tablename__ = "changes"

    account_id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(index=True)


def announce(session: Session, account_id: int, topic: str) -> None:
    """Let open pages of the account know, once this transaction is committed."""
    following = select(func.coalesce(func.max(ChangeRow.seq), 0) + 1).scalar_subquery()
    statement = insert_into(session, ChangeRow).values(
        account_id=account_id, topic=str(topic), seq=following
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[ChangeRow.account_id, ChangeRow.topic],
            set_={"seq": statement.excluded.seq},
        )
    )
