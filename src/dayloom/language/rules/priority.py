"""How much a task matters: "urgent", "low priority", "!!", p0 to p10."""

from dataclasses import dataclass

from dayloom.language.rules.phrases import match_phrase, phrase_table, skip, spelled
from dayloom.language.rules.plausibility import begins_order, goes_on
from dayloom.language.rules.tokens import CLOSERS, Found, Line

HIGHEST = 10


@dataclass(frozen=True, slots=True)
class Importance:
    """A priority from 0 to 10; `kept` when the word also belongs to the title.

    `exact` when a number was given, which counts for more than a word.
    """

    value: float
    kept: bool = False
    exact: bool = False


_PRIORITY = "priority|prio"
_PHRASES = phrase_table(
    dict.fromkeys(spelled("top|highest|critical|maximum", _PRIORITY), 10.0)
    | dict.fromkeys(spelled("very high|urgent", _PRIORITY), 9.0)
    | dict.fromkeys(spelled("high|hi", f"{_PRIORITY}|- priority|- prio"), 8.0)
    | dict.fromkeys(spelled("medium|normal|mid|default", _PRIORITY), 5.0)
    | dict.fromkeys(spelled("low|lowest", f"{_PRIORITY}|- priority|- prio"), 2.0)
    | {"! ! !": 10.0, "! !": 8.0, "no rush": 2.0, "not urgent": 3.0, "not important": 2.0}
    | dict.fromkeys(("when i have time", "if i have time", "when there is time"), 2.0)
    | {"very important": 9.0, "really important": 9.0, "very urgent": 9.0, "super urgent": 9.0}
)
_LEVELS = {"top": 10.0, "highest": 10.0, "high": 8.0, "medium": 5.0, "normal": 5.0, "low": 2.0}
_WORDS = {
    "urgent": 9.0,
    "urgently": 9.0,
    "asap": 9.0,
    "a.s.a.p": 9.0,
    "critical": 10.0,
    "important": 8.0,
    "someday": 1.0,
    "whenever": 2.0,
}
_ALWAYS = frozenset({"asap", "urgently", "someday", "whenever"})
_MARKS = frozenset({":", "="})
_NAMES = frozenset({"priority", "prio"})


def read_importance(line: Line, at: int) -> Found[Importance] | None:
    """Return the priority at `at`."""
    return _read_number(line, at) or _read_phrase(line, at) or _read_word(line, at)


def _read_number(line: Line, at: int) -> Found[Importance] | None:
    """Return "p8", "priority 7", "prio: 7", "priority high"."""
    named = line.word(at) in _NAMES
    if not (named or line.word(at) == "p") or not line.fresh(at):
        return None
    start = skip(line, at + 1, _MARKS) if named else at + 1
    if named and line.word(start) in _LEVELS:
        return Found(Importance(_LEVELS[line.word(start)]), start + 1)
    number = _read_decimal(line, start)
    if number is None or number.value > HIGHEST or not (named or line.glued(start)):
        return None
    end = number.end
    if line.words[end : end + 2] == ("/", "10"):
        end += 2
    if not line.closed(end) or (not named and line.word(end) == "of"):
        return None
    return Found(Importance(number.value, exact=True), end)


def _read_decimal(line: Line, at: int) -> Found[float] | None:
    """Return "8", "8.6" and "8,25"."""
    whole = line.number(at, digits=2)
    if whole is None:
        return None
    fraction = line.number(at + 2, digits=2)
    tight = line.glued(at + 1) and line.glued(at + 2)
    if line.word(at + 1) in (".", ",") and tight and fraction is not None:
        return Found(float(f"{whole}.{line.word(at + 2)}"), at + 3)
    return Found(float(whole), at + 1)


def _read_phrase(line: Line, at: int) -> Found[Importance] | None:
    found = match_phrase(_PHRASES, line, at)
    if found is None:
        return None
    marks = line.word(at) == "!"
    if marks and not (line.glued(at + 1) and line.closed(found.end)):
        return None
    if not marks and not (line.fresh(at) and line.closed(found.end)):
        return None
    kept = not marks and at > 0 and goes_on(line, found.end)
    return Found(Importance(found.value, kept=kept), found.end, guess=kept)


def _read_word(line: Line, at: int) -> Found[Importance] | None:
    """Return "urgent"; in the middle of a sentence it stays in the title and is a guess."""
    value = _WORDS.get(line.word(at))
    if value is None or not line.fresh(at) or not line.closed(at + 1):
        return None
    before, after = line.word(at - 1), line.word(at + 1)
    led = at == 0 or before in CLOSERS or before in ("(", "[")
    closed = not after[:1].isalpha()
    if line.word(at) in _ALWAYS or closed or (led and after in (":", "-", "–")):
        return Found(Importance(value), at + 1)
    if before in ("the", "a", "an", "most", "more", "not"):
        return None
    kept = not led or not begins_order(line, at + 1)
    return Found(Importance(value, kept=kept), at + 1, guess=True)
