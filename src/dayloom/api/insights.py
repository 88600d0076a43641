"""The days that were, and what the records tell."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from dayloom.api.access import ContainerDep, zone_of
from dayloom.insights.service import MOST_DAYS
from dayloom.wire.history import HistoryShown, show_history
from dayloom.wire.insights import ChurnShown, InsightsShown, show_churn, show_insights

router = APIRouter(tags=["insights"])


@router.get("/history", summary="Planned and worked, by day")
async def read_history(
    container: ContainerDep,
    last: Annotated[date | None, Query(description="The newest day; today if absent.")] = None,
    days: Annotated[int, Query(ge=1, le=MOST_DAYS)] = 7,
) -> HistoryShown:
    """A piece is what the plan said when its time came, until the next one began."""
    return await container.read(
        lambda s: show_history(s.insights.history(last=last, days=days), zone_of(s))
    )


@router.get("/insights", summary="What the last days tell, and the room of the next four weeks")
async def read_insights(
    container: ContainerDep, days: Annotated[int, Query(ge=1, le=MOST_DAYS)] = 7
) -> InsightsShown:
    """Planned and worked, estimates, focus, dates, room, moves, and calls of models."""
    return await container.read(lambda s: show_insights(s.insights.tell(days), zone_of(s)))


@router.get("/insights/churn", summary="How much plans moved, by week")
async def read_churn(
    container: ContainerDep, weeks: Annotated[int, Query(ge=1, le=104)] = 8
) -> ChurnShown:
    """What was planned before and got another place; first places do not count."""
    return show_churn(await container.read(lambda s: s.insights.churn(weeks)))
