"""The composition root: the only module that decides which concrete thing is used where."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dayloom.accounts import models as _accounts
from dayloom.accounts.changes import (
    CALENDAR,
    CHAT,
    CONTEXT,
    DIAGNOSIS,
    MODEL_TEST,
    PRIORITIES,
    READING,
    RECURRENCE,
    REPLAN,
    REQUEST,
    SCENARIO,
    Changes,
)
from dayloom.accounts.local import ensure_local_account
from dayloom.calendars import models as _calendars
from dayloom.calendars.jobs import CalendarJob
from dayloom.calendars.reader import ReadFeed
from dayloom.calendars.repository import CalendarRepository
from dayloom.calendars.service import CalendarService
from dayloom.chat import models as _chat
from dayloom.chat.jobs import ChatJob
from dayloom.chat.retention import RETENTION, RetentionJob
from dayloom.chat.service import ChatService
from dayloom.inferences import models as _inferences
from dayloom.inferences.asking import Door
from dayloom.inferences.endpoints import Endpoints
from dayloom.inferences.executions import ExecutionService
from dayloom.inferences.jobs import ModelTestJob
from dayloom.inferences.presence import has_model
from dayloom.inferences.repository import InferenceRepository
from dayloom.inferences.service import Models
from dayloom.inferences.settings import ModelService
from dayloom.infra import idempotency as _idempotency
from dayloom.infra.clock import Clock, SystemClock
from dayloom.infra.db import Database
from dayloom.infra.migrate import upgrade
from dayloom.infra.runner import Duties
from dayloom.infra.settings import Settings
from dayloom.infra.work import Handler
from dayloom.insights.service import InsightsService
from dayloom.journal import models as _journal
from dayloom.journal.models import Origin
from dayloom.journal.recording import recorded
from dayloom.plans import models as _plans
from dayloom.plans.capture import CaptureService
from dayloom.plans.context import ContextJob
from dayloom.plans.diagnoses import DiagnosisRepository
from dayloom.plans.diagnosing import Diagnoser, DiagnosisJob
from dayloom.plans.forgetting import ForgetService
from dayloom.plans.jobs import ReplanJob, Solver
from dayloom.plans.lookup import PlanLookup
from dayloom.plans.pinning import PinService
from dayloom.plans.pricing import PriceService
from dayloom.plans.prioritizing import PrioritiesJob
from dayloom.plans.reading import ReadingJob
from dayloom.plans.repairing import RepairService
from dayloom.plans.requests import PlanRequests
from dayloom.plans.routines import rules_of
from dayloom.plans.rulebook import Listed, list_rules
from dayloom.plans.service import PlanService
from dayloom.plans.sweep import SWEEP, SweepJob
from dayloom.preferences import models as _preferences
from dayloom.preferences import views as _views
from dayloom.preferences.fields import PreferenceFields
from dayloom.preferences.models import Preferences
from dayloom.preferences.repository import PreferencesRepository
from dayloom.preferences.rules import RulesService
from dayloom.preferences.service import PreferencesService
from dayloom.preferences.views import ViewService
from dayloom.scenarios import models as _scenarios
from dayloom.scenarios.answers import ScenarioAnswers
from dayloom.scenarios.jobs import ScenarioJob
from dayloom.scenarios.keeping import KeepService
from dayloom.scenarios.service import ScenarioService
from dayloom.tasks import models as _tasks
from dayloom.tasks.jobs import RecurrenceJob
from dayloom.tasks.postponing import PostponeService
from dayloom.tasks.recurrence import SeriesService
from dayloom.tasks.repository import TaskRepository
from dayloom.tasks.service import TaskService
from dayloom.tasks.tracking import TrackingService
from dayloom.undo.service import UndoService

TABLES = (
    _accounts,
    _journal,
    _preferences,
    _views,
    _tasks,
    _calendars,
    _plans,
    _scenarios,
    _inferences,
    _chat,
    _idempotency,
)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Services:
    """The services of one account inside one transaction, at one moment."""

    session: Session
    account_id: int
    now: datetime

    @property
    def changes(self) -> Changes:
        return Changes(self.session, self.account_id, self.now)

    @property
    def tasks(self) -> TaskService:
        known = partial(has_model, self.session, self.account_id)
        return TaskService(self._task_rows, self.changes, now=self.now, has_model=known)

    @property
    def tracking(self) -> TrackingService:
        return TrackingService(self._task_rows, self.changes, now=self.now)

    @property
    def postponing(self) -> PostponeService:
        known = self.preferences.require()
        return PostponeService(self.tasks, self.tracking, known, now=self.now)

    @property
    def series(self) -> SeriesService:
        zone = ZoneInfo(self.preferences.require().time_zone)
        return SeriesService(self._task_rows, self.changes, now=self.now, zone=zone)

    @property
    def preferences(self) -> PreferencesService:
        return PreferencesService(
            PreferencesRepository(self.session, self.account_id), self.changes
        )

    @property
    def views(self) -> ViewService:
        return ViewService(self.session, self.account_id, self.changes, now=self.now)

    def change_preferences(self, fields: PreferenceFields) -> Preferences:
        """Change preferences; in another zone, days begin at other times: those of recurring
        tasks, and of all-day and floating events."""
        before = ZoneInfo(self.preferences.require().time_zone)
        changed = self.preferences.change(fields)
        if "context" in fields:
            self.rules.read_again()
        if changed.time_zone != before.key:
            self.series.move_from(before)
            self.calendars.refresh_all()
        return changed

    @property
    def rules(self) -> RulesService:
        return rules_of(self.session, self.account_id, self.now)

    @property
    def rulebook(self) -> tuple[Listed, ...]:
        """Return the rules in words, with what each does now."""
        return list_rules(self.session, self.account_id, self.now)

    @property
    def calendars(self) -> CalendarService:
        rows = CalendarRepository(self.session, self.account_id)
        return CalendarService(rows, self.changes, now=self.now)

    @property
    def capture(self) -> CaptureService:
        return CaptureService(self.session, self.account_id, now=self.now)

    @property
    def scenarios(self) -> ScenarioService:
        return ScenarioService(self.session, self.account_id, now=self.now)

    @property
    def keeping(self) -> KeepService:
        return KeepService(self.session, self.account_id, now=self.now)

    @property
    def chat(self) -> ChatService:
        return ChatService(self.session, self.account_id, now=self.now)

    @property
    def model(self) -> ModelService:
        return ModelService(InferenceRepository(self.session, self.account_id), self.changes)

    @property
    def executions(self) -> ExecutionService:
        return ExecutionService(InferenceRepository(self.session, self.account_id))

    @property
    def has_model(self) -> bool:
        """Tell whether a model reads and ranks the account's tasks."""
        return has_model(self.session, self.account_id)

    @property
    def forgetting(self) -> ForgetService:
        return ForgetService(self.session, self.account_id, now=self.now)

    @property
    def placements(self) -> PlanLookup:
        return PlanLookup(self.session, self.account_id)

    @property
    def insights(self) -> InsightsService:
        preferences = self.preferences.require()
        return InsightsService(
            self.session, self.account_id, now=self.now, preferences=preferences
        )

    @property
    def diagnoses(self) -> DiagnosisRepository:
        return DiagnosisRepository(self.session, self.account_id)

    @property
    def _task_rows(self) -> TaskRepository:
        return TaskRepository(self.session, self.account_id)


@dataclass(frozen=True, slots=True)
class Changed(Generic[T]):
    """What a unit of work returned, and the entry by which it can be undone, if it has one."""

    result: T
    entry: int | None


@dataclass(frozen=True, slots=True)
class Container:
    """What a process holds: made once, passed to every interface."""

    settings: Settings
    db: Database
    clock: Clock
    endpoints: Endpoints
    account_id: int
    origin: Origin = Origin.API

    def used_by(self, origin: Origin) -> "Container":
        """Return the same for another kind of interface: the journal tells them apart."""
        return replace(self, origin=origin)

    async def write(self, unit: Callable[[Services], T]) -> T:
        """Run `unit` in one transaction, committed before this returns."""
        return (await self.change(unit)).result

    async def change(self, unit: Callable[[Services], T]) -> Changed[T]:
        """Run `unit` as `write`; return with its result by which entry it can be undone."""
        now = self.clock.now()

        def noted(session: Session) -> Changed[T]:
            with recorded(session, self.account_id, now=now, origin=self.origin) as recording:
                result = unit(Services(session, self.account_id, now))
            entry = recording.entry
            return Changed(result, entry.id if entry else None)

        return await self.db.write(noted)

    async def read(self, unit: Callable[[Services], T]) -> T:
        """Run `unit` on a consistent picture that it cannot change."""
        now = self.clock.now()
        return await self.db.read(lambda s: unit(Services(s, self.account_id, now)))

    def models(self, door: Door) -> Models:
        """Return what asks the models of all accounts, through a door that a worker opens."""
        return Models(self.db, self.clock, door, self.endpoints)

    def duties(
        self, solve: Solver, read: ReadFeed, door: Door, *, diagnose: Diagnoser | None = None
    ) -> Duties:
        """Return who does which kind of background work.

        `solve` makes plans and `read` reads feeds, each in a process of its own; behind `door`
        are the language models. Without `diagnose` nobody finds out why tasks are out.
        """
        replan, models = ReplanJob(self.db, self.clock, solve), self.models(door)
        handlers: dict[str, Handler] = {
            REPLAN: replan,
            REQUEST: replan,
            RECURRENCE: RecurrenceJob(self.db, self.clock),
            SWEEP: SweepJob(self.db, self.clock),
            CALENDAR: CalendarJob(
                self.db, self.clock, read, allow=self.settings.allow_private_hosts
            ),
            READING: ReadingJob(self.db, self.clock, models),
            PRIORITIES: PrioritiesJob(self.db, self.clock, models),
            CONTEXT: ContextJob(self.db, self.clock, models),
            CHAT: ChatJob(self.db, self.clock, models),
            RETENTION: RetentionJob(
                self.db,
                self.clock,
                kept=timedelta(days=self.settings.audit_retention_days),
            ),
            MODEL_TEST: ModelTestJob(self.db, self.clock, door, self.endpoints),
            SCENARIO: ScenarioJob(self.db, self.clock, solve),
        }
        if diagnose is not None:
            handlers[DIAGNOSIS] = DiagnosisJob(self.db, self.clock, diagnose)
        mine = str(self.account_id)
        return Duties(
            handlers=handlers,
            periodic=((SWEEP, "all"), (RECURRENCE, mine), (RETENTION, mine)),
            waiting=(
                CALENDAR,
                READING,
                PRIORITIES,
                CONTEXT,
                CHAT,
                MODEL_TEST,
                DIAGNOSIS,
                SCENARIO,
            ),
        )

    @property
    def plans(self) -> PlanService:
        return PlanService(self.db, self.account_id, self.clock, origin=self.origin)

    @property
    def requests(self) -> PlanRequests:
        return PlanRequests(self.db, self.account_id, self.clock)

    @property
    def repairs(self) -> RepairService:
        return RepairService(self.plans, self.db, self.account_id, self.clock)

    @property
    def pins(self) -> PinService:
        return PinService(self.plans, self.account_id, self.clock)

    @property
    def undo(self) -> UndoService:
        return UndoService(self.db, self.account_id, self.clock, self.plans, origin=self.origin)

    @property
    def scenario_answers(self) -> ScenarioAnswers:
        return ScenarioAnswers(self.db, self.account_id, self.clock)

    @property
    def prices(self) -> PriceService:
        return PriceService(self.db, self.account_id, self.clock)


def bootstrap(settings: Settings, *, clock: Clock | None = None) -> Container:
    """Open the database, bring it up to date, and make the machine's own account ready."""
    clock = clock or SystemClock()
    upgrade(settings.database_url, backups=settings.data_dir / "backups")
    db = Database(settings.database_url)
    endpoints = Endpoints(settings)
    now = clock.now()

    def set_up(session: Session) -> int:
        account_id = ensure_local_account(session, now=now)
        services = Services(session, account_id, now)
        services.preferences.set_up(time_zone=settings.time_zone)
        endpoints.follow_environment(InferenceRepository(session, account_id))
        return account_id

    return Container(
        settings=settings,
        db=db,
        clock=clock,
        endpoints=endpoints,
        account_id=db.write_now(set_up),
    )
