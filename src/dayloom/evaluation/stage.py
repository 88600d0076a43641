"""A world for one scenario: a fresh database, a clock that stands still, the product inside."""

import asyncio
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from sqlalchemy import select

from dayloom.accounts.changes import CALENDAR, CONTEXT
from dayloom.bootstrap import Container, Services, bootstrap
from dayloom.calendars.reading.feed import read_feed
from dayloom.calendars.reading.values import Feed, Window
from dayloom.evaluation.scenarios import Scenario
from dayloom.inferences.asking import Door
from dayloom.inferences.models import ExecutionRow, ModelSettings
from dayloom.infra import claims
from dayloom.infra.settings import Settings
from dayloom.infra.work import Finish
from dayloom.planning.budget import Budget
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.planning.solve import plan as solve

PATIENCE = timedelta(minutes=1)  # longer than any debounce
MOST_ROUNDS = 20
BUDGET = Budget.quick()  # how good plans are is measured elsewhere
T = TypeVar("T")


@dataclass(frozen=True)
class StillClock:
    """A clock that stands."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment.astimezone(UTC)


class Stage:
    """The product, with one account that is in the situation of a scenario.

    `solved` are the problems that were planned here, each with its plan.
    """

    def __init__(self, container: Container, scenario: Scenario, door: Door) -> None:
        self.container = container
        self.scenario = scenario
        self.solved: list[tuple[Problem, Plan]] = []
        self._handlers = container.duties(self._solve, _read, door).handlers

    def connect(self, settings: ModelSettings) -> None:
        """Give the account a model."""
        self.container.db.write_now(lambda session: session.add(settings))

    @property
    def account_id(self) -> int:
        return self.container.account_id

    def write(self, unit: Callable[[Services], T]) -> T:
        container = self.container
        now = container.clock.now()
        return container.db.write_now(lambda s: unit(Services(s, container.account_id, now)))

    def read(self, unit: Callable[[Services], T]) -> T:
        container = self.container
        now = container.clock.now()
        return container.db.read_now(lambda s: unit(Services(s, container.account_id, now)))

    async def settle(self, *kinds: str) -> None:
        """Do the work of these kinds as a worker would, until there is none."""
        known = [kind for kind in kinds if kind in self._handlers]
        for number in range(MOST_ROUNDS):
            take = partial(
                claims.take,
                owner=f"stage:{number}",
                kinds=known,
                now=self.container.clock.now() + PATIENCE,
                lease=PATIENCE,
            )
            held = self.container.db.write_now(take)
            if held is None:
                return
            end = await self._handlers[held.claim.kind](held.claim)
            done = Finish(unit=end.unit if end else None)  # "later" is never here
            self.container.db.write_now(partial(claims.finish, held=held, end=done))

    def executions(self) -> Sequence[ExecutionRow]:
        """Return the calls of models, in order."""
        rows = select(ExecutionRow).order_by(ExecutionRow.id)
        return self.container.db.read_now(lambda s: s.scalars(rows).all())

    async def _solve(self, problem: Problem) -> Plan:
        plan = await asyncio.to_thread(solve, problem, BUDGET)
        self.solved.append((problem, plan))
        return plan


class Stages:
    """Sets stages up, each from a copy of one empty database."""

    def __init__(self, folder: Path) -> None:
        self._empty = folder / "dayloom.db"
        bootstrap(_settings(folder, "UTC")).db.close()

    @contextmanager
    def set_up(self, scenario: Scenario, door: Door) -> Iterator[Stage]:
        """Yield a stage where nothing has been said yet."""
        with TemporaryDirectory(prefix="dayloom-stage-") as name:
            folder = Path(name)
            shutil.copy(self._empty, folder)
            settings = _settings(folder, scenario.zone.key)
            container = bootstrap(settings, clock=StillClock(scenario.now))
            try:
                yield Stage(container, scenario, door)
            finally:
                container.db.close()


def _settings(folder: Path, zone: str) -> Settings:
    return Settings(data_dir=folder, database_url=f"sqlite:///{folder}/dayloom.db", time_zone=zone)


async def prepare(stage: Stage) -> None:
    """Bring about what is there before anything is said."""
    given = stage.scenario.given
    stage.write(partial(_fill, given=given, zone=stage.scenario.zone.key))
    await stage.settle(CALENDAR, CONTEXT)


def _fill(services: Services, *, given: Mapping[str, Any], zone: str) -> None:
    services.change_preferences({"time_zone": zone, "context": given.get("context", "")})
    for task in given.get("open_tasks", ()):
        duration = timedelta(minutes=task["minutes"])
        services.capture.add_fields({"title": task["title"], "duration": duration})
    if "started" in given:
        services.tracking.start(given["started"])
    if given.get("calendar"):
        services.calendars.add_file("Calendar", _as_feed(given["calendar"], zone))


def _as_feed(events: Sequence[Mapping[str, str]], zone: str) -> bytes:
    """Return events as a calendar file."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dayloom//evaluation//EN"]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}", f"SUMMARY:{event['title']}"]
        for name, moment in (("DTSTART", event["start"]), ("DTEND", event["end"])):
            compact = datetime.fromisoformat(moment).strftime("%Y%m%dT%H%M%S")
            lines.append(f"{name};TZID={zone}:{compact}")
        lines.append("END:VEVENT")
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


async def _read(data: bytes, window: Window) -> Feed:
    return read_feed(data, window)
