"""`dayloom config`: what Dayloom was told from outside."""

import json
from collections.abc import Callable
from functools import partial

import typer
from rich.text import Text

from dayloom.cli.output import FAINT, GOOD, Json, console, line, table
from dayloom.infra.engines import require_writable
from dayloom.infra.errors import DayloomError, Invalid
from dayloom.infra.settings import Settings, load_settings, unknown_settings
from dayloom.infra.web_server import require_loopback

app = typer.Typer(add_completion=False, no_args_is_help=True)
SECRET = ("database_url", "secret_key", "llm_api_key", "openrouter_api_key", "openai_api_key")


@app.callback()
def root() -> None:
    """Show and check the settings."""


@app.command()
def check(*, as_json: Json = False) -> None:
    """Show what holds, and check it.

    It comes from the environment and from `.env`; each mistake is a sentence.
    """
    settings = load_settings()
    if as_json:
        typer.echo(json.dumps(_shown(settings), ensure_ascii=False, indent=2))
    else:
        _print(_shown(settings))
    if mistakes := [*unknown_settings(), *_unusable(settings)]:
        raise Invalid("\n".join(mistakes))
    if not as_json:
        console().print(line(("The settings are in order.", GOOD)))


def _print(shown: dict[str, object]) -> None:
    rows = table("Setting", "Value", stretch="Value")
    for name, value in shown.items():
        rows.add_row(line((name, FAINT)), _said(value))
    console().print(rows)


def _unusable(settings: Settings) -> list[str]:
    """Return a sentence for each value that is well formed and yet of no use."""
    checks = (
        partial(require_loopback, settings.host),
        partial(require_writable, settings.data_dir),
    )
    return [sentence for check in checks if (sentence := _complaint(check))]


def _complaint(check: Callable[[], None]) -> str:
    try:
        check()
    except DayloomError as error:
        return str(error)
    return ""


def _said(value: object) -> Text | str:
    if value in (None, []):
        return line(("none", FAINT))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _shown(settings: Settings) -> dict[str, object]:
    """Return the settings without secrets, and without the files that hold them."""
    hidden = {*SECRET, *(f"{name}_file" for name in SECRET)}
    return dict(settings.model_dump(mode="json", exclude=hidden))
