"""`dayloom start`, `stop` and `done`."""

from datetime import timedelta

from tests.cli.conftest import Shell
from tests.fakes import FakeClock


def test_a_task_is_started_stopped_and_finished(shell: Shell, clock: FakeClock) -> None:
    shell.run("add", "Write 1h")
    assert shell.run("start", "1") == "Started  #1  Write\n"
    clock.advance(timedelta(minutes=25))
    assert shell.run("stop") == "Stopped  #1  Write  worked 25 min\n"
    assert shell.run("done", "1") == "Finished  #1  Write  worked 25 min\n"
    assert shell.run("done", "1", "--reopen").startswith("Reopened  #1")


def test_the_running_task_needs_no_number(shell: Shell) -> None:
    shell.run("add", "Write 1h")
    shell.run("start", "1")
    assert shell.read("done")["status"] == "completed"


def test_without_a_running_task_one_must_be_named(shell: Shell) -> None:
    for word in ("stop", "done"):
        complaint = shell.run(word, status=4)
        assert complaint == "No task is running; name one by its number.\n"


def test_a_number_may_be_written_as_it_is_shown(shell: Shell) -> None:
    shell.run("add", "Write 1h")
    assert shell.run("start", "#1") == "Started  #1  Write\n"


def test_what_does_not_run_cannot_be_stopped(shell: Shell) -> None:
    shell.run("add", "Write 1h")
    assert shell.run("stop", "1", status=4) == "“Write” is not running.\n"


def test_an_unknown_task_is_not_found(shell: Shell) -> None:
    for word in ("start", "stop", "done"):
        assert shell.run(word, "99", status=3) == "There is no task #99.\n"


def test_a_finished_task_is_in_conflict_with_a_start(shell: Shell) -> None:
    shell.run("add", "Write 1h")
    shell.run("done", "1")
    assert "is finished; reopen it first" in shell.run("start", "1", status=4)


def test_a_number_is_needed(shell: Shell) -> None:
    for word in ("start", "stop", "done"):
        assert "“one” is no number of a task." in shell.run(word, "one", status=2)
        shell.run(word, "0", status=2)
    shell.run("start", status=2)
