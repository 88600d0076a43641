import pytest

from dayloom.language import TaskDraft, TextTooLong, read, read_lines
from dayloom.language.lines import LONGEST_LINE, LONGEST_TEXT, MOST_LINES
from tests.language.told import context, readings_of, tell


def _titles(text: str) -> list[str]:
    return [draft.title for draft in read_lines(text, context())]


def _duration_span(draft: TaskDraft) -> str:
    assert draft.duration is not None
    return draft.source[draft.duration.span.start : draft.duration.span.end]


def test_every_line_is_a_task_and_blank_lines_are_none() -> None:
    assert _titles("Buy milk\n\n  \nCall Ann 20m\r\nSleep") == ["Buy milk", "Call Ann", "Sleep"]


@pytest.mark.parametrize(
    "bullet",
    ["- ", "* ", "+ ", "• ", "- [ ] ", "- [x] ", "[ ] ", "1. ", "12) ", "(3) ", "  - ", "– "],
)
def test_a_bullet_is_no_part_of_the_task(bullet: str) -> None:
    draft = read(f"{bullet}Call Ann 20m", context())

    assert draft.title == "Call Ann"
    assert draft.source == f"{bullet}Call Ann 20m"
    assert _duration_span(draft) == "20m"


def test_spans_count_within_their_own_line() -> None:
    drafts = read_lines("- Call Ann 20m\n  * Mail Bob 1h", context())

    assert [_duration_span(draft) for draft in drafts] == ["20m", "1h"]


def test_a_line_of_marks_alone_is_no_task() -> None:
    assert read_lines("- \n---\n* * *\n===", context()) == ()


def test_a_numbered_month_is_a_date_and_no_bullet() -> None:
    draft = read("3. Dec send cards", context())

    assert tell(draft).expect["release"] == "2026-12-03 00:00"
    assert draft.title == "send cards"


def test_nothing_typed_is_no_task() -> None:
    assert read_lines("", context()) == ()


def test_too_long_a_text_is_refused_with_a_sentence() -> None:
    with pytest.raises(TextTooLong, match=r"At most 40,000 characters can be added at once\."):
        read_lines("x" * (LONGEST_TEXT + 1), context())


def test_too_many_lines_are_refused_with_a_sentence() -> None:
    with pytest.raises(TextTooLong, match=r"At most 200 tasks can be added at once\."):
        read_lines("x\n" * (MOST_LINES + 1), context())


def test_too_long_a_line_is_refused_with_a_sentence() -> None:
    with pytest.raises(TextTooLong, match=r"at most 4,000 characters in one line\."):
        read("x" * (LONGEST_LINE + 1), context())


def test_as_much_as_is_allowed_is_read() -> None:
    drafts = read_lines("Call Ann 20m\n" * MOST_LINES, context())

    assert len(drafts) == MOST_LINES
    assert all("duration" in readings_of(draft) for draft in drafts)


@pytest.mark.parametrize("text", ["", "   ", "\n", "- "])
def test_a_line_with_nothing_in_it_still_has_a_title(text: str) -> None:
    assert read(text, context()).title


def test_the_end_of_a_very_long_line_is_read() -> None:
    draft = read("word " * 700 + "by Friday 2h", context())

    assert tell(draft).expect == {"duration": "2:00", "due": "2026-11-28 00:00"}
