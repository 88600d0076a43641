"""Kinds of tasks in the person's words: which words can be one, and which tasks are of it."""

import re
from collections.abc import Iterable
from functools import lru_cache

from dayloom.language.rules.phrases import word_set

MOST_WORDS = 4
EVERYTHING = word_set(
    "anything everything nothing something task tasks thing things stuff appointments plans it me"
)
ACTIVITIES = word_set(
    "accounting admin administration appointments band basketball bookkeeping brainstorming "
    "calls call chess choir chores class classes cleaning climbing coding commute cooking course "
    "cycling design development dinner drawing email emails errand errands exam exercise "
    "exercises focus football french german gardening grading gym guitar homework housework "
    "interviews interview invoices invoicing journaling jogging laundry learning lesson lessons "
    "mail marketing meditate meditation meeting meetings music organizing paperwork paint "
    "painting "
    "phone photography physio piano pilates planning post practice presentations preparation prep "
    "programming project projects rehearsal read reading reports research review reviews run "
    "running sales shopping spanish sport sports standup standups study studying support swim "
    "swimming tax taxes teaching tennis testing therapy thinking training translating tutoring "
    "update updates violin volleyball walk walking workout workouts write writing yoga work "
    "stretching stretch english dancing boxing rowing"
)
_MODIFIERS = word_set(
    "client clients code creative customer daily deep difficult easy focused grocery hard home "
    "house household important job light long one personal phone quick routine sales school short "
    "small social strength team video weekly the of dog my with weight language"
)
_NEVER = word_set(
    "i i'm i'd i've he she they we you it's who he's she's they're we're am is are was were "
    "be been "
    "being does did has had can could may might must shall should will would if unless when while "
    "because until since although but not no never nobody none maybe perhaps sometimes this next "
    "last tomorrow today yesterday wife husband partner boss manager colleague colleagues kid "
    "kids "
    "child children son daughter mum mom dad mother father parents friend friends brother sister "
    "more less least most than only there here that which what how why don't doesn't didn't can't "
    "won't isn't aren't his her their our your all both few ignore delete true ? want wants mind "
    "used to"
)
_LEADING = word_set("a an any the my some new other further all")
_TRAILING = word_set("for on in at from :")
_MEALS = word_set(
    "lunch dinner breakfast supper siesta nap rest family myself break breaks me commute sleep"
)
_SEPARATORS = re.compile(r" (?:and|or|nor|&|,|/) ")
_SUFFIX = re.compile(r"(?:ings?|es|e|s)$")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def subjects_in(words: str) -> tuple[str, ...]:
    """Return the kinds of tasks that the words name, () if they name none; "" is every task."""
    found = tuple(_tidy(one) for one in _SEPARATORS.split(words))
    return found if all(map(_possible, found)) else ()


def is_activity(words: str) -> bool:
    """Does each word name an activity or tell which, so that it needs no verb?"""
    each = words.split()
    known = ACTIVITIES | _MODIFIERS
    return any(word in ACTIVITIES for word in each) and all(word in known for word in each)


def is_rest(words: str) -> bool:
    """Is it time for oneself rather than for tasks: lunch, the family?"""
    return any(word in _MEALS for word in words.split())


def matches(subject: str, *, title: str, tags: Iterable[str]) -> bool:
    """Tell whether a task is of a kind: by a tag, or by the words of its title in a row.

    A word counts in each of its forms: "calls" are "Call Peter" and "calling".
    """
    wanted = _stems(subject)
    if not wanted:
        return True
    return any(_stems(tag) == wanted for tag in tags) or _in_a_row(wanted, _stems(title))


def _tidy(words: str) -> str:
    each = words.split()
    while len(each) > 1 and each[0] in _LEADING:
        each.pop(0)
    while len(each) > 1 and each[-1] in _TRAILING:
        each.pop()
    return "" if " ".join(each) in EVERYTHING else " ".join(each)


def _possible(subject: str) -> bool:
    each = subject.split()
    return len(each) <= MOST_WORDS and not any(word in _NEVER for word in each)


@lru_cache(maxsize=4096)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(_stem(word) for word in _WORD.findall(text.casefold()))


def _stem(word: str) -> str:
    """Return what a word has in common with its forms: "running", "runs" and "run" are one."""
    if len(word) <= 3:
        return word
    stem = _SUFFIX.sub("", word)
    if len(stem) < 2:
        return word
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem


def _in_a_row(wanted: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words)))
