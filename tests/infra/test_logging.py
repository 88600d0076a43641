"""Log lines: complete, attributable, and without secrets."""

import json
import logging

import pytest

from dayloom.infra.logging import JsonLines, TextLines, log_ids, scrub


def failure() -> tuple[type[LookupError], LookupError, None]:
    return LookupError, LookupError("at https://ann:secret@feeds.example/x?token=1"), None


def line(formatter: logging.Formatter, message: str, *args: object, error: bool = False) -> str:
    caught = failure() if error else None
    record = logging.LogRecord("dayloom.x", logging.WARNING, __file__, 1, message, args, caught)
    record.created = 1_795_420_800.25
    return formatter.format(record)


def test_a_text_line_names_time_level_logger_and_ids() -> None:
    with log_ids(request="r1"), log_ids(job="plan/1/3"):
        written = line(TextLines(), "%s is slow", "it")
    assert written == (
        "2026-11-23T08:00:00.250Z WARNING dayloom.x: it is slow  request=r1 job=plan/1/3"
    )


def test_a_json_line_is_one_object() -> None:
    with log_ids(account=1):
        written = line(JsonLines(), "two\nlines", error=True)
    assert "\n" not in written
    fields = json.loads(written)
    assert (fields["level"], fields["message"]) == ("warning", "two\nlines")
    assert fields["account"] == "1"
    assert "LookupError" in fields["exception"]


def test_ids_end_with_their_block() -> None:
    with log_ids(task=7):
        pass
    assert line(TextLines(), "x").endswith("dayloom.x: x")


@pytest.mark.parametrize("formatter", [TextLines(), JsonLines()])
def test_no_line_holds_a_secret(formatter: logging.Formatter) -> None:
    written = line(formatter, "get https://ann:secret@feeds.example/a.ics?key=s3cret", error=True)
    assert "feeds.example/a.ics" in written
    assert "secret" not in written
    assert "s3cret" not in written
    assert "token" not in written


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("https://h/p?q=1#f and more", "https://h/p and more"),
        ("(http://u@h/p)", "(http://h/p)"),
        ("postgresql://u:p%40@h/db failed", "postgresql://h/db failed"),
        ("webcal://u:p@h?x, then", "webcal://h then"),
        ("at 10:30 // no address ? here", "at 10:30 // no address ? here"),
    ],
)
def test_addresses_lose_names_and_queries(text: str, clean: str) -> None:
    assert scrub(text) == clean
