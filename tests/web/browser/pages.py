"""Every page that the product has, by its routes, so that a new one cannot be forgotten."""

from fastapi.routing import APIRoute

from dayloom.web.mounting import PAGES

# What a page pulls into itself, what leads to a page, and the stream of changes.
NO_PAGES = {
    "/live",
    "/running",
    "/settings/calendars",
    "/settings/hours",
    "/settings/model",
    "/settings/preferences/{section}",
    "/settings/rules",
    "/tasks/{task_id}/place",
    "/tasks/{task_id}/price",
    "/tasks/{task_id}/row",
}
QUERIES = {"/find": "?text=report"}


def paths() -> list[str]:
    """Return the paths that are asked with GET."""
    routes = [route for module in PAGES for route in module.router.routes]
    asked = [r.path for r in routes if isinstance(r, APIRoute) and "GET" in (r.methods or ())]
    return [path for path in asked if "." not in path]  # else it names a file


def pages() -> list[str]:
    """Return the addresses of pages, with names for the numbers in them."""
    return [path + QUERIES.get(path, "") for path in paths() if path not in NO_PAGES]
