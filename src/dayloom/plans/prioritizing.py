"""The priorities job: tasks are ranked, by the model or, without one, by their dates.

New tasks are ranked beside a few others; when the person asks for it, all of them are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes, Topic
from dayloom.inferences.asking import Asks, Given
from dayloom.infra.clock import Clock
from dayloom.infra.db import Database
from dayloom.infra.work import Claim, Finish
from dayloom.language.program.answers import PriorityAnswer, Score
from dayloom.language.program.execution import ModelUnavailable
from dayloom.language.program.questions import PriorityQuestion, Words
from dayloom.plans.patience import Patience
from dayloom.plans.ranking import rank
from dayloom.plans.taking_over import note_facts
from dayloom.plans.told import first_of_series, open_task, say
from dayloom.preferences.repository import PreferencesRepository
from dayloom.preferences.wallclock import WallClock
from dayloom.tasks.models import Task
from dayloom.tasks.repository import TaskRepository

BATCH = 20
MOST = 200
MOST_NEW = 40  # a model that is new to many tasks ranks all of them when it is asked to
EXAMPLES = 15
SETTLED = 1.0  # a model that changes its mind by less changes nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One question, and the tasks that it may rank."""

    question: PriorityQuestion
    offered: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One answer, and what it was about."""

    given: Given[PriorityAnswer]
    offered: frozenset[int]


class PrioritiesJob:
    """Ranks the open tasks of an account; what the person has set is never changed."""

    def __init__(self, db: Database, clock: Clock, models: Asks) -> None:
        self._db = db
        self._clock = clock
        self._models = models
        self._patience = Patience()

    async def __call__(self, claim: Claim) -> Finish:
        account_id, now = int(claim.key), self._clock.now()
        if not await self._models.is_configured(account_id):
            return Finish(unit=partial(_rank_by_dates, account_id=account_id, now=now))
        batches = await self._db.read(partial(_batches, account_id=account_id, now=now))
        answers: list[Ranked] = []
        again_at = None
        for batch in batches:
            try:
                given = await self._models.ask(account_id, batch.question, PriorityAnswer)
            except ModelUnavailable as error:
                if error.passing:
                    again_at = self._patience.after_failure(account_id, now)
                break
            answers.append(Ranked(given=given, offered=batch.offered))
        if again_at is None:
            self._patience.forget(account_id)
        unit = partial(_store, account_id=account_id, now=self._clock.now(), answers=answers)
        return Finish(unit=unit, again_at=again_at)


def is_settled(task: Task) -> bool:
    """Tell whether the person has set the priority, or said it in words that are sure."""
    said = task.readings.get("priority")
    sure = isinstance(said, list) and any(not one.get("guess") for one in said)
    quoted = isinstance(said, list) and any("model" in one for one in said)
    return "priority" in task.edited or sure or quoted


def _batches(session: Session, *, account_id: int, now: datetime) -> list[Batch]:
    """Return the questions about what is to be ranked, each with a few tasks as examples."""
    preferences = PreferencesRepository(session, account_id).get()
    if preferences is None:
        raise LookupError(f"account {account_id} was never set up")
    zone = WallClock.of(preferences, now).zone
    tasks = _newest(first_of_series(TaskRepository(session, account_id).unfinished()))
    wanted = _wanted(tasks)
    examples = [
        open_task(task, zone, priority=task.priority)
        for task in tasks
        if task not in wanted and _is_ranked(task)
    ][:EXAMPLES]
    return [
        Batch(
            question=PriorityQuestion(
                now=say(now, zone),
                context=Words(text=preferences.context),
                tasks=[*(open_task(task, zone) for task in batch), *examples],
            ),
            offered=frozenset(task.id for task in batch),
        )
        for batch in (wanted[k : k + BATCH] for k in range(0, len(wanted), BATCH))
    ]


def _wanted(tasks: Sequence[Task]) -> list[Task]:
    """Return what the person wants ranked anew, and the newest that were never ranked."""
    never = [task for task in tasks if not _is_ranked(task)][:MOST_NEW]
    return [
        task for task in tasks if task in never or (task.needs_ranking and not is_settled(task))
    ]


def _is_ranked(task: Task) -> bool:
    return is_settled(task) or "priority" in task.inferred or bool(task.priority_reason)


def _newest(tasks: Iterable[Task]) -> list[Task]:
    return sorted(tasks, key=lambda task: -task.id)[:MOST]


def _store(session: Session, *, account_id: int, now: datetime, answers: Sequence[Ranked]) -> None:
    """Set all priorities in this one transaction."""
    ranking = _Ranking(session, account_id)
    for ranked in answers:
        facts = [
            fact
            for score in ranked.given.answer.scores
            if score.id in ranked.offered
            for fact in ranking.score(score, ranked.given.execution_id)
        ]
        note_facts(session, account_id, ranked.given.execution_id, facts)
        ranking.rest(ranked.offered)
    if ranking.changed:
        Changes(session, account_id, now).replan(Topic.TASKS)


def _rank_by_dates(session: Session, *, account_id: int, now: datetime) -> None:
    preferences = PreferencesRepository(session, account_id).get()
    if preferences is None:
        raise LookupError(f"account {account_id} was never set up")
    ranking = _Ranking(session, account_id)
    for task_id, found in rank(ranking.tasks, WallClock.of(preferences, now)).items():
        ranking.set(ranking.by_id[task_id], found.priority, f"By its dates: {found.reason}")
    if ranking.changed:
        Changes(session, account_id, now).replan(Topic.TASKS)


class _Ranking:
    """The open tasks of an account while they are ranked."""

    def __init__(self, session: Session, account_id: int) -> None:
        self.tasks = TaskRepository(session, account_id).unfinished()
        self.by_id = {task.id: task for task in self.tasks}
        self.changed = False

    def score(self, score: Score, execution_id: int) -> list[dict[str, object]]:
        """Set what a model gave to one task, or to all occurrences of a recurring one."""
        task = self.by_id.get(score.id or 0)
        if task is None or score.priority is None:
            return []
        facts: list[dict[str, object]] = []
        for one in self._alike(task):
            before, reason = one.priority, one.priority_reason
            if not self.set(one, round(score.priority, 1), score.reason, by_model=True):
                continue
            one.inferred = {**one.inferred, "priority": execution_id}
            fact = {"task": one.id, "field": "priority", "before": before, "after": one.priority}
            facts.append({**fact, "reason_before": reason})
        return facts

    def rest(self, task_ids: frozenset[int]) -> None:
        """Note that these were ranked, whatever came of it."""
        for task_id in task_ids & self.by_id.keys():
            for one in self._alike(self.by_id[task_id]):
                one.needs_ranking = False

    def set(self, task: Task, priority: float, reason: str, *, by_model: bool = False) -> bool:
        """Set a priority that nobody has settled; tell whether it changed."""
        if is_settled(task):
            return False
        known = "priority" in task.inferred and by_model
        if known and abs(task.priority - priority) < SETTLED:
            return False
        if not by_model:
            task.inferred = {k: call for k, call in task.inferred.items() if k != "priority"}
        changed = (task.priority, task.priority_reason) != (priority, reason)
        task.priority, task.priority_reason = priority, reason
        self.changed |= changed
        return changed

    def _alike(self, task: Task) -> list[Task]:
        if task.series_id is None:
            return [task]
        return [one for one in self.tasks if one.series_id == task.series_id]
