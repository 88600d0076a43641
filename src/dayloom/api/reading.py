"""Reading words without storing anything."""

from fastapi import APIRouter

from dayloom.api.access import ContainerDep, zone_of
from dayloom.wire.drafts import DraftsShown, TextGiven, show_drafts

router = APIRouter(tags=["tasks"])


@router.post("/parse", summary="What is understood of some words, and whether it fits")
async def parse(given: TextGiven, container: ContainerDep) -> DraftsShown:
    """One draft a line. Every value tells which characters gave it, and whether it is a guess."""
    return await container.read(lambda s: show_drafts(s.capture.preview(given.text), zone_of(s)))
