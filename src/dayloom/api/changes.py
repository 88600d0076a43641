"""What the person has changed, wherever they did it, and taking it back."""

from typing import Annotated

from fastapi import APIRouter, Query

from dayloom.api.access import ContainerDep, PathId
from dayloom.api.problems import documented
from dayloom.bootstrap import Container
from dayloom.preferences.wallclock import WallClock
from dayloom.wire.changes import (
    EntriesShown,
    UndoneShown,
    show_entry,
    show_undone,
)
from dayloom.wire.scalars import LARGEST_ID

router = APIRouter(prefix="/changes", tags=["changes"])
Before = Annotated[
    int | None, Query(ge=1, le=LARGEST_ID, description="Only those before this change.")
]


@router.get("", summary="What was changed lately")
async def list_changes(
    container: ContainerDep,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    before: Before = None,
) -> EntriesShown:
    """Newest first; those of the pages, of the chat, of REST and of the command line."""
    entries = await container.undo.history(before_id=before, limit=limit)
    clock = await _clock(container)
    return EntriesShown(changes=[show_entry(entry, clock) for entry in entries])


@router.post("/undo", summary="Undo the last change", responses=documented(409))
async def undo_newest(container: ContainerDep) -> UndoneShown:
    """Again for the one before. What was changed since stays as it is, and is told."""
    return show_undone(await container.undo.newest(), await _clock(container))


@router.post("/{change_id}/undo", summary="Undo one change", responses=documented(404, 409))
async def undo_change(change_id: PathId, container: ContainerDep) -> UndoneShown:
    """An undo is a change too: undoing it does the thing again."""
    return show_undone(await container.undo.entry(change_id), await _clock(container))


async def _clock(container: Container) -> WallClock:
    return await container.read(lambda s: WallClock.of(s.preferences.require(), s.now))
