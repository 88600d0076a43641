"""`dayloom what-if`: what might be, planned through beside the plan, kept or thrown away."""

from datetime import timedelta
from typing import Annotated

import typer

from dayloom.bootstrap import Container
from dayloom.cli.numbers import number_of
from dayloom.cli.output import Json, console, line, print_json
from dayloom.cli.plan_text import print_proposal
from dayloom.cli.saying import clock_of
from dayloom.cli.session import run, write
from dayloom.cli.what_if_text import print_scenario, print_scenarios
from dayloom.cli.working import remind_of_worker
from dayloom.preferences.wallclock import WallClock
from dayloom.scenarios.service import State
from dayloom.wire.plans import ProposalShown, show_proposal
from dayloom.wire.scenarios import ScenarioShown, ScenariosShown, show_scenario

app = typer.Typer(add_completion=False, no_args_is_help=True)
ScenarioId = Annotated[
    int, typer.Argument(parser=number_of("what-if"), metavar="NUMBER", help="Its number.")
]
Wait = Annotated[int, typer.Option(min=0, max=600, metavar="SECONDS", help="At most.")]
Shown = tuple[ScenarioShown, WallClock]


@app.callback()
def root() -> None:
    """Suppose something, and see what your plan would be beside what it is."""


@app.command(epilog='For example: dayloom what-if add "take Friday off"')
def add(
    sentences: Annotated[
        list[str],
        typer.Argument(metavar="SENTENCE...", help="Such as “client X adds 10 h by the 15th”."),
    ],
    *,
    name: Annotated[str, typer.Option(help="A name of your own.")] = "",
    wait: Wait = 30,
    as_json: Json = False,
) -> None:
    """Suppose something in plain words.

    Several sentences are supposed together.
    """

    async def act(container: Container) -> Shown:
        said = await container.read(lambda s: s.scenarios.read("\n".join(sentences)))
        added = await container.write(lambda s: s.scenarios.add(said, name=name).id)
        return await _looked(container, added, wait)

    _tell(*run(act), as_json=as_json)


@app.command("list")
def show_all(*, as_json: Json = False) -> None:
    """List the what-ifs."""

    async def act(container: Container) -> ScenariosShown:
        found = await container.scenario_answers.all()
        return await container.read(
            lambda s: ScenariosShown(scenarios=[show_scenario(s, told) for told in found])
        )

    shown = run(act)
    if as_json:
        print_json(shown)
    else:
        print_scenarios(shown)


@app.command()
def show(scenario_id: ScenarioId, *, wait: Wait = 30, as_json: Json = False) -> None:
    """Compare a what-if with the plan."""
    _tell(*run(lambda container: _looked(container, scenario_id, wait)), as_json=as_json)


@app.command()
def keep(scenario_id: ScenarioId, *, as_json: Json = False) -> None:
    """Make it so: what is supposed is done, and its plan is taken over."""

    async def act(container: Container) -> tuple[ProposalShown, WallClock]:
        kept = await container.write(lambda s: s.keeping.keep(scenario_id))
        return await container.read(lambda s: (show_proposal(s, kept), clock_of(s)))

    proposal, clock = run(act)
    if as_json:
        print_json(proposal)
        return
    console().print("Kept; this is your plan now.")
    print_proposal(proposal, clock)


@app.command()
def discard(scenario_id: ScenarioId) -> None:
    """Throw a what-if away; nothing else changes."""
    write(lambda s: s.scenarios.remove(scenario_id))
    console().print(line(f"Threw what-if {scenario_id} away; your plan is as it was."))


async def _looked(container: Container, scenario_id: int, seconds: int) -> Shown:
    told = await container.scenario_answers.look(scenario_id, longest=timedelta(seconds=seconds))
    return await container.read(lambda s: (show_scenario(s, told), clock_of(s)))


def _tell(scenario: ScenarioShown, clock: WallClock, *, as_json: bool) -> None:
    if as_json:
        print_json(scenario)
        return
    print_scenario(scenario, clock)
    if scenario.state in (State.WAITING, State.OUTDATED):
        remind_of_worker("it is not planned through")
