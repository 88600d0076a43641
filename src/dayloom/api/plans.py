"""The plan, and proposals to change it."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import JSONResponse, Response

from dayloom.api.access import ContainerDep, End, PathId, Start, zone_of
from dayloom.api.problems import documented
from dayloom.api.windows import window_of
from dayloom.bootstrap import Container
from dayloom.infra.errors import Unavailable
from dayloom.plans.models import Proposal
from dayloom.plans.requests import RequestState
from dayloom.wire.plans import (
    AcceptanceGiven,
    PastPlansShown,
    PlanShown,
    ProposalShown,
    ProposalsShown,
    RequestShown,
    show_past,
    show_plan,
    show_proposal,
)
from dayloom.wire.scalars import to_json

router = APIRouter(prefix="/plan", tags=["plan"])
Wait = Annotated[int, Query(ge=0, le=60, description="Seconds to wait for the answer.")]


@router.get("", summary="The plan of a stretch of time")
async def read_plan(container: ContainerDep, start: Start = None, end: End = None) -> PlanShown:
    """With what takes time, what has no place and why, and the proposal that waits."""
    now = container.clock.now()
    zone = await container.read(zone_of)
    window = window_of(start, end, now=now, zone=zone)
    view = await container.plans.view(window.start, window.end)
    return await container.read(lambda s: show_plan(s, view, window=window))


@router.post(
    "/proposals",
    status_code=201,
    summary="Ask for the best plan now",
    response_model=ProposalShown,
    responses={
        202: {"model": RequestShown, "description": "Not answered yet."},
        **documented(503),
    },
)
async def request_plan(
    container: ContainerDep, response: Response, wait_seconds: Wait = 10
) -> ProposalShown | Response:
    """201 with the proposal, or 202 with where to look when the worker takes longer.

    What the plan mode allows is applied already; the rest waits for acceptance.
    """
    number = await container.requests.ask()
    longest = timedelta(seconds=wait_seconds)
    state = await container.requests.wait(number, longest=longest)
    request = await _request(container, number, state)
    where = {"Location": request.location}
    if request.proposal is None:
        return JSONResponse(to_json(request), 202, headers=where)
    response.headers.update(where)
    return request.proposal


@router.get("/requests/{number}", summary="How far a request is", responses=documented(404))
async def read_request(number: PathId, container: ContainerDep) -> RequestShown:
    """With the newest proposal, once it is answered."""
    return await _request(container, number, await container.requests.state(number))


@router.get("/proposals", summary="The latest proposals")
async def list_proposals(
    container: ContainerDep, limit: Annotated[int, Query(ge=1, le=100)] = 20
) -> ProposalsShown:
    """Newest first, decided ones too."""
    rows = await container.plans.proposals(limit=limit)
    return await container.read(
        lambda s: ProposalsShown(proposals=[show_proposal(s, row) for row in rows])
    )


@router.get("/proposals/{proposal_id}", summary="Read one proposal", responses=documented(404))
async def read_proposal(proposal_id: PathId, container: ContainerDep) -> ProposalShown:
    """With every change and its reason."""
    return await _shown(container, await container.plans.proposal(proposal_id))


@router.post(
    "/proposals/{proposal_id}/acceptance",
    summary="Accept a proposal, or some of its changes",
    responses=documented(404, 409),
)
async def accept_proposal(
    proposal_id: PathId, container: ContainerDep, given: AcceptanceGiven | None = None
) -> ProposalShown:
    """Returns what was applied, a record of its own that can be undone.

    Where a part of it moves more than was shown, nothing is applied: the answer is a new proposal
    that is pending, with all that would move.
    """
    chosen = given.changes if given else None
    return await _shown(container, await container.plans.accept(proposal_id, changes=chosen))


@router.delete(
    "/proposals/{proposal_id}", summary="Reject a proposal", responses=documented(404, 409)
)
async def reject_proposal(proposal_id: PathId, container: ContainerDep) -> ProposalShown:
    """Everything stays where it is."""
    return await _shown(container, await container.plans.reject(proposal_id))


@router.post(
    "/catch-up", summary="Give everything overdue a place anew", responses=documented(409)
)
async def catch_up(container: ContainerDep) -> ProposalShown:
    """At once, around what is planned; a plan that moves more of it is proposed as usual."""
    return await _shown(container, await container.plans.catch_up())


@router.get("/versions", summary="The latest plans")
async def list_versions(container: ContainerDep) -> PastPlansShown:
    """Newest first, with what each came to."""
    past = await container.plans.history()
    zone = await container.read(zone_of)
    return PastPlansShown(plans=[show_past(one, zone) for one in past])


@router.post(
    "/versions/{version}/restoration",
    status_code=201,
    summary="Propose an earlier plan again",
    responses=documented(404, 409),
)
async def restore_version(version: PathId, container: ContainerDep) -> ProposalShown:
    """As far as it still can be had: what is done, pinned or over stays out. Waits for consent."""
    return await _shown(container, await container.plans.restore(version))


@router.post("/undo", summary="Undo the last move", responses=documented(409))
async def undo_plan(container: ContainerDep) -> ProposalShown:
    """Puts back what the last plan moved; again for the one before."""
    return await _shown(container, await container.plans.undo())


async def _shown(container: Container, proposal: Proposal) -> ProposalShown:
    return await container.read(lambda s: show_proposal(s, proposal))


async def _request(container: Container, number: int, state: RequestState) -> RequestShown:
    if state is RequestState.FAILED:
        raise Unavailable("The planner has failed several times; the log of the worker says why.")
    proposal = None
    location = f"/api/v1/plan/requests/{number}"
    newest = next(iter(await container.plans.proposals(limit=1)), None)
    if state is RequestState.ANSWERED and newest is not None:
        proposal = await _shown(container, newest)
        location = f"/api/v1/plan/proposals/{newest.id}"
    return RequestShown(request=number, state=state, proposal=proposal, location=location)
