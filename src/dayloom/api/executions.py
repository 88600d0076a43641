"""The record of every call of a model."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import StreamingResponse

from dayloom.api.access import ContainerDep, PathId, zone_of
from dayloom.api.problems import documented
from dayloom.bootstrap import Container, Services
from dayloom.inferences.chosen import Chosen
from dayloom.inferences.executions import MOST_AT_ONCE
from dayloom.inferences.fields import LONGEST_MODEL
from dayloom.language.program.execution import Module
from dayloom.wire.executions import (
    ExecutionsShown,
    ForgottenShown,
    TotalsShown,
    WholeExecutionShown,
    show_executions,
    show_forgotten,
    show_total,
    show_whole,
)
from dayloom.wire.scalars import LARGEST_ID, Text

router = APIRouter(tags=["models"])
OfModule = Annotated[Module | None, Query(description="Of this module only.")]
Failed = Annotated[bool | None, Query(description="Only those that failed, or that did not.")]
OfModel = Annotated[Text, Query(max_length=LONGEST_MODEL, description="To this model only.")]
OfTask = Annotated[int | None, Query(ge=1, le=LARGEST_ID, description="About this task only.")]
PAGE_AT_ONCE = 100


async def _chosen(
    *,
    module: OfModule = None,
    failed: Failed = None,
    model: OfModel = "",
    task_id: OfTask = None,
) -> Chosen:
    return Chosen(module=module, failed=failed, model=model, task_id=task_id)


ChosenDep = Annotated[Chosen, Depends(_chosen)]


@router.get("/executions", summary="The calls of models")
async def list_executions(
    container: ContainerDep,
    chosen: ChosenDep,
    before: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_AT_ONCE)] = 50,
) -> ExecutionsShown:
    """The newest first, without what was asked and answered; `before` continues a list."""
    return await container.read(
        lambda s: show_executions(
            s.executions.page(chosen, before_id=before, limit=limit), zone_of(s)
        )
    )


@router.get("/executions/totals", summary="What calls came to")
async def total_executions(container: ContainerDep, chosen: ChosenDep) -> TotalsShown:
    """Calls, failures, latency, tokens and cost, by module and model."""
    return await container.read(
        lambda s: TotalsShown(totals=[show_total(one) for one in s.executions.totals(chosen)])
    )


@router.get(
    "/executions/export",
    summary="All calls with everything that is known of them",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/json": {"schema": {"type": "array"}}}}},
)
async def export_executions(container: ContainerDep) -> StreamingResponse:
    """A JSON array, the newest first."""
    name = 'attachment; filename="dayloom-inferences.json"'
    return StreamingResponse(
        _exported(container),
        media_type="application/json",
        headers={"Content-Disposition": name},
    )


@router.get("/executions/{execution_id}", summary="Read one call", responses=documented(404))
async def read_execution(execution_id: PathId, container: ContainerDep) -> WholeExecutionShown:
    """With what was asked and answered."""
    return await container.read(
        lambda s: show_whole(s.executions.require(execution_id), zone_of(s))
    )


@router.post(
    "/executions/{execution_id}/forgetting",
    summary="Take back what a call has set",
    responses=documented(404, 409),
)
async def forget_execution(execution_id: PathId, container: ContainerDep) -> ForgottenShown:
    """Where it still stands; what has changed since is left. The plan is made again."""
    return await container.write(lambda s: show_forgotten(s.forgetting.forget(execution_id)))


async def _exported(container: Container) -> AsyncIterator[str]:
    """Yield the array in pieces: there may be many calls."""
    mark, before = "[", None
    while True:
        pieces, before = await container.read(partial(_piece, before=before))
        for piece in pieces:
            yield f"{mark}\n{piece}"
            mark = ","
        if before is None:
            yield "\n]\n" if mark == "," else "[]\n"
            return


def _piece(s: Services, *, before: int | None) -> tuple[list[str], int | None]:
    zone = zone_of(s)
    calls = s.executions.page(before_id=before, limit=PAGE_AT_ONCE, whole=True)
    return [show_whole(row, zone).model_dump_json() for row in calls.rows], calls.next
