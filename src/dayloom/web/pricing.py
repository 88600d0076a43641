"""What a place would cost: asked by a moving block, and by the details of a task."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dayloom.bootstrap import Container
from dayloom.infra.errors import DayloomError
from dayloom.planning.pricing import Price
from dayloom.plans.portions import task_of
from dayloom.plans.pricing import Quote, RefusedBy
from dayloom.plans.wishing import Wish
from dayloom.web.access import ContainerDep, PathId
from dayloom.web.planning import FIRST, LAST, Drop
from dayloom.web.rendering import render
from dayloom.web.ruler import Ruler
from dayloom.web.words import Words

router = APIRouter()
NO_TIME = "Choose a day and a time."
NO_YEAR = "Choose a time in the years 1970 to 2100."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A place that the details of a task ask about; `day` and `minute` put it there."""

    typed: str = ""
    sentence: str = ""
    day: str = ""
    minute: int = 0
    allowed: bool = False
    over_events: bool = False


@router.get("/tasks/{task_id}/price")
async def price(
    task_id: PathId, container: ContainerDep, drop: Annotated[Drop, Query()]
) -> Response:
    """Return what a drop there would cost, in a line, and where others would go."""
    words = await words_of(container)
    wish = Wish(
        task_id=task_id,
        start=drop.start(words),
        duration=timedelta(minutes=drop.length) if drop.length else None,
        piece=drop.piece,
    )
    (quote,) = await container.prices.quote([wish])
    ghosts = list(_ghosts(quote, quote.price, Ruler(words, drop.alone))) if quote.price else []
    return JSONResponse({"line": quote.line, "ghosts": ghosts})


@router.get("/tasks/{task_id}/place")
async def ask(
    task_id: PathId, request: Request, container: ContainerDep, about: str = ""
) -> Response:
    """Return what the task would cost there, with a button that puts it there."""
    asked = await ask_about(container, task_id, about)
    return render(request, "task/quote.html", asked=asked, task_id=task_id)


async def words_of(container: Container) -> Words:
    preferences = await container.read(lambda s: s.preferences.require())
    return Words.of(preferences, container.clock.now())


async def ask_about(container: Container, task_id: int, about: str) -> Asked:
    """Return the answer to a moment as a form writes it; a mistake is told in it."""
    try:
        local = datetime.fromisoformat(about).replace(tzinfo=None)
    except ValueError:
        return Asked(typed=about, sentence=NO_TIME)
    if not FIRST <= local.date() <= LAST:
        return Asked(typed=about, sentence=NO_YEAR)
    words = await words_of(container)
    minute = local.hour * 60 + local.minute
    wish = Wish(task_id=task_id, start=words.at(local.date(), minute))
    try:
        (quote,) = await container.prices.quote([wish])
    except DayloomError as error:
        return Asked(typed=about, sentence=str(error))
    return Asked(
        typed=about,
        sentence=quote.sentence,
        day=local.date().isoformat(),
        minute=minute,
        allowed=quote.refused_by in (None, RefusedBy.EVENT),
        over_events=quote.refused_by is RefusedBy.EVENT,
    )


def _ghosts(quote: Quote, price: Price, ruler: Ruler) -> Iterator[dict[str, object]]:
    """Yield where what moves would stand, a piece each, on the day on which it begins."""
    for move in price.moves:
        for piece in move.after:
            day = ruler.words.local(piece.start).date()
            start, end = ruler.minute_of(piece.start, day), ruler.minute_of(piece.end, day)
            yield {
                "task": task_of(move.task_id),
                "title": quote.titles.get(task_of(move.task_id), ""),
                "day": day.isoformat(),
                "start": start,
                "length": max(1, end - start),
            }
