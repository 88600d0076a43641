"""What an event says of itself: certain, free, called off, accepted."""

import re
from collections.abc import Collection

from dayloom.calendars.reading.lines import Component

_WORD = re.compile(r"[A-Z-]{1,32}")


def read_status(event: Component) -> str | None:
    """Return STATUS; what Outlook calls tentative is."""
    said = _word(event, "STATUS")
    return said or ("TENTATIVE" if _outlook(event) == "TENTATIVE" else None)


def read_transp(event: Component) -> str | None:
    """Return TRANSP, which Outlook's own mark overrules."""
    marks = {"FREE": "TRANSPARENT", "BUSY": "OPAQUE", "OOF": "OPAQUE"}
    return marks.get(_outlook(event) or "") or _word(event, "TRANSP")


def read_answer(event: Component, addresses: Collection[str]) -> str | None:
    """Return what one of the `addresses` (in small letters) answered: PARTSTAT."""
    for line in event.all("ATTENDEE") if addresses else ():
        if line.value.strip().lower().removeprefix("mailto:") in addresses:
            answer = (line.parameter("PARTSTAT") or "").upper()
            return answer if _WORD.fullmatch(answer) else None
    return None


def _outlook(event: Component) -> str | None:
    return _word(event, "X-MICROSOFT-CDO-BUSYSTATUS")


def _word(event: Component, name: str) -> str | None:
    said = (event.value(name) or "").strip().upper()
    return said if _WORD.fullmatch(said) else None
