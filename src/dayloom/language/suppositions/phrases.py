"""The forms in which people suppose something."""

import re

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
OPENING = re.compile(
    r"^(?:(?:and )?what(?:'s| happens)? if(?: i| we)?|suppose(?: that)?(?: i| we)?|if(?: i| we)?|"
    r"say(?= (?!yes))|let's|i'm|we're|i am|we are|i|we|could i|can i|should i)\s+",
    re.IGNORECASE,
)
CLOSING = re.compile(r"[\s?!.,]+$")
LEAVE_OUT = (
    re.compile(
        r"(?:leave out|leave(?= .+ out$)|without|skip(?:ped)?|drop(?:ped)?|cancel(?:led)?|omit|"
        r"forget(?: about)?|(?:don't|do not|didn't|did not) do|not do(?:ing)?)\s+"
        r"(?P<name>.+?)(?: out)?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?P<name>.+?)\s+(?:is|was|were|gets?|are) (?:left out|skipped|dropped|cancel+ed)",
        re.IGNORECASE,
    ),
)
DAYS_OFF = (
    re.compile(
        r"(?:(?:take|took|have|had|get|got|need|want|am|was|were|stay)\s+)?(?P<when>.+?)\s+off"
        r"(?:\s+work)?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:(?:take|took|have|had|get|got|need|want|am|was|were)\s+)?"
        r"(?:a |the |some |my )?(?:days? off|time off|off(?: work)?|holidays?|vacation|leave|away|"
        r"ill|sick|out of office|not working|no work|free)\s+(?:is |are )?(?P<when>.+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?P<when>.+?)\s+(?:is|was|were|are)(?: a| my)? (?:holidays?|free|vacation|days? off)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:don't|do not|didn't|did not|not) work(?:ing)?\s+(?P<when>.+)",
        re.IGNORECASE,
    ),
)
HOURS = (
    re.compile(
        r"(?:also\s+)?work(?:ed)?(?: also| too| longer| late)?\s+(?P<when>.+)", re.IGNORECASE
    ),
    re.compile(
        r"(?:an? |some |one )?(?:(?:[0-9.,]+|two|three)\s*(?:h(?:ours?)?)?\s+)?"
        r"(?:extra|more|additional) (?:hours?|time|work hours?)\s+(?P<when>.+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:(?:an?|one|two|three|[0-9.,]+)\s*h?(?:ours?)?)\s+(?:extra|more|longer)\s+"
        rf"(?P<when>(?:on |this |next )?(?:{_DAY}|today|tomorrow).*)",
        re.IGNORECASE,
    ),
)
YES = re.compile(
    r"^(?:(?:say|said) yes to|accept(?:ed)?|agree(?:d)? to|attend(?:ed)?|add(?:ed)?|take|took|"
    r"have|had|get|got|schedule[d]?|book(?:ed)?|go to|went to|join(?:ed)?|there is|there was|"
    r"there's)\s+",
    re.IGNORECASE,
)
OF_DAY = re.compile(rf"\b(?P<day>{_DAY}|today|tomorrow)['’]s\b\s*", re.IGNORECASE)
ARTICLE = re.compile(r"^(?:the|an?|this|that|another|one more)\s+", re.IGNORECASE)
MEETING = re.compile(
    r"\b(?:meetings?|calls?|appointments?|interviews?|workshops?|lunch|dinner|demos?|webinars?|"
    r"stand-?ups?|one-on-ones?|1:1s?|visits?|invitations?|conferences?)\b",
    re.IGNORECASE,
)
ADDS = re.compile(
    r"\s+(?:adds?|added|gives? (?:me|us)|gave (?:me|us)|wants?|wanted|needs?|needed|brings?|"
    r"brought|sends?|sent|asks? for|asked for|orders?|ordered|comes? with|came with)$",
    re.IGNORECASE,
)
MORE = re.compile(
    r"^(?:of )?(?:more|extra|another|additional)(?: work| hours?)?"
    r"(?: for| from| of| on| with)?\s+",
    re.IGNORECASE,
)
PIECES = re.compile(r",?\s*\b(?:in pieces|splittable|may be split|can be split)\b", re.IGNORECASE)
BETWEEN = re.compile(r"between (?P<first>.+?) (?:and) (?P<last>.+)(?P<link>)", re.IGNORECASE)
FROM = re.compile(
    r"(?:from )?(?P<first>.+?)\s*(?P<link>\b(?:to|until|till|through|and)\b|–|-)\s*(?P<last>.+)",
    re.IGNORECASE,
)
