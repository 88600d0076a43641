"""An answer whose text is read while it comes."""

from collections.abc import AsyncIterator
from contextlib import aclosing

import dspy
from dspy.utils.exceptions import AdapterParseError

from dayloom.language.program.answers import ChatAnswer
from dayloom.language.program.ledger import Call
from dayloom.language.program.repair import first_output, read_kindly
from dayloom.language.program.signatures import ChatAssistantModule

MARK = "[[ ##"


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
    listener = dspy.streaming.StreamListener(first_output(ChatAssistantModule), predict=predict)
    program = dspy.streamify(
        predict,
        stream_listeners=[listener],
        status_message_provider=_Silence(),
        is_async_program=True,
    )
    try:
        async with aclosing(program(**_inputs(call))) as coming:
            async for value in coming:
                if isinstance(value, dspy.streaming.StreamResponse) and value.chunk:
                    call.said += value.chunk
                    yield value.chunk
                elif isinstance(value, dspy.Prediction):
                    answer = ChatAnswer(reply=value.reply, commands=value.commands)
    except AdapterParseError as refused:
        answer = _salvaged(call, refused)
    if not call.said:
        call.said = answer.reply
        yield answer.reply
    yield answer


def _salvaged(call: Call, refused: AdapterParseError) -> ChatAnswer:
    """Keep what was said; a model that knows no marks may have answered in JSON or plain words."""
    if said := call.said.strip():
        return ChatAnswer(reply=said, commands=[])
    reply: str = refused.lm_response
    if answer := read_kindly(reply, ChatAnswer, ChatAssistantModule):
        return answer
    if MARK in reply or not reply.strip():
        raise refused
    return ChatAnswer(reply=reply, commands=[])


def _inputs(call: Call) -> dict[str, object]:
    question = call.question
    return {name: getattr(question, name) for name in type(question).model_fields}
