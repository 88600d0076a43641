"""What a phrase means by what stands next to it, once all of a line is known."""

from collections.abc import Iterator
from dataclasses import replace

from dayloom.language.rules.chunks import Split
from dayloom.language.rules.dependencies import Predecessors
from dayloom.language.rules.durations import Effort
from dayloom.language.rules.leads import Role
from dayloom.language.rules.mentions import Mention
from dayloom.language.rules.moments import Moment
from dayloom.language.rules.parts import read_bare_part
from dayloom.language.rules.phrases import match_phrase, phrase_table, spelled, word_set
from dayloom.language.rules.plausibility import LOOSE_WORDS
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
_OWNERS = word_set("the a an this that every each of good my our next last")


def settle_neighbours(line: Line, phrases: list[Phrase]) -> list[Phrase]:
    """Return the phrases of a line, each with the meaning that its neighbours leave it."""
    rated = [one for phrase in phrases for one in _with_rate(line, phrase, phrases)]
    settled = [one for phrase in rated for one in _with_effort(line, phrase, rated)]
    return sorted([*settled, *_bare_parts(line, settled)], key=lambda phrase: phrase.start)


def _with_rate(line: Line, phrase: Phrase, phrases: list[Phrase]) -> Iterator[Phrase]:
    """Yield "30m" and the repetition of "30m a day"; after "12h", "2h a day" is how to split."""
    rate = match_phrase(_RATES, line, phrase.end)
    if rate is None or not isinstance(phrase.value, Effort):
        yield phrase
        return
    length = phrase.value.duration
    if any(_lasts(one) > length.total_seconds() for one in phrases if one is not phrase):
        yield phrase_of(line, phrase.start, Found(Split(largest=length), rate.end))
        return
    yield phrase
    yield phrase_of(line, phrase.end, Found(rate.value, rate.end, guess=True))


def _lasts(phrase: Phrase) -> float:
    return phrase.value.duration.total_seconds() if isinstance(phrase.value, Effort) else 0


def _with_effort(line: Line, phrase: Phrase, phrases: list[Phrase]) -> Iterator[Phrase]:
    """Yield the duration of "30m after #12" by itself, unless the line gives another."""
    before = phrase.value
    effort = before.effort if isinstance(before, Predecessors) else None
    if not isinstance(before, Predecessors) or effort is None:
        yield phrase
        return
    if any(isinstance(one.value, Effort) for one in phrases):
        yield phrase
        return
    taken = Effort(effort.value, stated=False)
    yield phrase_of(line, phrase.start, Found(taken, effort.end, effort.guess))
    rest = replace(before, dependencies=before.at_once, effort=None)
    yield phrase_of(line, effort.end, Found(rest, phrase.end))


def _bare_parts(line: Line, phrases: list[Phrase]) -> Iterator[Phrase]:
    """Yield "afternoon" in "25m afternoon": behind what was read, no title goes on."""
    ends = {phrase.end for phrase in phrases}
    begins = {phrase.start for phrase in phrases}
    taken = {index for phrase in phrases for index in range(phrase.start, phrase.end)}
    for at in range(1, len(line.tokens)):
        part = read_bare_part(line, at) if at not in taken and line.fresh(at) else None
        if part is None or not taken.isdisjoint(range(at, part.end)):
            continue
        behind = at in ends or (line.word(at - 1) == "," and at - 1 in ends)
        alone = part.end in begins or not _goes_on(line, part.end)
        loose = part.value.loose and line.word(at - 1) not in _OWNERS
        if alone and (behind or loose) and line.closed(part.end):
            mention = Mention(moment=Moment(part=part.value.part), role=Role.ON)
            yield phrase_of(line, at, Found(mention, part.end, guess=not behind))


def _goes_on(line: Line, at: int) -> bool:
    word = line.word(at)
    return word[:1].isalnum() and word not in LOOSE_WORDS
