"""Reasons in the person's own words: their titles, their zone, their clock."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from dayloom.planning.explain import explain
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan, Slot, Unplaced
from dayloom.planning.problem import GRID, Problem
from dayloom.planning.reason import Code, Reason
from dayloom.planning.wording import obstacle_sentence, sentence
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.portions import task_of
from dayloom.plans.proposed import refused_proposals
from dayloom.preferences.wallclock import WallClock

REFUSED = "Your model proposed {at}, but hours, events or its own dates are against it."
OF_ALL_PIECES = {
    Code.RUNNING,
    Code.PINNED,
    Code.HELD,
    Code.KEPT_WHERE_SEEN,
    Code.IN_WINDOW,
    Code.OUTSIDE_WINDOW,
    Code.AS_PROPOSED,
    Code.NOT_AS_PROPOSED,
    Code.BEFORE_DEADLINE,
    Code.BEFORE_DUE,
    Code.LATE,
    Code.IN_PIECES,
}
STARTS = (Code.NOT_BEFORE_RELEASE,)  # reasons whose midnight begins a day


class Teller:
    """Words the facts of one problem for its owner."""

    def __init__(self, inputs: PlanInputs, problem: Problem) -> None:
        self._inputs = inputs
        self._problem = problem
        self._tasks = {task.id: task for task in inputs.tasks}
        self._titles = {task.id: task.title for task in inputs.tasks}
        self._by_person = {task.id for task in inputs.tasks if task.pins}
        self._seen = {slot.task_id for slot in inputs.slots if slot.seen_at}
        self._events = {event.id: event.summary for event in inputs.busy}
        self._clock = WallClock.of(inputs.preferences, inputs.now)
        self._refused = dict(refused_proposals(problem, inputs.tasks))

    def reasons(self, plan: Plan) -> dict[Slot, tuple[str, ...]]:
        """Return the sentences for each slot, the most telling first.

        A further piece tells only what is true of all of them.
        """
        found, pieces = explain(self._problem, plan), plan.by_task()
        return {
            slot: tuple(self._said(slot, found[slot.task_id], pieces[slot.task_id][0]))
            for slot in plan.slots
            if slot.task_id in found
        }

    def _said(self, slot: Slot, reasons: Iterable[Reason], first: Interval) -> Iterator[str]:
        for reason in reasons:
            if slot.interval == first or reason.code in OF_ALL_PIECES:
                decided = self._as_decided(slot.task_id, reason)
                yield self._sentence(slot.task_id, decided, on=slot.start)
        yield from self._on_proposal(slot.task_id)

    def _sentence(self, task_id: int, reason: Reason, *, on: datetime) -> str:
        say = self._clock.dated_start if reason.code in STARTS else self._clock.dated
        said = sentence(
            reason,
            name_of_task=self._task,
            name_of_event=self._event,
            say_time=partial(say, on=on),
        )
        rule = self._rule_of(task_id, reason)
        return f"{said} You said: “{rule}”" if rule else said

    def _on_proposal(self, task_id: int) -> tuple[str, ...]:
        """Say of a proposal that could be no wish that it was made."""
        place = self._refused.get(task_id)
        return (REFUSED.format(at=self._clock.dated(place.start)),) if place else ()

    def _rule_of(self, task_id: int, reason: Reason) -> str:
        """Return the person's own sentence that keeps the hours closed until then."""
        task = self._tasks.get(task_of(task_id))
        if reason.code is not Code.NOT_BEFORE_HOURS or reason.at is None or task is None:
            return ""
        before = (reason.at - GRID).astimezone(self._inputs.zone)
        hour_map = self._inputs.hours.base(task).name
        return self._inputs.rules.closed_by(task, hour_map, before)

    def _as_decided(self, task_id: int, reason: Reason) -> Reason:
        """Return the reason as the person decided: what is merely held they did not put there."""
        if reason.code is Code.PINNED and task_of(task_id) not in self._by_person:
            seen = task_of(task_id) in self._seen
            return replace(reason, code=Code.KEPT_WHERE_SEEN if seen else Code.HELD)
        return reason

    def obstacle(self, item: Unplaced) -> str:
        return obstacle_sentence(item, name_of_task=self._task)

    def _task(self, task_id: int) -> str:
        task_id = task_of(task_id)
        return self._titles.get(task_id, f"#{task_id}")

    def _event(self, event_id: int) -> str:
        return f"“{self._events.get(event_id, 'an event')}”"
