"""`dayloom list`: the tasks there are."""

from typing import Annotated

import typer
from rich.text import Text

from dayloom.bootstrap import Services
from dayloom.cli.output import BAD, FAINT, GOOD, Json, console, line, print_json, table
from dayloom.cli.saying import at, clock_of, length, until
from dayloom.cli.session import read
from dayloom.preferences.wallclock import WallClock
from dayloom.tasks.models import TaskStatus
from dayloom.wire.task_output import TaskPage, TaskShown, show_tasks

app = typer.Typer(add_completion=False)
OPEN = [TaskStatus.OPEN, TaskStatus.STARTED]


@app.command()
def show(
    words: Annotated[
        str, typer.Argument(metavar="WORDS", help="Only tasks with these words.")
    ] = "",
    *,
    every: Annotated[bool, typer.Option("--all", help="Finished tasks too.")] = False,
    limit: Annotated[
        int, typer.Option(min=1, max=10_000, metavar="NUMBER", help="At most so many.")
    ] = 200,
    as_json: Json = False,
) -> None:
    """List open tasks, in order of their numbers."""

    def unit(s: Services) -> tuple[TaskPage, WallClock]:
        found = s.tasks.page(statuses=[] if every else OPEN, text=words, limit=limit + 1)
        more = len(found) > limit
        return (
            TaskPage(
                tasks=show_tasks(s, found[:limit]),
                next_cursor=str(found[limit - 1].id) if more else None,
            ),
            clock_of(s),
        )

    page, clock = read(unit)
    if as_json:
        print_json(page)
        return
    _print(page, clock, words=words)


def _print(page: TaskPage, clock: WallClock, *, words: str) -> None:
    out = console()
    if not page.tasks:
        add = "Nothing to do. “dayloom add” takes it in plain words."
        out.print(f"No task has “{words}” in it." if words else add)
        return
    rows = table("#", "Task", "Takes", "Planned", "Due", stretch="Task")
    for task in page.tasks:
        rows.add_row(*_cells(task, clock))
    out.print(rows)
    if page.next_cursor:
        out.print(line(("There are more: --limit shows them.", FAINT)))


def _cells(task: TaskShown, clock: WallClock) -> tuple[str | Text, ...]:
    end = task.deadline or task.due
    return (
        line((str(task.id), FAINT)),
        task.title,
        length(task.duration_minutes),
        _state(task, clock),
        until(clock, end) + ("!" if task.deadline else "") if end else "",
    )


def _state(task: TaskShown, clock: WallClock) -> str | Text:
    match task.status:
        case TaskStatus.STARTED:
            return line(("running", GOOD))
        case TaskStatus.COMPLETED | TaskStatus.MISSED:
            return line((task.status.value, FAINT))
    if task.scheduled_start_time is None:
        return line(("no room", BAD))
    return at(clock, task.scheduled_start_time)
