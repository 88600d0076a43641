"""What if: what might be, planned through beside the plan."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from dayloom.api.access import ContainerDep, PathId
from dayloom.api.problems import documented
from dayloom.bootstrap import Container
from dayloom.scenarios.service import Told
from dayloom.wire.plans import ProposalShown, show_proposal
from dayloom.wire.scenarios import (
    ScenarioGiven,
    ScenarioShown,
    ScenariosShown,
    show_scenario,
    suppositions_of,
)

router = APIRouter(prefix="/scenarios", tags=["what if"])
Wait = Annotated[int, Query(ge=0, le=60, description="Seconds to wait until it is planned.")]


@router.get("", summary="List the what-ifs")
async def list_scenarios(container: ContainerDep) -> ScenariosShown:
    """Each with its last comparison. What is out of date is planned through again."""
    found = await container.scenario_answers.all()
    return await container.read(
        lambda s: ScenariosShown(scenarios=[show_scenario(s, told) for told in found])
    )


@router.post("", status_code=201, summary="Suppose something", responses=documented(409))
async def add_scenario(
    given: ScenarioGiven, container: ContainerDep, response: Response, wait_seconds: Wait = 0
) -> ScenarioShown:
    """In plain words or in fields. The worker plans it through; the plan stays as it is."""
    said = await container.read(lambda s: suppositions_of(s, given))
    added = await container.write(lambda s: s.scenarios.add(said, name=given.name).id)
    response.headers["Location"] = f"/api/v1/scenarios/{added}"
    return await _shown(container, await _look(container, added, wait_seconds))


@router.get("/{scenario_id}", summary="Read one what-if", responses=documented(404))
async def read_scenario(
    scenario_id: PathId, container: ContainerDep, wait_seconds: Wait = 0
) -> ScenarioShown:
    """With the comparison. One that is out of date is planned through again."""
    return await _shown(container, await _look(container, scenario_id, wait_seconds))


@router.post("/{scenario_id}/acceptance", summary="Keep a what-if", responses=documented(404, 409))
async def keep_scenario(scenario_id: PathId, container: ContainerDep) -> ProposalShown:
    """What it supposes is done, its plan is taken over, and it is gone. Returns what changed."""
    proposal = await container.write(lambda s: s.keeping.keep(scenario_id))
    return await container.read(lambda s: show_proposal(s, proposal))


@router.delete(
    "/{scenario_id}", status_code=204, summary="Throw a what-if away", responses=documented(404)
)
async def remove_scenario(scenario_id: PathId, container: ContainerDep) -> None:
    """Nothing else changes."""
    await container.write(lambda s: s.scenarios.remove(scenario_id))


async def _look(container: Container, scenario_id: int, seconds: int) -> Told:
    longest = timedelta(seconds=seconds)
    return await container.scenario_answers.look(scenario_id, longest=longest)


async def _shown(container: Container, told: Told) -> ScenarioShown:
    return await container.read(lambda s: show_scenario(s, told))
