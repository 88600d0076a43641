"""`dayloom add`: words in, tasks with a time out."""

import sys
from itertools import groupby
from typing import Annotated

import typer

from dayloom.bootstrap import Services
from dayloom.cli.output import BAD, FAINT, GOOD, Json, console, line, print_json
from dayloom.cli.saying import clock_of, length, stretch, until
from dayloom.cli.session import read, write
from dayloom.cli.working import remind_of_worker
from dayloom.plans.truth import Verdict
from dayloom.preferences.wallclock import WallClock
from dayloom.wire.drafts import DraftsShown, show_drafts
from dayloom.wire.task_output import TaskShown, TasksShown, show_tasks

app = typer.Typer(add_completion=False)
NO_ROOM = "no room as things lie; the next plan looks again"


@app.command(epilog='For example: dayloom add "Write the report 2h by Friday p8 #work"')
def add(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", help="What there is to do; else read from the input."),
    ] = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say how it would fit; add nothing.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Add one task for each line, all or none, each with a provisional time."""
    text = " ".join(words) if words else _typed()
    if dry_run:
        _foretell(text, as_json=as_json)
        return

    def unit(s: Services) -> tuple[TasksShown, WallClock]:
        made = s.capture.add_lines(text)
        return TasksShown(tasks=show_tasks(s, made.tasks)), clock_of(s)

    added, clock = write(unit)
    if as_json:
        print_json(added)
        return
    for _, turns in groupby(
        added.tasks, key=lambda task: task.series.id if task.series else -task.id
    ):
        first, *more = turns
        _print(first, clock)
        if more:
            console().print(line((f"    repeats: {len(more)} more are planned", FAINT)))
    remind_of_worker("these times stay provisional")


def _foretell(text: str, *, as_json: bool) -> None:
    """Print how each line would fit."""

    def unit(s: Services) -> tuple[DraftsShown, WallClock]:
        clock = clock_of(s)
        return show_drafts(s.capture.preview(text), clock.zone), clock

    found, clock = read(unit)
    if as_json:
        print_json(found)
        return
    for draft in found.drafts:
        truth = draft.truth
        slots = draft.slots if truth is None else truth.slots
        said = [stretch(clock, slots), truth.sentence if truth else ""]
        calm = truth is None or truth.code in (Verdict.FITS, Verdict.MOVES)
        told = (", ".join(filter(None, said)), GOOD if calm else BAD)
        console().print(line(f"{draft.title}  ", told))


def _typed() -> str:
    if sys.stdin.isatty():
        typer.echo("One task a line; Ctrl-D ends.", err=True)
    return sys.stdin.read()


def _print(task: TaskShown, clock: WallClock) -> None:
    room = (stretch(clock, task.slots), GOOD) if task.slots else (NO_ROOM, BAD)
    out = console()
    out.print(line((f"#{task.id}", FAINT), f"  {task.title}  ", room))
    if said := _understood(task, clock):
        out.print(line((f"    {said}", FAINT)))


def _understood(task: TaskShown, clock: WallClock) -> str:
    """Return what the words were taken to mean, so that a mistake is seen at once."""
    parts = [length(task.duration_minutes)]
    if task.release and task.release > clock.now:
        parts.append(f"not before {clock.start(task.release)}")
    parts += [f"due {until(clock, task.due)}"] if task.due else []
    parts += [f"must be done by {until(clock, task.deadline)}"] if task.deadline else []
    parts += [f"priority {task.priority:g}"] if "priority" in task.readings else []
    parts += [f"+{task.project}"] if task.project else []
    parts += [f"#{tag}" for tag in task.tags]
    parts += [f"after #{one.task_id}" for one in task.after]
    guessed = [name for name, spans in task.readings.items() if _is_guess(spans)]
    parts += [f"guessed: {', '.join(guessed)}"] if guessed else []
    return ", ".join(parts)


def _is_guess(spans: object) -> bool:
    return isinstance(spans, list) and any(span.get("guess") for span in spans)
