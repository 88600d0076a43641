"""Taking back what one call of a model has set, where it still stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes, Topic
from dayloom.inferences.models import ExecutionRow
from dayloom.inferences.presence import has_model
from dayloom.infra.errors import Conflict, Invalid, NotFound
from dayloom.plans.routines import rules_of
from dayloom.tasks.fields import TaskFields
from dayloom.tasks.models import Task
from dayloom.tasks.repository import TaskRepository
from dayloom.tasks.service import TaskService, propose
from dayloom.tasks.values import PROPOSED, as_json, to_fields, to_place


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What became of the facts: taken back, or left because they have changed since."""

    taken_back: int
    left: int


class ForgetService:
    """Undoes calls; what the person or a later call has changed stays as it is."""

    def __init__(self, session: Session, account_id: int, *, now: datetime) -> None:
        self._session, self._account_id, self._now = session, account_id, now
        self._rows = TaskRepository(session, account_id)
        self._changes = Changes(session, account_id, now)
        known = partial(has_model, session, account_id)
        self._tasks = TaskService(self._rows, self._changes, now=now, has_model=known)

    def forget(self, execution_id: int) -> Forgotten:
        """Take back what the call set, and have the plan made again.

        Raises `NotFound`, or `Conflict` for a call that was forgotten before.
        """
        row = self._require(execution_id)
        facts = [fact for fact in reversed(row.facts) if "task" in fact]
        undone = [self._take_back(fact, execution_id) for fact in _fields_first(facts)]
        rules = rules_of(self._session, self._account_id, self._now).forget(execution_id)
        row.forgotten_at = self._now
        self._session.flush()
        self._changes.announce(Topic.INFERENCES)
        self._changes.replan(Topic.TASKS)
        return Forgotten(taken_back=sum(undone) + rules, left=len(undone) - sum(undone))

    def _require(self, execution_id: int) -> ExecutionRow:
        query = select(ExecutionRow).where(
            ExecutionRow.account_id == self._account_id, ExecutionRow.id == execution_id
        )
        row = self._session.scalar(query)
        if row is None:
            raise NotFound(f"There is no call #{execution_id}.")
        if row.forgotten_at is not None:
            raise Conflict("That was taken back before.")
        return row

    def _take_back(self, fact: dict[str, Any], execution_id: int) -> bool:
        """Tell whether the fact still stood, and could be taken back."""
        name = fact["field"]
        task = self._rows.get(fact["task"], deleted=True)
        if task is None or task.inferred.get(name) != execution_id:
            return False
        if as_json(task, name) != fact["after"] or not self._restore(task, name, fact["before"]):
            return False
        task.inferred = {key: call for key, call in task.inferred.items() if key != name}
        task.readings = _without_quote(task.readings, name)
        if name == "priority":
            task.priority_reason = fact.get("reason_before", "")
        return True

    def _restore(self, task: Task, name: str, before: Any) -> bool:
        if name == PROPOSED:
            place, reason = to_place(before)
            propose(task, place, reason=reason)
            return True
        if name == "priority":  # as when it was given: what was seen does not move for it
            task.priority = before
            return True
        try:
            self._tasks.take_over(task, self._still_there(to_fields(name, before)))
        except Invalid:
            self._session.expire(task)
            return False
        return True

    def _still_there(self, fields: TaskFields) -> TaskFields:
        """Leave out what the task waited for and is no more."""
        if "after" in fields:
            known = self._rows.known([one["task_id"] for one in fields["after"]])
            fields["after"] = [one for one in fields["after"] if one["task_id"] in known]
        return fields


def _fields_first(facts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return proposals last: other fields may drop them."""
    return sorted(facts, key=lambda fact: fact["field"] == PROPOSED)


def _without_quote(readings: dict[str, object], name: str) -> dict[str, object]:
    spans = readings.get(name)
    if not isinstance(spans, list):
        return readings
    kept = [one for one in spans if "model" not in one]
    return {
        **{key: value for key, value in readings.items() if key != name},
        **({name: kept} if kept else {}),
    }
