"""`dayloom serve`: pages, REST and a worker in one command."""

from importlib import import_module
from typing import Annotated

import typer

from dayloom.infra.settings import load_settings

app = typer.Typer(add_completion=False)


@app.command()
def serve(
    *,
    web: Annotated[bool, typer.Option("--web", help="Without a worker beside it.")] = False,
) -> None:
    """Serve until Ctrl-C. DAYLOOM_HOST and DAYLOOM_PORT say where."""
    # Named, not imported: the processes are put together above the interfaces.
    import_module("dayloom.serve").serve(load_settings(), web_only=web)
