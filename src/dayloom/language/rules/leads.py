"""The words before and after a moment that say what it is for."""

from dataclasses import dataclass
from enum import Enum, auto

from dayloom.language.rules.phrases import PhraseTable, phrase_table, spelled


class Role(Enum):
    """What a moment limits."""

    ON = auto()
    END = auto()
    START = auto()
    WINDOW = auto()


@dataclass(frozen=True, slots=True)
class Lead:
    """The role that a lead gives, in the terms of `Mention`; a `bare` one begins no sentence."""

    role: Role
    hard: bool = False
    outside: bool = False
    whole: bool = False
    lasting: bool = False
    kept: bool = False
    bare: bool = False


_BY = Lead(Role.END)
_DUE = Lead(Role.END, whole=True)
_UNTIL = Lead(Role.END, whole=True, lasting=True)
_BEFORE = Lead(Role.END, outside=True)
_HARD = Lead(Role.END, hard=True)
_FROM = Lead(Role.START)
_DONE = "done|finished|completed|complete|ready|submitted|sent|delivered|handed in|in|filed|paid|"
_MUST = "must be|has to be|have to be|needs to be|need to be"
_MUST_END = "must|has to|have to|needs to"
LEADS: PhraseTable[Lead] = phrase_table(
    dict.fromkeys(("by", "by the"), _BY)
    | dict.fromkeys(("until", "till", "til", "up to", "through"), _UNTIL)
    | {"as late as": _BY}
    | dict.fromkeys(spelled("due|due date|due :|due date :", "on|at|in|"), _DUE)
    | dict.fromkeys(("due by", "due date by"), _BY)
    | dict.fromkeys(("to be done by", "needed by", "required by", "target", "target :"), _BY)
    | dict.fromkeys(("closes", "closes on", "closing on", "expires", "expires on"), _DUE)
    | dict.fromkeys(("before", "prior to", "ahead of", "due before", "before the"), _BEFORE)
    | dict.fromkeys(spelled(_MUST, _DONE, "by|no later than|on|"), _HARD)
    | dict.fromkeys(
        spelled(_MUST, _DONE, "before"), Lead(Role.END, hard=True, outside=True)
    )
    | dict.fromkeys(spelled(_MUST_END, "end|finish|stop", "by|no later than|on|"), _HARD)
    | dict.fromkeys(
        spelled(_MUST_END, "end|finish|stop", "before"), Lead(Role.END, hard=True, outside=True)
    )
    | dict.fromkeys(spelled("hard|strict|final|", "deadline|deadline :", "is|on|by|of|"), _HARD)
    | dict.fromkeys(spelled("due|", "no|not", "later than"), _HARD)
    | dict.fromkeys(("latest", "latest by", "latest :", "at the latest by", "at latest"), _HARD)
    | dict.fromkeys(("! by", "!", "{", "strictly by", "absolutely by", "drop dead date",
                     "due no later than"), _HARD)
    | dict.fromkeys(
        ("from", "starting", "starting on", "starting from", "beginning", "as of", "not before",
         "no earlier than", "not earlier than", "earliest", "at the earliest", "not until",
         "available from", "available", "on or after", "from the", "beginning on", "start :",
         "starts", "start date", "start date :", "effective", "release", "release :"),
        _FROM,
    )
    | {"start": Lead(Role.START, bare=True)}
    | dict.fromkeys(("after", "later than", "any time after", "anytime after", "starting after"),
                    Lead(Role.START, outside=True))
    | dict.fromkeys(("on", "during", "over", "sometime on", "on the", "sometime", "in the"),
                    Lead(Role.ON))
    | {"between": Lead(Role.WINDOW), "for": Lead(Role.END, kept=True)}
)  # fmt: skip
HARD_TAILS = phrase_table(
    dict.fromkeys(
        ("at the latest", "at latest", "latest", "the latest", "( hard )", "( hard deadline )",
         "hard deadline", "hard", "deadline", "or else", "without fail", "!"),
        True,
    )
)  # fmt: skip
EARLY_TAILS = phrase_table(
    dict.fromkeys(
        (
            "at the earliest",
            "earliest",
            "onwards",
            "onward",
            "on",
            "or later",
            "and later",
            "or after",
        ),
        True,
    )
)
