"""Reads sentences back: every name, moment and number in one must be a field of its fact."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from dayloom.planning.plan import Unplaced
from dayloom.planning.reason import Reason
from dayloom.planning.wording import obstacle_sentence, sentence

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MOMENT = re.compile(r"<([^>]*)>")
QUOTED = re.compile("“(.*?)”")
PIECES = re.compile(r"(\d+) pieces")
LENGTH = re.compile(
    r"(?:(?P<days>\d+) days?)?(?: ?(?P<hours>\d+) h(?: (?P<rest>\d\d)(?!\d))?)?"
    r"(?: ?(?P<minutes>\d+) min)?"
)


def worded(reason: Reason) -> str:
    """Return the sentence with moments in full, each in angles."""
    return sentence(
        reason,
        name_of_task=lambda id_: f"task no. {id_}",
        name_of_event=lambda id_: f"“event no. {id_}”",
        say_time=lambda at: f"<{at.isoformat()}>",
    )


def complaints_about_words(reason: Reason) -> list[str]:
    return [f"{worded(reason)!r}: {one}" for one in _of_reason(reason, worded(reason))]


def _of_reason(reason: Reason, said: str) -> Iterator[str]:
    for moment in MOMENT.findall(said):
        if datetime.fromisoformat(moment) not in (reason.at, reason.until):
            yield f"{moment} is no moment of it"
    names = {f"task no. {reason.task_id}", f"event no. {reason.event_id}"}
    for name in QUOTED.findall(said):
        if name not in names:
            yield f"{name} is no name of it"
    rest = QUOTED.sub("", MOMENT.sub("", said))
    rest = rest.replace(reason.name, "") if reason.name else rest
    yield from _numbers(rest, reason.by, reason.count)


def complaints_about_obstacle(unplaced: Unplaced) -> list[str]:
    said = obstacle_sentence(unplaced, name_of_task=lambda id_: f"task no. {id_}")
    names = {f"task no. {id_}" for id_ in unplaced.because_of}
    found = [f"{name} is not named" for name in QUOTED.findall(said) if name not in names]
    found += _numbers(QUOTED.sub("", said), unplaced.missing, None)
    return [f"{said!r}: {one}" for one in found]


def _numbers(said: str, length: timedelta | None, count: int | None) -> Iterator[str]:
    for number in PIECES.findall(said):
        if int(number) != count:
            yield f"{number} is not their number"
    rest = PIECES.sub("", said)
    for found in LENGTH.finditer(rest):
        if found.group() and not _is(_length(found), length, whole=not found["days"]):
            yield f"{found.group()} is not {length}"
    if digits := re.findall(r"\d+", LENGTH.sub("", rest)):
        yield f"{digits} come from nowhere"


def _length(found: re.Match[str]) -> timedelta:
    days, hours, rest, minutes = (int(part or 0) for part in found.groups())
    return days * DAY + hours * HOUR + (rest + minutes) * MINUTE


def _is(said: timedelta, length: timedelta | None, *, whole: bool) -> bool:
    """Say whether the words round the length: down to an hour beyond a day, else to a minute."""
    if length is None:
        return False
    return abs(length - said) < (MINUTE if whole else HOUR) or (said == MINUTE > length)
