"""Why a task is late or has no place, and the repairs that would help."""

from typing import Annotated

from fastapi import APIRouter, Path

from dayloom.api.access import ContainerDep, PathId
from dayloom.api.problems import documented
from dayloom.wire.diagnoses import DiagnosisShown, show_diagnosis
from dayloom.wire.plans import ProposalShown, show_proposal

router = APIRouter(prefix="/tasks/{task_id}", tags=["tasks"])
Number = Annotated[int, Path(ge=1, le=99, description="As the diagnosis counts them.")]


@router.get("/diagnosis", summary="Why it is late or has no place", responses=documented(404))
async def read_diagnosis(task_id: PathId, container: ContainerDep) -> DiagnosisShown:
    """The fewest tasks, events and rules that forbid it, and what would help.

    The worker finds out after each plan; until then, `knowledge` is `waiting`.
    """
    return await container.read(lambda s: show_diagnosis(s, task_id))


@router.post("/repairs/{number}", summary="Apply a repair", responses=documented(404, 409))
async def apply_repair(task_id: PathId, number: Number, container: ContainerDep) -> ProposalShown:
    """Makes what it says, and the plan that was solved for it the present one; an undo takes
    both back. If anything has changed since, it is refused, and the task looked into anew."""
    proposal = await container.repairs.apply(task_id, number)
    return await container.read(lambda s: show_proposal(s, proposal))
