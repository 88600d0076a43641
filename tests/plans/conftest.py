"""A planner's desk: tasks in words, events, and the replan job run on the spot."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import pytest
from sqlalchemy.orm import Session

from dayloom.accounts.changes import DIAGNOSIS, REPLAN, REQUEST, Topic
from dayloom.bootstrap import Container, Services
from dayloom.calendars.models import Calendar, CalendarKind, Event
from dayloom.infra import claims, work
from dayloom.infra.work import Claim, Work
from dayloom.planning.budget import Budget
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.planning.solve import plan
from dayloom.planning.why_not.demand import Demand
from dayloom.planning.why_not.diagnosis import Diagnosis
from dayloom.plans.diagnosing import DiagnosisJob
from dayloom.plans.jobs import ReplanJob
from dayloom.plans.models import DiagnosisRow, Proposal, SlotRow
from dayloom.plans.service import PlanView
from dayloom.plans.solving import diagnose
from dayloom.tasks.models import Task
from tests.conftest import Desk
from tests.fakes import FakeClock

T = TypeVar("T")
WEEK = timedelta(days=7)


async def solve(problem: Problem) -> Plan:
    return plan(problem, Budget.quick())


class Planner(Desk):
    """What a person and the worker do, one after the other."""

    def __init__(self, container: Container, clock: FakeClock) -> None:
        super().__init__(container)
        self.clock = clock

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run(coroutine)

    def add(self, text: str) -> Task:
        return self.write(lambda s: s.capture.add_lines(text)).tasks[0]

    def replan(self, *, meanwhile: Callable[[], object] = lambda: None) -> None:
        """Plan as the worker would when time or a change asks for it; `meanwhile`, before it
        ends. Raises `Overtaken` if nothing came of it."""
        self.write(lambda s: s.changes.plan_again())
        self.work(REPLAN, meanwhile=meanwhile)

    def meet(self, start: datetime, end: datetime) -> None:
        """Have a meeting then, in a calendar of its own."""

        def unit(s: Services) -> None:
            calendar = Calendar(
                account_id=s.account_id, name="Office", kind=CalendarKind.FILE, created_at=s.now
            )
            s.session.add(calendar)
            s.session.flush()
            s.session.add(
                Event(
                    account_id=s.account_id,
                    calendar_id=calendar.id,
                    key="1",
                    uid="1",
                    start=start,
                    end=end,
                    summary="Review",
                    busy=True,
                )
            )
            s.changes.replan(Topic.CALENDARS)

        self.write(unit)

    def request(self) -> None:
        self.run(self.container.requests.ask())
        self.work(REQUEST)

    def work(self, kind: str, *, meanwhile: Callable[[], object] = lambda: None) -> bool:
        """Do the waiting work of one kind, and tell whether there was anything to store."""
        key = str(self.container.account_id)
        want = self.read(lambda s: work.wanted(s.session, kind, key))
        job = ReplanJob(self.container.db, self.clock, solve)
        finish = self.run(job(Claim(kind=kind, key=key, want=want)))
        meanwhile()
        if finish.unit is None:
            return False
        unit = finish.unit

        def store(session: Session) -> None:
            unit(session)
            session.get_one(Work, (kind, key)).done = want

        self.container.db.write_now(store)
        return True

    def diagnose(self, *, meanwhile: Callable[[], object] = lambda: None) -> list[DiagnosisRow]:
        """Have the plan that holds diagnosed, and return what is known then; `meanwhile` happens
        while a task is looked into."""

        async def look_into(demand: Demand) -> Diagnosis:
            found = diagnose(demand)
            await asyncio.to_thread(meanwhile)
            return found

        now, db = self.clock.now(), self.container.db
        take = partial(claims.take, owner="test:1", kinds=[DIAGNOSIS], now=now, lease=WEEK)
        if held := db.write_now(take):
            end = self.run(DiagnosisJob(db, self.clock, look_into)(held.claim))
            db.write_now(partial(claims.finish, held=held, end=end))
        return list(self.read(lambda s: s.diagnoses.all()))

    def look(self) -> PlanView:
        """Return the next two weeks as a page would, and note that they were seen."""
        now = self.clock.now()
        view = self.run(self.container.plans.view(now - WEEK, now + 2 * WEEK))
        self.run(self.container.plans.mark_seen(now - WEEK, now + 2 * WEEK))
        return view

    def slots(self, task: Task) -> list[SlotRow]:
        return [slot for slot in self.look().slots if slot.task_id == task.id]

    def start_of(self, task: Task) -> datetime:
        return self.slots(task)[0].start

    def pending(self) -> Proposal:
        pending = self.look().pending
        assert pending is not None
        return pending


@pytest.fixture
def planner(container: Container, clock: FakeClock) -> Planner:
    return Planner(container, clock)
