"""What might be, as it is stored, and what planning it through has come to."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from dayloom.infra.db import Row


class Scenario(Row):
    """Suppositions under a name. Without an `outcome` it was never planned through.

    `revision` and `version` say which changes and which plan the outcome knows; when either has
    moved on, it is planned through again. `complaint` says why that cannot be done.
    """

    __tablename__ = "scenarios"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str]
    suppositions: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    revision: Mapped[int | None]
    version: Mapped[int | None]
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSON, deferred=True)
    complaint: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    solved_at: Mapped[datetime | None]
