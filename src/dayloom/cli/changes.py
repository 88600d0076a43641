"""`dayloom changes` and `dayloom undo`: what was changed, and taking it back."""

from typing import Annotated

import typer

from dayloom.bootstrap import Container
from dayloom.cli.numbers import number_of
from dayloom.cli.output import FAINT, GOOD, LOUD, Json, console, line, print_json
from dayloom.cli.saying import clock_of
from dayloom.cli.session import run
from dayloom.preferences.wallclock import WallClock
from dayloom.wire.changes import EntriesShown, EntryShown, UndoneShown, show_entry, show_undone

changes = typer.Typer(add_completion=False)
undo = typer.Typer(add_completion=False)


@changes.command()
def list_changes(
    limit: Annotated[int, typer.Option(min=1, max=100, help="At most so many.")] = 20,
    *,
    as_json: Json = False,
) -> None:
    """List what was changed lately, newest first, wherever it was done."""

    async def act(container: Container) -> tuple[EntriesShown, WallClock]:
        entries = await container.undo.history(limit=limit)
        clock = await container.read(clock_of)
        return EntriesShown(changes=[show_entry(entry, clock) for entry in entries]), clock

    shown, clock = run(act)
    if as_json:
        print_json(shown)
        return
    for entry in shown.changes:
        _print(entry, clock)
    if not shown.changes:
        console().print("Nothing was changed yet.")


@undo.command()
def undo_change(
    change_id: Annotated[
        int | None,
        typer.Argument(
            parser=number_of("change"), metavar="CHANGE", help="Its number; else the last one."
        ),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Take back a change, the last one unless you name another; an undo can be undone too."""

    async def act(container: Container) -> UndoneShown:
        service = container.undo
        undone = await (service.newest() if change_id is None else service.entry(change_id))
        return show_undone(undone, await container.read(clock_of))

    shown = run(act)
    if as_json:
        print_json(shown)
        return
    out = console()
    out.print(line(("Undone: ", GOOD), shown.change.sentence))
    for name, reason in shown.left.items():
        out.print(line((f"  {f'“{name}”' if name else 'Some of it'} stays: {reason}", FAINT)))
    if shown.by is not None:
        out.print(line((f"  dayloom undo {shown.by} does it again.", FAINT)))


def _print(entry: EntryShown, clock: WallClock) -> None:
    kind = ", an undo" if entry.undoes else ""
    state = ", undone" if entry.undone_at else ""
    told = f"  {clock.moment(entry.at)}, {entry.origin.value}{kind}{state}"
    console().print(line((f"{entry.id}. ", LOUD), entry.sentence, (told, FAINT)))
