"""What a phrase means by what stands next to it, once all of a line is known."""

from collections.abc import Iterator
from dataclasses import replace

from dayloom.language.rules.chunks import Split, are_pieces
from dayloom.language.rules.dependencies import Predecessors
from dayloom.language.rules.durations import Effort
from dayloom.language.rules.leads import Role
from dayloom.language.rules.leftovers import read_leftovers
from dayloom.language.rules.mentions import Mention
from dayloom.language.rules.moment import Moment
from dayloom.language.rules.period import Period
from dayloom.language.rules.phrases import match_phrase, phrase_table, spelled
from dayloom.language.rules.repetition import Repetition
from dayloom.language.rules.scan import Phrase, phrase_of
from dayloom.language.rules.tokens import Found, Line

_RATES = phrase_table(
    {
        phrase: Repetition(freq=freq)
        for unit, freq in (("day", "DAILY"), ("week", "WEEKLY"), ("month", "MONTHLY"))
        for phrase in spelled("a|per|each|/", unit)
    }
)


def settle_neighbours(line: Line, phrases: list[Phrase]) -> list[Phrase]:
    """Return the phrases of a line, each with the meaning that its neighbours leave it."""
    rated = [one for phrase in phrases for one in _with_rate(line, phrase, phrases)]
    settled = [one for phrase in rated for one in _with_effort(line, phrase, rated)]
    chosen = [_with_length(line, one, settled) for one in _alternatives(line, settled)]
    return sorted([*chosen, *read_leftovers(line, chosen)], key=lambda phrase: phrase.start)


def _days_of(phrase: Phrase) -> Period | None:
    """Return the days of a phrase that says nothing but on which days."""
    mention = phrase.value
    if not isinstance(mention, Mention) or mention.role is not Role.ON:
        return None
    period = mention.moment.period
    return period if mention.moment == Moment(period=period) else None


def _with_rate(line: Line, phrase: Phrase, phrases: list[Phrase]) -> Iterator[Phrase]:
    """Yield "30m" and the repetition of "30m a day"; after "12h", "2h a day" is how to split."""
    rate = match_phrase(_RATES, line, phrase.end)
    end = rate.end if rate else phrase.end + are_pieces(line, phrase.end)
    begun = any(phrase.end <= one.start < end for one in phrases)
    if end == phrase.end or begun or not isinstance(phrase.value, Effort):
        yield phrase
        return
    length = phrase.value.duration
    efforts = [one.value for one in phrases if isinstance(one.value, Effort)]
    if any(effort.duration > length for effort in efforts):
        yield phrase_of(
            line, phrase.start, Found(Split(largest=length), end, guess=rate is not None)
        )
        return
    yield phrase
    if rate:
        yield phrase_of(line, phrase.end, Found(rate.value, rate.end, guess=True))


def _with_effort(line: Line, phrase: Phrase, phrases: list[Phrase]) -> Iterator[Phrase]:
    """Yield the duration of "30m after #12" by itself, unless the line gives another."""
    before = phrase.value
    effort = before.effort if isinstance(before, Predecessors) else None
    told = any(isinstance(one.value, Effort) for one in phrases)
    if told or effort is None or not isinstance(before, Predecessors):
        yield phrase
        return
    taken = Effort(effort.value, stated=False)
    yield phrase_of(line, phrase.start, Found(taken, effort.end, effort.guess))
    rest = replace(before, dependencies=before.at_once, effort=None)
    yield phrase_of(line, effort.end, Found(rest, phrase.end))


def _with_length(line: Line, phrase: Phrase, phrases: list[Phrase]) -> Phrase:
    """Let "from 2pm for 2 hours" be the time itself, and not the earliest one."""
    mention = phrase.value
    if not isinstance(mention, Mention) or mention.role is not Role.START or mention.outside:
        return phrase
    if line.word(phrase.start) != "from" or mention.moment.clock is None:
        return phrase
    follows = any(one.start == phrase.end and isinstance(one.value, Effort) for one in phrases)
    if not follows or line.word(phrase.end) != "for":
        return phrase
    return replace(phrase, value=replace(mention, role=Role.ON))


def _alternatives(line: Line, phrases: list[Phrase]) -> list[Phrase]:
    """Return "tomorrow or Friday" as one stretch of days, a guess."""
    joined: list[Phrase] = []
    for phrase in phrases:
        either = _either(line, joined[-1], phrase) if joined else None
        if either:
            joined[-1] = either
        else:
            joined.append(phrase)
    return joined


def _either(line: Line, before: Phrase, phrase: Phrase) -> Phrase | None:
    first, second = _days_of(before), _days_of(phrase)
    if first is None or second is None:
        return None
    if before.end != phrase.start - 1 or line.word(before.end) != "or":
        return None
    days = Period(first=min(first.first, second.first), until=max(first.until, second.until))
    found = Found(Mention(moment=Moment(period=days)), phrase.end, guess=True)
    return phrase_of(line, before.start, found)
