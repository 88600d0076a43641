"""The ways to say a wish: words around the places of its facts, and what they make of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dayloom.language.wishes.skeleton import Skeleton

_SUBJECT = r"(?P<subject>[^\W\d_][\w'&/]*(?: [\w'&/,-]+){0,7}?)"
_DENY = r"(?:don't|do not|dont|never|can't|cannot|can not|won't|will not)"
_MOST = (
    r"(?:at most|max|max \.|maximum|a maximum of|maximum of|up to|no more than|not more than|"
    r"never more than|a limit of|no longer than)"
)
_SET = r"(?:schedule|plan|put|book|place|do|take|have|make|accept|start|give me)"
_LATE = r"(?:finish|stop|end|quit|leave)"
_BEGUN = r"(?: work| working| my day| my work day)?"
_TASKS = r"tasks?|things?|blocks?|activities|everything|slots?|sessions?|items?"
_EVENTS = r"meetings?|events?|calls?|appointments?|calendar events?|commitments?"
_SPELLED = {
    "SUBJECT": _SUBJECT,
    "DENY": _DENY,
    "MOST": _MOST,
    "SET": _SET,
    "LATE": _LATE,
    "BEGUN": _BEGUN,
    "SOMEDAY": r"(?:PERDAY|WHEN)",
    "OFTENER": r"(?: (?:TIMES|WHEN|for LENGTH|LENGTH|for about LENGTH|each|each time|,))+",
    "GAP": r"(?: ?-? ?(?:of|break|pause|buffer|gap|rest|free|time|off|space|breather))*",
    "WHOM": r"(?:any two|any|each|every|all|my|the|two|other)",
    "TASKS": _TASKS,
    "EVENTS": _EVENTS,
}
_NAME = re.compile("|".join(sorted(_SPELLED, key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class Said:
    """One way to say something, and the name of what it says."""

    way: re.Pattern[str]
    what: str


def _ways(what: str, *texts: str) -> Iterator[Said]:
    for text in texts:
        yield Said(re.compile(_NAME.sub(lambda name: _SPELLED[name[0]], text)), what)


SAID: tuple[Said, ...] = (
    *_ways(
        "hours",
        r"i (?:only )?work(?: part - time)?(?: ,)?(?: only)? WHEN(?:(?: ,)? except WHEN)?",
        r"(?:i am|i'm) (?:available|working|at work) WHEN(?:(?: ,)? except WHEN)?",
        r"(?:my )?(?:working|work|office|business) hours(?: are)?(?: :)? WHEN"
        r"(?:(?: ,)? except WHEN)?",
        r"(?:my )?(?P<map>[\w -]{1,32}?) hours(?: are| :) WHEN",
        r"WHEN(?: ,)? except WHEN",
    ),
    *_ways("day_hours", r"WHEN(?: ,)? i (?:only )?work WHEN"),
    *_ways(
        "begin",
        r"i (?:start|begin)BEGUN WHEN(?:(?: ,)? and LATEBEGUN WHEN)?",
        r"(?:my )?(?P<map>[\w -]{1,32}?) hours start WHEN",
        r"my (?:work ?(?:ing )?)?day (?:starts|begins) WHEN(?: and (?:ends|finishes) WHEN)?",
    ),
    *_ways(
        "finish",
        r"i LATEBEGUN WHEN",
        r"(?:my )?(?P<map>[\w -]{1,32}?) hours end WHEN",
        r"my (?:work ?(?:ing )?)?day (?:ends|finishes) WHEN",
    ),
    *_ways(
        "no_work",
        r"i DENY(?: want to| like to)? (?:work|be working) WHEN",
        r"(?:i'm|i am) not working WHEN",
    ),
    *_ways(
        "rest",
        r"(?:my |i have |i eat |i take |a |have )*(?:lunch|dinner|breakfast|supper|siesta)"
        r"(?: break| time)?(?: is)? WHEN(?: for LENGTH)?",
    ),
    *_ways(
        "no_go",
        r"no SUBJECT WHEN",
        r"avoid SUBJECT WHEN",
        r"(?P<subject>nothing) WHEN",
        r"DENY (?:ever )?SET SUBJECT WHEN",
        r"i DENY(?: want to| like to)? (?:SET|want) SUBJECT WHEN",
        r"(?:i'm|i am) (?:not available|unavailable|busy|away|off|out|not free) WHEN",
        r"(?:keep|leave)(?: my)?(?: [a-z]+)? WHEN (?:free|open|clear|off)(?: for [a-z ]{2,30})?",
        r"(?:i (?:take|have|get) )?WHEN (?:off|free)",
        r"WHEN (?:are|is) (?:off|free|blocked|sacred|off limits|off - limits)",
        r"block(?: out| off)? WHEN",
        r"(?:block|block out|reserve|keep|protect) WHEN for (?P<rest>[a-z ]{2,30})",
    ),
    *_ways(
        "only",
        r"SUBJECT only WHEN",
        r"SUBJECT WHEN only",
        r"only(?: SET)? SUBJECT WHEN",
        r"no SUBJECT except WHEN",
    ),
    *_ways(
        "prefer",
        r"i prefer(?: to)?(?: SET| work on)? SUBJECT WHEN",
        r"prefer SUBJECT WHEN",
        r"(?:i like|i love|i want|i would like|i'd like) to(?: SET| work on)? SUBJECT WHEN",
        r"(?:i would rather|i'd rather)(?: SET)? SUBJECT WHEN",
        r"(?:put|schedule|plan|place|book|do|handle) SUBJECT WHEN",
        r"WHEN (?:is |are )?(?:best |good |reserved |meant )?for SUBJECT",
        r"WHEN : SUBJECT",
        r"(?:keep|reserve|use|save|protect|block) WHEN for SUBJECT",
        r"SUBJECT (?:is|are|works?|goes?) (?:best|better)(?: done)? WHEN",
        r"SUBJECT (?:should|shall) (?:be|go|happen)(?: done)? WHEN",
        r"SUBJECT preferably WHEN",
        r"i do my best SUBJECT WHEN",
        r"i (?P<subject>focus|concentrate|write|think|code|read|study|work) (?:best|better) WHEN",
    ),
    *_ways(
        "buffer",
        r"(?:(?:leave|keep|i need|i want|i would like|i'd like|give me|take|allow|add|plan|have) "
        r")?"
        r"(?:at least |about )?(?:a |an )?(?:LENGTH)GAP "
        r"(?:between|after|before|around|before and after)(?: WHOM)? "
        r"(?:(?P<tasks>TASKS)|(?P<events>EVENTS))",
    ),
    *_ways(
        "limit",
        r"(?:(?:i |i want to |i can )?(?P<verb>work|do|plan|schedule|have) )?MOST LENGTH"
        r"(?:(?: of)? SUBJECT)? SOMEDAY",
        r"MOST LENGTH PERDAY of SUBJECT",
        r"i (?:don't|do not) want(?: to (?P<verb>work|do|have))? more than LENGTH"
        r"(?: of SUBJECT)? SOMEDAY",
        r"limit SUBJECT to (?:MOST )?LENGTH SOMEDAY",
        r"SUBJECT(?: :)? MOST LENGTH SOMEDAY",
        r"my WHEN (?:limit|maximum|cap) is LENGTH",
        r"WHEN(?: ,)? MOST LENGTH(?: of SUBJECT)?",
    ),
    *_ways(
        "routine",
        r"(?P<me>i )(?:want to |need to |like to |try to |have to )?"
        r"(?:go to the |go to |go for a |go |do |take |have )?SUBJECTOFTENER",
        r"(?P<me>protect )(?:my )?SUBJECT(?: time)OFTENER",
        r"SUBJECTOFTENER",
    ),
    *_ways("bare", r"SUBJECT WHEN"),
)


def ways_of(skeleton: Skeleton) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield what the skeleton may say, with the words that say it, the surest first."""
    for said in SAID:
        if found := said.way.fullmatch(skeleton.text):
            yield said.what, found
