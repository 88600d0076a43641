"""How this was planned: the page behind every plan and every proposal."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from dayloom.plans.certifying import certify
from dayloom.web.access import LARGEST_ID, ContainerDep
from dayloom.web.certificate_page import view_certificate
from dayloom.web.rendering import render
from dayloom.wire.certificates import titles_of

router = APIRouter(prefix="/plan/certificate")
Number = Annotated[int | None, Query(ge=1, le=LARGEST_ID)]


@router.get("")
async def show_certificate(
    request: Request, container: ContainerDep, version: Number = None, proposal: Number = None
) -> Response:
    """Show how good the plan is, what it knew, and its rules, checked again for this answer."""
    kept = await container.read(
        lambda s: s.placements.kept_proposal(proposal) if proposal else s.placements.kept(version)
    )
    certified = await asyncio.to_thread(certify, kept)
    view = await container.read(
        lambda s: view_certificate(
            certified, titles_of(s, certified), s.preferences.require(), now=s.now
        )
    )
    return render(request, "certificate/page.html", page="today", view=view)
