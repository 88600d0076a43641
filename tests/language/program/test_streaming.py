"""A reply that is read while it comes: whole, cut, malformed, and left."""

import asyncio
import re
from contextlib import aclosing
from datetime import timedelta

import pytest

from dayloom.language.program.answers import ChatAnswer, Command
from dayloom.language.program.door import Door
from dayloom.language.program.endpoint import Endpoint
from dayloom.language.program.execution import Failure, ModelUnavailable
from tests.language.program.asking import chat_question, endpoint, listen, opened
from tests.model_server import Fault, Gate, ModelServer, Says
from tests.waiting import run, until

WORDS = "I will look after it, and tell you when it is done."
START = {"op": "start", "task_id": 7}
OPEN, CLOSE = "[[ ## reply ## ]]\n", "\n\n[[ ## completed ## ]]"


async def fail(door: Door, where: Endpoint) -> tuple[list[str], ModelUnavailable]:
    pieces: list[str] = []

    async def listen() -> None:
        async for value in door.stream(chat_question(), where):
            pieces.append(str(value))  # noqa: PERF401 — kept when it breaks

    with pytest.raises(ModelUnavailable) as caught:
        await listen()
    return pieces, caught.value


def test_the_pieces_are_the_reply_and_the_answer_has_the_commands(
    model_server: ModelServer,
) -> None:
    model_server.says({"reply": WORDS, "commands": [START]})

    async def main() -> None:
        async with opened() as door:
            pieces, given = await listen(door, endpoint(model_server))
            assert len(pieces) > 3
            assert "".join(pieces) == WORDS
            assert given.answer.reply == WORDS
            assert given.answer.commands == [Command(op="start", task_id=7)]
            (attempt,) = given.execution.attempts
            assert (attempt.streamed, attempt.tokens_in, attempt.tokens_out) == (True, 100, 20)
            assert given.execution.outputs == given.answer.model_dump(mode="json")

    run(main())


def test_the_first_words_come_before_the_last_are_written(model_server: ModelServer) -> None:
    gate = Gate()
    model_server.says(Says(text=f"{OPEN}{WORDS * 3}{CLOSE}", gate=gate))

    async def main() -> None:
        async with (
            opened() as door,
            aclosing(door.stream(chat_question(), endpoint(model_server))) as coming,
        ):
            first = asyncio.ensure_future(anext(coming))
            await asyncio.to_thread(gate.let, 25)
            assert WORDS.startswith(str(await first))
            gate.let_all()
            async for _ in coming:
                pass

    run(main())


@pytest.mark.parametrize(
    "tail",
    [
        "",
        CLOSE,
        '\n\n[[ ## commands ## ]]\n[{"op": "start", "task_id"',
        "\n\n[[ ## commands ## ]]\nstart number seven" + CLOSE,
        '\n\n[[ ## commands ## ]]\n["start", 7]' + CLOSE,
        "\n\n[[ ## commands ## ]]\n" + "{" * 5_000,
        "\n\n[[ ## commands ## ]]\n" + '{"' * 9_000,
    ],
)
def test_a_malformed_tail_costs_the_commands_and_never_the_reply(
    model_server: ModelServer, tail: str
) -> None:
    model_server.says(f"{OPEN}{WORDS}{tail}")

    async def main() -> None:
        async with opened() as door:
            pieces, given = await listen(door, endpoint(model_server))
            assert "".join(pieces).strip() == WORDS
            assert given.answer == ChatAnswer(reply=WORDS, commands=[])

    run(main())


@pytest.mark.parametrize(
    "said", [WORDS, f'{{"reply": "{WORDS}"}}', f'Here:\n```json\n{{"reply": "{WORDS}"}}\n```']
)
def test_a_model_that_knows_no_marks_is_heard_all_the_same(
    model_server: ModelServer, said: str
) -> None:
    model_server.says(said)

    async def main() -> None:
        async with opened() as door:
            pieces, given = await listen(door, endpoint(model_server))
            assert ("".join(pieces), given.answer.reply) == (WORDS, WORDS)

    run(main())


@pytest.mark.parametrize("said", ["", "   ", "[[ ## commands ## ]]\n[]"])
def test_an_answer_without_words_is_none(model_server: ModelServer, said: str) -> None:
    model_server.says(said)

    async def main() -> None:
        async with opened() as door:
            pieces, error = await fail(door, endpoint(model_server))
            assert (pieces, error.failure, error.said) == ([], Failure.UNREADABLE, "")

    run(main())


@pytest.mark.parametrize("cut_after", [6, 7, 9, 12, 14])
def test_what_was_said_before_it_broke_off_is_kept(
    model_server: ModelServer, cut_after: int
) -> None:
    text = f"{OPEN}{WORDS}{CLOSE}"
    sent = "".join(re.findall(r"\s*\S+|\s+\Z", text)[:cut_after]).removeprefix(OPEN)
    model_server.says(Says(text=text, cut_after=cut_after))

    async def main() -> None:
        async with opened() as door:
            pieces, error = await fail(door, endpoint(model_server))
            assert error.failure is Failure.UNREACHABLE
            assert error.said == sent
            assert sent.startswith("".join(pieces))
            assert error.execution is not None
            assert len(error.execution.attempts) == 1  # half an answer is not asked for again

    run(main())


def test_a_reply_cut_off_by_its_limit_is_told_with_what_it_said(
    model_server: ModelServer,
) -> None:
    model_server.says(Says(text=f"{OPEN}{WORDS}", finish="length"))

    async def main() -> None:
        async with opened() as door:
            _, error = await fail(door, endpoint(model_server))
            assert (error.failure, error.said) == (Failure.TRUNCATED, WORDS)

    run(main())


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        (Fault.RATE_LIMITED_AN_HOUR, Failure.RATE_LIMITED),
        (Fault.SERVER_ERROR, Failure.SERVER_ERROR),
        (Fault.HANG, Failure.DEADLINE),
        (Fault.DRIP, Failure.DEADLINE),
        (Fault.CUT, Failure.UNREACHABLE),
        (Fault.GARBAGE, Failure.UNREADABLE),
        (Fault.WRONG_SCHEMA, Failure.UNREADABLE),
        (Fault.HUGE, Failure.UNREADABLE),
        (Fault.TRUNCATED, Failure.TRUNCATED),
        (Fault.UNAUTHORIZED, Failure.REFUSED),
        (Fault.BILLING, Failure.BILLING),
        (Fault.NO_CHOICES, Failure.UNREADABLE),
    ],
)
def test_each_fault_ends_a_stream(
    model_server: ModelServer, fault: Fault, failure: Failure
) -> None:
    model_server.fault = fault

    async def main() -> None:
        async with opened() as door:
            where = endpoint(model_server, timeout=timedelta(seconds=1))
            assert (await fail(door, where))[1].failure is failure

    run(main())


def test_what_has_not_begun_is_tried_again(model_server: ModelServer) -> None:
    model_server.says(Fault.SERVER_ERROR, {"reply": WORDS})

    async def main() -> None:
        async with opened() as door:
            _, given = await listen(door, endpoint(model_server))
            assert [attempt.status for attempt in given.execution.attempts] == [500, 200]

    run(main())


def test_who_stops_listening_closes_the_connection_and_it_is_recorded(
    model_server: ModelServer,
) -> None:
    gate = Gate()
    model_server.says(Says(text=f"{OPEN}{WORDS * 9}{CLOSE}", gate=gate))

    async def main() -> None:
        async with opened() as door:
            coming = door.stream(chat_question(), endpoint(model_server))
            first = asyncio.ensure_future(anext(coming))
            await asyncio.to_thread(gate.let, 25)
            said = str(await first)
            with pytest.raises(ModelUnavailable) as caught:
                await coming.aclose()
            assert caught.value.failure is Failure.CANCELLED
            assert caught.value.said.startswith(said)
            await until(lambda: gate.left, "the connection is closed")

    run(main())


def test_a_task_that_is_cancelled_while_it_listens_stays_cancelled(
    model_server: ModelServer,
) -> None:
    gate = Gate()
    model_server.says(Says(text=f"{OPEN}{WORDS}", gate=gate))

    async def main() -> None:
        async with opened() as door:
            task = asyncio.create_task(listen(door, endpoint(model_server)))
            await until(lambda: model_server.inflight, "it is asked")
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await task
            cause = caught.value.__cause__
            assert isinstance(cause, ModelUnavailable)
            assert cause.failure is Failure.CANCELLED
            await until(lambda: gate.left, "the connection is closed")

    run(main())
