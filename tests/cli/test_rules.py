"""`dayloom rules`."""

import json

from tests.cli.conftest import Shell


def test_a_sentence_is_added_and_listed(shell: Shell) -> None:
    assert "No calls before 10:00" in shell.run("rules", "add", "No calls before 10")
    listed = shell.run("rules", "list")
    assert "on" in listed
    assert "Concerns none of your open tasks yet." in " ".join(listed.split())


def test_what_is_not_understood_is_told(shell: Shell) -> None:
    assert "not understood" in shell.run("rules", "add", "I am a nurse")


def test_a_rule_is_switched_changed_removed_and_restored(shell: Shell) -> None:
    shell.run("rules", "add", "No calls before 10")
    assert "Switched off" in shell.run("rules", "off", "1")
    shell.run("rules", "on", "1")
    assert "Nothing" not in shell.run("rules", "change", "1", "No calls before 11:30")
    (rule,) = json.loads(shell.run("rules", "list", "--json"))["rules"]
    assert (rule["understood"], rule["enabled"]) == ("No calls before 11:30", True)
    assert "undoes it" in shell.run("rules", "remove", "1")
    assert "No rules yet" in shell.run("rules", "list")
    assert "No calls before 11:30" in shell.run("rules", "restore", "1")


def test_a_mistake_is_one_sentence(shell: Shell) -> None:
    shell.run("rules", "off", "7", status=3)
    shell.run("rules", "add", " ", status=1)
    shell.run("rules", "off", "seven", status=2)
