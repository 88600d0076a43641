"""Judges reasons in plain datetimes: what each says of a problem and its plan is tried out.

It shares no code with what makes reasons. A complaint is a sentence that says what is untrue.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Busy, Problem, Task
from dayloom.planning.reason import Code, Reason

STEP = timedelta(minutes=5)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NOTHING = timedelta(0)

Spans = list[tuple[datetime, datetime]]


def up(at: datetime) -> datetime:
    """Return the first moment of the grid that is not before `at`."""
    return at + (EPOCH - at) % STEP


def down(at: datetime) -> datetime:
    return at - (at - EPOCH) % STEP


def joined(intervals: tuple[Interval, ...]) -> Spans:
    """Return the intervals in order of time, those that touch as one."""
    found: Spans = []
    for one in sorted(intervals):
        if found and one.start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], one.end))
        else:
            found.append((one.start, one.end))
    return found


def without(spans: Spans, taken: Spans) -> Spans:
    """Return what `taken` leaves of the spans."""
    for start, end in taken:
        spans = [
            part
            for a, b in spans
            for part in ([(a, b)] if b <= start or a >= end else [(a, start), (end, b)])
            if part[0] < part[1]
        ]
    return spans


class Ground:
    """What a plan leaves to one piece of one task: stretches, and the moments of the grid."""

    def __init__(self, problem: Problem, plan: Plan, task: Task) -> None:
        self.problem, self.plan, self.task = problem, plan, task
        self.tasks = {one.id: one for one in problem.tasks}
        self.places = {id_: tuple(sorted(ones)) for id_, ones in plan.by_task().items()}
        self.pieces = self.places.get(task.id, ())
        self.low, self.high = self._earliest(), self._latest()

    def _earliest(self) -> datetime:
        """Return when it may begin: now, after its release, and after what it waits for."""
        found = [self.problem.now, self.problem.horizon.start, self.task.release]
        buffer = self.problem.buffer
        found += [
            self.places[link.task_id][-1].end + max(link.gap, buffer)
            for link in self.task.after
            if link.task_id in self.places
        ]
        return max(at for at in found if at)

    def _latest(self) -> datetime:
        return min(filter(None, [self.problem.horizon.end, self.task.deadline]))

    def clamped(self, spans: Spans, high: datetime | None = None) -> Spans:
        """Return what of them lies on the grid, after its earliest start and before its end."""
        end = high or self.high
        edges = [(up(max(a, self.low)), down(min(b, end))) for a, b in spans]
        return [(a, b) for a, b in edges if a < b]

    def hours(self) -> Spans:
        return joined(self.problem.hours[self.task.hours])

    def busy(self) -> Spans:
        wide = self.problem.event_buffer
        return [
            (down(event.interval.start - wide), up(event.interval.end + wide))
            for event in self.problem.busy
            if event.interval.duration or wide
        ]

    def others(self, leaving_out: Interval | None) -> Spans:
        """Return what slots take, pauses included; of its own, all but the piece in question."""
        pause = self.problem.buffer
        return [
            (slot.start - pause, slot.end + pause)
            for slot in self.plan.slots
            if slot.task_id != self.task.id or slot.interval != leaving_out
        ]

    def free(self, piece: Interval | None, high: datetime | None = None) -> Spans:
        """Return the stretches that hours, events and all other slots leave, on the grid."""
        left = without(without(self.hours(), self.busy()), self.others(piece))
        return self.clamped(left, high)

    def starts(self, spans: Spans, length: timedelta, before: datetime) -> Iterator[datetime]:
        for start, end in spans:
            while start + length <= end and start < before:
                yield start
                start += STEP

    def exceeds(self, piece: Interval, there: Interval) -> bool:
        """Say whether a daily limit would be exceeded if the piece lay there."""
        for cap in self.problem.caps:
            if not cap.counts(self.task.hours):
                continue
            for day, limit in zip(self.problem.days, cap.limits, strict=True):
                new = _common(day, there)
                if new and new + self._load(cap.counts, day, piece) > limit:
                    return True
        return False

    def _load(self, counts: Callable[[str], bool], day: Interval, piece: Interval) -> timedelta:
        return sum(
            (
                _common(day, slot.interval)
                for slot in self.plan.slots
                if counts(self.tasks[slot.task_id].hours)
                and (slot.task_id != self.task.id or slot.interval != piece)
            ),
            NOTHING,
        )

    def allowed(self, piece: Interval, before: datetime) -> Iterator[datetime]:
        """Yield every earlier start that all rules leave to the piece, the caps included."""
        for start in self.starts(self.free(piece), piece.duration, before):
            if not self.exceeds(piece, Interval(start, start + piece.duration)):
                yield start


def _common(one: Interval, other: Interval) -> timedelta:
    return max(NOTHING, min(one.end, other.end) - max(one.start, other.start))


class Judge:
    """Says of each reason of one plan what is untrue in it."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self._problem, self._plan = problem, plan
        self._events: dict[int, list[Busy]] = {}
        for event in problem.busy:
            self._events.setdefault(event.event_id, []).append(event)
        self._grounds = {task.id: Ground(problem, plan, task) for task in problem.tasks}

    def complaints(self, task_id: int, reason: Reason) -> list[str]:
        ground = self._grounds[task_id]
        found = CLAIMS[reason.code](self, ground, reason)
        return [f"task {task_id}, {reason}: {complaint}" for complaint in found]

    def running(self, ground: Ground, reason: Reason) -> Iterator[str]:
        if not (ground.task.running and ground.task.pinned):
            yield "it does not run"

    def pinned(self, ground: Ground, reason: Reason) -> Iterator[str]:
        if tuple(sorted(ground.task.pinned)) != ground.pieces or ground.task.running:
            yield "it is not pinned there"

    def kept(self, ground: Ground, reason: Reason) -> Iterator[str]:
        seen = [p for p in self._problem.previous if p.task_id == ground.task.id and p.seen]
        there = (tuple(sorted(p.intervals)) == ground.pieces for p in seen)
        if ground.task.pinned or not any(there):
            yield "it was not seen there"

    def at_once(self, ground: Ground, reason: Reason) -> Iterator[str]:
        if not self._problem.now <= ground.pieces[0].start < self._problem.now + STEP:
            yield "it does not start now"

    def right_after(self, ground: Ground, reason: Reason) -> Iterator[str]:
        end = ground.places[reason.task_id or 0][-1].end
        if reason.task_id not in [link.task_id for link in ground.task.after]:
            yield "it does not wait for that task"
        if end + (reason.by or NOTHING) != ground.pieces[0].start:
            yield f"it starts at {ground.pieces[0].start}, that task ends at {end}"
        yield from self._nothing_earlier(ground)

    def _nothing_earlier(self, ground: Ground) -> Iterator[str]:
        piece = ground.pieces[0]
        for start in ground.allowed(piece, piece.start):
            yield f"{start} is free and earlier"
            return

    def first_free(self, ground: Ground, reason: Reason) -> Iterator[str]:
        yield from self._nothing_earlier(ground)
        task, piece = ground.task, ground.pieces[0]
        splits = task.min_chunk is not None and task.min_chunk < task.duration
        if reason.by != (piece.duration if splits else None):
            yield "a piece of another length may have been free"

    def also_free(self, ground: Ground, reason: Reason) -> Iterator[str]:
        piece = ground.pieces[0]
        if reason.at not in set(ground.allowed(piece, piece.start)):
            yield "that is not free, or not earlier"

    def no_hurry(self, ground: Ground, reason: Reason) -> Iterator[str]:
        yield from self.also_free(ground, reason)
        if ground.task.asap:
            yield "it gains from being early"
        late = ground.task.due and ground.pieces[-1].end > ground.task.due
        if late and len(ground.pieces) == 1:
            yield "it is late, and gains from being early"
        first = Interval(reason.at or EPOCH, (reason.at or EPOCH) + ground.pieces[0].duration)
        if self._liked(ground, (first, *ground.pieces[1:])) > self._liked(ground, ground.pieces):
            yield "it would lie better in its windows"

    def _liked(self, ground: Ground, pieces: tuple[Interval, ...]) -> timedelta:
        names = [p.window for p in ground.task.preferred]
        spans = joined(tuple(i for name in names for i in self._problem.windows[name]))
        inner = [(up(a), down(b)) for a, b in spans if up(a) < down(b)]
        every = (_common(Interval(a, b), piece) for a, b in inner for piece in pieces)
        return sum(every, NOTHING)

    def only_stretch(self, ground: Ground, reason: Reason) -> Iterator[str]:
        mine, rest = self._stretches(ground, reason)
        if mine < ground.task.duration or max(rest, default=NOTHING) >= ground.task.duration:
            yield f"there is {mine} here, and {rest} elsewhere"

    def longest_stretch(self, ground: Ground, reason: Reason) -> Iterator[str]:
        mine, rest = self._stretches(ground, reason)
        if mine != reason.by or max(rest, default=NOTHING) >= mine:
            yield f"there is {mine} here, and {rest} elsewhere"

    def _stretches(self, ground: Ground, reason: Reason) -> tuple[timedelta, list[timedelta]]:
        """Return how long the free stretch is that it lies in, and how long all others are."""
        (piece,) = ground.pieces
        assert reason.at in (ground.task.deadline, ground.task.due)
        spans = [Interval(a, b) for a, b in ground.free(piece, reason.at)]
        (mine,) = [span for span in spans if span.covers(piece)]
        return mine.duration, [span.duration for span in spans if span != mine]

    def in_pieces(self, ground: Ground, reason: Reason) -> Iterator[str]:
        if reason.count != len(ground.pieces) or reason.count < 2:
            yield f"it lies in {len(ground.pieces)}"

    def in_window(self, ground: Ground, reason: Reason) -> Iterator[str]:
        names = [p.window for p in ground.task.preferred if not p.proposed]
        whole = [name for name in names if self._holds([name], ground.pieces)]
        touched = [name for name in names if any(self._touches(name, p) for p in ground.pieces)]
        together = [] if whole else [" and ".join(touched)] * self._holds(touched, ground.pieces)
        if reason.name not in whole + together:
            yield f"it lies in {whole or touched}"

    def first_in_window(self, ground: Ground, reason: Reason) -> Iterator[str]:
        yield from self.in_window(ground, reason)
        (piece,) = ground.pieces
        for start in ground.allowed(piece, piece.start):
            if self._holds([reason.name or ""], (Interval(start, start + piece.duration),)):
                yield f"{start} is free, earlier, and in it too"

    def outside_window(self, ground: Ground, reason: Reason) -> Iterator[str]:
        if reason.name not in [p.window for p in ground.task.preferred if not p.proposed]:
            yield "it has no such window"
        elif self._holds([reason.name], ground.pieces):
            yield "it lies wholly in it"

    def _holds(self, names: list[str], pieces: tuple[Interval, ...]) -> bool:
        spans = joined(tuple(i for name in names for i in self._problem.windows[name]))
        return all(any(a <= p.start and p.end <= b for a, b in spans) for p in pieces)

    def _touches(self, name: str, piece: Interval) -> bool:
        return any(_common(window, piece) for window in self._problem.windows[name])

    def as_proposed(self, ground: Ground, reason: Reason) -> Iterator[str]:
        if not any(self._problem.windows[name] == ground.pieces for name in _proposed(ground)):
            yield "it was proposed elsewhere"

    def not_as_proposed(self, ground: Ground, reason: Reason) -> Iterator[str]:
        wished = [self._problem.windows[name] for name in _proposed(ground)]
        wish = next((w for w in wished if w and w[0].start == reason.at), None)
        if wish is None or wish == ground.pieces:
            yield "it was not proposed there, or lies there"
        elif reason.task_id is not None:
            theirs = [s.interval for s in self._plan.slots if s.task_id == reason.task_id]
            if not any(_common(w, other) for w in wish for other in theirs):
                yield "that task does not lie there"

    def before_deadline(self, ground: Ground, reason: Reason) -> Iterator[str]:
        yield from self._before(ground, reason, ground.task.deadline)

    def before_due(self, ground: Ground, reason: Reason) -> Iterator[str]:
        yield from self._before(ground, reason, ground.task.due)

    def _before(self, ground: Ground, reason: Reason, until: datetime | None) -> Iterator[str]:
        end = max(piece.end for piece in ground.pieces)
        if until is None or reason.at != until or reason.by != until - end or end > until:
            yield f"it ends at {end} and is wanted by {until}"

    def late(self, ground: Ground, reason: Reason) -> Iterator[str]:
        end = max(piece.end for piece in ground.pieces)
        if reason.at not in (ground.task.due, ground.task.deadline) or not reason.at:
            yield "it is not due then"
        elif reason.by != end - reason.at or end <= reason.at:
            yield f"it ends at {end}"

    def not_before_cap(self, ground: Ground, reason: Reason) -> Iterator[str]:
        piece, first = ground.pieces[0], reason.at or EPOCH
        last = reason.until or first
        spans = ground.free(piece)
        found = [at for at in ground.starts(spans, piece.duration, last + STEP) if at >= first]
        if not {first, last} <= set(found):
            yield "hours, events or other tasks are in the way there"
        for start in found:
            if not ground.exceeds(piece, Interval(start, start + piece.duration)):
                yield f"no daily limit is exceeded at {start}"
                return

    def not_before_task(self, ground: Ground, reason: Reason) -> Iterator[str]:
        pieces = ground.places.get(reason.task_id or 0, ())
        wide = self._problem.buffer
        ends = [piece for piece in pieces if piece.end == reason.until]
        if not ends:
            yield "that task does not end then"
            return
        spans = ground.clamped(without(ground.hours(), ground.busy()))
        yield from self._blocks(ground, reason, spans, (ends[-1], wide))

    def not_before_event(self, ground: Ground, reason: Reason) -> Iterator[str]:
        events = self._events.get(reason.event_id or 0, ())
        wide = self._problem.event_buffer
        ends = [event.interval for event in events if event.interval.end == reason.until]
        if not ends:
            yield "that event does not end then"
            return
        yield from self._blocks(ground, reason, ground.clamped(ground.hours()), (ends[-1], wide))

    def _blocks(
        self, ground: Ground, reason: Reason, spans: Spans, blocker: tuple[Interval, timedelta]
    ) -> Iterator[str]:
        """Try whether it lies where the piece could start without it, and what follows on it."""
        taken, wide = blocker
        piece, length = ground.pieces[0], ground.pieces[0].duration
        span = Interval(taken.start - wide, taken.end + wide)
        could = (Interval(at, at + length) for at in ground.starts(spans, length, piece.start))
        if not any(_common(span, there) for there in could):
            yield "it is not in the way of an earlier start"
        if taken.end > piece.start:
            yield "it does not end before"
        if reason.by is not None and reason.by != wide:
            yield f"the buffer is {wide}"
        is_event = reason.code is Code.NOT_BEFORE_EVENT
        left = without(ground.hours(), ground.busy()) if is_event else ground.free(piece)
        starts = ground.starts(ground.clamped(left), length, piece.start + STEP)
        after = min((at for at in starts if at >= taken.end), default=None)
        expected = reason.at or up(taken.end + wide)
        if after != expected:
            yield f"the next start is {after}, not {expected}"

    def not_before_hours(self, ground: Ground, reason: Reason) -> Iterator[str]:
        opens = [start for start, _ in ground.hours()]
        if reason.name != ground.task.hours or reason.at not in opens:
            yield "its hours do not start then"
        elif reason.at > ground.pieces[0].start:
            yield "it starts earlier"

    def not_before_done(self, ground: Ground, reason: Reason) -> Iterator[str]:
        theirs = ground.places.get(reason.task_id or 0, ())
        if reason.task_id not in [link.task_id for link in ground.task.after]:
            yield "it does not wait for that task"
        if not theirs or theirs[-1].end != reason.until:
            yield "that task does not end then"

    def not_before_release(self, ground: Ground, reason: Reason) -> Iterator[str]:
        if reason.at is None or reason.at != ground.task.release or reason.at <= self._problem.now:
            yield "that is not its release"


def _proposed(ground: Ground) -> list[str]:
    return [p.window for p in ground.task.preferred if p.proposed]


def _no_claim(*_: object) -> Iterator[str]:
    yield "only who knows what the person sees may say so"


CLAIMS: dict[Code, Callable[[Judge, Ground, Reason], Iterator[str]]] = {
    code: getattr(Judge, code.value, _no_claim) for code in Code
} | {Code.KEPT_WHERE_SEEN: Judge.kept}
