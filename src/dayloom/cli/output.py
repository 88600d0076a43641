"""What a command prints: for people by rich, for programs as JSON."""

import json
from typing import Annotated

import typer
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table
from rich.text import Text

Json = Annotated[bool, typer.Option("--json", help="Print JSON, as REST would answer.")]
FAINT, LOUD, GOOD, BAD = "dim", "bold", "green", "yellow"
ROOMY = 64  # columns of a terminal


def console() -> Console:
    """Return where people read; without a terminal it has no colours and 80 columns."""
    return Console(highlight=False, markup=False, emoji=False)


def print_json(shape: BaseModel) -> None:
    typer.echo(json.dumps(shape.model_dump(mode="json"), ensure_ascii=False, indent=2))


def table(*columns: str, stretch: str | None = None) -> Table:
    """Return a table without lines; the column `stretch` takes the room that is left.

    Where there is little room, all columns share it.
    """
    roomy = console().width >= ROOMY
    made = Table(
        box=None, pad_edge=False, header_style=FAINT, expand=roomy and stretch is not None
    )
    for name in columns:
        wide = name == stretch
        ratio = 1 if wide and roomy else None
        made.add_column(name, ratio=ratio, no_wrap=roomy and not wide, overflow="fold")
    return made


def line(*parts: str | Text | tuple[str, str]) -> Text:
    """Return one line of plain and styled parts."""
    return Text.assemble(*parts)
