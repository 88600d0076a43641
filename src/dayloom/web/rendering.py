"""Templates to responses: one environment, one nonce a response, one strict policy."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dayloom.i18n.language import spoken
from dayloom.i18n.words import translate, translate_plural
from dayloom.web.icons import ICONS

TEMPLATES = Path(__file__).parent / "templates"
GROUNDS = {
    "light": "#e6e5e2",
    "dark": "#0a0b0d",
}  # of the themes, as `--bg` of tokens.css has them
YEAR_SECONDS = 365 * 24 * 3600
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'nonce-{nonce}' 'strict-dynamic'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",  # only numbers: where a block stands
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types htmx",
    )
)


class Renderer:
    """Renders a template with a view that has computed everything."""

    def __init__(self, manifest: Mapping[str, str]) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        self._templates.install_gettext_callables(  # type: ignore[attr-defined]  # the extension's
            translate, translate_plural, newstyle=True
        )
        self._templates.globals.update(
            assets=manifest, icons=ICONS, grounds=GROUNDS, spoken=spoken
        )

    def render(
        self, template: str, context: Mapping[str, Any], *, status: int = 200
    ) -> HTMLResponse:
        """Return the answer with its policy; the nonce is new each time."""
        nonce = secrets.token_urlsafe(16)
        text = self._templates.get_template(template).render(nonce=nonce, **context)
        policy = POLICY.format(nonce=nonce)
        headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
        return HTMLResponse(text, status, headers=headers)


def render(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """Return the template's answer, in the look that this device has chosen."""
    renderer: Renderer = request.app.state.renderer
    context["theme"] = chosen_theme(request)
    context["at"] = int(request.app.state.container.clock.now().timestamp() * 1000)
    return renderer.render(template, context, status=status)


def keep_on_device(response: Response, name: str, value: str) -> None:
    """Keep a choice in a cookie: it belongs to the device, not to the person."""
    response.set_cookie(name, value, max_age=YEAR_SECONDS, httponly=True, samesite="lax")


def chosen_theme(request: Request) -> str:
    """Return the theme that this device has chosen; empty if it follows the system."""
    theme = request.cookies.get("theme", "")
    return theme if theme in GROUNDS else ""
