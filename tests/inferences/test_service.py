"""Asking within the budget, and a record of every call, without secrets."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from dayloom.inferences.service import Models
from dayloom.infra.db import Row
from dayloom.language.program.answers import TimeSlotAnswer
from dayloom.language.program.door import Door
from dayloom.language.program.execution import Failure, ModelUnavailable, Module
from tests.inferences.conftest import QUESTION, Asker
from tests.model_server import Fault, ModelServer, Says
from tests.waiting import until

KEY = "sk-secret-4711"
ANSWER = {"reading": {"due_text": "by Friday"}, "slot": 1, "reasoning": "It is free."}


@pytest.fixture
def server(model_server: ModelServer, asker: Asker) -> ModelServer:
    """Serve a model that is connected."""
    model_server.says(Says(fields=ANSWER, cost=0.4, tokens_in=300, tokens_out=50))
    asker.connect(model_server, key=KEY)
    return model_server


def refusal(asker: Asker) -> ModelUnavailable:
    with pytest.raises(ModelUnavailable) as caught:
        asker.ask()
    return caught.value


class TestRecords:
    def test_an_answer_is_recorded_with_all_about_it(
        self, asker: Asker, server: ModelServer
    ) -> None:
        given = asker.ask()
        [row] = asker.rows()
        assert (given.execution_id, given.answer.slot) == (row.id, 1)
        assert (row.module, row.model) == (Module.TIME_SLOT, "small")
        assert (row.failure, row.sentence) == (None, "")
        assert (row.tokens_in, row.tokens_out, row.cost) == (300, 50, 0.4)
        assert row.inputs["task"]["text"] == "Call Jonas by Friday"
        assert row.outputs is not None
        assert row.outputs["slot"] == 1
        assert [attempt["status"] for attempt in row.attempts] == [200]

    def test_a_failure_is_recorded_with_every_attempt(
        self, asker: Asker, server: ModelServer
    ) -> None:
        server.fault = Fault.SERVER_ERROR
        error = refusal(asker)
        [row] = asker.rows()
        assert (row.failure, row.sentence) == (Failure.SERVER_ERROR, str(error))
        assert row.outputs is None
        assert len(row.attempts) == len(server.chats) > 1
        assert {attempt["status"] for attempt in row.attempts} == {500}

    def test_a_call_that_is_broken_off_is_recorded(
        self, asker: Asker, server: ModelServer
    ) -> None:
        server.fault = Fault.HANG

        async def hang_up(door: Door) -> None:
            models = Models(asker.container.db, asker.clock, door, asker.container.endpoints)
            asking = asyncio.create_task(models.ask(asker.account, QUESTION, TimeSlotAnswer))
            await until(lambda: server.inflight, "the question is under way")
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking

        asker.through(hang_up)
        assert [row.failure for row in asker.rows()] == [Failure.CANCELLED]

    def test_no_key_is_in_any_record(self, asker: Asker, server: ModelServer) -> None:
        asker.ask()
        server.fault = Fault.UNAUTHORIZED
        refusal(asker)
        assert all(asked.key == KEY for asked in server.chats)
        for row in (*asker.rows(), asker.settings()):
            assert KEY not in as_text(row)

    def test_without_a_model_nothing_is_asked_or_recorded(self, asker: Asker) -> None:
        assert refusal(asker).failure is Failure.NOT_CONFIGURED
        assert asker.rows() == []

    def test_a_model_that_is_off_is_not_asked(self, asker: Asker, server: ModelServer) -> None:
        asker.change(enabled=False)
        assert refusal(asker).failure is Failure.NOT_CONFIGURED
        assert server.chats == []


class TestBudget:
    def test_what_is_spent_ends_the_day(self, asker: Asker, server: ModelServer) -> None:
        asker.change(daily_cap=0.7)
        asker.ask()
        asker.ask()
        error = refusal(asker)
        assert error.failure is Failure.OVER_BUDGET
        assert "$0.80 today" in str(error)
        assert len(server.chats) == 2

    def test_a_cap_of_zero_asks_nothing(self, asker: Asker, server: ModelServer) -> None:
        asker.change(monthly_cap=0)
        assert refusal(asker).failure is Failure.OVER_BUDGET
        assert server.chats == []

    def test_a_day_ends_at_midnight_where_the_person_is(
        self, asker: Asker, server: ModelServer
    ) -> None:
        asker.change(daily_cap=0.3)
        asker.clock.moment = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # 23:30 in Berlin
        asker.ask()
        refusal(asker)
        asker.clock.advance(timedelta(minutes=29))
        refusal(asker)
        asker.clock.advance(timedelta(minutes=2))
        asker.ask()

    def test_a_month_ends_on_the_first_where_the_person_is(
        self, asker: Asker, server: ModelServer
    ) -> None:
        asker.change(monthly_cap=0.3)
        asker.clock.moment = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
        asker.ask()
        asker.clock.moment = datetime(2026, 11, 30, 22, 59, tzinfo=UTC)
        refusal(asker)
        asker.clock.moment = datetime(2026, 11, 30, 23, 1, tzinfo=UTC)
        asker.ask()

    def test_refusals_fill_no_log(self, asker: Asker, server: ModelServer) -> None:
        asker.change(daily_cap=0)
        for _ in range(5):
            refusal(asker)
        asker.clock.advance(timedelta(minutes=2))
        refusal(asker)
        assert [row.failure for row in asker.rows()] == [Failure.OVER_BUDGET] * 2


def as_text(row: Row) -> str:
    columns = row.__table__.columns
    return json.dumps({one.name: getattr(row, one.key) for one in columns}, default=repr)
