"""Is it a date, or a word of the title: "Friday report", "sat nav", "chapter 3 tonight"?"""

from datetime import timedelta

from dayloom.language.rules.amounts import read_amount
from dayloom.language.rules.leads import HARD_TAILS, LEADS
from dayloom.language.rules.moment import Moment
from dayloom.language.rules.moments import read_moment
from dayloom.language.rules.names import WEEKDAYS, WORDLIKE_WEEKDAYS
from dayloom.language.rules.period import Bearing
from dayloom.language.rules.phrases import match_phrase, word_set
from dayloom.language.rules.tokens import Found, Line

LOOSE_WORDS = word_set(
    "a an and as at about after because before but by for from if in into of on or so that the "
    "then to until using via when while with without within re i we my our his her their your"
)
NEAR = timedelta(days=183)
_SURE_DATES = word_set("in within on during over later")
_LOOSE_DATES = word_set("today tomorrow tmrw tmr in next this within tonight later eod eow eom")
_HINTS = word_set(
    "the a an this last past of every each to ash black blue cyber giving palm ruby super whit"
)
_METADATA = word_set(
    "urgent asap important p high low priority every daily weekly monthly yearly takes take half "
    "someday split mornings afternoons evenings prio whenever once twice starting"
)
_NAMES_ALONE = frozenset({*WEEKDAYS, "weekend"})
_VERBS = word_set(
    "add arrange ask assemble bake bring build buy cancel clean collect confirm cook create "
    "declutter deliver deploy do drop empty feed fetch file fill find finish fix get give go "
    "grab hang install iron join learn leave let look make meet mow move order organise organize "
    "pack paint pay pick prepare print put read remind renew repair reply return schedule see "
    "sell send ship sign sort start submit take talk tell throw tidy try update upgrade upload "
    "vacuum visit wash watch water wipe wrap write"
)
_DOUBTFUL_VERBS = word_set("call check email mail phone plan ring text")
_COUNTED = word_set(
    "act bus chapter chapters episode episodes exercise exercises gate homework issue "
    "lesson level line module number page pages paragraph part phase platform problem question "
    "room round season section session sprint stage step task track unit version volume"
)


def is_plausible(line: Line, at: int, found: Found[Moment]) -> bool:
    """Is a bare date meant as one, and not as a word of the title ("Friday newsletter")?"""
    period = found.value.period
    if period is not None and period.shy and not _is_near_slash(line, at, found):
        return False
    before = line.word(at - 1)
    if before in _HINTS and not (before == "this" and at == 0):
        return False
    if line.word(found.end) == ")" and before[:1].isalpha():
        return False
    alone = line.word(at) in _NAMES_ALONE and not _has_figures(line, at, found.end)
    begins = at == 0 or before in (",", "-", "–", ":")
    if line.word(found.end) in ("is", "was", "are"):
        return False
    if at == 0 and _is_plain(line, found.end) and (alone or _is_stretch(line, found)):
        return _orders(line, found.end)
    if not goes_on(line, found.end):
        return True
    if alone:
        return begins and _orders(line, found.end)
    return line.word(at) in _LOOSE_DATES or begins


def _is_near_slash(line: Line, at: int, found: Found[Moment]) -> bool:
    """Is it a date such as "1/12", soon and at the end, and not "step 1/3" or "24/7"?"""
    period = found.value.period
    words = line.words[at : at + 3]
    if period is None or len(words) < 3 or words[1] != "/" or words == ("24", "/", "7"):
        return False
    two_digits = len(words[0]) == 2 or len(words[2]) == 2
    near = period.first - line.today < NEAR
    return two_digits and near and not is_counted(line, at) and not goes_on(line, found.end)


def is_counted(line: Line, at: int) -> bool:
    """Is the word before one that is numbered: "chapter", "step"?"""
    return line.word(at - 1) in _COUNTED


def _is_stretch(line: Line, found: Found[Moment]) -> bool:
    """Is it of "Next week planning" and "End of year review", a title without a number?"""
    period = found.value.period
    if period is None or line.word(0) in _SURE_DATES or _has_figures(line, 0, found.end):
        return False
    return not period.one_day or period.bearing is Bearing.ENDS or line.word(0) == "next"


def _has_figures(line: Line, at: int, end: int) -> bool:
    return any(word.isdecimal() for word in line.words[at:end])


def _orders(line: Line, at: int) -> bool:
    """Does the sentence begin here with what is to be done ("Friday send the slides")?"""
    if line.word(at - 1) in WORDLIKE_WEEKDAYS and line.word(at) not in _VERBS:
        return False
    return begins_order(line, at)


def begins_order(line: Line, at: int) -> bool:
    """Is the word a verb that tells what is to be done, such as "send"?"""
    word = line.word(at)
    return word in _VERBS or (word in _DOUBTFUL_VERBS and goes_on(line, at + 1))


def goes_on(line: Line, end: int) -> bool:
    """Does the sentence go on with a word that the date would belong to?"""
    return _is_plain(line, end) and line.word(end) not in LOOSE_WORDS


def _is_plain(line: Line, at: int) -> bool:
    """Is the next word one that says nothing of when, how long or how much it matters?"""
    return line.word(at)[:1].isalnum() and not _begins_reading(line, at)


def is_bare_count(line: Line, found: Found[Moment]) -> bool:
    """Is it a number of things, as in "before 3 meetings"?"""
    clock = found.value.clock
    bare = clock is not None and not clock.explicit and found.value.period is None
    return bare and goes_on(line, found.end)


def is_numbered(line: Line, at: int, found: Found[Moment]) -> bool:
    """Is the number at `at` that of a thing, as in "chapter 3 tonight"?"""
    clock = found.value.clock
    bare = clock is not None and not clock.explicit
    bare = bare or found.value.hours is not None
    return bare and line.word(at).isdecimal() and is_counted(line, at)


def _is_lead(line: Line, at: int) -> bool:
    lead = match_phrase(LEADS, line, at)
    return lead is not None and read_moment(line, lead.end, led=True) is not None


def _is_tail(line: Line, at: int) -> bool:
    tail = match_phrase(HARD_TAILS, line, at)
    return tail is not None and not line.word(tail.end)[:1].isalnum()


def _begins_reading(line: Line, at: int) -> bool:
    """Is the next word itself something that is read?"""
    return (
        _is_lead(line, at)
        or _is_tail(line, at)
        or read_moment(line, at) is not None
        or read_amount(line, at) is not None
        or line.word(at) in _METADATA
    )
