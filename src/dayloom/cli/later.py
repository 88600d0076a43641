"""`dayloom later`: a task is not to begin before a later day."""

from datetime import date
from typing import Annotated

import typer

from dayloom.cli.output import FAINT, GOOD, Json, console, line, print_json
from dayloom.cli.session import write
from dayloom.cli.track import TaskId
from dayloom.infra.errors import Invalid
from dayloom.tasks.postponing import Until
from dayloom.wire.task_output import show_task

app = typer.Typer(add_completion=False)
NAMES = ", ".join(Until)


@app.command()
def postpone_task(
    task_id: TaskId,
    until: Annotated[str, typer.Argument(metavar="DAY", help=f"{NAMES}, or 2026-12-01.")] = (
        Until.TOMORROW
    ),
    *,
    as_json: Json = False,
) -> None:
    """Put a task off: it is not planned before that day."""
    day = _day(until)
    task = write(lambda s: show_task(s, s.postponing.postpone(task_id, day)))
    if as_json:
        print_json(task)
        return
    said, when = "As soon as it fits", ""
    if first := task.release:
        said, when = "Put off", f"  not before {first:%a} {first.day} {first:%b}"
    console().print(line((said, GOOD), (f"  #{task.id}", FAINT), f"  {task.title}", (when, FAINT)))


def _day(text: str) -> Until | date:
    if text in list(Until):
        return Until(text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(
            f"“{text}” is no day: say one of {NAMES}, or a date as 2026-12-01."
        ) from None
