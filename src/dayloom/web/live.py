"""Tells an open page what changed, by name; the page pulls what it shows of that."""

from collections.abc import AsyncIterable

from fastapi import APIRouter
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.requests import Request

from dayloom.infra.hub import Hub
from dayloom.infra.live import newest
from dayloom.web.access import ContainerDep

router = APIRouter()
BUILT = ("app.js", "app.css")


@router.get("/live", response_class=EventSourceResponse)
async def live(request: Request, container: ContainerDep) -> AsyncIterable[ServerSentEvent]:
    """Yield what is the newest change and by which files a page is built; then each change.

    `seq` tells a page that was away whether it missed something: then it pulls all it shows.
    """
    hub: Hub = request.app.state.hub
    known = await container.db.read(newest)
    build = [request.app.state.assets[name] for name in BUILT]
    yield ServerSentEvent(data={"seq": known, "build": build})
    async for change in hub.changes(container.account_id, since=known):
        yield ServerSentEvent(data={"seq": change.seq, "changed": change.topic})
