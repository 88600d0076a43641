"""An answer whose text is read while it comes."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import aclosing

import dspy
from dspy.utils.exceptions import AdapterParseError, DSPyError

from dayloom.language.program.answers import ChatAnswer
from dayloom.language.program.execution import Failure
from dayloom.language.program.ledger import Call
from dayloom.language.program.repair import HEADER, first_output, read_kindly
from dayloom.language.program.signatures import ChatAssistantModule

PARTIAL_MARK = re.compile(r"\s*\[\[[^\[\]]*$|\s*\[$")


class _Silence(dspy.streaming.StatusMessageProvider):
    """Says nothing: messages of status can block the event loop for ever."""

    def tool_start_status_message(self, instance: object, inputs: object) -> None:
        return None

    def tool_end_status_message(self, outputs: object) -> None:
        return None


async def streamed(call: Call, predict: dspy.Predict) -> AsyncIterator[str | ChatAnswer]:
    """Yield the reply in pieces and then the whole answer; a malformed tail costs the commands.

    Must run in a task of its own from begin to end: leaving it half-way cancels scopes that
    belong to the task.
    """
    try:
        async for value in _told(call, predict):
            if isinstance(value, ChatAnswer):
                answer = value
            else:
                call.said += value
                yield value
    except (AdapterParseError, ValueError, RecursionError, DSPyError) as failed:
        call.said += _held_back(call)
        answer = _salvaged(call, failed)
    if not call.said:
        call.said = answer.reply
        yield answer.reply
    yield answer


async def _told(call: Call, predict: dspy.Predict) -> AsyncIterator[str | ChatAnswer]:
    listener = dspy.streaming.StreamListener(first_output(ChatAssistantModule), predict=predict)
    program = dspy.streamify(
        predict,
        stream_listeners=[listener],
        status_message_provider=_Silence(),
        is_async_program=True,
    )
    async with aclosing(program(**call.inputs)) as coming:
        async for value in coming:
            if isinstance(value, dspy.Prediction):
                commands = value.commands if _whole(call) else []
                yield ChatAnswer(reply=value.reply, commands=commands)
            elif isinstance(value, dspy.streaming.StreamResponse) and value.chunk:
                yield value.chunk


def _held_back(call: Call) -> str:
    """Return the last words of a reply that broke off: a mark might have begun in them."""
    whole = PARTIAL_MARK.sub("", _part(call.reply, "reply").lstrip())
    return whole[len(call.said) :] if whole.startswith(call.said) else ""


def _whole(call: Call) -> bool:
    """Tell whether the commands are JSON as they stand: what was mended has lost something."""
    text = _part(call.reply, "commands")
    try:
        json.loads(text[text.index("[") : text.rindex("]") + 1])
    except ValueError:
        return False
    return True


def _part(reply: str, name: str) -> str:
    _, *parts = HEADER.split(reply)
    return dict(zip(parts[::2], parts[1::2], strict=True)).get(name, "")


def _salvaged(call: Call, failed: Exception) -> ChatAnswer:
    """Keep what was said, if all of it came; raises the failure where it did not.

    A model that knows no marks may have answered in JSON or in plain words.
    """
    if call.trouble and call.trouble.failure is not Failure.UNREADABLE:
        raise failed
    if said := call.said.strip():
        return ChatAnswer(reply=said, commands=[])
    if answer := read_kindly(call.reply, ChatAnswer, ChatAssistantModule):
        return answer
    if HEADER.search(call.reply) or not call.reply.strip():
        raise failed
    return ChatAnswer(reply=call.reply, commands=[])
