"""Whatever is typed: no error, spans inside the line, a title, values that mean something."""

import re
import sys
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from types import FrameType
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from dayloom.language import TaskDraft, TextTooLong, read, read_lines
from dayloom.language.draft import Span
from dayloom.language.lines import BULLET, LONGEST_LINE, MOST_LINES
from dayloom.language.rules.title import DANGLING, LEADING
from dayloom.language.rules.tokens import HEAD, TAIL, build_line
from tests.language.told import BERLIN, context, everyday_cases, readings_of, tell

WORDS = """
2h 1h30 90 min half an hour and a by due before after from until on at in for the next this every
other each daily weekly Monday Fri sat tomorrow today tonight week weekend month end of EOD 9 9am
15:30 noon 2026-11-30 30.11. 30/11 Nov March 3rd #12 #work @work ! !! p8 p11 urgent low priority
3x a week twice split into chunks one go + - – / : , ( ) ½ ~ " ' mornings evening lunch days weeks
hours 2 days ago later Q3 Feb 29 99 00 2/29/2027 first last 31st must be done no later than
deadline once are is done not
"""
PIECES = WORDS.split()
EVERYDAY_WORDS = sorted({word for case in everyday_cases() for word in case.text.split()})
ZONES = ("Europe/Berlin", "America/New_York", "Africa/Cairo", "Pacific/Apia", "Asia/Kathmandu")
_WORD = re.compile(r"\w[\w']*")
SMALL = DANGLING | LEADING
MOMENTS = st.integers(1_700_000_000, 2_200_000_000)
SENTENCES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).flatmap(
    lambda words: st.sampled_from([" ".join(words), "".join(words), ", ".join(words)])
)


def assert_sound(draft: TaskDraft) -> None:
    assert draft.title.strip()
    assert draft.title == draft.title.strip()
    assert_spans_are_apart(draft)
    assert_nothing_is_lost(draft)
    for moment in (draft.start, draft.release, draft.due, draft.deadline):
        assert moment is None or moment.value.tzinfo is not None
    if draft.duration:
        assert timedelta(0) < draft.duration.value <= timedelta(hours=40)
    if draft.priority:
        assert 0 <= draft.priority.value <= 10
    if draft.min_chunk and draft.max_chunk:
        assert timedelta(0) < draft.min_chunk.value <= draft.max_chunk.value
    if draft.rrule:
        assert rrulestr(draft.rrule.value, dtstart=datetime.combine(date(2026, 1, 1), time()))


def spans_of(draft: TaskDraft) -> list[Span]:
    readings = [one for several in readings_of(draft).values() for one in several]
    return sorted({span for one in readings for span in one.spans}, key=lambda span: span.start)


def assert_spans_are_apart(draft: TaskDraft) -> None:
    spans = spans_of(draft)
    for span in spans:
        assert 0 <= span.start < span.end <= len(draft.source)
        assert not draft.source[span.start : span.end].isspace()
    assert all(first.end <= second.start for first, second in pairwise(spans))


def assert_nothing_is_lost(draft: TaskDraft) -> None:
    """Every word is in the title or in what a value came from, but for "and", "by" and such."""
    inside = {at for span in spans_of(draft) for at in range(span.start, span.end)}
    bullet = BULLET.match(draft.source)
    begin = bullet.end() if bullet else 0
    outside = "".join(
        " " if at in inside or at < begin else char for at, char in enumerate(draft.source)
    )
    kept = set(_words(draft.title)) | SMALL
    assert [word for word in _words(outside) if word not in kept] == []


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


@settings(max_examples=400, deadline=None, derandomize=True)
@given(SENTENCES, MOMENTS, st.sampled_from(ZONES))
def test_any_words_of_the_grammar(text: str, seconds: int, zone: str) -> None:
    now = datetime.fromtimestamp(seconds, ZoneInfo(zone))

    assert_sound(read(text, context(now)))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=300))
def test_any_characters(text: str) -> None:
    assert_sound(read(text, context()))
    for draft in read_lines(text, context()):
        assert_sound(draft)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(SENTENCES, st.integers(0, 6), st.sampled_from(("dmy", "mdy", "ymd")))
def test_the_same_line_is_read_the_same(text: str, week_start: int, order: str) -> None:
    first = read(text, context(week_start=week_start, order=order))

    assert read(text, context(week_start=week_start, order=order)) == first


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(PIECES), st.integers(1, 4000))
def test_of_a_long_line_only_its_ends_are_read(word: str, count: int) -> None:
    line = build_line((f"{word} " * count)[:4000], context())

    assert sum(1 for word in line.words if word) <= HEAD + TAIL


def test_a_zone_of_its_own_comes_back_with_every_instant() -> None:
    draft = read("Call Ann tomorrow at 9", context())

    assert draft.start is not None
    assert draft.start.value.tzinfo is BERLIN


@pytest.mark.parametrize("text", [case.text for case in everyday_cases()])
def test_nothing_of_what_people_type_is_lost(text: str) -> None:
    assert_sound(read(text, context()))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(EVERYDAY_WORDS), min_size=1, max_size=14).map(" ".join), MOMENTS)
def test_the_words_of_people_in_any_order(text: str, seconds: int) -> None:
    assert_sound(read(text, context(datetime.fromtimestamp(seconds, BERLIN))))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(SENTENCES, st.text(" \t\u00a0\u2003", max_size=6), st.text(" \t\u00a0", max_size=6))
def test_blanks_around_a_line_mean_nothing(text: str, before: str, after: str) -> None:
    bare, padded = read(text, context()), read(f"{before}{text}{after}", context())

    assert padded.title == bare.title
    assert tell(padded).expect == tell(bare).expect
    assert tell(padded).read == tell(bare).read


@pytest.mark.parametrize(
    "text",
    [
        "9" * 10_000,
        "\u202e" * 10_000,
        "שלום מחר 2h " * 900,
        "\x00\x01\x1b[31m" * 2_000,
        "a\u0301" * 5_000,
        "😀" * 10_000,
        "Call Ann 2h\n" * 1_000,
        "(" * 10_000,
    ],
    ids=["digits", "marks of direction", "Hebrew", "control", "accents", "emoji", "lines", "("],
)
def test_more_than_is_read_at_once_is_refused_and_the_rest_is_sound(text: str) -> None:
    with pytest.raises(TextTooLong):
        read(text, context())
    for line in text[: LONGEST_LINE * 2].splitlines()[:MOST_LINES]:
        assert_sound(read(line[:LONGEST_LINE], context()))


@pytest.mark.parametrize(
    "number", ["0", "00", "1" * 30, "9" * 300, "٣", "²", "½", "1e9", "-5", "0x1F", "1.1.1.1"]
)
@pytest.mark.parametrize(
    "frame",
    ["Run {}h", "Run in {} days", "Run p{}", "Run by {}", "Run at {}:{}", "Run after #{}",
     "Run every {} weeks", "Run {}/{}/{}", "Run {}x a week", "Run on the {}th", "{} Dec {}"],
)  # fmt: skip
def test_no_number_is_too_strange(frame: str, number: str) -> None:
    assert_sound(read(frame.replace("{}", number), context()))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.text(min_size=1, max_size=12), st.integers(100, 2_000))
def test_twice_as_long_a_line_takes_no_more_steps_than_twice(piece: str, count: int) -> None:
    """Steps are counted, not seconds: the calls of functions while a line is read."""
    short = (piece * count)[: LONGEST_LINE // 2]

    assert _calls(short * 2) <= 2.2 * _calls(short) + 4_000


def _calls(text: str) -> int:
    counted = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event == "call"

    sys.setprofile(count)
    try:
        read(text, context())
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize(
    "frame", ["{}", "Pay by {}", "Pay {}", "Pay in {}", "Pay every day until {}"]
)
@pytest.mark.parametrize(
    "when",
    ["0001-01-01T00:00", "9999-12-31 23:59", "0000-00-00", "1 Jan 0001", "Dec 31, 9999",
     "01/01/0001", "31.12.9999", "2000 years", "2000 months", "2000 weeks", "2000 days",
     "99999999999 days", "1999 business days", "Jan 1969", "May 2101", "2026-13-01"],
)  # fmt: skip
def test_no_year_is_too_far(frame: str, when: str) -> None:
    draft = read(frame.replace("{}", when), context())

    assert_sound(draft)
    for moment in (draft.start, draft.release, draft.due, draft.deadline):
        assert moment is None or 1970 <= moment.value.year <= 2101
