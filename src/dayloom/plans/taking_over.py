"""What a model's call may set, and what is noted of it, inside one transaction."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes, Topic
from dayloom.inferences.models import ExecutionRow
from dayloom.inferences.presence import has_model
from dayloom.infra.errors import Invalid
from dayloom.language import ReadingContext
from dayloom.language.program.answers import TimeSlotAnswer
from dayloom.plans.merging import Asked, Merged, merge, words_of
from dayloom.tasks.fields import TaskFields
from dayloom.tasks.models import Task, TaskStatus
from dayloom.tasks.repository import TaskRepository
from dayloom.tasks.service import TaskService, propose
from dayloom.tasks.values import PROPOSED, as_json

Fact = dict[str, Any]


def note_facts(session: Session, account_id: int, execution_id: int, facts: list[Fact]) -> None:
    """Keep with a call what it set."""
    query = select(ExecutionRow).where(
        ExecutionRow.account_id == account_id, ExecutionRow.id == execution_id
    )
    if facts and (row := session.scalar(query)):
        row.facts = [*row.facts, *facts]


class Understanding:
    """Takes over what a model read, at one moment."""

    def __init__(self, session: Session, account_id: int, *, now: datetime) -> None:
        self._session, self._account_id, self._now = session, account_id, now
        self._rows = TaskRepository(session, account_id)
        self._changes = Changes(session, account_id, now)
        known = partial(has_model, session, account_id)
        self._tasks = TaskService(self._rows, self._changes, now=now, has_model=known)

    def take_over(
        self,
        asked: Asked,
        answer: TimeSlotAnswer,
        context: ReadingContext,
        *,
        execution_id: int,
    ) -> None:
        """Add what the answer says to the task as it is now.

        Nothing is added to one that was begun, finished, deleted or reworded meanwhile; what was
        reworded stays to be read.
        """
        task = self._rows.get(asked.task_id)
        if task is None or not self._still_asked(task, asked):
            return
        task.needs_reading = False
        if task.status is not TaskStatus.OPEN:
            return
        merged = merge(task, asked, answer, context)
        before = {name: as_json(task, name) for name in (*merged.fields, PROPOSED)}
        self._set(task, merged)
        propose(task, merged.place, reason=answer.reasoning)
        facts = list(_facts(task, before))
        names = [fact["field"] for fact in facts]
        if PROPOSED in names:  # as after any change, it may move though it was seen
            task.needs_scheduling, task.updated_at = True, self._now
        task.inferred = {**task.inferred, **dict.fromkeys(names, execution_id)}
        _quote(task, merged, names)
        note_facts(self._session, self._account_id, execution_id, facts)
        self._changes.replan(Topic.TASKS)

    def leave(self, task_ids: Collection[int]) -> None:
        """Let these tasks stand as the rules have read them."""
        for task_id in task_ids:
            if task := self._rows.get(task_id, deleted=True):
                task.needs_reading = False
        self._changes.announce(Topic.TASKS)

    def _still_asked(self, task: Task, asked: Asked) -> bool:
        return words_of(task) == asked.words and task.context == asked.context

    def _set(self, task: Task, merged: Merged) -> None:
        after = merged.fields.pop("after", [])
        self._tasks.take_over(task, cast("TaskFields", merged.fields))
        present = {one.after_id for one in task.after}
        for item in after:
            if item["task_id"] not in present:
                self._wait_for(task, item)

    def _wait_for(self, task: Task, item: dict[str, Any]) -> None:
        """Let the task wait for one more, unless that is gone or makes a circle."""
        present = [{"task_id": one.after_id, "gap": one.gap} for one in task.after]
        try:
            self._tasks.take_over(task, cast("TaskFields", {"after": [*present, item]}))
        except Invalid:
            return


def _facts(task: Task, before: dict[str, Any]) -> Iterator[Fact]:
    for name, value in before.items():
        if (after := as_json(task, name)) != value:
            yield {"task": task.id, "field": name, "before": value, "after": after}


def _quote(task: Task, merged: Merged, names: Sequence[str]) -> None:
    """Note the words from which the model took each field; without any it is an estimate."""
    readings = dict(task.readings)
    for name in names:
        spans = readings.get(name, [])
        by_rules = [one for one in spans if "model" not in one] if isinstance(spans, list) else []
        if name in merged.sources:
            quoted = {"model": True, "guess": True, "text": merged.sources[name]}
            readings[name] = [*by_rules, quoted]
    task.readings = readings
