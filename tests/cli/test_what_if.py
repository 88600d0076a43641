"""`dayloom what-if`."""

import asyncio

from dayloom.accounts.changes import SCENARIO, scenario_key
from dayloom.bootstrap import bootstrap
from dayloom.infra.settings import Settings
from dayloom.infra.work import Claim, Work
from dayloom.scenarios.jobs import ScenarioJob
from tests.cli.conftest import Shell
from tests.fakes import FakeClock
from tests.plans.conftest import solve


def think(settings: Settings, clock: FakeClock, scenario_id: int) -> None:
    """Plan a scenario through, as the worker of this machine would."""
    container = bootstrap(settings, clock=clock)
    key = scenario_key(container.account_id, scenario_id)
    finish = asyncio.run(
        ScenarioJob(container.db, clock, solve)(Claim(kind=SCENARIO, key=key, want=1))
    )
    assert finish.unit is not None
    container.db.write_now(finish.unit)
    container.db.write_now(lambda s: setattr(s.get_one(Work, (SCENARIO, key)), "done", 1))
    container.db.close()


def test_a_what_if_is_compared_kept_and_gone(
    shell: Shell, settings: Settings, clock: FakeClock
) -> None:
    shell.run("add", "Report 3h at 9:00")
    told = shell.run("what-if", "add", "client X adds 10 h by Thursday", "--wait", "0")
    assert "“Client X”, 10 h, by the end of Thu, in pieces" in told
    assert "being planned through" in told
    think(settings, clock, 1)
    shown = shell.run("what-if", "show", "1")
    assert "Nothing would be late." in shown
    assert "“Client X” would lie" in shown
    assert "Nothing that lies in your plan would move." in shown
    assert "“dayloom what-if keep 1” makes it so" in shown
    assert "Client X" in shell.run("what-if", "list")
    assert shell.read("what-if", "list")["scenarios"][0]["state"] == "solved"
    assert "Kept; this is your plan now." in shell.run("what-if", "keep", "1")
    assert "Client X" in shell.run("list")
    assert "No what-ifs yet" in shell.run("what-if", "list")


def test_one_that_is_thrown_away_changes_nothing(shell: Shell) -> None:
    before = shell.run(
        "what-if", "add", "take Friday off", "--name", "Long weekend", "--wait", "0"
    )
    assert "What if 1  Long weekend" in before
    assert "Fri off" in before
    assert "Threw what-if 1 away" in shell.run("what-if", "discard", "#1")
    assert "no what-if 1" in shell.run("what-if", "discard", "1", status=3)
    assert "no what-if 1" in shell.run("what-if", "keep", "1", status=3)


def test_what_is_not_planned_through_is_not_kept(shell: Shell) -> None:
    shell.run("what-if", "add", "take Friday off", "--wait", "0")
    assert "not planned through yet" in shell.run("what-if", "keep", "1", status=4)


def test_words_that_suppose_nothing_are_told(shell: Shell) -> None:
    assert "“[/b]” is not understood" in shell.run("what-if", "add", "[/b]", status=1)
    assert shell.read("what-if", "list") == {"scenarios": []}
