"""Views of the list of tasks that a person keeps under a name."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from dayloom.accounts.changes import Changes, Topic
from dayloom.infra.db import Row
from dayloom.infra.errors import Conflict, Invalid, NotFound
from dayloom.journal.rows import Image, Journaled

LONGEST_NAME = 40
LONGEST_QUERY = 1000
MOST = 30


class SavedView(Journaled, Row):
    """`query` is what stands behind the question mark of the list's address."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("account_id", "name"),)
    journal_kind = "view"
    labelled_by = "name"
    told = ("name", "query")
    beside = ("created_at",)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    name: Mapped[str]
    query: Mapped[str]
    created_at: Mapped[datetime]


class ViewService:
    def __init__(
        self, session: Session, account_id: int, changes: Changes, *, now: datetime
    ) -> None:
        self._session = session
        self._account_id = account_id
        self._changes = changes
        self._now = now

    def all(self) -> Sequence[SavedView]:
        """Return the views in the order in which they were kept."""
        query = select(SavedView).where(SavedView.account_id == self._account_id)
        return self._session.scalars(query.order_by(SavedView.id)).all()

    def add(self, name: str, query: str) -> SavedView:
        """Keep a view. Raises `Invalid` for a bad name, `Conflict` for one that is taken."""
        tidy, present = " ".join(name.split()), self.all()
        if not 1 <= len(tidy) <= LONGEST_NAME:
            raise Invalid(f"Name the view with 1 to {LONGEST_NAME} characters.", field="name")
        if len(query) > LONGEST_QUERY:
            raise Invalid("That search is too long to be kept.", field="query")
        if any(one.name.casefold() == tidy.casefold() for one in present):
            raise Conflict(f"There is a view named “{tidy}” already.")
        if len(present) >= MOST:
            raise Conflict(f"At most {MOST} views are kept; forget one first.")
        view = SavedView(account_id=self._account_id, name=tidy, query=query, created_at=self._now)
        self._session.add(view)
        self._session.flush()
        self._changes.announce(Topic.PREFERENCES)
        return view

    def remove(self, view_id: int) -> str:
        """Forget a view and return its name. Raises `NotFound`."""
        view = self._session.get(SavedView, view_id)
        if view is None or view.account_id != self._account_id:
            raise NotFound(f"There is no view {view_id}.")
        self.take_away(view)
        return view.name

    def settle(self, row: SavedView, was: Image) -> None:
        """Let what an undo has put back show."""
        self._changes.announce(Topic.PREFERENCES)

    def take_away(self, row: SavedView) -> None:
        """Undo that the view was kept."""
        self._session.delete(row)
        self._session.flush()
        self._changes.announce(Topic.PREFERENCES)
