"""What the records tell about planning."""

from typing import Annotated

from fastapi import APIRouter, Query

from dayloom.api.access import ContainerDep
from dayloom.wire.insights import ChurnShown, show_churn

router = APIRouter(prefix="/insights", tags=["insights"])


@router.get("/churn", summary="How much plans moved, by week")
async def read_churn(
    container: ContainerDep, weeks: Annotated[int, Query(ge=1, le=104)] = 8
) -> ChurnShown:
    """What was planned before and got another place; first places do not count."""
    return show_churn(await container.read(lambda s: s.churn(weeks)))
