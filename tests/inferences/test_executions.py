"""Looking through the record of calls."""

from typing import Any

import pytest

from dayloom.accounts.models import Account
from dayloom.bootstrap import Services
from dayloom.inferences.chosen import Chosen
from dayloom.inferences.models import ExecutionRow
from dayloom.infra.errors import NotFound
from dayloom.language.program.execution import Failure, Module
from tests.inferences.conftest import Asker


def put(asker: Asker, **fields: Any) -> int:
    """Store a call; return its number."""
    given: dict[str, Any] = {
        "account_id": asker.account,
        "module": Module.TIME_SLOT,
        "model": "small",
        "base_url": "http://127.0.0.1/v1",
        "mode": "json_schema",
        "started_at": asker.clock.now(),
        "duration_ms": 100,
        "inputs": {"task": {"text": "Call Jonas"}},
        "outputs": {"slot": 1},
    }

    def store(s: Services) -> int:
        row = ExecutionRow(**{**given, **fields})
        s.session.add(row)
        s.session.flush()
        return row.id

    return asker.write(store)


def numbers(asker: Asker, **chosen: Any) -> list[int]:
    return [row.id for row in asker.read(lambda s: s.executions.page(Chosen(**chosen))).rows]


def test_the_newest_comes_first_and_pages_hang_together(asker: Asker) -> None:
    for _ in range(5):
        put(asker)
    first = asker.read(lambda s: s.executions.page(limit=2))
    put(asker)
    second = asker.read(lambda s: s.executions.page(before_id=first.next, limit=2))
    third = asker.read(lambda s: s.executions.page(before_id=second.next, limit=2))
    assert [[row.id for row in page.rows] for page in (first, second, third)] == [
        [5, 4],
        [3, 2],
        [1],
    ]
    assert third.next is None


def test_a_page_that_ends_with_the_last_call_has_no_next(asker: Asker) -> None:
    put(asker)
    put(asker)
    assert asker.read(lambda s: s.executions.page(limit=2)).next is None


def test_calls_are_found_by_what_they_are(asker: Asker) -> None:
    fine = put(asker)
    failed = put(asker, failure=Failure.DEADLINE, outputs=None)
    ranked = put(asker, module=Module.PRIORITIZER, model="large")
    assert numbers(asker, failed=True) == [failed]
    assert numbers(asker, failed=False) == [ranked, fine]
    assert numbers(asker, module=Module.PRIORITIZER) == [ranked]
    assert numbers(asker, model="small") == [failed, fine]
    assert numbers(asker, model="none") == []


def test_calls_about_a_task_are_found(asker: Asker) -> None:
    put(asker)
    task = asker.write(lambda s: s.capture.add_fields({"title": "Call Jonas"})).tasks[0].id
    about = put(asker, task_id=task)
    assert numbers(asker, task_id=task) == [about]


def test_totals_are_by_module_and_model(asker: Asker) -> None:
    for duration in range(10, 210, 10):
        put(asker, duration_ms=duration, tokens_in=10, tokens_out=1, cost=0.25)
    put(asker, duration_ms=9_000, failure=Failure.DEADLINE)
    put(asker, model="large")
    large, small = asker.read(lambda s: s.executions.totals())
    assert (large.model, large.calls, large.cost) == ("large", 1, None)
    assert (small.calls, small.failures) == (21, 1)
    assert (small.p50_ms, small.p95_ms) == (100, 190)
    assert (small.tokens_in, small.tokens_out, small.cost) == (200, 20, 5.0)


def test_without_answers_there_is_no_latency(asker: Asker) -> None:
    put(asker, failure=Failure.DEADLINE)
    [total] = asker.read(lambda s: s.executions.totals())
    assert (total.p50_ms, total.p95_ms) == (None, None)


def test_a_call_that_is_not_there_is_told(asker: Asker) -> None:
    with pytest.raises(NotFound):
        asker.read(lambda s: s.executions.require(1))


def test_calls_of_others_are_not_seen(asker: Asker) -> None:
    other = asker.write(_account)
    theirs = put(asker, account_id=other)
    assert numbers(asker) == []
    assert asker.read(lambda s: s.executions.totals()) == []
    with pytest.raises(NotFound):
        asker.read(lambda s: s.executions.require(theirs))


def _account(s: Services) -> int:
    account = Account(name="Other", created_at=s.now)
    s.session.add(account)
    s.session.flush()
    return account.id
