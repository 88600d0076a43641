"""Answers that are bent are read; what cannot be read is asked for once more, saying why."""

import json

import pytest

from dayloom.language.program.answers import (
    Answer,
    ContextAnswer,
    PriorityAnswer,
    TimeSlotAnswer,
)
from dayloom.language.program.execution import Failure
from dayloom.language.program.repair import LONGEST_MENDED, digestible, read_kindly
from dayloom.language.program.signatures import (
    ContextModule,
    PrioritizerModule,
    TimeSlotModule,
)
from tests.language.program.asking import GOOD, ask, fail
from tests.model_server import ModelServer

WRONG = {
    "I would rather not.": "It was not a JSON object.",
    '{"weather": "SECRET-REPLY"}': "`reading` was missing.",
    '{"reading": "SECRET-REPLY"}': "`reading` must be an object.",
    '{"reading": [1], "slot": "SECRET-REPLY"}': "`slot` must be a whole number or null.",
}
BENT = [
    json.dumps(GOOD),
    f"Sure! Here it is:\n```json\n{json.dumps(GOOD)}\n```\nGood luck!",
    json.dumps({**GOOD, "slot": "#2"}),
    json.dumps({**GOOD, "slot": " 2 ", "mood": "fine"}),
    json.dumps(GOOD).replace("}", ",}"),
    "[[ ## reading ## ]]\n"
    + json.dumps(GOOD["reading"])
    + "\n\n[[ ## slot ## ]]\n2\n\n[[ ## reasoning ## ]]\nIt is early.\n\n[[ ## completed ## ]]",
    "<think>Friday, hm.</think>\n" + json.dumps(GOOD),
]
HOSTILE = ["{" * 60_000, '{"' * 30_000, ('{"' * 12 + '}"' * 12) * 1_200, "[" * 60_000]


@pytest.mark.parametrize("reply", BENT)
def test_a_bent_answer_needs_no_second_request(model_server: ModelServer, reply: str) -> None:
    model_server.says(reply)
    given = ask(model_server)
    assert given.answer == TimeSlotAnswer.model_validate(GOOD)
    assert len(given.execution.attempts) == 1


@pytest.mark.parametrize("reply", WRONG)
def test_the_second_request_says_what_was_wrong_and_not_what_was_said(
    model_server: ModelServer, reply: str
) -> None:
    model_server.says(reply, GOOD)
    given = ask(model_server)
    assert given.answer.slot == 2
    first, second = model_server.chats
    assert "was refused" not in first.prompt
    assert WRONG[reply] in second.prompt
    assert "keys `reading`, `slot`, `reasoning`" in second.prompt
    assert "SECRET-REPLY" not in second.prompt
    assert second.body["temperature"] > first.body["temperature"] == 0


def test_there_is_one_repair_and_no_more(model_server: ModelServer) -> None:
    model_server.says("no")
    error, execution = fail(model_server)
    assert error.failure is Failure.UNREADABLE
    assert [attempt.status for attempt in execution.attempts] == [200, 200]
    assert execution.tokens_out == 40


@pytest.mark.parametrize("reply", HOSTILE, ids=["braces", "texts", "mixed", "brackets"])
def test_no_answer_keeps_the_worker_busy_for_minutes(
    model_server: ModelServer, reply: str
) -> None:
    model_server.says(reply)
    error, execution = fail(model_server)
    assert error.failure is Failure.UNREADABLE
    assert execution.duration_ms < 15_000


def test_long_answers_are_read_if_they_are_json() -> None:
    whole = json.dumps({"scores": [{"id": n, "reason": "r" * 40} for n in range(200)]})
    assert len(whole) > LONGEST_MENDED
    assert json.loads(digestible(f"Here:\n{whole}")) == json.loads(whole)
    given = read_kindly(whole, PriorityAnswer, PrioritizerModule)
    assert given is not None
    assert len(given.scores) == 200


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        ({"scores": {"id": 1, "priority": "7.5 of 10"}}, PriorityAnswer),
        ({"scores": ["none", {"id": "#1", "priority": "7,5"}]}, PriorityAnswer),
    ],
)
def test_one_thing_in_place_of_a_list_is_a_list(
    reply: dict[str, object], answer: type[PriorityAnswer]
) -> None:
    given = read_kindly(json.dumps(reply), answer, PrioritizerModule)
    assert given is not None
    assert [(score.id, score.priority) for score in given.scores] == [(1, 7.5)]


@pytest.mark.parametrize(
    ("answer", "signature"),
    [
        (TimeSlotAnswer, TimeSlotModule),
        (PriorityAnswer, PrioritizerModule),
        (ContextAnswer, ContextModule),
    ],
)
def test_an_object_of_something_else_is_no_answer(answer: type[Answer], signature: type) -> None:
    for reply in ("{}", '{"weather": 1}', "[]", "null", "7", ""):
        assert read_kindly(reply, answer, signature) is None
