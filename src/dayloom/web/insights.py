"""What the records tell about planning."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dayloom.bootstrap import Services
from dayloom.web.access import ContainerDep
from dayloom.web.insights_page import RANGES, InsightsView, view_insights
from dayloom.web.rendering import render
from dayloom.web.words import Words

router = APIRouter(prefix="/insights")


@router.get("")
async def show_insights(
    request: Request, container: ContainerDep, days: Annotated[str, Query()] = ""
) -> Response:
    """Show the last days; what is no choice is the first one."""
    chosen = next((one for one in RANGES if str(one) == days), RANGES[0])

    def view(s: Services) -> InsightsView:
        preferences = s.preferences.require()
        words = Words.of(preferences, s.now)
        return view_insights(s.insights.tell(chosen), words, preferences.week_start)

    return render(request, "insights/page.html", page="insights", view=await container.read(view))
