"""Whatever a server does, a call ends with an answer or with one sentence and its failure."""

import json
import re
from datetime import timedelta

import pytest

from dayloom.language.program.execution import Failure
from tests.language.program.asking import GOOD, KEY, ask, fail, recorded
from tests.model_server import Fault, ModelServer, Says

WHOLE, THRICE = 1, 3
FAILURES = [
    (Fault.RATE_LIMITED, Failure.RATE_LIMITED, "no more questions", 429, THRICE),
    (Fault.SERVER_ERROR, Failure.SERVER_ERROR, r"failed \(500\)", 500, THRICE),
    (Fault.ERROR_IN_200, Failure.SERVER_ERROR, "failed", 200, THRICE),
    (Fault.CUT, Failure.UNREACHABLE, "broke off in the middle", 200, THRICE),
    (Fault.GARBAGE, Failure.UNREADABLE, "not the OpenAI protocol", 200, WHOLE),
    (Fault.HUGE, Failure.UNREADABLE, "larger than 4 MiB", 200, WHOLE),
    (Fault.TRUNCATED, Failure.TRUNCATED, "longer than the 2000 tokens", 200, WHOLE),
    (Fault.UNAUTHORIZED, Failure.REFUSED, r"refused the key \(401\)", 401, WHOLE),
    (Fault.BILLING, Failure.BILLING, "no credit left", 402, WHOLE),
    (Fault.NO_MODEL, Failure.REFUSED, "has no model small", 404, WHOLE),
    (Fault.WRONG_SCHEMA, Failure.UNREADABLE, "form that was asked for", 200, 2),
    (Fault.NO_CHOICES, Failure.UNREADABLE, "form that was asked for", 200, 2),
]


@pytest.mark.parametrize(("fault", "failure", "words", "status", "requests"), FAILURES)
def test_each_fault_has_its_failure_its_sentence_and_its_requests(
    model_server: ModelServer,
    fault: Fault,
    failure: Failure,
    words: str,
    status: int,
    requests: int,
) -> None:
    model_server.fault = fault
    error, execution = fail(model_server)
    assert error.failure is failure
    assert re.search(words, str(error))
    assert [attempt.status for attempt in execution.attempts] == [status] * requests
    assert len(model_server.chats) == requests


def test_what_passes_is_told_from_what_does_not(model_server: ModelServer) -> None:
    passing = {}
    for fault, failure, *_ in FAILURES:
        model_server.fault = fault
        passing[failure] = fail(model_server)[0].passing
    assert passing == {
        Failure.RATE_LIMITED: True,
        Failure.SERVER_ERROR: True,
        Failure.UNREACHABLE: True,
        Failure.UNREADABLE: False,
        Failure.TRUNCATED: False,
        Failure.REFUSED: False,
        Failure.BILLING: False,
    }


def test_a_failure_that_passes_costs_one_more_request(model_server: ModelServer) -> None:
    model_server.says(Fault.SERVER_ERROR, GOOD)
    given = ask(model_server)
    assert given.answer.slot == 2
    assert [attempt.status for attempt in given.execution.attempts] == [500, 200]


@pytest.mark.parametrize("fault", [Fault.HANG, Fault.DRIP])
def test_the_deadline_holds_for_silence_and_for_bytes_without_end(
    model_server: ModelServer, fault: Fault
) -> None:
    model_server.fault = fault
    error, execution = fail(model_server, timeout=timedelta(seconds=0.5))
    assert error.failure is Failure.DEADLINE
    assert "within 0.5 seconds" in str(error)
    assert len(execution.attempts) == 1
    assert execution.duration_ms < 15_000


def test_a_server_that_wants_an_hour_of_patience_gets_none(model_server: ModelServer) -> None:
    model_server.fault = Fault.RATE_LIMITED_AN_HOUR
    error, execution = fail(model_server)
    assert error.failure is Failure.RATE_LIMITED
    assert len(execution.attempts) == 1
    assert execution.duration_ms < 15_000


def test_a_truncated_answer_is_no_answer_but_is_paid_for(model_server: ModelServer) -> None:
    says = Says(text=json.dumps(GOOD)[:40], finish="length", tokens_out=2000, cost=0.5)
    model_server.says(says)
    error, execution = fail(model_server)
    assert error.failure is Failure.TRUNCATED
    assert (execution.tokens_out, execution.cost) == (2000, 0.5)


def test_nobody_listens(model_server: ModelServer) -> None:
    error, execution = fail(model_server, base_url="http://127.0.0.1:1/v1")
    assert error.failure is Failure.UNREACHABLE
    assert "refuses the connection" in str(error)
    assert [attempt.status for attempt in execution.attempts] == [None] * THRICE


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/v1", "http://169.254.169.254/v1", "http://192.168.1.1:11434/v1"]
)
def test_a_private_address_is_not_even_connected_to(model_server: ModelServer, url: str) -> None:
    error, _ = fail(model_server, base_url=url)
    assert error.failure is Failure.REFUSED
    assert "DAYLOOM_ALLOW_PRIVATE_HOSTS" in str(error)


@pytest.mark.parametrize("url", ["", "host/v1", "ftp://host/v1", "http://", "http://[::1"])
def test_what_is_no_address_is_a_sentence(model_server: ModelServer, url: str) -> None:
    error, execution = fail(model_server, base_url=url)
    assert error.failure is Failure.REFUSED
    assert "web address" in str(error)
    assert execution.attempts == ()


@pytest.mark.parametrize("key", ["kéy-with-an-accent", "key\nwith: a-header"])
def test_a_key_that_no_header_holds_is_a_sentence(model_server: ModelServer, key: str) -> None:
    error, _ = fail(model_server, api_key=key)
    assert error.failure is Failure.REFUSED
    assert "cannot be sent" in str(error)
    assert model_server.chats == []


def test_no_server_can_make_us_repeat_the_key(model_server: ModelServer) -> None:
    model_server.answer = lambda asked: {**GOOD, "reasoning": f"your key is {asked.key}"}
    given = ask(model_server)
    assert KEY not in repr(given.execution)
    assert given.execution.outputs is not None
    assert given.execution.outputs["reasoning"] == "your key is …"


@pytest.mark.parametrize("fault", list(Fault))
def test_the_key_is_in_no_record(model_server: ModelServer, fault: Fault) -> None:
    model_server.fault = fault
    execution = recorded(model_server, timeout=timedelta(seconds=0.3))
    assert execution.attempts
    assert KEY not in repr(execution)
