"""Whatever is typed: no error, spans inside the line, a title, values that mean something."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from dayloom.language import TaskDraft, read, read_lines
from dayloom.language.rules.tokens import HEAD, TAIL, build_line
from tests.language.told import BERLIN, context, readings_of

WORDS = """
2h 1h30 90 min half an hour and a by due before after from until on at in for the next this every
other each daily weekly Monday Fri sat tomorrow today tonight week weekend month end of EOD 9 9am
15:30 noon 2026-11-30 30.11. 30/11 Nov March 3rd #12 #work @work ! !! p8 p11 urgent low priority
3x a week twice split into chunks one go + - – / : , ( ) ½ ~ " ' mornings evening lunch days weeks
hours 2 days ago later Q3 Feb 29 99 00 2/29/2027 first last 31st must be done no later than
deadline once are is done not
"""
PIECES = WORDS.split()
ZONES = ("Europe/Berlin", "America/New_York", "Africa/Cairo", "Pacific/Apia", "Asia/Kathmandu")
MOMENTS = st.integers(1_700_000_000, 2_200_000_000)
SENTENCES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).flatmap(
    lambda words: st.sampled_from([" ".join(words), "".join(words), ", ".join(words)])
)


def assert_sound(draft: TaskDraft) -> None:
    assert draft.title.strip()
    assert draft.title == draft.title.strip()
    for readings in readings_of(draft).values():
        for reading in readings:
            assert 0 <= reading.span.start < reading.span.end <= len(draft.source)
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
