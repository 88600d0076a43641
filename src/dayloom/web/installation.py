"""What a browser needs to keep Dayloom beside the other apps of a device."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dayloom.web.rendering import GROUNDS, chosen_theme

router = APIRouter()
SHORTCUTS = {"Add a task": "/add", "Today": "/", "Week": "/week", "Chat": "/chat"}


@router.get("/manifest.webmanifest")
async def manifest(request: Request) -> Response:
    """Return the manifest in the look that this device has chosen; it knows only one."""
    described = _described(request.app.state.assets, GROUNDS[chosen_theme(request) or "light"])
    return JSONResponse(described, media_type="application/manifest+json")


def _described(assets: Mapping[str, str], ground: str) -> Mapping[str, Any]:
    return {
        "id": "/",
        "name": "Dayloom",
        "short_name": "Dayloom",
        "description": "Plans your days: tasks in, a plan with its reasons out.",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": ground,
        "theme_color": ground,
        "categories": ["productivity"],
        "icons": [
            _icon(assets["icon-192.png"], "192x192"),
            _icon(assets["icon-512.png"], "512x512"),
            _icon(assets["icon-maskable.png"], "512x512", purpose="maskable"),
        ],
        "shortcuts": [{"name": name, "url": url} for name, url in SHORTCUTS.items()],
        "share_target": {
            "action": "/add",
            "method": "GET",
            "enctype": "application/x-www-form-urlencoded",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }


def _icon(file: str, sizes: str, *, purpose: str = "any") -> Mapping[str, str]:
    return {"src": f"/static/{file}", "sizes": sizes, "type": "image/png", "purpose": purpose}
