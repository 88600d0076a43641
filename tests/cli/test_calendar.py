"""`dayloom calendar`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy.orm import Session

from dayloom.calendars.models import Calendar
from dayloom.infra.db import Database
from dayloom.infra.settings import Settings
from tests.cli.conftest import Shell

URL = "https://example.com/secret/calendar.ics"
ICS = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"


class Keep(Protocol):
    """Stores values of the first calendar, as its reading would, and returns it."""

    def __call__(self, **values: object) -> Calendar: ...


@pytest.fixture
def keep(settings: Settings) -> Iterator[Keep]:
    db: list[Database] = []

    def store(**values: object) -> Calendar:
        db[:] = db or [Database(settings.database_url)]

        def unit(session: Session) -> Calendar:
            calendar = session.get_one(Calendar, 1)
            for name, value in values.items():
                setattr(calendar, name, value)
            return calendar

        return db[0].write_now(unit)

    yield store
    for opened in db:
        opened.close()


def test_an_address_is_added_and_listed_without_its_secret(shell: Shell) -> None:
    assert shell.run("calendar", "add", URL, "--name", "Work").startswith("Added  1  Work\n")
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


def test_what_is_removed_can_be_had_back_for_a_day(shell: Shell) -> None:
    shell.run("calendar", "add", URL)
    removed = " ".join(shell.run("calendar", "remove", "1").split())
    assert "“dayloom calendar restore 1” brings it back until tomorrow 08:00." in removed


class TestChange:
    def test_every_rule(self, shell: Shell) -> None:
        shell.run("calendar", "add", URL)
        printed = shell.run(
            *("calendar", "change", "1", "--name", "Club", "--off", "--all-day", "busy"),
            *("--free-busy", "--tentative-free", "--declined-busy", "--every", "60"),
            *("--own-address", "Ann@example.com"),
        )
        assert "Club  off" in printed
        assert "Looked at every 1 h" in " ".join(printed.split())
        changed = shell.read("calendar", "show", "1")
        assert {name: changed[name] for name in ("name", "enabled", "all_day")} == {
            "name": "Club",
            "enabled": False,
            "all_day": "busy",
        }
        assert [changed[f"{kind}_busy"] for kind in ("free", "tentative", "declined")] == [
            True,
            False,
            True,
        ]
        assert (changed["own_address"], changed["refresh_every_minutes"]) == (
            "ann@example.com",
            60,
        )

    def test_what_is_not_said_stays(self, shell: Shell) -> None:
        before = shell.read("calendar", "add", URL)
        changed = shell.read("calendar", "change", "1", "--tentative-free")
        assert changed == {**before, "tentative_busy": False}

    def test_wrong_values_are_sentences(self, shell: Shell) -> None:
        shell.run("calendar", "add", URL)
        for words, said in (
            ((), "Say what to change"),
            (("--every", "1"), "every 5 minutes"),
            (("--every", "999999999999"), "every 7 days"),
            (("--name", " "), "1 to 100 characters"),
            (("--own-address", "ann"), "e-mail address"),
        ):
            assert said in shell.run("calendar", "change", "1", *words, status=1)
        for words in (("--every", "soon"), ("--all-day", "sometimes")):
            shell.run("calendar", "change", "1", *words, status=2)
        shell.run("calendar", "change", "9", "--off", status=3)


def test_a_file_is_replaced_by_a_newer_one(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "home.ics"
    file.write_text(ICS)
    shell.run("calendar", "add", str(file))
    assert shell.run("calendar", "replace", "1", str(file)).startswith("Will be read again")
    shell.run("calendar", "add", URL)
    assert "comes from an address" in shell.run("calendar", "replace", "2", str(file), status=4)
    assert "cannot be read" in shell.run("calendar", "replace", "1", "nowhere.ics", status=1)


def test_troubles_are_told_below_the_list(shell: Shell, keep: Keep) -> None:
    shell.run("calendar", "add", URL, "--name", "Work")
    keep(
        error="Most of its events are gone. They stay until you agree.",
        shrunk=True,
        unread=5,
        warnings=[f"“Bad {k}”: left out, since it has no readable start." for k in range(5)],
    )
    printed = " ".join(shell.run("calendar", "list").split())
    assert "shrunk" in printed
    assert "Work Most of its events are gone." in printed
    assert "“dayloom calendar agree 1” lets them go." in printed
    assert "5 events could not be read." in printed
    assert "Bad 2" in printed
    assert "Bad 3" not in printed
    assert "And 2 more: “dayloom calendar show 1”." in printed
    assert "Bad 4" in shell.run("calendar", "show", "1")
    shell.run("calendar", "agree", "1")
    assert keep().shrink_agreed
