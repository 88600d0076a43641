"""Tells an open page what changed, by name; the page pulls what it shows of that."""

from collections.abc import AsyncIterable
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.requests import Request

from dayloom.infra.hub import Hub
from dayloom.infra.live import newest
from dayloom.web.access import ContainerDep

router = APIRouter()


@router.get("/live", response_class=EventSourceResponse)
async def live(
    request: Request,
    container: ContainerDep,
    last_event_id: Annotated[str | None, Header()] = None,
) -> AsyncIterable[ServerSentEvent]:
    hub: Hub = request.app.state.hub
    if last_event_id and last_event_id.isdecimal():
        known = int(last_event_id)
    else:
        known = await container.db.read(newest)
    yield ServerSentEvent(event="app:hello", data={})
    async for change in hub.changes(container.account_id, since=known):
        yield ServerSentEvent(event=f"{change.topic}:changed", data={}, id=str(change.seq))
