"""`dayloom worker`: a worker alone."""

from importlib import import_module

import typer

from dayloom.infra.settings import load_settings

app = typer.Typer(add_completion=False)


@app.command()
def worker() -> None:
    """Do background work until Ctrl-C, beside `dayloom serve --web`."""
    # Named, not imported: the processes are put together above the interfaces.
    import_module("dayloom.worker").work(load_settings())
