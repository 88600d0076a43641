"""What a model read of a sentence, held against the sentence: nothing is believed unseen."""

import re
from collections.abc import Collection, Iterator, Sequence

from dayloom.infra.errors import Invalid
from dayloom.language.grounding import find_span
from dayloom.language.program.answers import DAYS, RuleAnswer
from dayloom.language.wishes import Wish, WishKind, mentioned
from dayloom.preferences.models import PlanRule, RuleKind
from dayloom.preferences.rules_values import checked

MOST_OF_ONE = 8
WHOLE = 0.5  # a quote is at least so much of its sentence
_CLOCK = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))?")
_EVENTS = re.compile(r"\b(?:meeting|event|appointment|call)s?\b", re.IGNORECASE)
_REFUSAL = re.compile(
    r"\b(?:no|not|never|nothing|none|without|free|off|except|avoid|break|unavailable|blocked|only|"
    r"until|keep|protect\w*|\w+n['’]t|kein\w*|nichts?|nie|ohne|frei|pas|jamais|sans|nunca|libre)\b",
    re.IGNORECASE,
)
_SOFT = (WishKind.PREFER,)


def wishes_of(
    answers: Sequence[RuleAnswer], rule: PlanRule, *, hour_maps: Collection[str]
) -> list[Wish]:
    """Return what the answers say about the sentence of `rule`, as far as it stands there."""
    found: list[Wish] = []
    for answer in answers:
        if _quotes(answer, rule.sentence) and answer.kind != RuleKind.NOT_UNDERSTOOD:
            found += [
                wish for wish in _possible(answer, rule.sentence, hour_maps) if wish not in found
            ]
    return found[:MOST_OF_ONE]


def _quotes(answer: RuleAnswer, sentence: str) -> bool:
    span = find_span(answer.quote, sentence)
    return span is not None and span.end - span.start >= WHOLE * len(sentence)


def _possible(answer: RuleAnswer, sentence: str, hour_maps: Collection[str]) -> Iterator[Wish]:
    if answer.subject and find_span(answer.subject, sentence) is None:
        return
    wish = _as_wish(answer, sentence, hour_maps)
    try:
        tidy = checked(wish, hour_maps=hour_maps) if wish else None
    except Invalid:
        return
    if tidy is not None and _stands_in(tidy, sentence):
        yield tidy


def _as_wish(answer: RuleAnswer, sentence: str, hour_maps: Collection[str]) -> Wish | None:
    start, end = _clock(answer.start), _clock(answer.end)
    if (answer.start and start is None) or (answer.end and end is None):
        return None
    kind = WishKind(answer.kind)
    if kind in (WishKind.NO_GO, WishKind.PREFER) and (start or end):
        start, end = start or "00:00", end or "24:00"
    hour_map = answer.subject.casefold() if answer.subject.casefold() in hour_maps else ""
    return Wish(
        kind=kind,
        days=tuple(sorted({DAYS.index(day[:3].casefold()) for day in answer.days})),
        start=start,
        end=end,
        minutes=None if answer.minutes is None else -(-answer.minutes // 5) * 5,
        times_per_week=answer.times_per_week,
        subject="" if hour_map else answer.subject,
        hour_map=hour_map,
        around_events=kind is WishKind.BUFFER and bool(_EVENTS.search(sentence)),
    )


def _clock(text: str) -> str | None:
    found = _CLOCK.fullmatch(text)
    return f"{int(found[1]):02d}:{found[2] or '00'}" if found else None


def _stands_in(wish: Wish, sentence: str) -> bool:
    """Do the sentence's words hold the numbers? Only a soft rule may go without.

    Time is closed only by a word of refusal or by times in figures, and opened only by a time
    that stands there.
    """
    words = mentioned(sentence)
    clocks = [clock for clock in (wish.start, wish.end) if clock not in (None, "00:00", "24:00")]
    timed = all(words.has_clock(clock) for clock in clocks if clock)
    figures = bool(clocks) and any(char.isdecimal() for char in sentence)
    if wish.kind is WishKind.NO_GO and not (figures or _REFUSAL.search(sentence)):
        return False
    if wish.kind is WishKind.HOURS and not clocks:
        return False
    counted = wish.minutes is None or words.has_length(wish.minutes)
    often = wish.times_per_week is None or words.has_count(wish.times_per_week)
    return counted and often and (timed or wish.kind in _SOFT)
