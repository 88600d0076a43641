"""`dayloom start`, `stop` and `done`: working on tasks."""

from collections.abc import Callable
from typing import Annotated

import typer

from dayloom.bootstrap import Services
from dayloom.cli.numbers import number_of
from dayloom.cli.output import FAINT, GOOD, Json, console, line, print_json
from dayloom.cli.saying import length
from dayloom.cli.session import write
from dayloom.infra.errors import Conflict
from dayloom.tasks.models import Task, TaskStatus
from dayloom.wire.task_output import TaskShown, show_task

start = typer.Typer(add_completion=False)
stop = typer.Typer(add_completion=False)
done = typer.Typer(add_completion=False)

TASK = number_of("task")
TaskId = Annotated[
    int, typer.Argument(parser=TASK, metavar="TASK", help="The number of the task.")
]
RunningId = Annotated[
    int | None,
    typer.Argument(
        parser=TASK, metavar="TASK", help="The number of the task; else the running one."
    ),
]


@start.command()
def start_task(task_id: TaskId, *, as_json: Json = False) -> None:
    """Start working on a task; what ran before is stopped."""
    _tell(_change(lambda s: s.tracking.start(task_id)), "Started", as_json=as_json)


@stop.command()
def stop_task(task_id: RunningId = None, *, as_json: Json = False) -> None:
    """Stop working on a task; what was worked counts."""
    _tell(_change(lambda s: s.tracking.stop(_running(s, task_id))), "Stopped", as_json=as_json)


@done.command()
def finish_task(
    task_id: RunningId = None,
    *,
    reopen: Annotated[bool, typer.Option("--reopen", help="It is not done after all.")] = False,
    as_json: Json = False,
) -> None:
    """Finish a task, or reopen a finished one."""
    if reopen:
        task = _change(lambda s: s.tracking.reopen(_named(s, task_id)))
    else:
        task = _change(lambda s: s.tracking.complete(_named(s, task_id)))
    _tell(task, "Reopened" if reopen else "Finished", as_json=as_json)


def _change(act: Callable[[Services], Task]) -> TaskShown:
    return write(lambda s: show_task(s, act(s)))


def _running(s: Services, task_id: int | None) -> int:
    """Return the running task. Raises `Conflict` if it is another one, or none runs."""
    task = s.tasks.require(_named(s, task_id))
    if task.status is not TaskStatus.STARTED:
        raise Conflict(f"“{task.title}” is not running.")
    return task.id


def _named(s: Services, task_id: int | None) -> int:
    """Return the task that is meant. Raises `Conflict` if none was named and none runs."""
    if task_id is not None:
        return task_id
    running = s.tracking.running()
    if running is None:
        raise Conflict("No task is running; name one by its number.")
    return running.id


def _tell(task: TaskShown, what: str, *, as_json: bool) -> None:
    if as_json:
        print_json(task)
        return
    worked = f"  worked {length(task.worked_minutes)}" if task.worked_minutes else ""
    console().print(
        line((what, GOOD), (f"  #{task.id}", FAINT), f"  {task.title}", (worked, FAINT))
    )
