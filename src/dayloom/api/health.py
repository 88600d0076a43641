"""Whether the process lives, and whether everything that it needs is there."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from dayloom.api.access import ContainerDep
from dayloom.infra.errors import DayloomError
from dayloom.infra.file_lock import signs_of_life

router = APIRouter(tags=["operations"])


class Health(BaseModel):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Readiness(BaseModel):
    """What is there of what is needed."""

    ready: bool
    database: bool
    worker: bool


@router.get("/health", summary="Whether the process is alive")
async def health() -> Health:
    """Asks nothing else: a restart would not help against what else may be wrong."""
    return Health()


@router.get(
    "/ready",
    summary="Whether everything needed is there",
    responses={503: {"model": Readiness, "description": "Something is missing."}},
)
async def ready(container: ContainerDep, response: Response) -> Readiness:
    """The database answers, with its tables up to date, and a worker is alive."""
    try:
        await container.read(lambda s: s.preferences.require())
        database = True
    except DayloomError:
        database = False
    worker = signs_of_life(container.settings.signs_of_life) > 0
    response.status_code = 200 if database and worker else 503
    return Readiness(ready=database and worker, database=database, worker=worker)
