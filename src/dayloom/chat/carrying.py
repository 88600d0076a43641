"""Orders become commands of a message: done at once, or proposed; agreed to, declined, undone.

A command is stored with the message that reports it, in the transaction that carries it out.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from dayloom.chat.doing import Doer, Done
from dayloom.chat.models import ChatMessage, CommandState
from dayloom.infra.errors import Conflict, DayloomError
from dayloom.journal.models import Entry, Origin
from dayloom.journal.recording import Recording, recorded, take_note
from dayloom.language.commands import Op, Order, Scope
from dayloom.undo.taking_back import require_entry, take_back

Command = dict[str, Any]
VALID = timedelta(days=1)


class Carrier:
    """Carries out orders of one account inside the caller's transaction."""

    def __init__(self, session: Session, account_id: int, *, now: datetime) -> None:
        self._session = session
        self._account_id = account_id
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
            if command["state"] == CommandState.DONE and command.get("entry"):
                self._take_back(command["entry"])
                command = {**command, "state": CommandState.UNDONE.value, "entry": None}
            undone.append(command)
        message.commands = undone[::-1]

    def _take_back(self, entry_id: int) -> None:
        entry = require_entry(self._account_id, entry_id, self._session)
        with self._recorded():
            take_back(self._session, self._account_id, entry, now=self._now)
            take_note(self._session, undoes=entry)

    def _recorded(self) -> AbstractContextManager[Recording]:
        return recorded(self._session, self._account_id, now=self._now, origin=Origin.CHAT)

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
            with self._session.begin_nested(), self._recorded() as recording:
                done = self._doer.do(order)
            return _command(order, CommandState.DONE, done, entry=recording.entry)
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


def _command(
    order: Order, state: CommandState, done: Done, *, entry: Entry | None = None
) -> Command:
    return _stored(
        order.op.value,
        state,
        task_id=done.task_id or order.task_id,
        text=order.text,
        when_text=order.when_text,
        scope=order.scope.value,
        sentence=done.sentence,
        entry=entry.id if entry is not None else None,
    )


def _stored(op: str, state: CommandState, **more: object) -> Command:
    empty: Mapping[str, object] = {"task_id": None, "text": "", "when_text": "", "entry": None}
    return {"op": op, "state": state.value, **empty, **more}


def _order(command: Command) -> Order:
    return Order(
        op=Op(command["op"]),
        task_id=command["task_id"],
        text=command["text"],
        when_text=command["when_text"],
        scope=Scope(command["scope"]),
    )
