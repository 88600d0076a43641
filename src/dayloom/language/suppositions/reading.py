"""One line of plain words as a supposition: dates, times and lengths as tasks are read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dayloom.language.commands.naming import named, numbers_in
from dayloom.language.context import ReadingContext
from dayloom.language.draft import Reading, TaskDraft
from dayloom.language.lines import read
from dayloom.language.suppositions import phrases
from dayloom.language.suppositions.supposition import (
    Around,
    DayOff,
    ExtraHours,
    ExtraWork,
    Invited,
    LeftOut,
    Meeting,
    NotUnderstood,
    Supposition,
)

LONGEST = 400
WHOLE = timedelta(hours=4)  # longer work comes in pieces
USUAL_MEETING = timedelta(hours=1)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
FORMS = ("it {when}", "it on {when}")
EXAMPLES = (
    "“take Friday off”, “meeting Tuesday 14:00 2h”, “client X adds 10 h by the 15th”, "
    "“work Saturday 9:00–12:00” or “without #7”"
)


def read_supposition(text: str, context: ReadingContext, around: Around) -> Supposition:
    """Return what one line supposes. Raises `NotUnderstood` with a sentence."""
    words = " ".join(text.replace("’", "'").split())
    if len(words) > LONGEST:
        raise NotUnderstood(f"One what-if has at most {LONGEST} characters.")
    reader = _Reader(text.strip(), context, around)
    bare = phrases.CLOSING.sub("", phrases.OPENING.sub("", words, count=1))
    if not bare:
        raise NotUnderstood(f"Say what might be: {EXAMPLES}.")
    for attempt in (reader.left_out, reader.day_off, reader.hours, reader.meeting, reader.work):
        if (found := attempt(bare)) is not None:
            return found
    raise NotUnderstood(f"“{reader.said}” is not understood. Write {EXAMPLES}.")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Tries one kind after the other; None says that the words are of another kind."""

    said: str
    context: ReadingContext
    around: Around

    def left_out(self, words: str) -> Supposition | None:
        for form in phrases.LEAVE_OUT:
            if found := form.fullmatch(words):
                return LeftOut(task_id=self._task(found["name"]))
        return None

    def day_off(self, words: str) -> Supposition | None:
        whens = [found["when"] for form in phrases.DAYS_OFF if (found := form.fullmatch(words))]
        for when in whens:
            if days := self._days(when):
                return DayOff(first=days[0], last=days[1])
        if any(self._first(when, _is_part) for when in whens):
            raise NotUnderstood(
                "Only whole days are taken off; for a part, write “away Friday 13:00–17:00”."
            )
        return None

    def hours(self, words: str) -> Supposition | None:
        whens = [found["when"] for form in phrases.HOURS if (found := form.fullmatch(words))]
        for when in whens:
            draft = self._first(when, lambda one: one.start is not None)
            if draft and draft.start and draft.duration:
                return _hours(draft.start.value, draft.duration.value)
        if any(self._first(when, _is_dated) for when in whens):
            raise NotUnderstood(
                f"From when to when is “{self.said}”? Write “work Saturday 9:00–12:00”."
            )
        return None

    def meeting(self, words: str) -> Supposition | None:
        draft = read(_with_day_last(_bare(words)), self.context)
        if draft.start is not None:
            length = draft.duration.value if draft.duration else USUAL_MEETING
            title = _title(draft) or "Meeting"
            return Meeting(title=title, start=draft.start.value, length=length)
        if not phrases.MEETING.search(draft.title):
            return None
        if (event := self._event(draft)) is not None:
            return Meeting(
                title=event.summary or "Meeting", start=event.start, length=event.end - event.start
            )
        raise NotUnderstood(
            f"At what time does “{self.said}” begin? Write “meeting Tuesday 14:00 2h”."
        )

    def work(self, words: str) -> Supposition | None:
        cut = phrases.PIECES.sub("", words)
        draft = read(_bare(cut), self.context)
        title = _title(draft)
        if draft.duration is None:
            if _value(draft.due) or _value(draft.deadline):
                raise NotUnderstood(f"How long does “{self.said}” take? Write “{title} 3h by …”.")
            return None
        length = draft.duration.value
        return ExtraWork(
            title=title or "More work",
            length=length,
            due=_value(draft.due),
            deadline=_value(draft.deadline),
            splittable=cut != words or length > WHOLE or draft.max_chunk is not None,
        )

    def _task(self, name: str) -> int:
        found = numbers_in(name.casefold()) or named(name, self.around.tasks)
        known = {task.id for task in self.around.tasks}
        if len(found) == 1 and found[0] in known:
            return found[0]
        if not found or len(found) == 1:
            raise NotUnderstood(f"No open task is called “{name}”; name it by its number, as #7.")
        numbers = ", ".join(f"#{number}" for number in found[:5])
        raise NotUnderstood(f"“{name}” may be {numbers}; name one of them by its number.")

    def _days(self, when: str) -> tuple[date, date] | None:
        """Return the first and the last of some days; None for words that name no days."""
        first, link, last = _halves(when)
        draft = self._first(when, _is_days)
        if draft is not None:
            until = _value(draft.due) or _value(draft.deadline)
            begin = _value(draft.release) or self.context.local_now
            return (begin.date(), (until - MINUTE).date()) if until else None
        if not last or not (begins := self._days(first)) or not (ends := self._days(last)):
            return None
        apart = link == "and" and ends[0] != begins[1] + DAY
        return None if apart else (begins[0], ends[1])

    def _first(self, when: str, fits: Callable[[TaskDraft], object]) -> TaskDraft | None:
        """Return what the words say of when, if they say nothing else."""
        drafts = (read(form.format(when=when), self.context) for form in FORMS)
        return next((one for one in drafts if one.title == "it" and fits(one)), None)

    def _event(self, draft: TaskDraft) -> Invited | None:
        """Return the one event of that day and length that waits for a yes.

        Raises `NotUnderstood` where the only one has got it already.
        """
        first, until = _value(draft.release), _value(draft.due)
        if first is None or until is None:
            return None
        length = draft.duration.value if draft.duration else None
        found = [
            event
            for event in self.around.events
            if first <= event.start < until and length in (None, event.end - event.start)
        ]
        waiting = [event for event in found if not event.busy]
        if len(found) == 1 and not waiting:
            raise NotUnderstood(
                f"“{found[0].summary}” is in your calendar and takes its time already."
            )
        return waiting[0] if len(waiting) == 1 else None


def _hours(start: datetime, length: timedelta) -> ExtraHours:
    end = start + length
    if end.date() > start.date() and f"{end:%H:%M}" != "00:00":
        raise NotUnderstood(
            "More hours end on the day on which they begin, at 24:00 at the latest."
        )
    until = "24:00" if end.date() > start.date() else f"{end:%H:%M}"
    return ExtraHours(day=start.date(), start=f"{start:%H:%M}", end=until)


def _is_dated(draft: TaskDraft) -> bool:
    return any((draft.start, draft.release, draft.due, draft.deadline))


def _is_days(draft: TaskDraft) -> bool:
    """Tell whether the words name whole days, and nothing but them."""
    ends = (_value(draft.release), _value(draft.due) or _value(draft.deadline))
    whole = all(end is None or f"{end:%H:%M}" == "00:00" for end in ends)
    timed = draft.start or draft.duration or draft.times_of_day
    return ends[1] is not None and whole and not timed


def _is_part(draft: TaskDraft) -> bool:
    """Tell whether the words name a part of a day, such as its afternoon."""
    return bool(draft.times_of_day) and draft.start is None


def _bare(words: str) -> str:
    """Return the words without a yes, and without the article of what it is said to."""
    return phrases.ARTICLE.sub("", phrases.YES.sub("", words, count=1))


def _with_day_last(words: str) -> str:
    """Return "2 h meeting on Tuesday" for "Tuesday's 2 h meeting"."""
    found = phrases.OF_DAY.search(words)
    if found is None:
        return words
    return f"{words[: found.start()]}{words[found.end() :]} on {found['day']}"


def _halves(when: str) -> Sequence[str]:
    """Return the two sides of "24 Dec to 28 Dec", and the word between them."""
    found = phrases.BETWEEN.fullmatch(when) or phrases.FROM.fullmatch(when)
    return (found["first"], found["link"], found["last"]) if found else (when, "", "")


def _title(draft: TaskDraft) -> str:
    """Return the title without the words that only say that it is more."""
    bare = phrases.ADDS.sub("", phrases.MORE.sub("", draft.title))
    tidy = phrases.ARTICLE.sub("", bare).strip(" ,")
    return "" if tidy in ("", "Untitled") else tidy[0].upper() + tidy[1:]


def _value(reading: Reading[datetime] | None) -> datetime | None:
    return reading.value if reading is not None else None
