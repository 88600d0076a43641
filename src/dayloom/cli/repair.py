"""`dayloom repair`: what helps a task that is late or has no place, done at once."""

from typing import Annotated

import typer

from dayloom.bootstrap import Container
from dayloom.cli.numbers import number_of
from dayloom.cli.output import FAINT, GOOD, Json, console, line, print_json
from dayloom.cli.plan_text import print_proposal
from dayloom.cli.saying import clock_of
from dayloom.cli.session import run
from dayloom.cli.track import TaskId
from dayloom.preferences.wallclock import WallClock
from dayloom.wire.plans import ProposalShown, show_proposal

app = typer.Typer(add_completion=False)


@app.command(epilog="For example: dayloom why 7, then dayloom repair 7 2")
def repair(
    task_id: TaskId,
    number: Annotated[
        int,
        typer.Argument(
            parser=number_of("repair"), metavar="NUMBER", help="As “dayloom why” counts them."
        ),
    ],
    *,
    as_json: Json = False,
) -> None:
    """Make one of the repairs that “dayloom why” offers, and the plan that was solved for it.

    “dayloom plan undo” takes both back.
    """

    async def act(container: Container) -> tuple[ProposalShown, WallClock]:
        proposal = await container.repairs.apply(task_id, number)
        return await container.read(lambda s: (show_proposal(s, proposal), clock_of(s)))

    made, clock = run(act)
    if as_json:
        print_json(made)
        return
    console().print(line(("Repaired.", GOOD), ("  dayloom plan undo takes it back.", FAINT)))
    print_proposal(made, clock)
