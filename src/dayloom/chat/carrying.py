"""Orders become commands of a message: done at once, or proposed; agreed to, declined, undone.

A command is stored with the message that reports it, in the transaction that carries it out.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from dayloom.chat.doing import Doer, Done
from dayloom.chat.models import ChatMessage, CommandState
from dayloom.infra.errors import Conflict, DayloomError
from dayloom.language.commands import Op, Order, Scope

Command = dict[str, Any]
VALID = timedelta(days=1)


class Carrier:
    """Carries out orders of one account inside the caller's transaction."""

    def __init__(self, session: Session, account_id: int, *, now: datetime) -> None:
        self._session = session
        self._now = now
        self._doer = Doer(session, account_id, now=now)

    def take(self, order: Order, *, wait: bool) -> Command:
        """Return the order as a command: done, proposed where it must `wait`, or refused."""
        return self._propose(order) if wait else self._do(order)

    def agree(self, message: ChatMessage) -> None:
        """Do what is proposed; what cannot be done any more is refused, with the reason.

        Raises `Conflict` where nothing waits.
        """
        old = self._now - message.created_at > VALID
        self._decide(message, lambda command: self._agreed(command, old=old))

    def decline(self, message: ChatMessage) -> None:
        """Let what is proposed go. Raises `Conflict` where nothing waits."""

        def declined(command: Command) -> Command:
            return {**command, "state": CommandState.DECLINED.value}

        self._decide(message, declined)

    def undo(self, message: ChatMessage) -> None:
        """Take back what was done, last first. Raises `Conflict` where nothing is left."""
        if not message.undoable:
            raise Conflict("There is nothing left to undo in this answer.")
        undone: list[Command] = []
        for command in reversed(message.commands):
            if command["state"] == CommandState.DONE and command["undo"]:
                self._doer.undo(command["undo"])
                command = {**command, "state": CommandState.UNDONE.value, "undo": {}}
            undone.append(command)
        message.commands = undone[::-1]

    def _decide(self, message: ChatMessage, decide: Callable[[Command], Command]) -> None:
        if not message.proposed:
            raise Conflict("This is decided already.")
        message.commands = [
            decide(command) if command["state"] == CommandState.PROPOSED else command
            for command in message.commands
        ]

    def _agreed(self, command: Command, *, old: bool) -> Command:
        """Do what was proposed, unless it is too old, or its task is another by now."""
        order = _order(command)
        now = self._propose(order)
        if now["state"] == CommandState.REFUSED:
            return now
        if old:
            return refusal("This was proposed more than a day ago; say it again.", order)
        if now["sentence"] != command["sentence"]:
            return refusal("The task has changed since; say it again.", order)
        return self._do(order)

    def _do(self, order: Order) -> Command:
        try:
            with self._session.begin_nested():
                return _command(order, CommandState.DONE, self._doer.do(order))
        except DayloomError as error:
            return _command(order, CommandState.REFUSED, Done(sentence=str(error)))

    def _propose(self, order: Order) -> Command:
        try:
            offer = Done(sentence=self._doer.offer(order))
        except DayloomError as error:
            return _command(order, CommandState.REFUSED, Done(sentence=str(error)))
        return _command(order, CommandState.PROPOSED, offer)


def refusal(sentence: str, order: Order | None = None) -> Command:
    """Return what stands for a command that may not be carried out."""
    if order is not None:
        return _command(order, CommandState.REFUSED, Done(sentence=sentence))
    return _stored("none", CommandState.REFUSED, sentence=sentence)


def _command(order: Order, state: CommandState, done: Done) -> Command:
    return _stored(
        order.op.value,
        state,
        task_id=done.task_id or order.task_id,
        text=order.text,
        when_text=order.when_text,
        scope=order.scope.value,
        sentence=done.sentence,
        undo=dict(done.undo),
    )


def _stored(op: str, state: CommandState, **more: object) -> Command:
    empty: Mapping[str, object] = {"task_id": None, "text": "", "when_text": "", "undo": {}}
    return {"op": op, "state": state.value, **empty, **more}


def _order(command: Command) -> Order:
    return Order(
        op=Op(command["op"]),
        task_id=command["task_id"],
        text=command["text"],
        when_text=command["when_text"],
        scope=Scope(command["scope"]),
    )
