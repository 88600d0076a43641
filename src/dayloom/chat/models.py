"""What was said, and what was done about it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from dayloom.infra.db import Row


class Role(StrEnum):
    """Who speaks."""

    PERSON = "person"
    ASSISTANT = "assistant"


class MessageState(StrEnum):
    """How far an answer is; what a person says is complete at once."""

    WAITING = "waiting"
    STREAMING = "streaming"
    COMPLETE = "complete"
    BROKEN = "broken"  # it broke off; what was said until then is kept


class CommandState(StrEnum):
    """What became of a command."""

    PROPOSED = "proposed"
    DONE = "done"
    REFUSED = "refused"
    DECLINED = "declined"
    UNDONE = "undone"


class ChatMessage(Row):
    """One message. An answer names the message it `answers`.

    `commands` are what it does or proposes, each `{"op", "task_id", "text", "when_text",
    "state": "proposed" | "done" | "refused" | "declined" | "undone", "sentence", "entry"}`,
    where `entry` is that of the journal by which it can be undone.
    `note` says where the answer came from or why it broke off. What was cleared waits for a
    while, in case that is undone.
    """

    __tablename__ = "chat_messages"
    __table_args__ = (Index("ix_chat_messages_newest", "account_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[Role]
    state: Mapped[MessageState] = mapped_column(default=MessageState.COMPLETE)
    text: Mapped[str]
    commands: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(default="")
    answers: Mapped[int | None] = mapped_column(ForeignKey("chat_messages.id"))
    execution_id: Mapped[int | None] = mapped_column(ForeignKey("executions.id"))
    created_at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]

    @property
    def proposed(self) -> bool:
        """Tell whether something waits for the person's click."""
        return any(command["state"] == CommandState.PROPOSED for command in self.commands)

    @property
    def undoable(self) -> bool:
        """Tell whether something was done that can be undone."""
        return any(
            command.get("entry")
            for command in self.commands
            if command["state"] == CommandState.DONE
        )
