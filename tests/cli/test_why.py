"""`dayloom why`."""

import pytest

from tests.cli.conftest import Shell


def test_a_place_is_explained(shell: Shell) -> None:
    shell.run("add", "Write 1h at 14:00")
    assert shell.run("why", "1") == "#1  Write  today 14:00–15:00\n"
    assert shell.read("why", "#1")["slots"][0]["pinned"] is True


def test_another_place_says_what_it_costs(shell: Shell) -> None:
    shell.run("add", "Read 1h due today 10:40")
    shell.run("add", "Write 1h")
    said = " ".join(shell.run("why", "2", "--at", "9:00").split())
    assert "#2 Write today 09:00 Moves “Read” (#1) to 10:00," in said
    assert "20 min late." in said
    shown = shell.read("why", "2", "--at", "2026-11-23T08:00:00Z")
    assert [one["task_id"] for one in shown["late"]] == [1]
    assert "Costs nothing" in shell.run("why", "2", "--at", "tomorrow 14:00")


@pytest.mark.parametrize("words", ["soon", "", "Friday", "[/b] 9"])
def test_words_that_name_no_time_are_told(shell: Shell, words: str) -> None:
    shell.run("add", "Write 1h")
    assert f"When is “{words}”?" in shell.run("why", "1", "--at", words, status=1)


def test_an_unknown_task_is_not_found(shell: Shell) -> None:
    assert "no task #7" in shell.run("why", "7", status=3).lower()
    assert "#7" in shell.run("why", "7", "--at", "14:00", status=3)
