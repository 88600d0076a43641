"""Adding, reading and throwing away scenarios. Planning them through is the worker's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from dayloom.accounts.changes import REPLAN, SCENARIO, Changes, Topic, scenario_key
from dayloom.calendars.repository import CalendarRepository
from dayloom.infra import work
from dayloom.infra.errors import Conflict, Invalid, NotFound
from dayloom.language.commands import Known
from dayloom.language.suppositions import (
    Around,
    Invited,
    LeftOut,
    NotUnderstood,
    Supposition,
    read_supposition,
)
from dayloom.planning.problem import LONGEST_HORIZON
from dayloom.plans.capture import CaptureService
from dayloom.plans.repository import PlanRepository
from dayloom.preferences.repository import PreferencesRepository
from dayloom.preferences.wallclock import WallClock
from dayloom.scenarios.checking import Checker
from dayloom.scenarios.models import Scenario
from dayloom.scenarios.outcome import Outcome
from dayloom.scenarios.repository import ScenarioRepository
from dayloom.scenarios.saying import Sayer, imagined_titles
from dayloom.scenarios.stored import from_json, to_json
from dayloom.tasks.repository import TaskRepository

MOST, MOST_SUPPOSITIONS, LONGEST_NAME = 8, 10, 100


class State(StrEnum):
    """How far a scenario is. The codes are stable: the REST interface shows them."""

    WAITING = "waiting"  # it was never planned through
    SOLVED = "solved"
    OUTDATED = "outdated"  # something has changed since: it is planned through again
    IMPOSSIBLE = "impossible"  # it cannot be supposed any more
    FAILED = "failed"  # the worker has given it up


SENTENCES = {
    State.WAITING: "It is being planned through.",
    State.SOLVED: "",
    State.OUTDATED: "Something has changed since: it is being planned through again.",
    State.IMPOSSIBLE: "",
    State.FAILED: "The planner has failed at it; the log of the worker says why.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A scenario with what it supposes, how far it is, and what came of it last."""

    id: int
    name: str
    suppositions: tuple[Supposition, ...]
    state: State
    complaint: str
    outcome: Outcome | None
    created_at: datetime
    solved_at: datetime | None

    @property
    def sentence(self) -> str:
        """Return how far it is, in words; empty where all is said by the outcome."""
        return SENTENCES[self.state] or self.complaint


class ScenarioService:
    """The scenarios of one account, inside the caller's transaction."""

    def __init__(self, session: Session, account_id: int, *, now: datetime) -> None:
        self._session = session
        self._account_id = account_id
        self._now = now
        self._rows = ScenarioRepository(session, account_id)
        self._changes = Changes(session, account_id, now)
        self._capture = CaptureService(session, account_id, now=now)

    def read(self, text: str) -> tuple[Supposition, ...]:
        """Return what some lines suppose, one each. Raises `Invalid` with a sentence."""
        lines = [line for part in text.splitlines() for line in part.split(";") if line.strip()]
        if len(lines) > MOST_SUPPOSITIONS:
            raise Invalid(_TOO_MANY, field="text")
        context, around = self._capture.context, self._around()
        try:
            return tuple(read_supposition(line, context, around) for line in lines or [text])
        except NotUnderstood as error:
            raise Invalid(str(error), field="text") from error

    def add(self, suppositions: Sequence[Supposition], *, name: str = "") -> Scenario:
        """Store a scenario and ask the worker to plan it through.

        Raises `Invalid`, or `Conflict` when there are enough.
        """
        if self._rows.count() >= MOST:
            raise Conflict(f"There are {MOST} what-ifs; throw one away first.")
        if not suppositions:
            raise Invalid("Say what might be.", field="text")
        if len(suppositions) > MOST_SUPPOSITIONS:
            raise Invalid(_TOO_MANY, field="text")
        row = Scenario(
            account_id=self._account_id,
            name=_checked_name(name),
            suppositions=[to_json(self.checker.checked(said)) for said in suppositions],
            created_at=self._now,
        )
        self._rows.add(row)
        self._changes.think_through(row.id)
        self._changes.announce(Topic.SCENARIOS)
        return row

    def all(self) -> Sequence[Told]:
        return [self._told(row) for row in self._rows.all()]

    def require(self, scenario_id: int) -> Told:
        """Return a scenario. Raises `NotFound`."""
        return self._told(self._row(scenario_id))

    def remove(self, scenario_id: int) -> Told:
        """Throw a scenario away. Raises `NotFound`."""
        row = self._row(scenario_id)
        told = self._told(row)
        self._rows.remove(row)
        self._changes.announce(Topic.SCENARIOS)
        return told

    def refresh(self) -> bool:
        """Have what is out of date planned through again; tell whether there was any."""
        found = [row for row in self._rows.all() if self._state(row) is State.OUTDATED]
        asked = [self._ask_again(row.id) for row in found]
        return any(asked)

    def sayer(self, told: Told) -> Sayer:
        """Return what puts this scenario in words."""
        preferences = PreferencesRepository(self._session, self._account_id).get()
        if preferences is None:
            raise LookupError("the account was never set up")
        numbers = {s.task_id for s in told.suppositions if isinstance(s, LeftOut)}
        if told.outcome is not None:
            numbers |= told.outcome.task_ids
        real = TaskRepository(self._session, self._account_id).titles(numbers)
        titles = {**real, **imagined_titles(told.suppositions)}
        return Sayer(WallClock.of(preferences, self._now), titles)

    @property
    def checker(self) -> Checker:
        context = self._capture.context
        tasks = TaskRepository(self._session, self._account_id).unfinished()
        return Checker(
            now=self._now,
            zone=context.zone,
            hour_maps=context.hour_maps,
            open_tasks={task.id for task in tasks},
        )

    def _row(self, scenario_id: int) -> Scenario:
        row = self._rows.get(scenario_id)
        if row is None:
            raise NotFound(f"There is no what-if {scenario_id}.")
        return row

    def _told(self, row: Scenario) -> Told:
        return Told(
            id=row.id,
            name=row.name,
            suppositions=tuple(map(from_json, row.suppositions)),
            state=self._state(row),
            complaint=row.complaint,
            outcome=Outcome.from_json(row.outcome) if row.outcome else None,
            created_at=row.created_at,
            solved_at=row.solved_at,
        )

    def _state(self, row: Scenario) -> State:
        present = (
            work.wanted(self._session, REPLAN, str(self._account_id)),
            PlanRepository(self._session, self._account_id).version(),
        )
        progress = work.progress(self._session, SCENARIO, scenario_key(self._account_id, row.id))
        if progress is not None and progress.parked:
            return State.FAILED
        if row.solved_at is None:
            return State.WAITING
        if (row.revision, row.version) != present or self._has_begun(row):
            return State.OUTDATED
        return State.IMPOSSIBLE if row.complaint else State.SOLVED

    def _has_begun(self, row: Scenario) -> bool:
        """Tell whether something that it plans would have begun since."""
        if row.outcome is None or row.solved_at is None:
            return False
        starts = [slot.start for slot in Outcome.from_json(row.outcome).after.slots]
        return any(row.solved_at < start < self._now for start in starts)

    def _ask_again(self, scenario_id: int) -> bool:
        key = scenario_key(self._account_id, scenario_id)
        progress = work.progress(self._session, SCENARIO, key)
        if progress is not None and progress.want > progress.done:
            return False
        self._changes.think_through(scenario_id)
        return True

    def _around(self) -> Around:
        tasks = TaskRepository(self._session, self._account_id).unfinished()
        events = CalendarRepository(self._session, self._account_id).events_between(
            self._now, self._now + LONGEST_HORIZON
        )
        return Around(
            tasks=[Known(id=task.id, title=task.title) for task in tasks],
            events=[
                Invited(summary=event.summary, start=event.start, end=event.end, busy=event.busy)
                for event in events
                if not event.all_day
            ],
        )


_TOO_MANY = f"One what-if supposes at most {MOST_SUPPOSITIONS} things; make two of it."


def _checked_name(name: str) -> str:
    tidy = " ".join(name.split())
    if len(tidy) > LONGEST_NAME:
        raise Invalid(f"A name has at most {LONGEST_NAME} characters.", field="name")
    return tidy
