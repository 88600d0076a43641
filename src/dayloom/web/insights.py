"""What the records tell about planning."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dayloom.web.access import ContainerDep
from dayloom.web.insights_page import view_insights
from dayloom.web.rendering import render

router = APIRouter(prefix="/insights")
WEEKS = 8


@router.get("")
async def show_insights(request: Request, container: ContainerDep) -> Response:
    view = view_insights(await container.read(lambda s: s.churn(WEEKS)))
    return render(request, "insights/page.html", page="insights", view=view)
