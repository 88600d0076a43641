"""`dayloom history` and `dayloom insights`."""

from datetime import timedelta

from tests.cli.conftest import Shell
from tests.fakes import FakeClock


def test_what_was_worked_stands_in_its_day(shell: Shell, clock: FakeClock) -> None:
    shell.run("add", "Write the report 1h, due today")
    shell.run("start", "1")
    clock.advance(timedelta(minutes=50))
    shell.run("done", "1")
    head, today, yesterday, *_ = shell.run("history").splitlines()
    assert head.split() == ["Day", "Planned", "Worked", "Done"]
    assert today.startswith("Mon 23 Nov")
    assert today.rstrip().endswith("50 min  Write the report")
    assert yesterday.split() == ["Sun", "22", "Nov", "no", "record", "0", "min"]
    told = shell.run("insights")
    assert "The last 7 days" in told
    assert "50 min in stretches of 45 min or more" in told
    assert "1 of 1 kept" in told
    assert "4 more clocked tasks until a factor can be said" in told
    assert "none is connected" in told


def test_json_says_the_same_as_rest(shell: Shell) -> None:
    days = shell.read("history", "2026-11-20", "--days", "3")["days"]
    assert [day["on"] for day in days] == ["2026-11-20", "2026-11-19", "2026-11-18"]
    assert days[0]["planned_minutes"] is None
    insights = shell.read("insights", "--days", "30")
    assert len(insights["days"]) == 30
    assert insights["estimates"]["factor"] is None


def test_what_is_no_day_is_refused(shell: Shell) -> None:
    assert "“soon” is no day; write it as 2026-11-23." in shell.run("history", "soon", status=2)
    assert "92" in shell.run("insights", "--days", "93", status=2)
