"""Whether anybody does what commands leave to the worker."""

import typer

from dayloom.infra.file_lock import signs_of_life
from dayloom.infra.settings import load_settings


def remind_of_worker(what: str) -> None:
    """Say beside the output what follows where no worker of this machine is running."""
    if not signs_of_life(load_settings().signs_of_life):
        typer.echo(f"No worker is running, so {what}: start “dayloom serve”.", err=True)
