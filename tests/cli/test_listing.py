"""`dayloom list`."""

import pytest

from tests.cli.conftest import Shell


def test_a_row_for_each_open_task(shell: Shell) -> None:
    shell.run("add", typed="Write report 2h by Friday\nTaxes 3h must be done by 30 Nov\nDone 1h")
    shell.run("done", "3")
    lines = [line.split() for line in shell.run("list").splitlines()]
    assert lines == [
        ["#", "Task", "Takes", "Planned", "Due"],
        ["1", "Write", "report", "2", "h", "today", "09:00", "Fri"],
        ["2", "Taxes", "3", "h", "today", "11:00", "Mon", "30", "Nov!"],
    ]
    assert "completed" in shell.run("list", "--all")


def test_no_line_is_wider_than_the_terminal(shell: Shell) -> None:
    shell.run("add", f"{'very ' * 60}long 2h by Friday")
    assert max(map(len, shell.run("list").splitlines())) <= 80


@pytest.mark.parametrize("columns", [40, 52, 64, 200])
def test_titles_are_there_however_wide_the_terminal_is(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shell.run("add", "Paint the fence 2h by 3 Jan 2027 17:00")
    printed = shell.run("list")
    assert max(map(len, printed.splitlines())) <= columns
    for word in ("Paint", "fence", "2 h"):
        assert word in printed


def test_titles_are_text_and_never_markup(shell: Shell) -> None:
    shell.run("add", "Read [bold]this[/bold] 1h")
    assert "[bold]this[/bold]" in shell.run("list")


def test_finds_words(shell: Shell) -> None:
    shell.run("add", typed="Write report\nCall Ana")
    assert [task["title"] for task in shell.read("list", "ana")["tasks"]] == ["Call Ana"]


def test_tells_that_there_is_more(shell: Shell) -> None:
    shell.run("add", typed="One\nTwo\nThree")
    assert "--limit" in shell.run("list", "--limit", "2")
    assert shell.read("list", "--limit", "2")["next_cursor"] == "2"
    assert shell.read("list")["next_cursor"] is None


def test_an_empty_list_says_so(shell: Shell) -> None:
    assert shell.run("list").startswith("Nothing to do.")
    assert shell.run("list", "taxes") == "No task has “taxes” in it.\n"


def test_a_bad_limit_is_wrong_usage(shell: Shell) -> None:
    assert "--limit" in shell.run("list", "--limit", "0", status=2)
