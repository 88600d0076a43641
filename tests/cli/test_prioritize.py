"""`dayloom prioritize`."""

from tests.cli.conftest import Shell


def test_the_ranking_is_asked_for_and_it_is_said_who_ranks(shell: Shell) -> None:
    assert "Their dates rank your open tasks in a moment." in shell.run("prioritize")
    assert shell.read("prioritize") == {"by_model": False}
