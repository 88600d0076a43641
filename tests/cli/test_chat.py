"""Talking on the command line."""

from tests.cli.conftest import Shell


def test_orders_are_done_and_questions_answered(shell: Shell) -> None:
    said = shell.run("chat", "Create high priority task to fix login bug")
    assert "✓ Added “Fix login bug” (#1), priority 8," in said
    assert "Answered by rules" in said
    assert "Started “Fix login bug” (#1)." in shell.run("chat", "Start", "task", "1")
    assert "1 task open:" in shell.run("chat", "What tasks do I have?")
    assert "Done: “Fix login bug” (#1)." in shell.run("chat", "Complete the login bug task")


def test_a_deletion_waits_for_yes(shell: Shell) -> None:
    shell.run("add", "Buy milk")
    said = shell.run("chat", "delete the milk")
    assert "? Delete “Buy milk” (#1)" in said
    assert "--yes" in said
    assert shell.read("list")["tasks"]
    answer = shell.read("chat", "delete the milk", "--yes")["answer"]
    assert answer["commands"][0]["state"] == "done"
    assert shell.read("list")["tasks"] == []


def test_what_cannot_be_done_and_what_is_not_understood_is_said(shell: Shell) -> None:
    assert "✗ There is no task #9." in shell.run("chat", "start task 9")
    assert "plain orders" in shell.run("chat", "How is the weather?")
    assert "Say something." in shell.run("chat", status=1)
