"""`dayloom replay`: the same file gives the same plan."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dayloom.planning.interval import Interval
from dayloom.planning.problem import Problem, Task
from dayloom.planning.replay import dump_problem, plan_from_json
from dayloom.planning.verify import verify
from tests.cli.conftest import Shell

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = Interval(START, START + timedelta(hours=8))
HOUR = timedelta(hours=1)


def problem(*hours: int) -> Problem:
    tasks = tuple(Task(id=number, duration=HOUR * n) for number, n in enumerate(hours, start=1))
    return Problem(now=START, horizon=DAY, tasks=tasks, hours={"work": (DAY,)}, days=(DAY,))


@pytest.mark.processes
class TestReplay:
    def test_twice_is_bit_for_bit_the_same(self, shell: Shell, tmp_path: Path) -> None:
        file = tmp_path / "p.json"
        file.write_bytes(dump_problem(problem(1, 2, 3)))
        first, second = shell.read("replay", str(file)), shell.read("replay", str(file))
        assert first == second
        plan = plan_from_json(first["plan"])
        assert verify(problem(1, 2, 3), plan) == []
        assert len(plan.slots) == 3
        assert first["objective"]["total"] == plan.objective.total
        assert first["reasons"]["1"]

    def test_prints_plan_objective_certificate_and_reasons(
        self, shell: Shell, tmp_path: Path
    ) -> None:
        file = tmp_path / "p.json"
        file.write_bytes(dump_problem(problem(1, 9)))
        printed = shell.run("replay", str(file))
        assert "Mon 2026-11-23 08:00–09:00Z  task 1" in printed
        assert "task 2: " in printed
        assert "Objective " in printed
        assert "Fingerprint " in printed


@pytest.mark.processes
@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": "dayloom.problem"}'])
def test_a_file_without_a_problem_is_refused(shell: Shell, tmp_path: Path, content: str) -> None:
    file = tmp_path / "p.json"
    file.write_text(content)
    complaint = shell.run("replay", str(file), status=1)
    assert complaint.startswith("This file holds no problem: ")


def test_a_missing_file_is_told(shell: Shell) -> None:
    assert "cannot be read" in shell.run("replay", "nowhere.json", status=1)
