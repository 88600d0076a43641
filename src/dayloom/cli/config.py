"""`dayloom config`: what Dayloom was told from outside."""

import json

import typer

from dayloom.cli.output import FAINT, GOOD, Json, console, line, table
from dayloom.infra.settings import Settings, load_settings

app = typer.Typer(add_completion=False, no_args_is_help=True)
SECRET = ("database_url", "database_url_file")


@app.callback()
def root() -> None:
    """Show and check the settings."""


@app.command()
def check(*, as_json: Json = False) -> None:
    """Check the environment and `.env`, and show what holds; each mistake is a sentence."""
    shown = _shown(load_settings())
    if as_json:
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    rows = table("Setting", "Value", stretch="Value")
    for name, value in shown.items():
        rows.add_row(line((name, FAINT)), "" if value is None else str(value))
    out = console()
    out.print(rows)
    out.print(line(("The settings are in order.", GOOD)))


def _shown(settings: Settings) -> dict[str, object]:
    return dict(settings.model_dump(mode="json", exclude=set(SECRET)))
