"""`dayloom why` of a task without a place, and `dayloom repair`."""

import pytest

from dayloom.bootstrap import Container
from tests.cli.conftest import Shell
from tests.fakes import FakeClock
from tests.plans.conftest import Planner
from tests.plans.overload import overload


@pytest.fixture
def planner(container: Container, clock: FakeClock) -> Planner:
    """Return the worker, and the day on which the slides find no place."""
    planner = Planner(container, clock)
    overload(planner)
    return planner


def said(text: str) -> str:
    return " ".join(text.split())


def test_why_not_is_told_with_what_helps(shell: Shell, planner: Planner) -> None:
    planner.diagnose()
    told = said(shell.run("why", "2"))
    assert "#2 Slides It cannot be done in time. It would have to be 1 h shorter." in told
    assert "in its way: “Budget”, deadline Mon 17:00" in told
    assert "2 Move its deadline to Tue 12:00 It is done Tue 12:00." in told
    assert "dayloom repair 2 NUMBER does one of them." in told
    shown = shell.read("why", "2")["diagnosis"]
    assert [one["number"] for one in shown["repairs"]] == [1, 2, 3, 4]


def test_until_it_is_known_the_plan_says_what_it_can(shell: Shell, planner: Planner) -> None:
    (unplaced,) = planner.look().unplaced
    told = said(shell.run("why", "2"))
    assert unplaced.reason in told
    assert "in its way" not in told
    assert shell.read("why", "2")["diagnosis"]["knowledge"] == "waiting"


def test_a_late_task_says_where_it_lies_and_why_it_is_late(shell: Shell, planner: Planner) -> None:
    planner.add("Call 1h due today 08:30")
    planner.replan()
    planner.diagnose()
    told = said(shell.run("why", "3"))
    assert "#3 Call today 09:00–10:00" in told
    assert "It cannot be done in time." in told


def test_a_repair_is_made_and_taken_back(shell: Shell, planner: Planner) -> None:
    planner.diagnose()
    told = shell.run("repair", "#2", "2")
    assert "Repaired." in told
    assert "Slides" in told
    assert shell.read("plan", "--week")["unplaced"] == []
    shell.run("plan", "undo")
    assert [one["task_id"] for one in shell.read("plan")["unplaced"]] == [2]


def test_as_json_it_is_the_record(shell: Shell, planner: Planner) -> None:
    planner.diagnose()
    assert shell.read("repair", "2", "1")["cause"] == "repair"


def test_what_is_stale_or_unknown_is_told(shell: Shell, planner: Planner) -> None:
    planner.diagnose()
    assert "no repair 9 of task #2" in shell.run("repair", "2", "9", status=3)
    assert "no task #7" in shell.run("repair", "7", "1", status=3)
    assert "is no number of a repair" in shell.run("repair", "2", "best", status=2)
    shell.run("repair", "2", "1")
    assert "Something has changed" in shell.run("repair", "2", "1", status=4)
