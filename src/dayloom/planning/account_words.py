"""The terms of a plan in words."""

from collections.abc import Sequence

from dayloom.planning.account import Kind, Term
from dayloom.planning.wording import say_distance

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ONE = {
    Kind.UNPLACED: "{n} task without a place",
    Kind.LATE: "{n} task {by} late",
    Kind.OUTSIDE: "{n} task outside of its preferred time",
    Kind.ELSEWHERE: "{n} task elsewhere than your model proposed",
    Kind.SPLIT: "{n} task in pieces",
    Kind.MOVED: "{n} block moved that you had seen",
}
MANY = {
    Kind.UNPLACED: "{n} tasks without a place",
    Kind.LATE: "{n} tasks {by} late in total",
    Kind.OUTSIDE: "{n} tasks outside of their preferred times",
    Kind.ELSEWHERE: "{n} tasks elsewhere than your model proposed",
    Kind.SPLIT: "{n} tasks in pieces",
    Kind.MOVED: "{n} blocks moved that you had seen",
}
NOTHING_MISSED = "Everything has a place, in time, and nothing that you had seen has moved."


def say_term(term: Term) -> str:
    """Return a term in words: 20 min late in total, two tasks in pieces."""
    words = ONE if term.count == 1 else MANY
    return words[term.kind].format(n=_number(term.count), by=say_distance(term.by))


def say_terms(terms: Sequence[Term]) -> str:
    """Return all of them as one sentence."""
    if not terms:
        return NOTHING_MISSED
    said = ", ".join(map(say_term, terms))
    return f"{said[0].upper()}{said[1:]}."


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)
