"""The conversation as programs see it."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from dayloom.chat.models import ChatMessage, CommandState, MessageState, Role
from dayloom.wire.scalars import Given, Shown, Text


class MessageGiven(Given):
    """Something that is said."""

    text: Annotated[Text, Field(max_length=4_000, description="One message, in plain words.")]


class CommandShown(Shown):
    """Something that an answer does, or proposes to do."""

    op: str
    task_id: int | None
    state: CommandState
    sentence: str


class MessageShown(Shown):
    """One message. `answers` is the message that an answer belongs to.

    An answer that is `proposed` waits for consent; one that is `undoable` can be taken back.
    """

    id: int
    role: Role
    state: MessageState
    text: str
    note: str
    answers: int | None
    execution_id: int | None
    commands: list[CommandShown]
    proposed: bool
    undoable: bool
    created_at: datetime


class MessagesShown(Shown):
    """The newest messages, oldest of them first."""

    messages: list[MessageShown]


class SaidShown(Shown):
    """What was said, and its answer, which is `waiting` where the model has yet to speak."""

    message: MessageShown
    answer: MessageShown


class CountShown(Shown):
    """How many messages were taken out of sight, or brought back."""

    messages: int


def show_message(message: ChatMessage) -> MessageShown:
    return MessageShown(
        id=message.id,
        role=message.role,
        state=message.state,
        text=message.text,
        note=message.note,
        answers=message.answers,
        execution_id=message.execution_id,
        commands=[_command(command) for command in message.commands],
        proposed=message.proposed,
        undoable=message.undoable,
        created_at=message.created_at,
    )


def _command(command: dict[str, Any]) -> CommandShown:
    return CommandShown(
        op=command["op"],
        task_id=command["task_id"],
        state=CommandState(command["state"]),
        sentence=command["sentence"],
    )
