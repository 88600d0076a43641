"""What a place would cost: asked before a task is put there."""

from typing import Annotated

from fastapi import APIRouter, Query

from dayloom.api.access import ContainerDep, PathId, zone_of
from dayloom.api.problems import documented
from dayloom.plans.wishing import Wish
from dayloom.wire.prices import PricesGiven, PriceShown, PricesShown, show_price
from dayloom.wire.scalars import Minutes, QueryMoment, duration_or_none

router = APIRouter(prefix="/tasks/{task_id}", tags=["tasks"])


@router.get("/price", summary="What putting a task there would cost", responses=documented(404))
async def read_price(
    *,
    task_id: PathId,
    start: Annotated[QueryMoment, Query(description="Where it would begin.")],
    duration_minutes: Annotated[
        Annotated[Minutes, Query(ge=5)] | None, Query(description="If it took longer or shorter.")
    ] = None,
    piece: Annotated[
        QueryMoment | None, Query(description="The start of the piece that would move.")
    ] = None,
    over_events: bool = False,
    container: ContainerDep,
) -> PriceShown:
    """Who would move, who would be late, and which rule it breaks. A pin there does the same."""
    wish = Wish(
        task_id=task_id,
        start=start,
        duration=duration_or_none(duration_minutes),
        piece=piece,
        over_events=over_events,
    )
    (quote,) = await container.prices.quote([wish])
    return show_price(quote, await container.read(zone_of))


@router.post("/prices", summary="What several places would cost", responses=documented(404))
async def read_prices(task_id: PathId, given: PricesGiven, container: ContainerDep) -> PricesShown:
    """In the order of the starts; each is answered as if nothing else were done."""
    wishes = [
        Wish(
            task_id=task_id,
            start=start,
            duration=duration_or_none(given.duration_minutes),
            over_events=given.over_events,
        )
        for start in given.starts
    ]
    quotes = await container.prices.quote(wishes)
    zone = await container.read(zone_of)
    return PricesShown(prices=[show_price(quote, zone) for quote in quotes])
