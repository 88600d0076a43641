"""The owner of everything else."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from dayloom.infra.db import Row


class Account(Row):
    """A person who plans. Every other row points here."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    created_at: Mapped[datetime]
