"""How the person wants to be planned."""

from fastapi import APIRouter

from dayloom.api.access import ContainerDep
from dayloom.wire.preferences import (
    ContextGiven,
    ContextShown,
    SettingsGiven,
    SettingsPatch,
    SettingsShown,
    show_settings,
)

router = APIRouter(tags=["preferences"])


@router.get("/settings", summary="Read the settings")
async def read_settings(container: ContainerDep) -> SettingsShown:
    """Zone, habits of writing, buffers, limits, and who decides on changes."""
    return await container.read(lambda s: show_settings(s.preferences.require()))


@router.put("/settings", summary="Replace all settings")
async def replace_settings(given: SettingsGiven, container: ContainerDep) -> SettingsShown:
    """Everything is planned again."""
    return await container.write(lambda s: show_settings(s.change_preferences(given.to_fields())))


@router.patch("/settings", summary="Change some settings")
async def change_settings(given: SettingsPatch, container: ContainerDep) -> SettingsShown:
    """What is absent stays as it is."""
    return await container.write(lambda s: show_settings(s.change_preferences(given.to_fields())))


@router.get("/context", summary="Read the global context")
async def read_context(container: ContainerDep) -> ContextShown:
    """What a reader should know of the person, in plain words."""
    return await container.read(lambda s: ContextShown(context=s.preferences.require().context))


@router.put("/context", summary="Replace the global context")
async def replace_context(given: ContextGiven, container: ContainerDep) -> ContextShown:
    """An empty text removes it."""
    return await container.write(
        lambda s: ContextShown(context=s.change_preferences({"context": given.context}).context)
    )
