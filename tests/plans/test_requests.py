"""Asking for a plan and waiting for the answer."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from dayloom.accounts.changes import REQUEST
from dayloom.infra.errors import NotFound
from dayloom.infra.work import Work
from dayloom.plans.requests import RequestState
from tests.conftest import MONDAY_MORNING
from tests.plans.conftest import Planner
from tests.waiting import PATIENCE, run

PATIENT = timedelta(seconds=PATIENCE)


def mark(planner: Planner, **values: object) -> None:
    def unit(session: Session) -> None:
        row = session.get_one(Work, (REQUEST, str(planner.container.account_id)))
        for name, value in values.items():
            setattr(row, name, value)

    planner.container.db.write_now(unit)


def test_a_request_waits_until_it_is_done(planner: Planner) -> None:
    requests = planner.container.requests
    assert run(requests.ask()) == 1
    assert run(requests.ask()) == 2
    mark(planner, done=1)
    assert run(requests.state(1)) is RequestState.ANSWERED
    assert run(requests.state(2)) is RequestState.WAITING


def test_a_request_that_was_given_up_has_failed(planner: Planner) -> None:
    requests = planner.container.requests
    run(requests.ask())
    mark(planner, parked_at=MONDAY_MORNING)
    assert run(requests.wait(1, longest=PATIENT)) is RequestState.FAILED


def test_waiting_ends_with_the_answer(planner: Planner) -> None:
    requests = planner.container.requests

    async def answered_meanwhile() -> RequestState:
        await requests.ask()
        waiting = asyncio.create_task(requests.wait(1, longest=PATIENT))
        await asyncio.to_thread(mark, planner, done=1)
        return await waiting

    assert run(answered_meanwhile()) is RequestState.ANSWERED


def test_waiting_ends_with_patience(planner: Planner) -> None:
    requests = planner.container.requests
    run(requests.ask())
    assert run(requests.wait(1, longest=timedelta(0))) is RequestState.WAITING


@pytest.mark.parametrize("number", [0, 2])
def test_a_request_that_never_was_is_not_found(planner: Planner, number: int) -> None:
    run(planner.container.requests.ask())
    with pytest.raises(NotFound):
        run(planner.container.requests.state(number))
