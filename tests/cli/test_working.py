"""What commands say where no worker is."""

from dayloom.infra.file_lock import SignOfLife
from dayloom.infra.settings import Settings
from tests.cli.conftest import Shell

WORDS = (("add", "Write 1h"), ("plan",), ("calendar", "add", "https://example.com/a.ics"))
HINT = "No worker is running, so "


def test_without_a_worker_what_waits_is_told_beside_the_output(shell: Shell) -> None:
    for words in WORDS:
        assert HINT in shell.complaints(*words)


def test_with_a_worker_nothing_is_told(shell: Shell, settings: Settings) -> None:
    sign = SignOfLife(settings.signs_of_life / "worker")
    for words in WORDS:
        assert shell.complaints(*words) == ""
    sign.end()


def test_programs_are_told_nothing(shell: Shell) -> None:
    assert shell.complaints("plan", "--json") == ""
