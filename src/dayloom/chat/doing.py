"""What is ordered is done, through the same services as on the pages, and can be undone."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes
from dayloom.chat.moving import Mover, read_when
from dayloom.chat.telling import Telling
from dayloom.inferences.presence import has_model
from dayloom.infra.errors import Conflict, Invalid
from dayloom.language.commands import Op, Order
from dayloom.plans.capture import CaptureService
from dayloom.plans.inputs import load_inputs
from dayloom.plans.pricing import quote
from dayloom.plans.wishing import Wish
from dayloom.tasks.models import Task, TaskStatus
from dayloom.tasks.repository import TaskRepository
from dayloom.tasks.service import TaskService
from dayloom.tasks.tracking import TrackingService

FINISHED = (TaskStatus.COMPLETED, TaskStatus.MISSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done, in a sentence."""

    sentence: str
    task_id: int | None = None


class Doer:
    """Does one order after the other inside the caller's transaction.

    Raises `Invalid`, `NotFound` or `Conflict` with a sentence for what cannot be done.
    """

    def __init__(self, session: Session, account_id: int, *, now: datetime) -> None:
        self._session = session
        self._account_id = account_id
        self._now = now
        self._changes = Changes(session, account_id, now)
        self._rows = TaskRepository(session, account_id)
        known = partial(has_model, session, account_id)
        self._tasks = TaskService(self._rows, self._changes, now=now, has_model=known)
        self._tracking = TrackingService(self._rows, self._changes, now=now)
        self._capture = CaptureService(session, account_id, now=now)
        self.telling = Telling(session, account_id, now=now)

    def do(self, order: Order) -> Done:
        if order.op is Op.CREATE:
            return self._create(order.text)
        if order.op is Op.LIST:
            return Done(sentence=self.telling.listing(order.scope))
        if order.op is Op.PLAN:
            self._changes.ask_for_plan()
            return Done(sentence="Planning again; what would move is proposed in a moment.")
        task = self._tasks.require(order.task_id or 0)
        if order.op is Op.EXPLAIN and order.when_text:
            return Done(sentence=self._weigh(task, order.when_text), task_id=task.id)
        if order.op is Op.EXPLAIN:
            return Done(sentence=self.telling.explanation(task), task_id=task.id)
        if order.op is Op.MOVE:
            return self._move(task, order.when_text)
        return self._track(order.op, task)

    def offer(self, order: Order) -> str:
        """Return what an order would do, for the person to agree. Raises as `do` does."""
        if order.op is Op.CREATE:
            return f"Add “{order.text}”"
        if order.task_id is None:
            return order.op.value.capitalize()
        task = self._tasks.require(order.task_id)
        if order.op is Op.MOVE:
            return f"Move {self.telling.name(task)} to {order.when_text}"
        return f"{order.op.value.capitalize()} {self.telling.name(task)}"

    def _create(self, text: str) -> Done:
        lines = text.splitlines()
        if len(lines) != 1:
            raise Invalid("Say in one line what there is to do.")
        tasks = self._capture.add_lines(text).tasks
        first = tasks[0]
        parts = [f"Added {self.telling.name(first)}"]
        if first.series_id is not None:
            parts.append("it repeats")
        if "priority" in first.readings:
            parts.append(f"priority {first.priority:g}")
        parts.append(self.telling.place(first) or "without a place yet")
        return Done(sentence=f"{', '.join(parts)}.", task_id=first.id)

    def _track(self, op: Op, task: Task) -> Done:
        name, running = self.telling.name(task), self._tracking.running()
        if op is Op.DELETE:
            self._tasks.delete(task.id)
            return Done(sentence=f"Deleted {name}.", task_id=task.id)
        if task.status in FINISHED:
            raise Conflict(f"{name} is finished already.")
        if op is Op.COMPLETE:
            self._tracking.complete(task.id)
            return Done(sentence=f"Done: {name}.", task_id=task.id)
        if op is Op.STOP:
            if task.status is not TaskStatus.STARTED:
                raise Conflict(f"{name} is not running.")
            self._tracking.stop(task.id)
            return Done(sentence=f"Stopped {name}.", task_id=task.id)
        if task.status is TaskStatus.STARTED:
            raise Conflict(f"{name} is running already.")
        self._tracking.start(task.id)
        instead = f"; “{running.title}” rests" if running is not None else ""
        return Done(sentence=f"Started {name}{instead}.", task_id=task.id)

    def _move(self, task: Task, when_text: str) -> Done:
        mover = Mover(self._session, self._tasks, self._capture.context)
        said = mover.move(task, when_text, self.telling.clock)
        return Done(sentence=said, task_id=task.id)

    def _weigh(self, task: Task, when_text: str) -> str:
        """Return what putting the task there would cost; nothing is done."""
        draft = read_when(when_text, self._capture.context)
        if draft.start is None:
            raise Invalid(f"At what time “{when_text}”? Say it, such as tomorrow 14:00.")
        inputs = load_inputs(self._session, account_id=self._account_id, now=self._now)
        answer = quote(inputs, Wish(task_id=task.id, start=draft.start.value))
        clock, start = self.telling.clock, draft.start.value
        where = f"{self.telling.name(task)} {clock.day(start)} at {clock.time(start)}"
        return f"{where}: {answer.sentence[0].lower()}{answer.sentence[1:]}"
