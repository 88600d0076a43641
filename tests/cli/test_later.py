"""`dayloom later`."""

from tests.cli.conftest import Shell


def test_a_task_is_put_off_and_taken_back(shell: Shell) -> None:
    shell.run("add", "Write 1h")
    assert shell.run("later", "1") == "Put off  #1  Write  not before Tue 24 Nov\n"
    assert shell.run("later", "#1", "2026-12-24") == "Put off  #1  Write  not before Thu 24 Dec\n"
    assert shell.run("later", "1", "soon") == "As soon as it fits  #1  Write\n"
    assert shell.read("later", "1", "next-week")["release"] == "2026-11-30T00:00:00+01:00"


def test_no_day_is_told(shell: Shell) -> None:
    shell.run("add", "Write 1h")
    complaint = shell.run("later", "1", "whenever", status=1)
    assert complaint.startswith("“whenever” is no day: say one of soon, tomorrow,")
