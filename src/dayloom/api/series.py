"""Recurring tasks as a whole."""

from fastapi import APIRouter

from dayloom.api.access import ContainerDep, PathId
from dayloom.api.problems import documented

router = APIRouter(prefix="/series", tags=["tasks"])


@router.delete(
    "/{series_id}", status_code=204, summary="End a recurring task", responses=documented(404)
)
async def end_series(series_id: PathId, container: ContainerDep) -> None:
    """No more occurrences are made, and those that nobody has begun are taken away."""
    await container.write(lambda s: s.series.end(series_id))
