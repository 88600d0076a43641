"""A planner's desk with a model beside it, whose jobs are run on the spot."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dayloom.accounts.changes import PRIORITIES, READING
from dayloom.bootstrap import Services
from dayloom.inferences.models import ExecutionRow, ModelSettings
from dayloom.infra import work
from dayloom.infra.work import Claim, Finish, Handler
from dayloom.language.program.endpoint import Provider
from dayloom.language.program.questions import TimeSlotQuestion
from dayloom.plans.forgetting import Forgotten
from dayloom.plans.prioritizing import PrioritiesJob
from dayloom.plans.reading import ReadingJob
from dayloom.tasks.models import Task
from tests.plans.conftest import Planner
from tests.plans.scripted import Scripted

BERLIN = ZoneInfo("Europe/Berlin")


def local(day: int, clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day} {clock}").replace(tzinfo=BERLIN)


def connect(s: Services) -> None:
    s.session.add(
        ModelSettings(
            account_id=s.account_id,
            provider=Provider.OPENAI,
            base_url="http://127.0.0.1/v1",
            model="scripted",
        )
    )


class Reader:
    """A planner's desk with a model beside it."""

    def __init__(self, planner: Planner) -> None:
        self.planner = planner
        self.model = Scripted(planner.container)
        self.reading = ReadingJob(planner.container.db, planner.clock, self.model)
        self.ranking = PrioritiesJob(planner.container.db, planner.clock, self.model)
        planner.write(connect)

    def add(self, text: str, **fields: Any) -> Task:
        task = self.planner.add(text)
        if fields:
            self.planner.write(lambda s: s.tasks.edit(task.id, fields))  # type: ignore[arg-type]
        return task

    def once(self) -> Finish:
        return self._do(READING, self.reading)

    def rank(self, **priorities: Any) -> Finish:
        """Let the model give these priorities, each to the task whose number follows a "t"."""
        scores = [
            {"id": name[1:], "priority": priority, "reason": f"Because of {name}."}
            for name, priority in priorities.items()
        ]
        self.model.says = lambda _: {"scores": scores}
        return self._do(PRIORITIES, self.ranking)

    def _do(self, kind: str, job: Handler) -> Finish:
        key = str(self.planner.container.account_id)
        finish = self.planner.run(_finish(job, Claim(kind=kind, key=key, want=1)))
        if finish.unit is not None:
            unit = finish.unit
            self.planner.container.db.write_now(lambda session: unit(session))
        return finish

    def read(self, task: Task, **said: Any) -> Task:
        """Let the model say this of a task, and return what has become of it."""
        self.model.says = lambda _: said
        self.once()
        return self.now(task)

    def now(self, task: Task) -> Task:
        return self.planner.read(lambda s: s.tasks.require(task.id))

    def question(self) -> TimeSlotQuestion:
        question = self.model.asked[-1]
        assert isinstance(question, TimeSlotQuestion)
        return question

    def newest_call(self) -> int:
        return self.planner.read(lambda s: max(row.id for row in s.session.query(ExecutionRow)))

    def forget(self, call: int | None = None) -> Forgotten:
        number = call or self.newest_call()
        return self.planner.write(lambda s: s.forgetting.forget(number))

    def facts(self) -> list[dict[str, Any]]:
        return self.planner.read(
            lambda s: [f for row in s.session.query(ExecutionRow).all() for f in row.facts]
        )

    def wanted(self, kind: str) -> int:
        key = str(self.planner.container.account_id)
        return self.planner.read(lambda s: work.wanted(s.session, kind, key))


async def _finish(job: Handler, claim: Claim) -> Finish:
    return await job(claim) or Finish()
