"""Copied words where they stand: whether they can be believed, and which field they fill."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from dayloom.language.draft import Reading, Span, TaskDraft
from dayloom.language.grounding import find_span

AROUND = 60
_OBJECT = re.compile(
    r"(?<!\bin )(?<!\bon )(?<!\bby )(?<!\buntil )(?<!\bbefore )(?<!\bduring )(?<!\bover )"
    r"\b(?:the|an?|my|our|your|his|her|its|their|re|about)\s+$|[’']s\s+$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"[’']s\b", re.IGNORECASE)
_CLOCK = re.compile(r"\W*(?:at\s+)?\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm)?\W*", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:by|due|until|till|before|deadline)\W+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A copied text as it stands; `typed` if the rules have read that line whole."""

    text: str
    before: str
    typed: bool

    @property
    def is_bare_clock(self) -> bool:
        """Tell whether it is a time of day that nothing makes an end."""
        return bool(_CLOCK.fullmatch(self.text)) and not _UNTIL.search(self.before)


@dataclass(slots=True, kw_only=True)
class Quotes:
    """The words of a task, of which each is used once.

    The first `typed` characters are the line that the rules have read; `taken` is what they are
    sure of there.
    """

    words: str
    context: str
    typed: int
    taken: list[Span] = field(default_factory=list)

    def take(self, copied: str) -> Quote | None:
        """Return where a copied text stands as whole words of their own, else None."""
        span = find_span(copied, self.words)
        if span is None:
            return self._believed(self.context, find_span(copied, self.context), typed=False)
        if any(span.start < one.end and one.start < span.end for one in self.taken):
            return None
        self.taken.append(span)
        return self._believed(self.words, span, typed=span.end <= self.typed)

    def _believed(self, text: str, span: Span | None, *, typed: bool) -> Quote | None:
        """Return the quote unless it is a piece of a word, or names something, as in “the 9:30
        meeting” and “Friday's party”."""
        if span is None:
            return None
        before, after = text[: span.start], text[span.end :]
        if _joins(before[-1:], text[span.start]) or _joins(text[span.end - 1], after[:1]):
            return None
        if _POSSESSIVE.match(after) or _OBJECT.search(before[-AROUND:]):
            return None
        return Quote(
            text=text[span.start : span.end],
            before=before[-AROUND:].rsplit("\n", 1)[-1],
            typed=typed,
        )


def moment_of(name: str, quote: Quote, draft: TaskDraft) -> tuple[str, datetime | None]:
    """Return which of release and due the words fill, and with what.

    “by Friday” is due, whatever was said. A bare date fills what was said if the rules have not
    passed it over already. An end that a model has read is due, and never hard: it can make a
    task late, but not impossible.
    """
    if draft.deadline:
        return "due", draft.deadline.value
    if draft.due and not draft.release:
        return "due", draft.due.value
    if draft.release and not draft.due:
        return "release", draft.release.value
    if quote.typed or quote.is_bare_clock:
        return name, None
    if name == "release":
        return name, _first(draft.release, draft.start)
    return "due", _first(draft.due, draft.start)


def sure_spans(readings: Iterable[object]) -> list[Span]:
    """Return the words of the typed line of which the rules are sure."""
    spans = (one for each in readings if isinstance(each, list) for one in each)
    return [Span(*one["span"]) for one in spans if "span" in one and not one.get("guess")]


def _first(*readings: Reading[datetime] | None) -> datetime | None:
    return next((one.value for one in readings if one), None)


def _joins(left: str, right: str) -> bool:
    """Tell whether two characters stand within one word."""
    return left.isalnum() and right.isalnum()
