"""The account's language model, which is optional."""

from fastapi import APIRouter

from dayloom.api.access import ContainerDep
from dayloom.api.problems import documented
from dayloom.bootstrap import Services
from dayloom.wire.model import ModelGiven, ModelShown, show_model

router = APIRouter(prefix="/model", tags=["models"])


@router.get("", summary="The model, its budget and the last test")
async def read_model(container: ContainerDep) -> ModelShown:
    """Never its key."""
    return await container.read(show_model)


@router.put("", summary="Connect a model, or change it")
async def change_model(given: ModelGiven, container: ContainerDep) -> ModelShown:
    """Another server, model or key is tested by the worker; `testing` tells until when."""

    def change(s: Services) -> ModelShown:
        s.model.change(given.to_fields(), container.endpoints)
        return show_model(s)

    return await container.write(change)


@router.delete("", status_code=204, summary="Do with rules only, and delete the key")
async def remove_model(container: ContainerDep) -> None:
    """What the model has set in tasks stays."""
    await container.write(lambda s: s.model.remove())


@router.post("/test", status_code=202, summary="Test the connection", responses=documented(409))
async def test_model(container: ContainerDep) -> ModelShown:
    """The worker does it; `tested_at` and `test_error` tell how it went."""

    def test(s: Services) -> ModelShown:
        s.model.test()
        return show_model(s)

    return await container.write(test)
