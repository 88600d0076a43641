"""Background work that was given up."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import Field

from dayloom.api.access import ContainerDep, zone_of
from dayloom.bootstrap import Services
from dayloom.infra import work
from dayloom.wire.scalars import Shown, local

router = APIRouter(tags=["operations"])


class ParkedShown(Shown):
    """Work that failed too often; the next request for it tries again."""

    kind: str
    key: str
    attempts: int
    parked_at: datetime | None
    error: str | None


class WorkShown(Shown):
    """What the workers have given up for now."""

    parked: list[ParkedShown] = Field(description="Empty when all is well.")


@router.get("/work", summary="Background work that failed too often")
async def list_parked(container: ContainerDep) -> WorkShown:
    """With the error of the last attempt."""

    def parked(s: Services) -> WorkShown:
        zone = zone_of(s)
        return WorkShown(
            parked=[
                ParkedShown(
                    kind=row.kind,
                    key=row.key,
                    attempts=row.attempts,
                    parked_at=local(row.parked_at, zone),
                    error=row.error,
                )
                for row in work.parked(s.session)
            ]
        )

    return await container.read(parked)
