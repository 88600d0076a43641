"""What people say when they think ahead, and what is understood of it."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dayloom.language import ReadingContext
from dayloom.language.commands import Known
from dayloom.language.suppositions import (
    Around,
    DayOff,
    ExtraHours,
    ExtraWork,
    Invited,
    LeftOut,
    Meeting,
    NotUnderstood,
    Supposition,
    read_supposition,
)

BERLIN = ZoneInfo("Europe/Berlin")
CONTEXT = ReadingContext(now=datetime(2026, 11, 23, 8, tzinfo=UTC), zone=BERLIN)
HOUR = timedelta(hours=1)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


AROUND = Around(
    tasks=(
        Known(id=7, title="Write the report"),
        Known(id=8, title="Read the report draft"),
        Known(id=9, title="Tax return"),
    ),
    events=(
        Invited(summary="Board", start=at(24, 14), end=at(24, 16)),
        Invited(summary="Yoga", start=at(24, 18), end=at(24, 19)),
        Invited(summary="Choir", start=at(25, 18), end=at(25, 20)),
        Invited(summary="Chess", start=at(25, 18), end=at(25, 20)),
        Invited(summary="Opera", start=at(26, 18), end=at(26, 21), busy=True),
        Invited(summary="Lunch", start=at(24, 12), end=at(24, 14), busy=True),
    ),
)


def days(first: date, last: date | None = None) -> DayOff:
    return DayOff(first=first, last=last or first)


FRIDAY = date(2026, 11, 27)
UNDERSTOOD: list[tuple[str, Supposition]] = [
    ("take Friday off", days(FRIDAY)),
    ("What if I take Friday off?", days(FRIDAY)),
    ("I'm off on Friday", days(FRIDAY)),
    ("Friday off", days(FRIDAY)),
    ("no work on Friday", days(FRIDAY)),
    ("don't work on Friday", days(FRIDAY)),
    ("Friday is a holiday", days(FRIDAY)),
    ("sick tomorrow", days(date(2026, 11, 24))),
    ("day off on 24 Dec", days(date(2026, 12, 24))),
    ("take next week off", days(date(2026, 11, 30), date(2026, 12, 6))),
    ("holiday 24–28 December", days(date(2026, 12, 24), date(2026, 12, 28))),
    ("take 24 Dec to 28 Dec off", days(date(2026, 12, 24), date(2026, 12, 28))),
    ("off between 24 Dec and 28 Dec", days(date(2026, 12, 24), date(2026, 12, 28))),
    ("holiday from 24 December until 2 January", days(date(2026, 12, 24), date(2027, 1, 2))),
    ("take Thursday and Friday off", days(date(2026, 11, 26), FRIDAY)),
    (
        "client X adds 10 h by the 15th",
        ExtraWork(title="Client X", length=10 * HOUR, due=at(16, 0, month=12), splittable=True),
    ),
    (
        "10 h more for client X by Friday",
        ExtraWork(title="Client X", length=10 * HOUR, due=at(28, 0), splittable=True),
    ),
    (
        "write the proposal 3h by Friday",
        ExtraWork(title="Write the proposal", length=3 * HOUR, due=at(28, 0)),
    ),
    ("paint the fence 3h in pieces", ExtraWork(
        title="Paint the fence", length=3 * HOUR, splittable=True
    )),
    (
        "meeting with Anna Tuesday 10:00 2h",
        Meeting(title="Meeting with Anna", start=at(24, 10), length=2 * HOUR),
    ),
    (
        "accept the 2 h meeting on Tuesday at 14:00",
        Meeting(title="Meeting", start=at(24, 14), length=2 * HOUR),
    ),
    ("the dentist tomorrow at 9", Meeting(title="Dentist", start=at(24, 9), length=HOUR)),
    ("away Friday 13:00–17:00", Meeting(title="Away", start=at(27, 13), length=4 * HOUR)),
    (
        "say yes to Tuesday's 2 h meeting",
        Meeting(title="Board", start=at(24, 14), length=2 * HOUR),
    ),
    ("say yes to Tuesday’s 1 h meeting", Meeting(title="Yoga", start=at(24, 18), length=HOUR)),
    ("work Saturday 9-12", ExtraHours(day=date(2026, 11, 28), start="09:00", end="12:00")),
    (
        "work on Thursday from 18:00 to 20:00",
        ExtraHours(day=date(2026, 11, 26), start="18:00", end="20:00"),
    ),
    (
        "an extra hour on Thursday 18:00-19:00",
        ExtraHours(day=date(2026, 11, 26), start="18:00", end="19:00"),
    ),
    ("work Friday 22:00-24:00", ExtraHours(day=FRIDAY, start="22:00", end="24:00")),
    ("without #7", LeftOut(task_id=7)),
    ("drop task 9", LeftOut(task_id=9)),
    ("leave out the tax return", LeftOut(task_id=9)),
    ("leave the tax return out", LeftOut(task_id=9)),
    ("#9 is dropped", LeftOut(task_id=9)),
]  # fmt: skip
REFUSED = [
    ("", "Say what might be"),
    ("?!", "Say what might be"),
    ("hello", "“hello” is not understood."),
    ("take it easy", "is not understood."),
    ("take Monday and Friday off", "is not understood."),
    ("take every Friday off", "is not understood."),
    ("take yesterday off", "is not understood."),
    ("take Friday afternoon off", "Only whole days are taken off"),
    ("say yes to Thursday's 2 h meeting", "At what time does"),
    ("say yes to Wednesday's 2 h meeting", "At what time does"),
    ("say yes to Thursday's 3 h meeting", "“Opera” is in your calendar and takes its time"),
    ("work Saturday", "From when to when is “work Saturday”?"),
    ("2 extra hours on Thursday", "From when to when"),
    ("work until 20:00 on Thursday", "From when to when"),
    ("work Sat 22:00-02:00", "More hours end on the day on which they begin"),
    ("write the proposal by Friday", "How long does “write the proposal by Friday” take?"),
    ("skip the report", "“the report” may be #7, #8; name one of them by its number."),
    ("cancel the party", "No open task is called “the party”"),
    ("without #12", "No open task is called “#12”"),
    ("x" * 401, "at most 400 characters"),
]


@pytest.mark.parametrize(("words", "said"), UNDERSTOOD)
def test_what_is_supposed_is_understood(words: str, said: Supposition) -> None:
    assert read_supposition(words, CONTEXT, AROUND) == said


@pytest.mark.parametrize(("words", "sentence"), REFUSED)
def test_what_is_not_understood_says_so(words: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        read_supposition(words, CONTEXT, AROUND)
    assert sentence in str(refusal.value)


WORDS = (
    "take", "off", "Friday", "10", "h", "by", "the", "15th", "client", "meeting", "Tuesday", "at",
    "14:00", "work", "without", "#7", "to", "and", "from", "–", "?", "yes", "'s", "24", "Dec",
)  # fmt: skip
ANYTHING = st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)


@settings(deadline=None)
@given(ANYTHING)
def test_no_words_break_it(words: str) -> None:
    with suppress(NotUnderstood):
        assert isinstance(read_supposition(words, CONTEXT, AROUND), Supposition)
