"""What every route asks for: the container of the process, and the id in its path."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Path, Query
from starlette.requests import Request

from dayloom.bootstrap import Container, Services
from dayloom.journal.models import Origin
from dayloom.wire.scalars import LARGEST_ID, QueryMoment


async def _container(request: Request) -> Container:
    container: Container = request.app.state.container
    return container.used_by(Origin.API)


ContainerDep = Annotated[Container, Depends(_container)]
PathId = Annotated[int, Path(ge=1, le=LARGEST_ID)]
Start = Annotated[
    QueryMoment | None, Query(description="From this instant; the beginning of today if absent.")
]
End = Annotated[
    QueryMoment | None, Query(description="Up to this instant; a week later if absent.")
]


def zone_of(s: Services) -> ZoneInfo:
    """Return the zone in which this person reads and writes."""
    return ZoneInfo(s.preferences.require().time_zone)
