"""`dayloom calendar`."""

from pathlib import Path

from tests.cli.conftest import Shell

URL = "https://example.com/secret/calendar.ics"
ICS = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"


def test_an_address_is_added_and_listed_without_its_secret(shell: Shell) -> None:
    assert shell.run("calendar", "add", URL, "--name", "Work") == "Added  1  Work\n"
    rows = shell.run("calendar", "list")
    assert [line.split() for line in rows.splitlines()][1] == [
        "1",
        "Work",
        "not",
        "yet",
        "waiting",
    ]
    assert "secret" not in shell.run("calendar", "list", "--json")


def test_a_file_is_added_under_its_name(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "home.ics"
    file.write_text(ICS)
    added = shell.read("calendar", "add", str(file))
    assert (added["name"], added["kind"]) == ("home", "file")


def test_what_is_no_calendar_is_refused(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("hello")
    assert "not a calendar file" in shell.run("calendar", "add", str(file), status=1)
    assert "calendar's address" in shell.run("calendar", "add", "no-such-file.ics", status=1)


def test_the_same_address_twice_is_a_conflict(shell: Shell) -> None:
    shell.run("calendar", "add", URL)
    assert shell.run("calendar", "add", URL, status=4) == "This calendar is there already.\n"


def test_refresh_remove_and_restore(shell: Shell) -> None:
    shell.run("calendar", "add", URL)
    assert shell.run("calendar", "refresh", "1").startswith("Will be read again")
    shell.run("calendar", "remove", "1")
    assert "There are no calendars." in shell.run("calendar", "list")
    shell.run("calendar", "restore", "1")
    assert len(shell.read("calendar", "list")["calendars"]) == 1


def test_an_unknown_calendar_is_not_found(shell: Shell) -> None:
    for word in ("refresh", "remove", "restore"):
        assert shell.run("calendar", word, "9", status=3) == "There is no calendar 9.\n"
