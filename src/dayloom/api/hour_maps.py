"""Named hours in which tasks may lie."""

from fastapi import APIRouter
from starlette.responses import Response

from dayloom.api.access import ContainerDep, PathId
from dayloom.api.problems import documented
from dayloom.wire.preferences import (
    HourMapGiven,
    HourMapShown,
    HourMapsShown,
    HoursGiven,
    show_hour_map,
)
from dayloom.wire.scalars import duration_or_none

router = APIRouter(prefix="/hour-maps", tags=["preferences"])


@router.get("", summary="List the hour maps")
async def list_hour_maps(container: ContainerDep) -> HourMapsShown:
    """The default one first."""
    return await container.read(
        lambda s: HourMapsShown(
            hour_maps=[show_hour_map(one) for one in s.preferences.hour_maps()]
        )
    )


@router.post("", status_code=201, summary="Add an hour map", responses=documented(409))
async def add_hour_map(
    given: HourMapGiven, container: ContainerDep, response: Response
) -> HourMapShown:
    """Tasks lie in it when they name it, or carry its name as a tag."""
    added = await container.write(
        lambda s: show_hour_map(
            s.preferences.add_hour_map(
                given.name,
                weekly=given.weekly,
                exceptions=given.exceptions,
                daily_cap=duration_or_none(given.daily_cap_minutes),
            )
        )
    )
    response.headers["Location"] = f"/api/v1/hour-maps/{added.id}"
    return added


@router.get("/{hour_map_id}", summary="Read one hour map", responses=documented(404))
async def read_hour_map(hour_map_id: PathId, container: ContainerDep) -> HourMapShown:
    """Local wall time, Monday first."""
    return await container.read(
        lambda s: show_hour_map(s.preferences.require_hour_map(hour_map_id))
    )


@router.put("/{hour_map_id}", summary="Replace the hours of a map", responses=documented(404))
async def change_hour_map(
    hour_map_id: PathId, given: HoursGiven, container: ContainerDep
) -> HourMapShown:
    """The name stays; everything is planned again."""
    return await container.write(
        lambda s: show_hour_map(
            s.preferences.change_hour_map(
                hour_map_id,
                weekly=given.weekly,
                exceptions=given.exceptions,
                daily_cap=duration_or_none(given.daily_cap_minutes),
            )
        )
    )


@router.delete(
    "/{hour_map_id}", status_code=204, summary="Remove an hour map", responses=documented(404, 409)
)
async def remove_hour_map(hour_map_id: PathId, container: ContainerDep) -> None:
    """Tasks that named it fall back to the default one, which stays."""
    await container.write(lambda s: s.preferences.remove_hour_map(hour_map_id))
