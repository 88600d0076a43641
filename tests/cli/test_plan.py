"""`dayloom plan`: showing, and deciding. The worker's part is done on the spot."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from dayloom.accounts.changes import REQUEST
from dayloom.bootstrap import bootstrap
from dayloom.infra import work
from dayloom.infra.settings import Settings
from dayloom.infra.work import Claim
from dayloom.planning.budget import Budget
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.planning.solve import plan
from dayloom.plans.jobs import ReplanJob
from tests.cli.conftest import Shell
from tests.fakes import FakeClock


@pytest.fixture
def answer(settings: Settings, clock: FakeClock) -> Callable[[], None]:
    """Answer the waiting request for a plan, as the worker would."""

    async def solve(problem: Problem) -> Plan:
        return plan(problem, Budget.instant())

    def act() -> None:
        container = bootstrap(settings, clock=clock)
        key = str(container.account_id)
        want = container.db.read_now(lambda session: work.wanted(session, REQUEST, key))
        job = ReplanJob(container.db, clock, solve)
        finish = asyncio.run(job(Claim(kind=REQUEST, key=key, want=want)))
        assert finish.unit is not None
        container.db.write_now(finish.unit)
        container.db.close()

    return act


def ask(shell: Shell, answer: Callable[[], None]) -> None:
    shell.run("plan", "replan", "--wait", "0", status=5)
    answer()


class TestShow:
    def test_an_empty_day_says_so(self, shell: Shell) -> None:
        assert shell.run("plan") == "Nothing is planned here.\n"

    def test_a_day_before_the_first_plan(self, shell: Shell) -> None:
        shell.run("add", "Write report 2h")
        assert shell.run("plan").splitlines()[:2] == [
            "Monday, 23 November",
            "  09:00–11:00  Write report  #1  2 h, provisional",
        ]

    def test_a_planned_day_says_why_once_a_task(
        self, shell: Shell, answer: Callable[[], None]
    ) -> None:
        shell.run("add", "Write report 2h by Friday")
        ask(shell, answer)
        printed = shell.run("plan")
        assert "provisional" not in printed
        assert printed.count("First free time.") == 1
        assert "First free time." not in shell.run("plan", "--no-reasons")

    def test_a_week_has_its_days(self, shell: Shell) -> None:
        shell.run("add", typed="One 7h\nTwo 7h")
        assert "Tuesday" not in shell.run("plan")
        assert "Tuesday, 24 November" in shell.run("plan", "--week")

    def test_what_has_no_place_is_named_with_its_reason(
        self, shell: Shell, answer: Callable[[], None]
    ) -> None:
        shell.run("add", "Impossible 7h must be done by today 10:00")
        ask(shell, answer)
        printed = shell.run("plan")
        assert "Not placed" in printed
        assert "cannot be done by its deadline" in " ".join(printed.split())

    def test_showing_is_seeing_but_json_is_not(
        self, shell: Shell, answer: Callable[[], None]
    ) -> None:
        shell.run("add", "Write report 2h")
        ask(shell, answer)
        assert shell.read("plan")["slots"][0]["seen"] is False
        shell.run("plan")
        assert shell.read("plan")["slots"][0]["seen"] is True


class TestDecide:
    @pytest.fixture
    def waiting(self, shell: Shell, answer: Callable[[], None]) -> Shell:
        """Two tasks of a seen plan, and a proposal that would move them."""
        shell.run("add", typed="Long 3h\nShort 30m")
        ask(shell, answer)
        shell.run("plan")
        shell.run("add", "Urgent 3h p10 must be done by today 12:00")
        ask(shell, answer)
        return shell

    def test_the_question_is_shown_with_its_answers(self, waiting: Shell) -> None:
        printed = waiting.run("plan")
        assert "waits for you" in printed
        assert "dayloom plan accept, or dayloom plan reject" in printed
        assert "→" in printed

    def test_accepting_moves(self, waiting: Shell) -> None:
        pending = waiting.read("plan")["pending"]
        assert waiting.read("plan", "accept")["state"] == "accepted"
        after = waiting.read("plan")
        assert after["pending"] is None
        moved = {change["task_id"]: change["after"][0]["start"] for change in pending["changes"]}
        starts = {slot["task_id"]: slot["start"] for slot in after["slots"]}
        assert {task: starts[task] for task in moved} == moved

    def test_rejecting_keeps_everything(self, waiting: Shell) -> None:
        before = waiting.read("plan")["slots"]
        assert "everything stays where it is" in waiting.run("plan", "reject")
        assert waiting.read("plan")["slots"] == before

    def test_undo_puts_back(self, waiting: Shell) -> None:
        before = waiting.read("plan")["slots"]
        waiting.run("plan", "accept")
        assert waiting.run("plan", "undo").startswith("Put back.")
        starts = {slot["task_id"]: slot["start"] for slot in waiting.read("plan")["slots"]}
        assert starts[1] == next(slot["start"] for slot in before if slot["task_id"] == 1)

    def test_an_unknown_change_is_not_found(self, waiting: Shell) -> None:
        complaint = waiting.run("plan", "accept", "--change", "99", status=3)
        assert complaint == "The proposal has no change 99.\n"

    def test_without_a_question_there_is_nothing_to_answer(self, shell: Shell) -> None:
        for word in ("accept", "reject"):
            assert shell.run("plan", word, status=3) == "No proposal waits.\n"
            assert shell.run("plan", word, "9", status=3) == "There is no proposal 9.\n"
        assert shell.run("plan", "undo", status=4) == "There is no move to undo.\n"


class TestExport:
    def test_before_a_plan_there_is_nothing_to_write(self, shell: Shell, tmp_path: Path) -> None:
        file = tmp_path / "p.json"
        assert shell.run("plan", "export", str(file), status=3) == "There is no plan yet.\n"
        assert not file.exists()

    def test_the_problem_goes_to_a_file_or_to_standard_output(
        self, shell: Shell, answer: Callable[[], None], tmp_path: Path
    ) -> None:
        shell.run("add", "Write report 2h")
        ask(shell, answer)
        file = tmp_path / "p.json"
        shell.run("plan", "export", str(file))
        assert '"dayloom.problem"' in file.read_text()
        assert shell.run("plan", "export", "-").strip() == file.read_text()

    def test_a_file_that_cannot_be_written_is_told(
        self, shell: Shell, answer: Callable[[], None], tmp_path: Path
    ) -> None:
        ask(shell, answer)
        file = tmp_path / "nowhere" / "p.json"
        assert "cannot be written" in shell.run("plan", "export", str(file), status=1)


def test_without_a_worker_the_request_stays(shell: Shell) -> None:
    complaint = shell.run("plan", "replan", "--wait", "0", status=5)
    assert "is Dayloom running?" in complaint


def test_the_certificate_is_shown_with_its_rules_checked_again(
    shell: Shell, answer: Callable[[], None]
) -> None:
    shell.run("add", "Write 1 h due today 09:30")
    shell.run("plan", "replan", "--wait", "0", status=5)
    answer()
    printed = shell.run("plan", "certificate")
    assert "one task 30 min late: #1" in printed
    assert "16 rules, nothing broken." in printed
    assert shell.read("plan", "certificate", "1")["version"] == 1
    assert "Plan 7 is not kept." in shell.run("plan", "certificate", "7", status=3)


def test_an_earlier_plan_is_proposed_again(shell: Shell, answer: Callable[[], None]) -> None:
    assert shell.run("plan", "history") == "There is no plan yet.\n"
    shell.run("add", "Write 1h")
    ask(shell, answer)
    shell.run("add", "Read 2h")
    ask(shell, answer)
    listed = shell.run("plan", "history").splitlines()
    assert listed[0].startswith("Plan 2  ")
    assert listed[0].endswith("1 task changed, holds now")
    assert shell.read("plan", "history")["plans"][1]["version"] == 1
    said = shell.run("plan", "restore", "1", status=4)
    assert said == "Everything that can lie as it did then lies there already.\n"
    assert "Plan 9 is not kept." in shell.run("plan", "restore", "9", status=3)


def test_catching_up_with_nothing_overdue_says_so(shell: Shell) -> None:
    shell.run("add", "Write 1h")
    assert shell.run("plan", "catch-up", status=4) == "Nothing is overdue.\n"
