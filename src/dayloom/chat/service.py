"""The conversation: what is said is read by the rules at once, or waits for the model."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes, Topic
from dayloom.chat.believing import waits
from dayloom.chat.carrying import Carrier
from dayloom.chat.help import BY_RULES, HELP, which
from dayloom.chat.models import ChatMessage, CommandState, MessageState, Role
from dayloom.chat.repository import ChatRepository
from dayloom.inferences.presence import has_model
from dayloom.infra.errors import Conflict, Invalid, NotFound
from dayloom.language.commands import Known, Offered, Order, Said, Unclear, read_orders
from dayloom.plans.told import first_of_series
from dayloom.tasks.models import Task, TaskStatus
from dayloom.tasks.repository import TaskRepository

LONGEST_MESSAGE = 4_000
MOST_MESSAGES = 60
LOOKS_BACK = 6
KEPT = timedelta(days=1)


class ChatService:
    """One account's conversation, inside the caller's transaction."""

    def __init__(self, session: Session, account_id: int, *, now: datetime) -> None:
        self._session = session
        self._account_id = account_id
        self._now = now
        self._rows = ChatRepository(session, account_id)
        self._changes = Changes(session, account_id, now)

    def messages(self, *, limit: int = MOST_MESSAGES) -> Sequence[ChatMessage]:
        """Return the newest messages, oldest of them first."""
        return self._rows.newest(limit)

    def answer_to(self, message_id: int) -> ChatMessage:
        """Return the newest answer to a message. Raises `NotFound`."""
        found = self._rows.answer_to(message_id)
        if found is None:
            raise NotFound(f"There is no answer to the message {message_id}.")
        return found

    def send(self, text: str, *, after: int | None = None) -> ChatMessage:
        """Say something, and return that message; its answer is there, or waits for the model.

        `after` is the newest message that the sender saw: the same words once more behind it
        are a repetition, which changes nothing. Raises `Invalid` for no words, or too many.
        """
        said = _checked(text)
        if after is not None and (earlier := self._said_before(said, after)) is not None:
            return earlier
        self._rows.forget_cleared(self._now - KEPT)
        heard = self._heard(said)
        message = self._add(role=Role.PERSON, text=said)
        if heard is None and has_model(self._session, self._account_id):
            self._ask_model(message)
        else:
            self._answer_by_rules(message, heard)
        self._changes.announce(Topic.CHAT)
        return message

    def consent(self, message_id: int) -> ChatMessage:
        """Do what an answer proposes. Raises `NotFound`, or `Conflict` if that is decided."""
        message = self._require(message_id)
        self._carrier.agree(message)
        return self._changed(message)

    def decline(self, message_id: int) -> ChatMessage:
        """Do nothing of what an answer proposes. Raises as `consent`."""
        message = self._require(message_id)
        self._carrier.decline(message)
        return self._changed(message)

    def undo(self, message_id: int) -> ChatMessage:
        """Take back what an answer has done. Raises as `consent`."""
        message = self._require(message_id)
        self._carrier.undo(message)
        return self._changed(message)

    def retry(self, message_id: int) -> ChatMessage:
        """Have the model answer once more where its answer broke off; return the new answer.

        Raises `NotFound`, or `Conflict` where there is nothing to try again.
        """
        broken = self._require(message_id)
        person = self._rows.get(broken.answers or 0)
        if broken.state is not MessageState.BROKEN or person is None:
            raise Conflict("Only an answer that broke off can be tried again.")
        newest = self._rows.answer_to(person.id)
        if newest is None or newest.id != broken.id:
            raise Conflict("There is a newer answer already.")
        if has_model(self._session, self._account_id):
            answer = self._ask_model(person)
        else:
            answer = self._answer_by_rules(person, self._heard(person.text))
        self._changes.announce(Topic.CHAT)
        return answer

    def clear(self) -> int:
        """Take the conversation out of sight; `restore` brings it back for a day."""
        self._rows.forget_cleared(self._now)
        count = self._rows.clear(self._now)
        self._changes.announce(Topic.CHAT)
        return count

    def restore(self) -> int:
        """Bring back what was cleared last; return how many messages that were."""
        count = self._rows.bring_back()
        if any(row.state is MessageState.WAITING for row in self._rows.unfinished()):
            self._changes.answer_chat()
        self._changes.announce(Topic.CHAT)
        return count

    def _heard(self, text: str) -> Said | None:
        """Return what the rules make of a message; nothing where the model should answer."""
        tasks = _first(TaskRepository(self._session, self._account_id).unfinished())
        known = tuple(
            Known(id=task.id, title=task.title, running=task.status is TaskStatus.STARTED)
            for task in tasks
        )
        said = read_orders(text, Offered(known, focus=self._focus()))
        unknown = isinstance(said, Unclear) and not said.candidates
        return None if unknown and has_model(self._session, self._account_id) else said

    def _focus(self) -> int | None:
        """Return the task that was spoken of last."""
        for message in reversed(self._rows.newest(LOOKS_BACK)):
            for command in reversed(message.commands):
                if command["task_id"] and command["state"] != CommandState.REFUSED:
                    return int(command["task_id"])
        return None

    def _answer_by_rules(self, message: ChatMessage, heard: Said | None) -> ChatMessage:
        if heard is None:
            return self._add(role=Role.ASSISTANT, text=HELP, answers=message.id, note=BY_RULES)
        if isinstance(heard, Unclear):
            rows = TaskRepository(self._session, self._account_id)
            tasks = [task for one in heard.candidates if (task := rows.get(one)) is not None]
            text = which(heard, tasks)
            return self._add(role=Role.ASSISTANT, text=text, answers=message.id, note=BY_RULES)
        answer = self._add(role=Role.ASSISTANT, text="", answers=message.id, note=BY_RULES)
        wait, carrier = waits(heard), self._carrier
        answer.commands = [carrier.take(order, wait=wait) for order in heard]
        answer.text = _said(heard, answer)
        self._rows.flush()
        return answer

    def _ask_model(self, message: ChatMessage) -> ChatMessage:
        waiting = self._add(
            role=Role.ASSISTANT, text="", answers=message.id, state=MessageState.WAITING
        )
        self._changes.answer_chat()
        return waiting

    def _said_before(self, text: str, after: int) -> ChatMessage | None:
        for message in self._rows.newest(LOOKS_BACK):
            if message.id > after and message.role is Role.PERSON and message.text == text:
                return message
        return None

    @property
    def _carrier(self) -> Carrier:
        return Carrier(self._session, self._account_id, now=self._now)

    def _add(self, **values: object) -> ChatMessage:
        row = ChatMessage(account_id=self._account_id, created_at=self._now, **values)
        return self._rows.add(row)

    def _require(self, message_id: int) -> ChatMessage:
        found = self._rows.get(message_id)
        if found is None:
            raise NotFound(f"There is no message {message_id}.")
        return found

    def _changed(self, message: ChatMessage) -> ChatMessage:
        self._rows.flush()
        self._changes.announce(Topic.CHAT)
        return message


def _checked(text: str) -> str:
    clean = text.encode("utf-8", "ignore").decode("utf-8").replace("\x00", "")
    said = clean.replace("\r\n", "\n").strip()
    if not said:
        raise Invalid("Say something.", field="text")
    if len(said) > LONGEST_MESSAGE:
        raise Invalid(f"A message has at most {LONGEST_MESSAGE:,} characters.", field="text")
    return said


def _said(orders: Sequence[Order], answer: ChatMessage) -> str:
    """Return the words of an answer: what was done is told by the commands themselves."""
    if answer.proposed:
        return "Shall I do this?"
    return "" if orders else HELP


def _first(tasks: Sequence[Task]) -> Sequence[Task]:
    return list(first_of_series(tasks))
