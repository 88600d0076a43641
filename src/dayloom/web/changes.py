"""What the person has changed, and taking it back from any page."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dayloom.bootstrap import Container
from dayloom.preferences.wallclock import WallClock
from dayloom.undo.service import Undone
from dayloom.undo.words import say_entry
from dayloom.web.access import LARGEST_ID, ContainerDep, PathId, by_htmx
from dayloom.web.answers import CHANGED, Action, done
from dayloom.web.changes_page import PAGE, URL, undo_url, view_changes
from dayloom.web.rendering import render

router = APIRouter(prefix=URL)
STALE = (*CHANGED, "preferences:changed", "calendars:changed", "rules:changed", "model:changed")


@router.get("")
async def show_changes(
    request: Request,
    container: ContainerDep,
    before: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None,
) -> Response:
    entries = await container.undo.history(before_id=before, limit=PAGE + 1)
    view = view_changes(entries, await _clock(container))
    template = "changes/list.html" if by_htmx(request) else "changes/page.html"
    return render(request, template, page="changes", view=view)


@router.post("/undo")
async def undo_newest(request: Request, container: ContainerDep) -> Response:
    """Take back the last action, also after the page was loaded anew."""
    return await _told(request, container, await container.undo.newest())


@router.post("/{entry_id}/undo")
async def undo_one(entry_id: PathId, request: Request, container: ContainerDep) -> Response:
    return await _told(request, container, await container.undo.entry(entry_id))


async def _told(request: Request, container: Container, undone: Undone) -> Response:
    redone = undone.entry.undoes is not None
    told = undone.by if redone and undone.by else undone.entry
    said = say_entry(told, await _clock(container))
    kept = f"; {len(undone.left)} changed since stay" if undone.left else ""
    word, other = ("Done again", "Undo") if redone else ("Undone", "Redo")
    back = Action(other, undo_url(undone.by.id)) if undone.by else None
    return done(request, f"{word}: {said}{kept}", action=back, changed=STALE)


async def _clock(container: Container) -> WallClock:
    return await container.read(lambda s: WallClock.of(s.preferences.require(), s.now))
