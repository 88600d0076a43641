"""What the plan of an account is behind with, by kind: the person chooses who decides then."""

from enum import StrEnum
from functools import cache

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.orm import Mapped, Session, mapped_column

from dayloom.infra.db import Row, dialect_of, insert_into


class News(StrEnum):
    """A kind of change. The codes are stable."""

    TASKS = "tasks"  # a task is new or has changed, or something was put somewhere
    CALENDARS = "calendars"
    OVERDUE = "overdue"  # nothing has changed but the time
    CONTEXT = "context"  # rules, hours or preferences


class NewsRow(Row):
    """The newest change of a kind; `revision` counts the account's changes, as plans know them."""

    __tablename__ = "news"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    kind: Mapped[News] = mapped_column(primary_key=True)
    revision: Mapped[int]


def note_news(session: Session, account_id: int, kind: News, revision: int) -> None:
    """Note that a change of this kind is number `revision`."""
    values = {"of_account": account_id, "of_kind": kind, "number": revision}
    session.execute(_note(dialect_of(session)), values)


def news_since(session: Session, account_id: int, revision: int) -> frozenset[News]:
    """Return the kinds of change that came after that number."""
    query = select(NewsRow.kind).where(
        NewsRow.account_id == account_id, NewsRow.revision > revision
    )
    return frozenset(session.scalars(query))


@cache
def _note(dialect: str) -> SqliteInsert | PostgresInsert:
    """Return the statement of `note_news`, built once: it is part of every change."""
    first = insert_into(NewsRow, dialect).values(
        account_id=bindparam("of_account"),
        kind=bindparam("of_kind", type_=NewsRow.__table__.c.kind.type),
        revision=bindparam("number"),
    )
    return first.on_conflict_do_update(
        index_elements=["account_id", "kind"], set_={"revision": first.excluded.revision}
    )
