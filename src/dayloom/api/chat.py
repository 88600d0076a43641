"""The conversation: say something, read the answers, agree to what they propose."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query

from dayloom.api.access import ContainerDep, PathId
from dayloom.api.problems import documented
from dayloom.api.safe_repeats import IdempotencyKey, do_once, key_of
from dayloom.bootstrap import Container, Services
from dayloom.chat.models import ChatMessage
from dayloom.wire.chat import (
    CountShown,
    MessageGiven,
    MessageShown,
    MessagesShown,
    SaidShown,
    show_message,
)

router = APIRouter(prefix="/chat", tags=["chat"])
MOST = 200


@router.post("", status_code=201, summary="Say something")
async def say(
    given: MessageGiven, container: ContainerDep, idempotency_key: IdempotencyKey = None
) -> SaidShown:
    """Plain orders are carried out by rules at once. Everything else waits for your model, whose
    answer the worker stores: read the messages until it is `complete` or `broken`."""
    key = key_of(idempotency_key, given)

    def send(s: Services) -> SaidShown:
        message = s.chat.send(given.text)
        answer = s.chat.answer_to(message.id)
        return SaidShown(message=show_message(message), answer=show_message(answer))

    return await container.write(lambda s: do_once(s, key, SaidShown, lambda: send(s)))


@router.get("/messages", summary="The newest messages")
async def list_messages(
    container: ContainerDep, limit: Annotated[int, Query(ge=1, le=MOST)] = 60
) -> MessagesShown:
    def read(s: Services) -> MessagesShown:
        return MessagesShown(messages=[show_message(m) for m in s.chat.messages(limit=limit)])

    return await container.read(read)


@router.post(
    "/messages/{message_id}/consent",
    summary="Do what an answer proposes",
    responses=documented(404, 409),
)
async def consent(message_id: PathId, container: ContainerDep) -> MessageShown:
    """What cannot be done any more is refused, command by command."""
    return await _act(container, lambda s: s.chat.consent(message_id))


@router.post(
    "/messages/{message_id}/decline",
    summary="Do nothing of what an answer proposes",
    responses=documented(404, 409),
)
async def decline(message_id: PathId, container: ContainerDep) -> MessageShown:
    return await _act(container, lambda s: s.chat.decline(message_id))


@router.post(
    "/messages/{message_id}/undo",
    summary="Take back what an answer has done",
    responses=documented(404, 409),
)
async def undo(message_id: PathId, container: ContainerDep) -> MessageShown:
    return await _act(container, lambda s: s.chat.undo(message_id))


@router.post(
    "/messages/{message_id}/retry",
    status_code=202,
    summary="Have an answer that broke off given once more",
    responses=documented(404, 409),
)
async def retry(message_id: PathId, container: ContainerDep) -> MessageShown:
    """Return the new answer."""
    return await _act(container, lambda s: s.chat.retry(message_id))


@router.delete("", summary="Clear the conversation")
async def clear(container: ContainerDep) -> CountShown:
    """What was done stays done. For a day the messages can be brought back."""
    return CountShown(messages=await container.write(lambda s: s.chat.clear()))


@router.post("/restoration", summary="Bring back what was cleared last")
async def restore(container: ContainerDep) -> CountShown:
    return CountShown(messages=await container.write(lambda s: s.chat.restore()))


async def _act(container: Container, act: Callable[[Services], ChatMessage]) -> MessageShown:
    return await container.write(lambda s: show_message(act(s)))
