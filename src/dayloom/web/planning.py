"""Questions to the planner and answers to its proposals; pins that the person sets."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form
from pydantic import AwareDatetime, BaseModel, Field, ValidationInfo, field_validator
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dayloom.infra.errors import Invalid
from dayloom.plans.changeset import Change
from dayloom.plans.models import Proposal, ProposalState
from dayloom.plans.wishing import EventInTheWay
from dayloom.web.access import ContainerDep, PathId
from dayloom.web.answers import Action, done, refused
from dayloom.web.past_plans import view_past
from dayloom.web.rendering import render
from dayloom.web.ruler import Ruler
from dayloom.web.words import DAY_MINUTES, Words, quoted

router = APIRouter()
UNDO = Action("Undo", "/plan/undo")
LONGEST_MINUTES = 40 * 60
LONGEST_DAY = 25 * 60
FIRST, LAST = date(1970, 1, 2), date(2100, 12, 31)


@router.post("/plan/request")
async def ask(request: Request, container: ContainerDep) -> Response:
    await container.requests.ask()
    return done(request, "Planning again …", changed=())


@router.post("/plan/catch-up")
async def catch_up(request: Request, container: ContainerDep) -> Response:
    """Give everything overdue a place anew, and say what came of it."""
    applied = await container.plans.catch_up()
    count = len(applied.changes)
    said = f"Caught up: {_tasks(count)} found a new place" if count else "All have the best place"
    return done(request, said, action=UNDO if count else None)


@router.post("/plan/undo")
async def take_back(request: Request, container: ContainerDep) -> Response:
    await container.plans.undo()
    return done(request, "Back where it was")


@router.post("/proposals/{proposal_id}/acceptance")
async def accept(proposal_id: PathId, request: Request, container: ContainerDep) -> Response:
    """Apply a proposal: all of it, or the changes that are ticked."""
    chosen = (await request.form()).getlist("change")
    changes = [int(str(one)) for one in chosen if str(one).isdecimal()]
    proposal = await container.plans.proposal(proposal_id)
    if not changes:
        raise Invalid("Tick what shall change, or keep the plan as it is.")
    applied = await container.plans.accept(proposal_id, changes=_part(proposal, changes))
    if applied.state is ProposalState.PENDING:
        return done(request, "That moves more than was shown: look at it, and accept")
    count = len(applied.changes)
    said = f"{_tasks(count)} moved" if count else "Nothing had to move"
    return done(request, said, action=UNDO)


@router.get("/plan/history")
async def show_history(request: Request, container: ContainerDep) -> Response:
    """Show the plans that were, and let each be had again."""
    past = await container.plans.history()
    preferences = await container.read(lambda s: s.preferences.require())
    words = Words.of(preferences, container.clock.now())
    return render(
        request, "plans/page.html", page="history", plans=[view_past(one, words) for one in past]
    )


@router.post("/plan/versions/{version}/restoration")
async def restore(version: PathId, container: ContainerDep) -> Response:
    """Ask whether an earlier plan shall hold again, on the page of today."""
    await container.plans.restore(version)
    return RedirectResponse("/#replanning", 303)


@router.post("/proposals/{proposal_id}/rejection")
async def reject(proposal_id: PathId, request: Request, container: ContainerDep) -> Response:
    await container.plans.reject(proposal_id)
    return done(request, "Everything stays where it is")


class Drop(BaseModel):
    """Where a task was dropped; `piece` names, by its start, the piece that was moved.

    `minute` is counted as the page draws the day: `alone`, by the time that passes.
    """

    day: date = Field(ge=FIRST, le=LAST)
    alone: bool = False
    minute: int = Field(ge=0, lt=LONGEST_DAY)
    length: int | None = Field(default=None, ge=5, le=LONGEST_MINUTES)
    piece: AwareDatetime | None = None
    over_events: bool = False

    @field_validator("minute")
    @classmethod
    def _within_the_day(cls, value: int, info: ValidationInfo) -> int:
        if value >= DAY_MINUTES and not info.data.get("alone"):
            raise ValueError("A day has 24 hours.")
        return value

    def start(self, words: Words) -> datetime:
        return Ruler(words, self.alone).at(self.day, self.minute)

    @field_validator("length", "piece", mode="before")
    @classmethod
    def _absent(cls, value: object) -> object:
        return value or None


@router.post("/tasks/{task_id}/pin")
async def pin(
    task_id: PathId, request: Request, container: ContainerDep, drop: Annotated[Drop, Form()]
) -> Response:
    """Put a task where the person dropped it; what lies there makes room."""
    preferences = await container.read(lambda s: s.preferences.require())
    words = Words.of(preferences, container.clock.now())
    start = drop.start(words)
    try:
        applied = await container.pins.pin(
            task_id,
            start,
            duration=timedelta(minutes=drop.length) if drop.length else None,
            piece=drop.piece,
            over_events=drop.over_events,
        )
    except EventInTheWay as error:
        values = drop.model_dump(mode="json", exclude_none=True) | {"over_events": True}
        anyway = Action("Put it there anyway", f"/tasks/{task_id}/pin", values)
        return refused(request, str(error), status=409, action=anyway)
    title = await container.read(lambda s: s.tasks.require(task_id).title)
    others = len({change["task_id"] for change in applied.changes} - {task_id})
    room = f"; {_tasks(others)} made room" if others else ""
    return done(request, f"{quoted(title)} pinned {words.begin(start)}{room}", action=UNDO)


@router.post("/tasks/{task_id}/unpinning")
async def unpin(task_id: PathId, request: Request, container: ContainerDep) -> Response:
    await container.pins.unpin(task_id)
    return done(request, "The planner may move it again", action=UNDO)


def _tasks(count: int) -> str:
    return f"{count} task{'' if count == 1 else 's'}"


def _part(proposal: Proposal, changes: Collection[int]) -> Collection[int] | None:
    """Return the chosen changes, None if they are all."""
    every = {Change.from_json(stored).id for stored in proposal.changes}
    return None if every <= set(changes) else changes
