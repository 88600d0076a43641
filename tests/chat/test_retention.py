"""What was asked, answered and said goes after a while, and nothing else does."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dayloom.bootstrap import Container, Services
from dayloom.chat.models import ChatMessage, Role
from dayloom.chat.retention import RETENTION, RetentionJob
from dayloom.inferences.models import ExecutionRow
from dayloom.infra.work import Claim
from dayloom.language.program.execution import Module
from tests.conftest import Desk
from tests.fakes import FakeClock

KEPT = timedelta(days=30)
DAY = timedelta(days=1)


class Keeper(Desk):
    """A desk where old things lie, and the job that clears it."""

    def __init__(self, container: Container, clock: FakeClock) -> None:
        super().__init__(container)
        self.clock = clock

    def call(self, age: timedelta, **fields: Any) -> int:
        row = ExecutionRow(
            account_id=self.container.account_id,
            module=Module.CHAT,
            model="small",
            base_url="http://localhost/v1",
            mode="plain",
            started_at=self.clock.now() - age,
            duration_ms=1,
            inputs={"task": "words"},
            outputs={"reply": "words"},
            cost=0.5,
            **fields,
        )
        return self._put(row)

    def message(self, age: timedelta, **fields: Any) -> int:
        row = ChatMessage(
            account_id=self.container.account_id,
            role=Role.PERSON,
            text="words",
            created_at=self.clock.now() - age,
            **fields,
        )
        return self._put(row)

    def clear(self) -> datetime | None:
        """Do the night's work; return when it comes again."""
        job = RetentionJob(self.container.db, self.clock, kept=KEPT)
        key = str(self.container.account_id)
        finish = asyncio.run(job(Claim(kind=RETENTION, key=key, want=1)))
        assert finish.unit is not None
        self.container.db.write_now(finish.unit)
        return finish.again_at

    def calls(self) -> list[ExecutionRow]:
        return self.read(lambda s: s.session.query(ExecutionRow).order_by(ExecutionRow.id).all())

    def messages(self) -> list[ChatMessage]:
        return self.read(lambda s: s.session.query(ChatMessage).order_by(ChatMessage.id).all())

    def _put(self, row: ExecutionRow | ChatMessage) -> int:
        def store(s: Services) -> int:
            s.session.add(row)
            s.session.flush()
            return row.id

        return self.write(store)


@pytest.fixture
def keeper(container: Container, clock: FakeClock) -> Keeper:
    return Keeper(container, clock)


def test_what_is_old_goes_and_what_is_new_stays(keeper: Keeper) -> None:
    keeper.call(KEPT + DAY)
    call = keeper.call(KEPT - DAY)
    keeper.message(KEPT + DAY)
    message = keeper.message(KEPT - DAY)
    keeper.clear()
    assert [row.id for row in keeper.calls()] == [call]
    assert [row.id for row in keeper.messages()] == [message]
    assert keeper.calls()[0].inputs == {"task": "words"}


def test_a_newer_answer_loses_its_old_question_only(keeper: Keeper) -> None:
    call = keeper.call(KEPT + DAY)
    question = keeper.message(KEPT + DAY)
    answer = keeper.message(KEPT - DAY, answers=question, execution_id=call)
    keeper.clear()
    [left] = keeper.messages()
    assert (left.id, left.answers, left.execution_id) == (answer, None, None)


def test_a_task_survives_the_call_about_it(keeper: Keeper) -> None:
    task = keeper.write(lambda s: s.capture.add_fields({"title": "Write"})).tasks[0].id
    keeper.call(KEPT + DAY, task_id=task)
    keeper.clear()
    assert keeper.calls() == []
    assert keeper.read(lambda s: s.tasks.require(task).title) == "Write"


def test_no_number_is_given_twice(keeper: Keeper) -> None:
    old = [keeper.call(KEPT + DAY) for _ in range(3)]
    keeper.clear()
    assert keeper.call(DAY) > max(old)


def test_costs_of_this_month_stay_for_the_budget_without_words(keeper: Keeper) -> None:
    keeper.clock.moment = datetime(2026, 10, 31, 20, 0, tzinfo=UTC)
    keeper.call(KEPT + timedelta(hours=1))
    keeper.clear()
    [row] = keeper.calls()
    assert (row.cost, row.inputs, row.outputs) == (0.5, {}, None)
    keeper.clock.moment = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
    keeper.clear()
    assert keeper.calls() == []


@pytest.mark.parametrize(
    ("now", "again"),
    [
        (datetime(2026, 11, 23, 1, 59, tzinfo=UTC), datetime(2026, 11, 23, 2, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 2, 0, tzinfo=UTC), datetime(2026, 11, 24, 2, 0, tzinfo=UTC)),
        (datetime(2026, 3, 28, 12, 0, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
    ],
)
def test_it_comes_again_at_three_where_the_person_is(
    keeper: Keeper, now: datetime, again: datetime
) -> None:
    keeper.clock.moment = now
    assert keeper.clear() == again


def test_a_worker_does_it_from_the_beginning(container: Container) -> None:
    duties = container.duties(_never, _never, _never)
    assert (RETENTION, str(container.account_id)) in duties.periodic
    assert RETENTION in duties.handlers


_never: Any = None
