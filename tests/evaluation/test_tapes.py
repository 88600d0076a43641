"""A tape gives back what was heard, whole or streamed, to whoever asks the same."""

from pathlib import Path

import pytest

from dayloom.evaluation.models import at_endpoint, from_tape
from dayloom.evaluation.tapes import Label, Take, key_of, read_tape, write_tape
from dayloom.language.program.answers import ChatAnswer, PriorityAnswer
from dayloom.language.program.endpoint import Endpoint, OutputMode, Provider
from dayloom.language.program.execution import Answered
from dayloom.language.program.questions import (
    ChatQuestion,
    OpenTask,
    PriorityQuestion,
    Question,
    Words,
)
from tests.model_server import ModelServer
from tests.waiting import run

NOW = "Mon 2026-11-23 08:00"
RANK = PriorityQuestion(now=NOW, context=Words(text=""), tasks=[OpenTask(id=1, title="Run")])
TALK = ChatQuestion(now=NOW, context=Words(text=""), message=Words(text="Hello"))
SCORES = {"scores": [{"id": 1, "priority": 7, "reason": "Health."}]}
SAID = {"reply": "Hello, what is to be done?", "commands": []}


def endpoint(server: ModelServer, model: str = "large") -> Endpoint:
    return Endpoint(
        provider=Provider.OPENAI, base_url=server.url, model=model, mode=OutputMode.JSON_SCHEMA
    )


def label(**more: str) -> Label:
    told = {"name": "mine", "model": "any", "provenance": "test", "licence": "MIT"}
    return Label(**{**told, "mode": "json_schema", **more}, scenarios=("t001",))


async def heard(server: ModelServer, *questions: Question) -> list[Take]:
    """Ask a real server, and return what was heard."""
    performer, recorder = at_endpoint(endpoint(server))
    for question in questions:
        if isinstance(question, ChatQuestion):
            _ = [piece async for piece in performer.stream(question, endpoint(server))]
        else:
            await performer.run(question, PriorityAnswer, endpoint(server))
    await performer.close()
    return list(recorder.takes.values())


def test_what_was_heard_is_played_without_the_server(
    tmp_path: Path, model_server: ModelServer
) -> None:
    model_server.answer = lambda asked: SAID if asked.streamed else SCORES
    file = tmp_path / "mine.jsonl"

    async def record_and_play() -> None:
        write_tape(file, label(), await heard(model_server, RANK, TALK))
        asked = len(model_server.chats)
        tape = from_tape(file)
        nowhere = endpoint(model_server)
        ranked = await tape.run(RANK, PriorityAnswer, nowhere)
        *pieces, last = [piece async for piece in tape.stream(TALK, nowhere)]
        await tape.close()
        assert ranked.answer.model_dump() == SCORES
        assert "".join(map(str, pieces)) == SAID["reply"]
        assert isinstance(last, Answered)
        assert isinstance(last.answer, ChatAnswer)
        assert len(model_server.chats) == asked

    run(record_and_play())


def test_tokens_are_played_too(tmp_path: Path, model_server: ModelServer) -> None:
    model_server.says(SCORES)
    file = tmp_path / "mine.jsonl"

    async def record_and_play() -> None:
        write_tape(file, label(), await heard(model_server, RANK))
        tape = from_tape(file)
        ranked = await tape.run(RANK, PriorityAnswer, endpoint(model_server))
        await tape.close()
        assert (ranked.execution.tokens_in, ranked.execution.tokens_out) == (100, 20)

    run(record_and_play())


def test_keys_and_models_are_not_on_the_tape(tmp_path: Path, model_server: ModelServer) -> None:
    model_server.says(SCORES)
    file = tmp_path / "mine.jsonl"

    async def record() -> None:
        write_tape(file, label(), await heard(model_server, RANK))

    run(record())

    text = file.read_text(encoding="utf-8")
    assert "Run" not in text, "a tape holds answers, and of questions only the hash"
    assert read_tape(file).label.scenarios == ("t001",)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({"model": "other", "temperature": 1}, True),
        ({"messages": [{"role": "user", "content": "Bye"}]}, False),
        ({"response_format": {"type": "json_object"}}, False),
    ],
)
def test_a_question_is_the_same_whoever_is_asked(other: dict[str, object], *, same: bool) -> None:
    asked = {"model": "small", "messages": [{"role": "user", "content": "Hello"}]}

    assert (key_of(asked) == key_of({**asked, **other})) is same
