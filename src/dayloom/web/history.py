"""The days that were."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dayloom.bootstrap import Services
from dayloom.web.access import ContainerDep
from dayloom.web.history_page import URL, HistoryView, days_of, view_history
from dayloom.web.rendering import render
from dayloom.web.words import Words, parse_day

router = APIRouter(prefix=URL)


@router.get("")
async def show_history(
    request: Request,
    container: ContainerDep,
    day: Annotated[str, Query()] = "",
    on: Annotated[str, Query()] = "",
) -> Response:
    """Show a day and its week, or the week `on` a day; what is no day is the present week."""

    def view(s: Services) -> HistoryView:
        preferences, chosen = s.preferences.require(), parse_day(day)
        words = Words.of(preferences, s.now)
        days = days_of(chosen or parse_day(on), words, preferences.week_start)
        return view_history(s.insights.history(last=days[-1], days=len(days)), chosen, words)

    return render(request, "history/page.html", page="history", view=await container.read(view))
