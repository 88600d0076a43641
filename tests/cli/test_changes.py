"""`dayloom changes` and `dayloom undo`."""

import json

from tests.cli.conftest import Shell


def test_the_last_change_is_taken_back_and_done_again(shell: Shell) -> None:
    shell.run("add", "Call mum 30 min")
    shell.run("add", "Call dad 30 min")
    assert shell.run("changes").splitlines()[0].startswith("2. Added “Call dad”")
    told = shell.run("undo")
    assert told.startswith("Undone: Added “Call dad”")
    assert "dayloom undo 3 does it again." in told
    assert "Call dad" not in shell.run("list")
    shell.run("undo", "3")
    assert "Call dad" in shell.run("list")


def test_json_and_what_is_not_there(shell: Shell) -> None:
    assert shell.run("changes") == "Nothing was changed yet.\n"
    assert shell.run("undo", status=4) == "There is nothing to undo.\n"
    assert shell.run("undo", "7", status=3) == "There is no change 7.\n"
    shell.run("add", "Call mum 30 min")
    (change,) = json.loads(shell.run("changes", "--json"))["changes"]
    assert change["origin"] == "cli"
    assert json.loads(shell.run("undo", "--json"))["change"]["id"] == change["id"]
