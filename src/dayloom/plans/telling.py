"""Reasons in the person's own words: their titles, their zone, their clock."""

from dataclasses import replace
from functools import partial

from dayloom.planning.explain import explain
from dayloom.planning.plan import Plan, Unplaced
from dayloom.planning.problem import GRID, Problem
from dayloom.planning.reason import Code, Reason
from dayloom.planning.wording import obstacle_sentence, sentence
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.portions import task_of
from dayloom.plans.proposed import refused_proposals
from dayloom.preferences.wallclock import WallClock

REFUSED = "Your model proposed {at}, but hours, events or its own dates are against it."
STARTS = (Code.NOT_BEFORE_RELEASE,)  # reasons whose midnight begins a day


class Teller:
    """Words the facts of one problem for its owner."""

    def __init__(self, inputs: PlanInputs, problem: Problem) -> None:
        self._inputs = inputs
        self._problem = problem
        self._tasks = {task.id: task for task in inputs.tasks}
        self._titles = {task.id: task.title for task in inputs.tasks}
        self._by_person = {task.id for task in inputs.tasks if task.pins}
        self._events = {event.id: event.summary for event in inputs.busy}
        self._clock = WallClock.of(inputs.preferences, inputs.now)
        self._refused = dict(refused_proposals(problem, inputs.tasks))

    def reasons(self, plan: Plan) -> dict[int, tuple[str, ...]]:
        """Return the sentences for each placed task, the most telling first."""
        return {
            task_id: tuple(
                self._sentence(task_id, reason)
                for reason in map(partial(self._as_decided, task_id), reasons)
            )
            + self._on_proposal(task_id)
            for task_id, reasons in explain(self._problem, plan).items()
        }

    def _sentence(self, task_id: int, reason: Reason) -> str:
        said = sentence(
            reason,
            name_of_task=self._task,
            name_of_event=self._event,
            say_time=self._clock.start if reason.code in STARTS else self._clock.moment,
        )
        rule = self._rule_of(task_id, reason)
        return f"{said} You said: “{rule}”" if rule else said

    def _on_proposal(self, task_id: int) -> tuple[str, ...]:
        """Say of a proposal that could be no wish that it was made."""
        place = self._refused.get(task_id)
        return (REFUSED.format(at=self._clock.moment(place.start)),) if place else ()

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
            return replace(reason, code=Code.KEPT_WHERE_SEEN)
        return reason

    def obstacle(self, item: Unplaced) -> str:
        return obstacle_sentence(item, name_of_task=self._task)

    def _task(self, task_id: int) -> str:
        task_id = task_of(task_id)
        return self._titles.get(task_id, f"#{task_id}")

    def _event(self, event_id: int) -> str:
        return f"“{self._events.get(event_id, 'an event')}”"
