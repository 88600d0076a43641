"""The forms that orders take, as whole sentences; what fits none of them is no order."""

import re
from collections.abc import Mapping

from dayloom.language.commands.order import Op, Scope

POLITE = re.compile(
    r"^(?:(?:hi|hey|hello|ok|okay|and|then|now|so|please|dayloom|well)\b[\s,!.:]*)*"
    r"(?:(?:can|could|would|will) you (?:please |kindly )?|please |i(?:'d| would) like you to "
    r"|i want you to |let'?s |go ahead and )?",
    re.IGNORECASE,
)
TAIL = re.compile(r"(?:[\s,]*(?:please|thanks|thank you|for me|right now|, now))*[\s.!?…]*$", re.I)
REFUSAL = re.compile(
    r"\b(?:not|never|n['’]t|dont|cant|wont|didnt|havent|isnt|might|maybe|perhaps|would have|"
    r"should have|unless|without|instead|if|almost|nearly)\b|n['’]t\b",
    re.IGNORECASE,
)

_MAKE = r"(?:create|add|make|new|set up|open|schedule|put down|note down|note|write down|jot down)"
_KIND = r"(?:task|todo|to-do|item|reminder|ticket)"
_SORT = (
    r"(?P<sort>(?:(?:very|top|high|low|medium|highest|lowest)[ -]priority|urgent|important"
    r"|p ?[0-9]{1,2}|[0-9]+ ?(?:-| )?(?:min(?:ute)?s?|hours?|h|m))(?:[, ]+(?:and )?)?)*"
)
REASON = re.compile(r",\s+(?:it|he|she|they|that|this|because|since|as|i|we)\b.*", re.IGNORECASE)
VERBS: Mapping[Op, re.Pattern[str]] = {
    op: re.compile(rf"\b(?:{forms})\b", re.IGNORECASE)
    for op, forms in {
        Op.CREATE: r"add|create|new|remind|remember|note|need|needs|must|have to|should|want|"
        r"forget|tasks?|todos?|schedule|see to|take care of",
        Op.START: r"start|starting|begin|beginning|resume|continue|work on|working on|tackle|"
        r"go at",
        Op.STOP: r"stop|stopped|pause|paused|halt|interrupt|break from|leave off",
        Op.COMPLETE: r"complete|completed|finish|finished|done|ready|over|over with|through with|"
        r"close|closed|tick|check off|did|handed in|sent off|resolved",
        Op.MOVE: r"move|moved|reschedule|postpone|push|shift|put|delay|defer|later|earlier|pin|"
        r"instead",
        Op.PLAN: r"plan|re-?plan|replan|reschedule|re-?arrange|re-?organi[sz]e|optimi[sz]e",
    }.items()
}

CREATE = (
    re.compile(
        rf"(?:{_MAKE}) (?:me )?(?:an? |the |another |one )?(?:new )?{_SORT}\s*{_KIND}"
        r"(?: (?:to|for|called|named|about|that says|saying|titled)\b|:| -| –)?\s+(?P<text>.+)",
        re.IGNORECASE,
    ),
    re.compile(rf"{_KIND}\s*:\s*(?P<sort>)(?P<text>.+)", re.IGNORECASE),
    re.compile(
        r"(?:remind me|don['’]?t let me forget) (?:to |about )(?P<sort>)(?P<text>.+)", re.I
    ),
    re.compile(r"remind me (?P<sort>.+?) to (?P<text>.+)", re.IGNORECASE),
    re.compile(
        r"(?:create|add|note down|write down|jot down):? (?P<sort>)(?P<text>.+?)"
        r"(?: to (?:my |the )?(?:list|tasks|todos|to-do list|task list))?",
        re.IGNORECASE,
    ),
)
NO_TASK = re.compile(
    r"(?:an?|the|another|one|some|new|it|this|that|me)?\s*(?:tasks?|todos?)?", re.I
)

_ON = r"(?:working on |work on |with |on )?"
_DONE = r"(?:done|finished|completed?|complete|ready)"
NAMED: Mapping[Op, tuple[re.Pattern[str], ...]] = {
    op: tuple(re.compile(form, re.IGNORECASE) for form in forms)
    for op, forms in {
        Op.START: (
            rf"(?:start|begin|resume|continue|work on|get started on) {_ON}(?P<name>.+)",
            r"(?:i['’]?m|i am) (?:starting|beginning|working on|now working on) (?P<name>.+)",
            r"(?:start|begin|resume|continue)(?P<name>)",
        ),
        Op.STOP: (
            rf"(?:stop|pause|halt|interrupt) {_ON}(?P<name>.+)",
            r"(?:stop|pause)(?: work| working| the clock)?(?P<name>)",
            r"i (?:stopped|paused) (?:working on )?(?P<name>.+)",
        ),
        Op.COMPLETE: (
            r"(?:complete|finish|close|tick off|check off|tick|check|resolve) (?P<name>.+)",
            rf"(?:mark|set|flag) (?P<name>.+?) (?:as |to )?{_DONE}",
            rf"(?:i['’]?m|i am|we['’]?re|we are) (?:all )?{_DONE} with (?P<name>.+)",
            r"(?:i|we)(?:['’]ve| have)? (?:just |already )?(?:finished|completed|did|done) "
            r"(?:with )?(?P<name>.+)",
            r"(?:finished|completed|done with|done:) (?P<name>.+)",
            rf"(?P<name>.+?) (?:is|are|has been|was) (?:now |already )?{_DONE}(?: now)?",
            rf"(?:i['’]?m|i am|we['’]?re|all)? ?{_DONE}(?P<name>)",
            r"(?:that['’]s|it['’]s|that is|it is) done(?P<name>)",
        ),
        Op.DELETE: (
            r"(?:delete|remove|erase|drop|discard|trash|cancel|get rid of|throw away|scrap) "
            r"(?P<name>.+?)(?: from (?:my |the )?(?:list|tasks|todos))?",
        ),
    }.items()
}

MOVE = re.compile(
    r"(?:move|reschedule|postpone|push|shift|put|delay|defer|bring|pin|schedule)"
    r"(?: back| forward)? (?P<rest>.+)",
    re.IGNORECASE,
)
WHEN = re.compile(
    r"\s+(?:(?:to|until|till|for|on|at|onto|into)\s+|(?=tomorrow\b|today\b|tonight\b|next\b|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b))",
    re.IGNORECASE,
)
EXPLAIN = re.compile(
    r"(?:why (?:is|isn['’]t|are|aren['’]t|was|wasn['’]t|do i have|should i do|did you (?:put|plan|"
    r"schedule|place)|have you (?:put|planned|placed))|explain(?: why)?(?: the place of)?|"
    r"when (?:is|are|will i do|do i do|should i do)|where (?:is|are)|"
    r"what about|show(?: me)?|tell me about) (?P<rest>.+)",
    re.IGNORECASE,
)
_DAY = r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_CLOCK = r"(?:[0-9][0-9:.]*(?:am|pm|st|nd|rd|th|h)?|noon|midnight)"
_WHEN = (
    rf"(?P<when>(?=.*(?:[0-9]|noon|midnight))(?:(?:at|on|to|the|next|this|of|tomorrow|today|tonight|"
    rf"morning|afternoon|evening|o'clock|am|pm|{_DAY}|{_MONTH}|{_CLOCK})(?:[\s,]+|$))+)"
)
_LIES = (
    r"(?: (?:be|go|lie|lies|fit|start|begin|happen|is|was|were|done|put|moved|placed|planned|"
    r"scheduled|instead))*"
)
PLACE = tuple(
    re.compile(rf"{form}{_LIES}\s+{_WHEN}", re.IGNORECASE)
    for form in (
        r"why (?:isn't|wasn't|aren't) (?P<name>.+?)",
        r"why (?:is|was|are) (?P<name>.+?) not",
        r"why not (?P<name>.+?)",
        r"why (?:can't|can not|cannot|couldn't) (?:(?:i|we) (?:do|put|move|have|start) )?"
        r"(?P<name>.+?)",
        r"(?:could|can|would|might) (?:(?:i|we) (?:do|put|move|have|start) )?(?P<name>.+?)",
        r"(?:what|how) about (?P<name>.+?)",
        r"what if (?P<name>.+?)",
    )
)
PLAN = re.compile(
    r"(?:re-?plan|plan|re-?schedule|re-?arrange|re-?organi[sz]e|optimi[sz]e|re-?calculate)"
    r"(?: (?:my |the |our |this |whole |entire |rest of |all )*"
    r"(?:day|week|today|everything|tasks|schedule|calendar|plan|things|tomorrow|it all|all))?"
    r"(?: again| anew| now)?|make (?:me )?a (?:new )?plan(?: for (?:today|the day|the week|me))?|"
    r"(?:plan|schedule) again|find (?:me )?a better plan",
    re.IGNORECASE,
)

_ASK = (
    r"(?:what(?:['’]s| is| are| do| tasks| should| have| did| was| can)?|which|show|list|give|"
    r"tell|how|are|is|do|display|see|view|anything|when|my|open|all|tasks)"
)
_MINE = (
    r"(?=.*\b(?:(?:do|should|must|can|shall) i (?:have|do|need|work|tackle)|i have|am i doing|"
    r"tasks?|todos?|plan|planned|schedule|scheduled|agenda|up for|on for|"
    r"on (?=today|tomorrow|this week))\b)"
)
_THINGS = r"(?:tasks?|todos?|to-dos?|things|items|work|stuff|anything|everything|deadlines?)"
_TODAY, _TOMORROW = r"(?:today|this (?:morning|afternoon|evening)|tonight)", r"tomorrow"
_WEEK = r"(?:this week|the week|next (?:7|seven|few) days|the coming days|week)"
_DUE = r"(?:due|deadlines?|must be done|has to be done|have to be done|need to finish)"
SCOPES: tuple[tuple[Scope, re.Pattern[str]], ...] = tuple(
    (scope, re.compile(form, re.IGNORECASE))
    for scope, form in (
        (
            Scope.DONE,
            rf"(?:what|which {_THINGS}|which|show(?: me)? what|list what) (?:did|have) i "
            r"(?:finish|finished|complete|completed|do|done|get done|gotten done)"
            r"(?: (?:today|so far|already|yet))*|what['’]?s? (?:is )?(?:already )?done(?: today)?|"
            r"(?:show|list)(?: me)?(?: my)? (?:done|completed|finished) tasks",
        ),
        (
            Scope.RUNNING,
            r"what am i (?:doing|working on)(?: (?:right )?now)?|"
            r"what['’]?s? (?:is )?running(?: now)?|which task is running|"
            r"what(?:['’]s| is) (?:started|in progress)",
        ),
        (
            Scope.LATE,
            rf"{_ASK}\b.*\b(?:overdue|late|behind|past due)|(?:overdue|late)(?: tasks)?|"
            r"am i (?:late|behind)(?: (?:with|on) (?:anything|something))?",
        ),
        (Scope.DUE_TODAY, rf"{_ASK}\b.*\b{_DUE}\b.*\b{_TODAY}|due today"),
        (Scope.DUE_TOMORROW, rf"{_ASK}\b.*\b{_DUE}\b.*\b{_TOMORROW}|due tomorrow"),
        (
            Scope.DUE_WEEK,
            rf"{_ASK}\b.*\b{_DUE}(?:\b.*\b{_WEEK}| soon| next)?|due (?:this week|soon)",
        ),
        (
            Scope.NEXT,
            r"what(?:['’]s| is)? (?:up )?next(?: (?:up|on my list|for me|to do))?|next(?: task)?|"
            r"what(?: should| shall| can| must| do)? i (?:do|work on|start|tackle)(?: with)?"
            r"(?: (?:now|next|first|right now))+|what now|"
            r"what(?: task)? (?:comes|is) (?:next|first)|(?:which|what) task (?:is |comes )?next|"
            r"(?:show|tell|give)(?: me)? (?:my |the )?next(?: task)?|"
            r"what should i (?:be )?(?:do|doing|work on|working on)",
        ),
        (
            Scope.TODAY,
            rf"{_MINE}{_ASK}\b(?: \w+){{0,6}} {_TODAY}|"
            r"how (?:does|is|will) (?:my |the )?(?:day|today)"
            rf"(?: look(?:ing)?| going)?(?: like| today)?|(?:show|tell)(?: me)? my day|my day|"
            rf"{_TODAY}|what does (?:my |the )?(?:day|today) look like",
        ),
        (Scope.TOMORROW, rf"{_MINE}{_ASK}\b(?: \w+){{0,6}} {_TOMORROW}|tomorrow"),
        (
            Scope.WEEK,
            rf"{_MINE}{_ASK}\b(?: \w+){{0,6}} {_WEEK}|"
            r"(?:show|tell)(?: me)? my week|my week|this week",
        ),
        (
            Scope.OPEN,
            rf"(?:what|which) (?:{_THINGS} )?(?:do|have|are|is|remains?)(?: i| there)?(?: still)?"
            r"(?: have| got| need| left| open| to do| to be done| on my (?:list|plate)"
            r"| remaining)*(?: to do| open| left| on my (?:list|plate))?|"
            r"(?:show|list|give|display|see|view|tell)(?: me)?(?: all| every)?(?: of)?"
            rf"(?: my| the)?(?: open| current| remaining| pending| unfinished| outstanding)*"
            rf" (?:{_THINGS}|list|task list|to-do list)|"
            rf"(?:my |all |open |pending |the )*(?:{_THINGS}|task list)|list|"
            r"what(?:['’]s| is) (?:left|open|on my (?:list|plate)|on the list|pending|there to do|"
            r"still open|to do|to be done)(?: to do)?|do i have (?:any |open )*(?:tasks|todos)"
            r"(?: left| open)?|how many (?:open )?tasks (?:do i have|are there|are open|are left)"
            r"(?: left| open)?|what (?:must|should) i (?:still )?(?:get )?(?:do|done)|what to do",
        ),
    )
)
