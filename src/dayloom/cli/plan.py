"""`dayloom plan`: what the days hold, why, and what the person decides about it."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from dayloom.bootstrap import Container
from dayloom.cli.numbers import number_of
from dayloom.cli.output import GOOD, Json, console, line, print_json
from dayloom.cli.plan_text import print_certificate, print_history, print_plan, print_proposal
from dayloom.cli.saying import clock_of
from dayloom.cli.session import opened, run
from dayloom.cli.working import remind_of_worker
from dayloom.infra.errors import Invalid, NotFound, Unavailable
from dayloom.planning.interval import Interval
from dayloom.plans.certifying import certify, replay_file
from dayloom.plans.models import Proposal, ProposalState
from dayloom.plans.requests import RequestState
from dayloom.preferences.wallclock import WallClock
from dayloom.wire.certificates import show_certified
from dayloom.wire.plans import (
    PastPlansShown,
    PlanShown,
    ProposalShown,
    show_past,
    show_plan,
    show_proposal,
)

app = typer.Typer(add_completion=False, invoke_without_command=True)
MORE = "That moves more than was shown, so nothing is moved yet."
ProposalId = Annotated[
    int | None,
    typer.Argument(
        parser=number_of("proposal"),
        metavar="PROPOSAL",
        help="Its number; else the one that waits.",
    ),
]


@app.callback()
def show(
    context: typer.Context,
    *,
    week: Annotated[bool, typer.Option("--week", help="Seven days instead of today.")] = False,
    reasons: Annotated[bool, typer.Option("--reasons/--no-reasons", help="Say why.")] = True,
    as_json: Json = False,
) -> None:
    """Show today's plan, with its reasons, what has no place, and the proposal that waits."""
    if context.invoked_subcommand is not None:
        return
    plan, clock = run(lambda container: _plan(container, days=7 if week else 1, seen=not as_json))
    if as_json:
        print_json(plan)
    else:
        print_plan(plan, clock, reasons=reasons)
        remind_of_worker("this plan stays as it is")


@app.command()
def accept(
    proposal_id: ProposalId = None,
    change: Annotated[
        list[int] | None,
        typer.Option(
            parser=number_of("change"),
            metavar="NUMBER",
            help="Only this change; may be given several times.",
        ),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Accept a proposal, or some of its changes."""

    async def act(container: Container) -> tuple[ProposalShown, WallClock]:
        wanted = proposal_id or await _pending(container)
        return await _shown(container, await container.plans.accept(wanted, changes=change))

    shown, clock = run(act)
    waits = shown.state is ProposalState.PENDING
    said = f"{MORE} Accept proposal {shown.id} to have it." if waits else "Accepted."
    _tell(shown, clock, said, as_json=as_json)


@app.command()
def reject(proposal_id: ProposalId = None, *, as_json: Json = False) -> None:
    """Reject a proposal: everything stays where it is."""

    async def act(container: Container) -> tuple[ProposalShown, WallClock]:
        wanted = proposal_id or await _pending(container)
        return await _shown(container, await container.plans.reject(wanted))

    shown, clock = run(act)
    _tell(shown, clock, "Rejected; everything stays where it is.", as_json=as_json)


@app.command()
def history(*, as_json: Json = False) -> None:
    """List the latest plans, newest first."""

    async def act(container: Container) -> tuple[PastPlansShown, WallClock]:
        past = await container.plans.history()
        clock = await container.read(clock_of)
        return PastPlansShown(plans=[show_past(one, clock.zone) for one in past]), clock

    shown, clock = run(act)
    if as_json:
        print_json(shown)
    else:
        print_history(shown, clock)


@app.command()
def restore(
    version: Annotated[int, typer.Argument(parser=number_of("plan"), metavar="PLAN")],
    *,
    as_json: Json = False,
) -> None:
    """Propose an earlier plan again, as far as it still holds."""

    async def act(container: Container) -> tuple[ProposalShown, WallClock]:
        return await _shown(container, await container.plans.restore(version))

    shown, clock = run(act)
    _tell(shown, clock, f"Accept proposal {shown.id} to have it.", as_json=as_json)


@app.command()
def undo(*, as_json: Json = False) -> None:
    """Put back what the last plan moved."""

    async def act(container: Container) -> tuple[ProposalShown, WallClock]:
        return await _shown(container, await container.plans.undo())

    _tell(*run(act), "Put back.", as_json=as_json)


@app.command(name="catch-up")
def catch_up(*, as_json: Json = False) -> None:
    """Give everything overdue a place anew; the rest stays."""

    async def act(container: Container) -> tuple[ProposalShown, WallClock]:
        return await _shown(container, await container.plans.catch_up())

    _tell(*run(act), "Caught up.", as_json=as_json)


@app.command()
def replan(
    wait: Annotated[int, typer.Option(min=0, max=600, metavar="SECONDS", help="At most.")] = 30,
    *,
    as_json: Json = False,
) -> None:
    """Ask the worker for the best plan now.

    What it moves waits for consent, if the plan mode is to ask.
    """

    async def act(container: Container) -> tuple[ProposalShown, WallClock]:
        number = await container.requests.ask()
        state = await container.requests.wait(number, longest=timedelta(seconds=wait))
        if state is not RequestState.ANSWERED:
            raise Unavailable(_unanswered(state, wait))
        newest = (await container.plans.proposals(limit=1))[0]
        return await _shown(container, newest)

    _tell(*run(act), "Planned.", as_json=as_json)


@app.command()
def certificate(
    version: Annotated[
        int | None,
        typer.Argument(
            parser=number_of("plan"), metavar="PLAN", help="Its number; else the present one."
        ),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Show how good a plan is, and check its rules again."""
    kept = run(lambda container: container.read(lambda s: s.placements.kept(version)))
    shown = show_certified(certify(kept))
    if as_json:
        print_json(shown)
    else:
        print_certificate(shown)


@app.command()
def export(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to write it; - is standard output.")
    ],
    version: Annotated[
        int | None, typer.Option(parser=number_of("plan"), metavar="NUMBER", help="Of which plan.")
    ] = None,
    *,
    redact: Annotated[
        bool, typer.Option("--redact", help="Without names of hours and windows.")
    ] = False,
) -> None:
    """Write what was planned from to a file, for `replay`."""
    with opened() as container:
        kept = asyncio.run(container.read(lambda s: s.placements.kept(version)))
    problem = replay_file(kept, redact=redact)
    if str(file) == "-":
        typer.echo(problem)
        return
    try:
        file.write_bytes(problem)
    except OSError as error:
        raise Invalid(f"{file} cannot be written ({error.strerror}).") from error


async def _plan(container: Container, *, days: int, seen: bool) -> tuple[PlanShown, WallClock]:
    clock = await container.read(clock_of)
    today = clock.now.astimezone(clock.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    window = Interval(today, today + timedelta(days=days))
    view = await container.plans.view(window.start, window.end)
    if seen:
        await container.plans.mark_seen(window.start, window.end)
    return await container.read(lambda s: show_plan(s, view, window=window)), clock


async def _pending(container: Container) -> int:
    now = container.clock.now()
    pending = (await container.plans.view(now, now + timedelta(days=1))).pending
    if pending is None:
        raise NotFound("No proposal waits.")
    return pending.id


async def _shown(container: Container, proposal: Proposal) -> tuple[ProposalShown, WallClock]:
    return await container.read(lambda s: (show_proposal(s, proposal), clock_of(s)))


def _unanswered(state: RequestState, seconds: int) -> str:
    if state is RequestState.FAILED:
        return "The planner has failed several times; the log of the worker says why."
    return f"No worker has answered within {seconds} s; is Dayloom running? The request stays."


def _tell(proposal: ProposalShown, clock: WallClock, done: str, *, as_json: bool) -> None:
    if as_json:
        print_json(proposal)
        return
    console().print(line((done, GOOD)))
    print_proposal(proposal, clock)
