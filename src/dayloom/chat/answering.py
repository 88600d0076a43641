"""One answer of the model: begun, filled with pieces, and ended once, each in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes, Topic
from dayloom.chat.believing import HARMLESS, believe, is_pasted, needs_click
from dayloom.chat.carrying import Carrier, refusal
from dayloom.chat.help import BY_MODEL, BY_RULES
from dayloom.chat.models import ChatMessage, MessageState, Role
from dayloom.chat.repository import ChatRepository
from dayloom.inferences.asking import Given
from dayloom.language.commands import Known, Op, mentioned
from dayloom.language.program.answers import ChatAnswer
from dayloom.language.program.questions import MOST_TASKS, ChatQuestion, Turn, Words
from dayloom.plans.told import first_of_series, open_task, say
from dayloom.preferences.repository import PreferencesRepository
from dayloom.tasks.models import Task, TaskStatus
from dayloom.tasks.repository import TaskRepository

MOST_TURNS = 10
LONGEST_TURN = 600
NOT_TOLD = "(told from the plan)"
STOPPED = "It broke off because Dayloom was stopped."


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """An answer that is being made: the question, and what its commands may be about."""

    account_id: int
    message_id: int
    message: str
    question: ChatQuestion
    offered: Mapping[int, str]
    foreign: bool


class Answers:
    """The answers of one account that the model owes, inside the caller's transaction."""

    def __init__(self, session: Session, account_id: int, *, now: datetime) -> None:
        self._session = session
        self._account_id = account_id
        self._now = now
        self._rows = ChatRepository(session, account_id)
        self._changes = Changes(session, account_id, now)

    def give_up_begun(self) -> None:
        """Break off what another worker has begun and cannot end."""
        for row in self._rows.unfinished():
            if row.state is MessageState.STREAMING:
                self._end(row, MessageState.BROKEN, note=STOPPED)

    def begin(self) -> Begun | None:
        """Begin the next answer that waits; None where there is none."""
        for row in self._rows.unfinished():
            person = self._rows.get(row.answers or 0)
            if person is None:
                self._end(row, MessageState.BROKEN, note="What you said is gone.")
                continue
            row.state = MessageState.STREAMING
            self._announce()
            return self._question(row, person)
        return None

    def fill(self, message_id: int, text: str) -> bool:
        """Show what was said so far; tell whether anybody still waits for it."""
        row = self._streaming(message_id)
        if row is None:
            return False
        if row.text != text:
            row.text = text
            self._announce()
        return True

    def finish(self, begun: Begun, given: Given[ChatAnswer]) -> None:
        """Keep the whole answer, and carry out or propose what it orders, all or nothing."""
        row = self._streaming(begun.message_id)
        if row is None:
            return
        believed = believe(given.answer, begun.message, begun.offered)
        known = [Known(id=key, title=title) for key, title in begun.offered.items()]
        wait = begun.foreign or needs_click(believed.orders, message=begun.message, offered=known)
        carrier = Carrier(self._session, self._account_id, now=self._now)
        row.text = given.answer.reply
        row.execution_id = given.execution_id
        row.commands = [
            carrier.take(order, wait=wait and order.op not in HARMLESS)
            for order in believed.orders
        ] + [refusal(sentence) for sentence in believed.refused]
        if not row.text and not row.commands:
            row.text = "I have nothing to say to that."
        self._end(row, MessageState.COMPLETE, note=BY_MODEL)

    def break_off(self, message_id: int, said: str, why: str) -> None:
        """Keep what was said until it broke off."""
        row = self._streaming(message_id)
        if row is not None:
            row.text = said or row.text
            self._end(row, MessageState.BROKEN, note=why)

    def _streaming(self, message_id: int) -> ChatMessage | None:
        row = self._rows.get(message_id)
        return row if row is not None and row.state is MessageState.STREAMING else None

    def _end(self, row: ChatMessage, state: MessageState, *, note: str) -> None:
        row.state, row.note = state, note
        self._announce()

    def _announce(self) -> None:
        self._rows.flush()
        self._changes.announce(Topic.CHAT)

    def _question(self, row: ChatMessage, person: ChatMessage) -> Begun:
        preferences = PreferencesRepository(self._session, self._account_id).get()
        if preferences is None:
            raise LookupError(f"account {self._account_id} was never set up")
        zone = ZoneInfo(preferences.time_zone)
        tasks = self._tasks(person.text)
        turns = self._history(person)
        question = ChatQuestion(
            now=say(self._now, zone),
            context=Words(text=preferences.context),
            open_tasks=[open_task(task, zone, priority=task.priority) for task in tasks],
            history=turns,
            message=Words(text=person.text),
        )
        return Begun(
            account_id=self._account_id,
            message_id=row.id,
            message=person.text,
            question=question,
            offered={task.id: task.title for task in tasks},
            foreign=any(is_pasted(said) for said in [person.text, *(t.said for t in turns)]),
        )

    def _tasks(self, message: str) -> Sequence[Task]:
        """Return the tasks to tell of: those that are spoken of, what runs, then the newest."""
        every = list(first_of_series(TaskRepository(self._session, self._account_id).unfinished()))
        spoken_of = mentioned(message, [Known(id=task.id, title=task.title) for task in every])

        def place(task: Task) -> tuple[bool, bool, int]:
            return task.id not in spoken_of, task.status is not TaskStatus.STARTED, -task.id

        return sorted(every, key=place)[:MOST_TASKS]

    def _history(self, person: ChatMessage) -> list[Turn]:
        """Return the exchanges before; what the plan said of events of others is not told."""
        earlier = self._rows.newest(4 * MOST_TURNS, before=person.id)
        said = {row.id: row for row in earlier if row.role is Role.PERSON}
        turns = {
            row.answers: Turn(said=said[row.answers].text, replied=_replied(row))
            for row in earlier
            if row.role is Role.ASSISTANT and row.answers in said
        }
        return [
            Turn(said=turn.said[:LONGEST_TURN], replied=turn.replied[:LONGEST_TURN])
            for turn in list(turns.values())[-MOST_TURNS:]
        ]


def _replied(row: ChatMessage) -> str:
    """Return an answer as the model is told of it."""
    if row.note == BY_RULES and not row.commands:
        return row.text
    told = [
        NOT_TOLD if command["op"] == Op.EXPLAIN else f"[{command['state']}] {command['sentence']}"
        for command in row.commands
    ]
    return "\n".join(part for part in (row.text, *told) if part)
