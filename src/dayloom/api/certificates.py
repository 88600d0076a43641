"""How plans were planned: the certificate, checked again, and the whole input for a replay."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from dayloom.api.access import ContainerDep, PathId
from dayloom.api.problems import documented
from dayloom.plans.certifying import Kept, certify, replay_file
from dayloom.wire.certificates import CertifiedShown, show_certified

router = APIRouter(prefix="/plan", tags=["plan"])
Redacted = Annotated[bool, Query(description="Without the names of hours and windows.")]
FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {}}, "description": "For `dayloom replay`."}
}


@router.get("/certificate", summary="How the plan was planned", responses=documented(404))
async def read_certificate(
    container: ContainerDep,
    version: Annotated[int | None, Query(ge=1, le=2**31, description="Else the current.")] = None,
) -> CertifiedShown:
    """With every rule checked again, what the planner knew, and the terms of its cost."""
    kept = await container.read(lambda s: s.placements.kept(version))
    return show_certified(await asyncio.to_thread(certify, kept))


@router.get(
    "/proposals/{proposal_id}/certificate",
    summary="How a proposal was planned",
    responses=documented(404),
)
async def read_proposal_certificate(
    proposal_id: PathId, container: ContainerDep
) -> CertifiedShown:
    """As the plan, if it were accepted; for an accepted one, that plan."""
    kept = await container.read(lambda s: s.placements.kept_proposal(proposal_id))
    return show_certified(await asyncio.to_thread(certify, kept))


@router.get(
    "/problem",
    summary="The whole input of the plan, as a file",
    responses={**FILE, **documented(404)},
    response_class=Response,
)
async def export_problem(*, container: ContainerDep, redacted: Redacted = False) -> Response:
    """`dayloom replay` solves it again and compares the answer, bit for bit."""
    kept = await container.read(lambda s: s.placements.kept())
    return await _file(kept, redact=redacted)


@router.get(
    "/versions/{version}/problem",
    summary="The whole input of an earlier plan, as a file",
    responses={**FILE, **documented(404)},
    response_class=Response,
)
async def export_version(
    *, version: PathId, container: ContainerDep, redacted: Redacted = False
) -> Response:
    """The latest plans are kept."""
    kept = await container.read(lambda s: s.placements.kept(version))
    return await _file(kept, redact=redacted)


async def _file(kept: Kept, *, redact: bool) -> Response:
    body = await asyncio.to_thread(replay_file, kept, redact=redact)
    name = f"dayloom-plan-{kept.version}{'-redacted' if redact else ''}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type="application/json", headers=headers)
