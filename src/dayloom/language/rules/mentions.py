"""What a moment is for: a limit to finish by, one not to begin before, or the time itself."""

from dataclasses import dataclass, replace
from datetime import timedelta

from dayloom.language.rules.leads import EARLY_TAILS, HARD_TAILS, LEADS, Lead, Role
from dayloom.language.rules.moment import Moment
from dayloom.language.rules.moments import read_moment
from dayloom.language.rules.period import Bearing, Period
from dayloom.language.rules.phrases import match_phrase, word_set
from dayloom.language.rules.plausibility import goes_on, is_bare_count, is_numbered, is_plausible
from dayloom.language.rules.tokens import Found, Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A moment with its role.

    `hard`: it must not be missed. `outside`: the moment itself is not part of the time
    ("before Friday", "after Tuesday"). `whole`: all of a longer period may be used ("due next
    week"). `lasting`: the end of a repetition ("until May"). `kept`: the words stay in the
    title ("for Friday"). `led`: a word says so, which counts for more than a bare date.
    """

    moment: Moment
    role: Role = Role.ON
    hard: bool = False
    outside: bool = False
    whole: bool = False
    lasting: bool = False
    kept: bool = False
    led: bool = False


_MOVING_VERBS = word_set("move shift reschedule change postpone push swap switch")
_TO = frozenset({"to", "and", "until", "till", "-", "–", "through"})
_WHICH = word_set("the this that my our your his her their")
WEEK = timedelta(days=7)


def read_mention(line: Line, at: int) -> Found[Mention] | None:
    """Return the moment at `at` with its role, unless it is more likely part of the title."""
    if not line.fresh(at) or _is_moved(line, at):
        return None
    bare = read_moment(line, at)
    led = _read_led(line, at)
    if led and not (bare and _is_settled(bare.value) and bare.end >= led.end):
        return led
    if bare is None or not line.closed(bare.end):
        return None
    if _is_settled(bare.value):
        words = is_numbered(line, at, bare) or _is_of_title(line, at, bare)
        counts = at > 0 and is_bare_count(line, bare)
        return None if counts or words else _tailed(line, _bare_mention(bare))
    return _tailed(line, _bare_mention(bare)) if is_plausible(line, at, bare) else None


def _is_of_title(line: Line, at: int, found: Found[Moment]) -> bool:
    """Is it a word of the title: "Midnight snack", "minutes of the 9:30 meeting"?"""
    if found.value.clock is None or found.value.period is not None:
        return False
    named = not any(word.isdecimal() for word in line.words[at : found.end])
    led = line.word(at) in ("at", "@", "around")
    which = line.word(at - 1) in _WHICH
    return (which or (named and not led)) and goes_on(line, found.end)


def _is_settled(moment: Moment) -> bool:
    """Does it tell a time or a part of the day, and needs no lead?"""
    return moment.timed or moment.only_part


def _read_led(line: Line, at: int) -> Found[Mention] | None:
    lead = match_phrase(LEADS, line, at)
    if lead is None or (lead.value.bare and at == 0):
        return None
    numbers = lead.value.role is not Role.ON and not lead.value.kept
    moment = _read_after(line, lead, numbers=numbers)
    if moment is None or is_bare_count(line, moment):
        return None
    if lead.value.role is Role.ON and line.word(lead.end) in ("at", "@"):
        return None
    return _led_mention(line, at, lead.value, moment)


def _read_after(line: Line, lead: Found[Lead], *, numbers: bool) -> Found[Moment] | None:
    """Return the moment behind a lead, to which the "in" of "due in 3 days" belongs."""
    moment = read_moment(line, lead.end, led=numbers)
    if line.word(lead.end - 1) != "in" or not lead.value.whole:
        return moment
    counted = read_moment(line, lead.end - 1)
    return counted if counted and (moment is None or counted.end > moment.end) else moment


def _is_moved(line: Line, at: int) -> bool:
    """Is it what is to be moved, as in "move standup from Monday to Wednesday"?"""
    start = at if line.word(at) == "from" else at - 1
    moves = line.word(start) == "from" and not _MOVING_VERBS.isdisjoint(line.words[:start])
    return moves and "to" in line.words[start : start + 5]


def _bare_mention(found: Found[Moment]) -> Found[Mention]:
    period = found.value.period
    clock = found.value.clock
    ends = found.value.ends or (clock is not None and clock.closing)
    if period is not None and period.bearing is Bearing.ENDS:
        ends = True
    role = Role.END if ends else Role.ON
    shy = period is not None and period.shy
    return Found(Mention(moment=found.value, role=role), found.end, found.guess or shy)


def _led_mention(line: Line, at: int, lead: Lead, moment: Found[Moment]) -> Found[Mention] | None:
    if line.word(at) == "!" and (line.glued(at) or not line.glued(at + 1)):
        return None
    if line.word(at) == "from" and moment.value.only_part:
        return None
    if line.word(at) == "{":
        if line.word(moment.end) != "}":
            return None
        moment = replace(moment, end=moment.end + 1)
    if lead.kept and not _may_follow_for(line, moment):
        return None
    ends = moment.value.period is not None and moment.value.period.bearing is Bearing.ENDS
    role = Role.END if lead.role is Role.ON and ends else lead.role
    if lead.role is Role.START and _spans_days(line, at + 1, moment):
        role = Role.ON
    mention = Mention(
        moment=moment.value,
        role=role,
        hard=lead.hard,
        outside=lead.outside and not (ends and role is Role.END),  # "before the end of" is by
        whole=lead.whole,
        lasting=lead.lasting,
        kept=lead.kept,
        led=True,
    )
    counted = moment.value.at is not None and role is Role.END
    found = Found(mention, moment.end, (moment.guess and not counted) or lead.kept)
    return _read_span_of_days(line, found) or _tailed(line, found)


def _spans_days(line: Line, at: int, found: Found[Moment]) -> bool:
    """Are both days named, as in "from 13 to 15 July"?"""
    period = found.value.period
    several = period is not None and not period.one_day
    return several and not _TO.isdisjoint(line.words[at : found.end])


def _read_span_of_days(line: Line, found: Found[Mention]) -> Found[Mention] | None:
    """Go on to the last day of "from Monday to Friday" and "between May 3 and May 5"."""
    period = found.value.moment.period
    if found.value.role not in (Role.START, Role.WINDOW) or period is None:
        return None
    if found.value.moment.timed or line.word(found.end) not in _TO:
        return None
    last = read_moment(line, found.end + 1)
    if last is None or last.value.period is None or last.value.timed:
        return None
    end = last.value.period.until
    if end <= period.first:
        end += WEEK
    days = Period(first=period.first, until=end)
    mention = Mention(moment=Moment(period=days, part=last.value.part), led=True)
    told = period.first > line.today and end - period.first < WEEK
    return Found(mention, last.end, found.guess or (last.guess and not told))


def _may_follow_for(line: Line, moment: Found[Moment]) -> bool:
    return moment.value.period is not None and not goes_on(line, moment.end)


def _tailed(line: Line, found: Found[Mention]) -> Found[Mention]:
    """Take in what follows: "at the latest", "deadline", "at the earliest"."""
    mention = found.value
    hard = match_phrase(HARD_TAILS, line, found.end)
    if hard and mention.role in (Role.ON, Role.END) and _is_tail(line, found, hard.end):
        return Found(
            Mention(
                moment=mention.moment,
                role=Role.END,
                hard=True,
                outside=mention.outside,
                led=True,
            ),
            hard.end,
            found.guess and not mention.kept,
        )
    early = match_phrase(EARLY_TAILS, line, found.end)
    if early and mention.role in (Role.ON, Role.START) and _is_early(line, found, early.end):
        return Found(Mention(moment=mention.moment, role=Role.START, led=True), early.end)
    return found


def _is_tail(line: Line, found: Found[Mention], end: int) -> bool:
    """Is it no word of the title, as in "Friday deadline reminder", and no mere "tomorrow!"?"""
    if line.word(found.end) == "!":
        return found.value.led and line.word(end) != "!"
    return not goes_on(line, end)


def _is_early(line: Line, found: Found[Mention], end: int) -> bool:
    """Is the "on" of "from Monday on" the end of it?"""
    if line.word(found.end) != "on":
        return True
    return found.value.role is Role.START and not line.word(end)[:1].isalnum()
